import type { ClipProgress, ClipStage } from '../protocol/clip-progress.ts';
import { STATUS_OF_STAGE } from '../protocol/clip-progress.ts';
import type { Generation, GenerationState } from '../store/index.ts';

/** What a row is doing, in the words of a screen. */
export function stageOf(state: GenerationState): ClipStage {
  switch (state.status) {
    case 'waiting':
      return ({ slot: 'waitingForSlot', budget: 'waitingForBudget', key: 'waitingForKey', retry: 'waitingToRetry' } as const)[state.reason];
    case 'unknown':
      return 'findingOut';
    case 'downloading':
      return state.again ? 'fetchingAgain' : 'downloading';
    default:
      return state.status;
  }
}

const STAGES_WITH_REASON: ReadonlySet<ClipStage> = new Set(['waitingForBudget', 'waitingForKey', 'waitingToRetry', 'failed', 'unobtainable', 'parked']);

/** @param expectedMs how long this model usually takes from accepted to finished; missing when nothing is known. */
export function progressOf(
  generation: Generation,
  take: { shotId: string; shot: string; number: number },
  options: { nowMs: number; expectedMs?: number; stage?: ClipStage; fraction?: number; fromCache?: boolean },
): ClipProgress {
  const { state } = generation;
  const stage = options.stage ?? stageOf(state);
  const error = 'error' in state ? state.error : undefined;
  // Waiting for a slot is the normal course of things and needs no reason.
  const tells = STAGES_WITH_REASON.has(stage);
  return {
    shotId: take.shotId,
    shot: take.shot,
    take: take.number,
    status: STATUS_OF_STAGE[stage],
    stage,
    ...(error && tells ? { reason: error.next === undefined ? error.message : `${error.message} ${error.next}` } : {}),
    ...('taskId' in state && state.taskId !== undefined ? { taskId: state.taskId } : {}),
    ...(options.fraction === undefined ? {} : { fraction: options.fraction }),
    ...timeLeft(state, options),
    ...(options.fromCache ? { fromCache: true } : {}),
    estimateUnits: generation.estimateUnits,
    ...(generation.billedUnits === undefined ? {} : { billedUnits: generation.billedUnits }),
  };
}

/** Honest or silent: nothing is said before anything is known, nor once the usual time is over. */
function timeLeft(state: GenerationState, options: { nowMs: number; expectedMs?: number }): { timeLeftMs?: number } {
  if (options.expectedMs === undefined || (state.status !== 'submitted' && state.status !== 'processing')) return {};
  const leftMs = options.expectedMs - (options.nowMs - state.submittedAtMs);
  return leftMs > 0 ? { timeLeftMs: leftMs } : {};
}
