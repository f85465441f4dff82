import { assertNever } from '../lib/errors.ts';
import { taskFor } from './accept-task.ts';
import { authorize } from './authorize.ts';
import type { Call, RouteContext } from './call.ts';
import { checkCreate, type CheckedCreate } from './check-create.ts';
import { refused, strike, succeeded } from './envelope.ts';
import { REFUSALS, TASK_FAILURES, type Refusal } from './refusals.ts';
import type { Reply } from './reply.ts';
import { createdAnswer } from './task-answer.ts';
import type { SandboxFrame, SandboxProduct, TaskRecord } from './task.ts';

/**
 * One create: refused, or accepted and charged when it succeeds. The order of the checks is the reference's, so that of
 * two faults in one request the same one wins as with Kling.
 */
export async function createTask(product: SandboxProduct, call: Call, context: RouteContext): Promise<Reply> {
  const text = await call.readBody();
  const json = typeof text === 'string' ? parseJson(text) : undefined;
  const prompts = promptsIn(json);
  const brokenOnArrival = strike(context.faults, 'create-arrives', prompts);
  if (brokenOnArrival !== undefined) return brokenOnArrival;

  const unauthorized = await authorize(call.header('authorization'), context.credentials, context.now());
  if (unauthorized !== undefined) return refused(unauthorized);
  if (typeof text !== 'string') return refused(text.refusal);
  const checked = checkCreate(product, json, context.isRetired);
  if ('refusal' in checked) return refused(checked.refusal);

  const struck = context.faults.take('create-checked', prompts);
  if (struck?.effect.do === 'refuse') return { ...refused(struck.effect.refusal), fault: struck.kind };

  const accepted = accept(checked, struck?.effect.do === 'fail-task' ? TASK_FAILURES.moderated : undefined, context);
  if ('refusal' in accepted) return refused(accepted.refusal);
  context.maker.make(accepted.task);
  return strike(context.faults, 'create-accepted', prompts) ?? { ...succeeded(createdAnswer(accepted.task)), fault: struck?.kind };
}

/** Money, slot and external id are looked at and taken in one step, by the store. */
function accept(
  checked: CheckedCreate,
  failure: string | undefined,
  { store, now, speed, random }: RouteContext,
): { task: TaskRecord } | { refusal: Refusal } {
  const task = taskFor(checked, { nowMs: now(), speed, random, failure });
  const { startFrame, endFrame, externalTaskId } = checked.request;
  const outcome = store.insert(task, { startFrame: bytesOf(startFrame), endFrame: bytesOf(endFrame) });
  switch (outcome) {
    case 'inserted':
      return { task };
    case 'no-balance':
      return { refusal: REFUSALS.balance };
    case 'no-slot':
      return { refusal: REFUSALS.slots };
    case 'external-id-taken':
      return { refusal: REFUSALS.externalIdTaken(externalTaskId ?? '') };
    default:
      return assertNever(outcome, 'outcome of an insert');
  }
}

function bytesOf(frame: SandboxFrame | undefined): Uint8Array | undefined {
  return frame?.from === 'bytes' ? frame.bytes : undefined;
}

/** Undefined for a text that is no JSON; the body's check refuses that as it refuses JSON that is no object. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** For faults that wait for a certain prompt; read before anything is checked. */
function promptsIn(json: unknown): string[] {
  const prompt = typeof json === 'object' && json !== null && 'prompt' in json ? json.prompt : undefined;
  return typeof prompt === 'string' ? [prompt] : [];
}
