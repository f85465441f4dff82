import { KlingModelAdvisor, ValidationService } from '../src/index.ts';
import type { BenchRow } from './bench.ts';

const LIMIT_MS = 5;
const LENGTH = 2_500;
const SENTENCES = [
  'A fisherman in a yellow raincoat hauls a net onto a small wooden boat at dawn while gulls circle overhead.',
  'Behind him the harbour wakes: two women carry baskets along the pier, a dog barks, smoke drifts from a chimney.',
  'The camera pushes in slowly, soft golden light, shallow depth of field, calm sea, muted colours.',
  'He looks up, smiles and says: "The wind has turned, we should go before noon."',
];

/** A prompt as long as Kling takes, checked and advised: each within 5 ms, so that a film of a thousand shots takes seconds. */
export function benchPromptChecks(): Promise<BenchRow[]> {
  const prompt = SENTENCES.join(' ').repeat(10).slice(0, LENGTH);
  const clip = { model: 'kling-v3', mode: 'std', durationS: 10 } as const;
  const work: Record<string, () => unknown> = {
    'validate a prompt of 2,500 characters': () => ValidationService.validate({ prompt, clip }),
    'advise a model for it': () => KlingModelAdvisor.adviseModel({ prompt, durationS: 10 }),
  };
  return Promise.resolve(
    Object.entries(work).map(([what, run]) => {
      for (let warm = 0; warm < 30; warm += 1) run();
      const times = Array.from({ length: 31 }, () => {
        const startedAt = performance.now();
        run();
        return performance.now() - startedAt;
      }).sort((a, b) => a - b);
      const median = times[15] ?? Number.NaN;
      return { what, ours: `${median.toFixed(2)} ms`, against: `${LIMIT_MS} ms`, ratio: `${(median / LIMIT_MS).toFixed(2)} ×`, kept: median <= LIMIT_MS };
    }),
  );
}
