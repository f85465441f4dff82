import { fingerprintOf } from '../../src/generation/fingerprint.ts';
import type { Generation } from '../../src/store/index.ts';
import type { Box } from './box/box.ts';
import type { Broke } from './box/violation.ts';
import { checkBooks } from './check-books.ts';
import { checkClip, checkLitter } from './check-cache.ts';

/** How a take may end. `completed` unless what happened to it can't end so; see `expectedEnd` in stories.ts. */
export type End = 'completed' | 'failed' | 'unobtainable' | 'parked' | 'at Kling' | 'waiting';

export interface Expectation {
  /** The end of every take whose prompt holds this text; others are completed. */
  of?: string;
  end: End;
  /** Ends that are right besides it. */
  or?: ((generation: Generation) => boolean) | undefined;
}

/** An id that is taken without a task, after an answer to it was lost: whether it is paid for is known to Kling alone. */
export function parkedBecauseNobodyCanKnow({ state }: Generation): boolean {
  return state.status === 'parked' && state.why === 'cannot-know' && state.resumeFrom.status === 'unknown' && state.resumeFrom.unanswered > 0;
}

/** A picture that some shot stands on. */
export interface WantedPicture {
  prompt: string;
  generation: Generation;
}

/** Holds a box that has come to rest against every promise, and adds what it broke to its violations. */
export async function checkBox(box: Box, expected: Expectation): Promise<void> {
  const broke: Broke = (check, what) => box.violations.push({ check, what });
  const { wanted, doneWithout } = await wantedPictures(box);
  const tasks = box.kling.tasks();

  // Paid once: by our id, and by picture.
  const byId = new Map<string, number>();
  const byPrompt = new Map<string, number>();
  for (const task of tasks) {
    if (task.status !== 'succeed') continue;
    byId.set(task.externalTaskId ?? '', (byId.get(task.externalTaskId ?? '') ?? 0) + 1);
    byPrompt.set(task.prompt, (byPrompt.get(task.prompt) ?? 0) + 1);
  }
  for (const [id, times] of byId) if (times > 1) broke('paid-twice', `${id} was charged ${times} times`);
  const everWanted = new Map([...box.home.wantedBefore, ...wanted.map(({ prompt, generation }) => [generation.fingerprint, prompt] as const)]);
  for (const [prompt, times] of byPrompt) {
    const pictures = [...everWanted.values()].filter((each) => each === prompt).length;
    if (times > pictures) broke('paid-twice', `“${prompt}” was charged ${times} times for ${pictures} ${pictures === 1 ? 'take' : 'takes'}`);
  }

  // Delivered, and the very clip that Kling made.
  for (const { prompt, generation } of wanted) {
    if (generation.state.status === 'failed' && doneWithout.has(generation.fingerprint)) continue;
    // What a person withdrew is wanted no more.
    if (generation.state.status === 'cancelled' && box.hasWithdrawn) continue;
    const end = expected.of === undefined || prompt.includes(expected.of) ? expected.end : 'completed';
    const is = endOf(generation);
    if (is !== end && expected.or?.(generation) !== true) broke('not-delivered', `“${prompt}” (attempt ${generation.attempt}) is ${generation.state.status}, not ${end}: ${JSON.stringify(generation.state)}`);
    await checkClip(box, generation, broke);
  }

  for (const { external_task_id } of box.home.database.ask<{ external_task_id: string }>(`select external_task_id from generations where status = 'cancelled'`)) {
    const task = tasks.find(({ externalTaskId }) => externalTaskId === external_task_id);
    if (task) broke('withdrawn-charged', `${external_task_id} was withdrawn, and its task is ${task.status} at Kling with a charge of ${task.chargedUnits}`);
  }

  await checkBooks(box, wanted, broke);

  // On a row that is over, a dead process's lease holds nothing up.
  for (const row of box.home.database.ask<{ external_task_id: string; lease: string; status: string }>(
    `select external_task_id, lease, status from generations where lease is not null and status not in ('completed', 'failed', 'cancelled')`,
  )) {
    broke('stuck-lease', `${row.external_task_id} is ${row.status} and held by ${row.lease}, and nobody runs`);
  }
  await checkLitter(box, broke);
}

/**
 * Every picture that some shot stands on, once each; and which of them the film does without, should they fail: all of a shot
 * that has its takes, for a retake stands in for a take that failed; and every retake, for a film wants what is planned.
 */
async function wantedPictures(box: Box): Promise<{ wanted: WantedPicture[]; doneWithout: Set<string> }> {
  const prompts = await box.store.projects.loadPromptList(box.projectId);
  const takes = await box.store.takes.list(prompts.map(({ id }) => id), 'kling');
  const pictures = new Map<string, WantedPicture>();
  for (const { generation } of takes) pictures.set(generation.fingerprint, { prompt: generation.request.prompt, generation });
  const doneWithout = new Set<string>();
  for (const prompt of prompts) {
    const own = takes.filter(({ shotId }) => shotId === prompt.id);
    const completed = own.filter(({ generation }) => generation.state.status === 'completed').length;
    const planned = Array.from({ length: prompt.takesWanted }, (_, index) => fingerprintOf(prompt.settings, 'kling', index + 1));
    for (const { generation } of own) if (completed >= prompt.takesWanted || !planned.includes(generation.fingerprint)) doneWithout.add(generation.fingerprint);
    if (own.length < prompt.takesWanted) box.violations.push({ check: 'not-delivered', what: `${prompt.name} has ${own.length} of ${prompt.takesWanted} takes` });
  }
  return { wanted: [...pictures.values()], doneWithout };
}

function endOf({ state }: Generation): End {
  switch (state.status) {
    case 'completed':
    case 'failed':
    case 'unobtainable':
    case 'parked':
    case 'waiting':
      return state.status;
    case 'unknown':
    case 'submitted':
    case 'processing':
      return 'at Kling';
    default:
      return 'waiting';
  }
}
