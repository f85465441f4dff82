import type { KlingModel, LatencyRow } from './model.ts';
import type { KlingMode } from './request.ts';
import { effectiveMode } from './supports.ts';

/** What is known of the time a clip takes: the row for this mode with the nearest length. Mostly guesses; see the model's `latencyBasis`. */
export function latencyOf(model: KlingModel, mode: KlingMode | undefined, durationS: number): LatencyRow | undefined {
  const wanted = effectiveMode(model, mode);
  return model.latencies
    .filter((row) => row.mode === undefined || row.mode === wanted)
    .sort((a, b) => Math.abs(a.durationS - durationS) - Math.abs(b.durationS - durationS))[0];
}
