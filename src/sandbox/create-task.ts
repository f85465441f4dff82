import { taskFor } from './accept-task.ts';
import { authorize } from './authorize.ts';
import type { Call, RouteContext } from './call.ts';
import { checkCreate, type CheckedCreate } from './check-create.ts';
import { refused, spoil, succeeded } from './envelope.ts';
import type { FaultQueue, FaultTarget, StruckFault } from './fault-queue.ts';
import type { FaultMoment } from './faults.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import type { Reply } from './reply.ts';
import { createdAnswer } from './task-answer.ts';
import { toTenThousandths, type SandboxFrame, type SandboxProduct, type TaskRecord } from './task.ts';

/**
 * One create: refused, or accepted and charged when it succeeds. The order of the checks is the reference's, so that of
 * two faults in one request the same one wins as with Kling.
 */
export async function createTask(product: SandboxProduct, call: Call, context: RouteContext): Promise<Reply> {
  const { faults, clock, closing } = context;
  const text = await call.readBody();
  const json = typeof text === 'string' ? parseJson(text) : undefined;
  const target = targetOf(json);
  const onArrival = faults.take('create-arrives', target);
  if (onArrival !== undefined && onArrival.effect.do !== 'wait') return spoil(NOTHING, onArrival);
  if (onArrival?.ms === Number.POSITIVE_INFINITY) return spoil(NOTHING, onArrival);
  // Held up on the way, and looked at then: the caller may have gone long before it is accepted.
  if (onArrival !== undefined) await clock.sleep(onArrival.ms, closing);

  const unauthorized = await authorize(call.header('authorization'), context.credentials, context.now() + context.skewMs());
  if (unauthorized !== undefined) return refused(unauthorized);
  if (typeof text !== 'string') return refused(text.refusal);
  const checked = checkCreate(product, json, context.isRetired);
  if ('refusal' in checked) return refused(checked.refusal);

  const accepted = accept(checked, target, context);
  if ('refusal' in accepted) {
    const { externalTaskId } = checked.request;
    if (context.refusedIdsStayReserved && accepted.reservesId && externalTaskId !== undefined) context.store.reserveExternalId(externalTaskId);
    return { ...refused(accepted.refusal), fault: accepted.struck?.kind };
  }
  context.maker.make(accepted.task);
  const right = { ...succeeded(createdAnswer(accepted.task, context.skewMs())), fault: accepted.struck?.kind ?? onArrival?.kind };
  return spoil(right, faults.take('create-accepted', target));
}

/** Stands where the right answer would be, before there is one. */
const NOTHING: Reply = { kind: 'json', httpStatus: 200, body: {} };

type Accepted = { task: TaskRecord; struck: StruckFault | undefined } | { refusal: Refusal; struck: StruckFault | undefined; reservesId: boolean };

/** Money, slot and external id are looked at and taken in one step, by the store. */
function accept(checked: CheckedCreate, target: FaultTarget, context: RouteContext): Accepted {
  const { store, faults, latencyFor, newTaskId, tinyBytes } = context;
  const { request } = checked;
  const refusedBy = faults.take('create-checked', target);
  if (refusedBy?.effect.do === 'refuse') return { refusal: refusedBy.effect.refusal, struck: refusedBy, reservesId: true };
  if (refusedBy?.effect.do === 'retire') return { refusal: REFUSALS.modelDiscontinued(request.model), struck: refusedBy, reservesId: false };

  const frames = { startFrame: bytesOf(request.startFrame), endFrame: bytesOf(request.endFrame) };
  let struck: StruckFault | undefined;
  const result = store.insert(taskFor(checked, { taskId: newTaskId(), nowMs: context.now(), latencyFor, tinyBytes }), frames, (task) => {
    const turned = turnTask(task, faults, target);
    struck = turned.struck;
    return turned.task;
  });
  switch (result.outcome) {
    case 'inserted':
      return { task: result.task, struck };
    case 'no-balance':
      return { refusal: REFUSALS.balance, struck, reservesId: true };
    case 'no-slot':
      return { refusal: REFUSALS.slots, struck, reservesId: true };
    case 'external-id-taken':
      return { refusal: REFUSALS.externalIdTaken(request.externalTaskId ?? ''), struck, reservesId: false };
    default:
      return result satisfies never;
  }
}

const TURNS: readonly FaultMoment[] = ['task-ends', 'task-waits', 'task-shows'];

/** The accepted task as its faults leave it: it may fail, stay where it is, and be hidden, all at once. */
function turnTask(task: TaskRecord, faults: FaultQueue, target: FaultTarget): { task: TaskRecord; struck: StruckFault | undefined } {
  let struck: StruckFault | undefined;
  let turned = task;
  for (const moment of TURNS) {
    const fault = faults.take(moment, target);
    struck ??= fault;
    if (fault?.effect.do === 'fail-task') {
      const { failure, bill } = fault.effect;
      turned = { ...turned, failure, failureBill: { unsaid: undefined, nothing: 0, price: task.priceTenThousandths }[bill] };
    } else if (fault?.effect.do === 'charge-more') {
      turned = { ...turned, priceTenThousandths: task.priceTenThousandths + toTenThousandths(fault.effect.units) };
    } else if (fault?.effect.do === 'stick') {
      // From when it gets on, it takes as long as it would have.
      const later = Math.min(fault.ms, FOR_EVER_MS);
      turned = { ...turned, processingAtMs: turned.processingAtMs + later, dueAtMs: turned.dueAtMs + later };
    } else if (fault?.effect.do === 'hide') {
      turned = { ...turned, visibleAtMs: task.createdAtMs + Math.min(fault.ms, FOR_EVER_MS) };
    }
  }
  return { task: turned, struck };
}

/** A thousand years: as good as for ever, and a number that SQLite can add to. */
const FOR_EVER_MS = 1000 * 365 * 24 * 3600 * 1000;

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

/** For faults that wait for a certain prompt, and for drawing by external id; read before anything is checked. */
function targetOf(json: unknown): FaultTarget {
  const { prompt, external_task_id: id } = (typeof json === 'object' && json !== null ? json : {}) as { prompt?: unknown; external_task_id?: unknown };
  return { prompts: typeof prompt === 'string' ? [prompt] : [], externalTaskId: typeof id === 'string' ? id : undefined };
}
