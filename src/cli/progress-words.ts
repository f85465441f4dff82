import { wordsOfStage, type ClipProgress } from '../protocol/clip-progress.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import { printable } from './printable.ts';

/** `S01_SH03`, with the take where it is not the first: `S01_SH03 T02`. */
export function takeName(progress: Pick<ClipProgress, 'shot' | 'take'>): string {
  return progress.take === 1 ? progress.shot : `${progress.shot} T${String(progress.take).padStart(2, '0')}`;
}

/** What a take is doing, for a person. */
export function stageWords(progress: ClipProgress, engine: Engine): string {
  const words = progress.stage === 'completed' && progress.fromCache === true ? 'Ready (was there)' : wordsOfStage(progress.stage, engine);
  return progress.reason === undefined ? words : `${words}: ${printable(progress.reason)}`;
}

/** The `detail` of a clip line of `--json`. */
export function clipDetail(progress: ClipProgress, engine: Engine): Record<string, unknown> {
  const { stage, reason, taskId, fraction, timeLeftMs, fromCache, estimateUnits, billedUnits } = progress;
  return { stage, words: wordsOfStage(stage, engine), reason, taskId, fraction, timeLeftMs, fromCache, estimateUnits, billedUnits };
}
