import { extractDialogue, KlingModelAdvisor, ValidationService } from '../src/index.ts';
import { medianOf, processorMs, times, type BenchRow } from './bench.ts';

const LIMIT_MS = 5;
const LENGTH = 2_500;
/** Runs in one measurement: the processor's clock is coarse. */
const AT_ONCE = 20;
const SENTENCES = [
  'A fisherman in a yellow raincoat hauls a net onto a small wooden boat at dawn while gulls circle overhead.',
  'Behind him the harbour wakes: two women carry baskets along the pier, a dog barks, smoke drifts from a chimney.',
  'The camera pushes in slowly, soft golden light, shallow depth of field, calm sea, muted colours.',
  'He looks up, smiles and says: "The wind has turned, we should go before noon."',
];
/** Hardly a word outside of quote marks: 80 lines in one prompt. */
const TALK = ['He says: "We go now, Tom." ', 'She asks, "Why, Ann?" ', '"No." ', 'Tom nods. "Yes!" '];

/** A prompt as long as Kling takes, checked, advised and read for who speaks: each within 5 ms, so that a film of a thousand shots takes seconds. */
export async function benchPromptChecks(): Promise<BenchRow[]> {
  const [told, said] = [SENTENCES.join(' '), TALK.join('')].map((words) => words.repeat(60).slice(0, LENGTH)) as [string, string];
  const clip = { model: 'kling-v3', mode: 'std', durationS: 10 } as const;
  const work: Record<string, () => unknown> = {
    'validate a prompt of 2,500 characters': () => ValidationService.validate({ prompt: told, clip }),
    'validate one that is all talk': () => ValidationService.validate({ prompt: said, clip }),
    'advise a model for it': () => KlingModelAdvisor.adviseModel({ prompt: told, durationS: 10 }),
    'who speaks in it': () => extractDialogue(told),
    [`who speaks in one that is all talk (${extractDialogue(said).lines.length} lines)`]: () => extractDialogue(said),
  };
  const rows: BenchRow[] = [];
  for (const [what, run] of Object.entries(work)) {
    const many = () => processorMs(() => Array.from({ length: AT_ONCE }, run));
    await many();
    const eachMs = (await medianOf(15, many)) / AT_ONCE;
    rows.push({ what, ours: `${eachMs.toFixed(2)} ms`, against: `${LIMIT_MS} ms`, ratio: times(eachMs / LIMIT_MS), kept: eachMs <= LIMIT_MS });
  }
  return rows;
}
