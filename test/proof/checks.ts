import { ClipCacheManager } from '../../src/cache/index.ts';
import type { Generation } from '../../src/store/index.ts';
import type { Box } from './box/box.ts';
import type { Check } from './box/violation.ts';

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

interface WantedPicture {
  prompt: string;
  generation: Generation;
}

/** Holds a box that has come to rest against every promise, and adds what it broke to its violations. */
export async function checkBox(box: Box, expected: Expectation): Promise<void> {
  const broke = (check: Check, what: string) => box.violations.push({ check, what });
  const { wanted, standIns } = await wantedPictures(box);
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
  for (const [prompt, times] of byPrompt) {
    const pictures = wanted.filter((picture) => picture.prompt === prompt).length;
    if (times > pictures) broke('paid-twice', `“${prompt}” was charged ${times} times for ${pictures} ${pictures === 1 ? 'take' : 'takes'}`);
  }

  // Delivered, and the very clip that Kling made.
  for (const { prompt, generation } of wanted) {
    // A retake that is ready stands in for a take that failed.
    if (generation.state.status === 'failed' && standIns.has(generation.fingerprint)) continue;
    const end = expected.of === undefined || prompt.includes(expected.of) ? expected.end : 'completed';
    const is = endOf(generation);
    if (is !== end && expected.or?.(generation) !== true) broke('not-delivered', `“${prompt}” (attempt ${generation.attempt}) is ${generation.state.status}, not ${end}: ${JSON.stringify(generation.state)}`);
    if (generation.state.status === 'completed') await checkClip(box, generation, broke);
  }

  // The books.
  const billed = box.database.ask<{ units: number }>('select coalesce(sum(billed_units), 0) as units from generations')[0]?.units ?? 0;
  const charged = tasks.reduce((sum, task) => sum + task.chargedUnits, 0);
  const settled = wanted.every(({ generation }) => generation.state.status === 'completed' || generation.state.status === 'failed');
  if (settled && Math.abs(billed - charged) > 1e-6) broke('books', `the store has bills of ${billed} units, Kling charged ${charged}`);
  const held = box.database.ask<{ state: string; reserved_units: number }>(`select state, reserved_units from generations where status in ('completed', 'failed', 'cancelled') and reserved_units > 0`);
  for (const row of held) {
    // What a failed task cost is not always said; until then the estimate stands in for it.
    if (!row.state.includes('"charged":"unknown"')) broke('books', `a row that is over holds ${row.reserved_units} units: ${row.state}`);
  }

  // On a row that is over, a dead process's lease holds nothing up.
  for (const row of box.database.ask<{ external_task_id: string; lease: string; status: string }>(
    `select external_task_id, lease, status from generations where lease is not null and status not in ('completed', 'failed', 'cancelled')`,
  )) {
    broke('stuck-lease', `${row.external_task_id} is ${row.status} and held by ${row.lease}, and nobody runs`);
  }
  await checkLitter(box, broke);
}

/** Every picture that some shot stands on, once each; and which of them have others in their place, should they fail. */
async function wantedPictures(box: Box): Promise<{ wanted: WantedPicture[]; standIns: Set<string> }> {
  const prompts = await box.store.projects.loadPromptList(box.projectId);
  const takes = await box.store.takes.list(prompts.map(({ id }) => id), 'kling');
  const pictures = new Map<string, WantedPicture>();
  for (const { generation } of takes) pictures.set(generation.fingerprint, { prompt: generation.request.prompt, generation });
  const standIns = new Set<string>();
  for (const prompt of prompts) {
    const own = takes.filter(({ shotId }) => shotId === prompt.id);
    const completed = own.filter(({ generation }) => generation.state.status === 'completed').length;
    if (completed >= prompt.takesWanted) for (const { generation } of own) standIns.add(generation.fingerprint);
    if (own.length < prompt.takesWanted) box.violations.push({ check: 'not-delivered', what: `${prompt.name} has ${own.length} of ${prompt.takesWanted} takes` });
  }
  return { wanted: [...pictures.values()], standIns };
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

async function checkClip(box: Box, generation: Generation, broke: (check: Check, what: string) => void): Promise<void> {
  const { state, fingerprint, externalTaskId } = generation;
  if (state.status !== 'completed') return;
  const clip = await box.clock.until(box.cache.find(fingerprint, { check: 'hash' }));
  if (!clip) {
    broke('wrong-clip', `${externalTaskId} is completed and its file is not there or damaged`);
    return;
  }
  if (clip.contentHash !== state.contentHash) broke('wrong-clip', `${externalTaskId} is completed with ${state.contentHash}, the cache has ${clip.contentHash}`);
  const file = box.disk.files.get(clip.path.slice(clip.path.indexOf('/clips/')));
  // A clip of the sandbox ends with the name that its task was created under.
  const task = box.kling.tasks().find(({ taskId }) => taskId === state.taskId);
  const name = task?.externalTaskId ?? '';
  if (state.taskId !== undefined && !file?.bytes.subarray(-name.length).equals(Buffer.from(name))) {
    broke('wrong-clip', `${externalTaskId} is completed with a file that is not the clip of its task (${file?.bytes.length ?? 0} bytes)`);
  }
}

const DAY_MS = 24 * 3_600_000;

/** What dead processes left may lie about for a day; then a sweep takes it, and the clips are all there. */
async function checkLitter(box: Box, broke: (check: Check, what: string) => void): Promise<void> {
  const folder = box.cache.folder;
  const later = { now: () => box.clock.now() + 2 * DAY_MS, monotonic: () => box.clock.monotonic(), sleep: () => Promise.reject(new Error('a sweep does not sleep')) };
  const verified = await box.clock.until(new ClipCacheManager({ folder, clock: later }).verify());
  if (verified.damaged.length > 0 || verified.missing.length > 0) {
    broke('wrong-clip', `${verified.damaged.length} damaged and ${verified.missing.length} missing clips in the cache at the end`);
  }
  for (const path of box.disk.files.keys()) {
    if (/^\/clips\/(clips\/..\/[0-9a-f]{64}\.mp4|index\/..\/[0-9a-f]{64}\.json|damaged\/.*)$/.test(path)) continue;
    broke('litter', `${path} is left after a sweep`);
  }
}

