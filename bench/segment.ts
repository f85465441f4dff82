import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, readScript, ValidationService, type Store } from '../src/index.ts';
import { planProject } from '../src/project/index.ts';
import { medianOf, ms, processorMs, times, type BenchRow } from './bench.ts';
import { longScreenplay } from './long-screenplay.ts';

const PAGES = 120;
const LIMIT_MS = 1_000;
/** Twice the text may take this much longer. */
const GROWTH_LIMIT = 2.3;
const RUNS = 5;
const CLIP = { model: 'kling-v2-5-turbo', mode: 'std', durationS: 5 } as const;

/** A long screenplay to its checked shots; and to the whole plan: with lines, fixes, cast and advice. */
export async function benchSegment(): Promise<BenchRow[]> {
  const half = longScreenplay(PAGES / 2);
  // Twice the same text, so that only the length differs; both on a processor that has seen such text.
  await checkedShots(half);
  const [oneHalf, whole] = [await measured(() => checkedShots(half)), await measured(() => checkedShots(half + half))];
  const growth = whole.medianMs / oneHalf.medianMs;
  const planned = await inHome(async (store) => await measured(async () => (await planProject(store, { script: scriptOf(longScreenplay(PAGES)) })).shots.length));
  const loads = `load ${loadavg()[0]?.toFixed(1)}`;
  return [
    { what: `screenplay of ${PAGES} pages to ${whole.shots} checked shots (processor)`, ours: `${ms(whole.medianMs)}, the first time ${ms(whole.firstMs)}`, against: `half of it ${ms(oneHalf.medianMs)}; limits: ${ms(LIMIT_MS)}, ${GROWTH_LIMIT} ×; ${loads}`, ratio: times(growth), kept: whole.medianMs <= LIMIT_MS && growth <= GROWTH_LIMIT },
    { what: `the same to a plan of ${planned.shots} shots: lines, fixes, cast, advice (processor)`, ours: `${ms(planned.medianMs)}, the first time ${ms(planned.firstMs)}`, against: `its shots alone ${ms(whole.medianMs)}; ${loads}`, ratio: times(planned.medianMs / whole.medianMs) },
  ];
}

async function checkedShots(text: string): Promise<number> {
  const { shots } = await readScript(scriptOf(text).bytes, { name: 'film.fountain' });
  for (const { prompt, durationS = 5 } of shots) ValidationService.validate({ prompt, clip: { ...CLIP, durationS } });
  return shots.length;
}

function scriptOf(text: string): { name: string; bytes: Uint8Array } {
  return { name: 'film.fountain', bytes: Buffer.from(text) };
}

interface Measured {
  shots: number;
  firstMs: number;
  medianMs: number;
}

async function measured(work: () => Promise<number>): Promise<Measured> {
  let shots = 0;
  const run = () => processorMs(async () => (shots = await work()));
  const firstMs = await run();
  return { firstMs, medianMs: await medianOf(RUNS, run), shots };
}

async function inHome<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const home = await mkdtemp(join(tmpdir(), 'directorstudio-bench-'));
  const store = await openStore({ home });
  try {
    return await work(store);
  } finally {
    await store.close();
    await rm(home, { recursive: true, force: true });
  }
}
