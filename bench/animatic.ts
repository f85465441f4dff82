import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAnimatic } from '../src/film/animatic/index.ts';
import { FilmDrawings, type ShotToDraw } from '../src/film/drawing.ts';
import { placeDrawings } from '../src/film/place-drawings.ts';
import { reelShotOf } from '../src/film/reel-of-drawings.ts';
import { renderReel } from '../src/media/index.ts';
import { medianOf, ms, timeMs, times, type BenchRow } from './bench.ts';

const LIMIT = 4;

const PROMPTS = [
  'Wide shot of a harbour at dawn, a small boat leaves. The camera pans left.',
  'Medium shot: Mara and Jonah argue at the kitchen table by candlelight. Slow push-in.',
  "Over Mara's shoulder, Jonah turns away to the window. Static shot.",
  'Extreme close-up of a letter in her hand. The camera holds still.',
  'A crowd in a rainy street at night, neon. Tracking shot to the right.',
  'Low angle: a rider on a horse on a ridge at dusk. The camera cranes up.',
];

/** How fast a film of two minutes is drawn at 720p, against its own length. */
export async function benchAnimatic(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-bench-'));
  const shots = Array.from({ length: 24 }, (_, index): ShotToDraw => {
    const prompt = `${PROMPTS[index % PROMPTS.length]} Number ${index}.`;
    return { name: `S01_SH${String(index + 1).padStart(2, '0')}`, sceneNumber: 1, prompt, settings: { kind: 'text2video', model: 'kling-v2-5-turbo', mode: 'std', prompt, durationS: 5, aspectRatio: '16:9', sound: false }, inS: 0, takesWanted: 1, ...(index % 3 === 1 ? { line: 'You never said that you would come back.' } : {}) };
  });
  try {
    let lengthMs = 0;
    const taken = await medianOf(3, () =>
      timeMs(async () => {
        const { durationS } = await makeAnimatic({ title: 'bench', shots, cast: [], frameFolders: [], outputPath: join(folder, 'film.mp4') });
        lengthMs = durationS * 1000;
      }),
    );
    const ratio = lengthMs / taken;
    const cpuMs = await processorMs(shots, join(folder, 'reel.mp4'));
    return [
      { what: `animatic of ${shots.length} shots at 720p, ${(lengthMs / 1000).toFixed(0)} s`, ours: ms(taken), against: `${LIMIT} × real time`, ratio: `${times(ratio)} real time`, kept: ratio >= LIMIT },
      { what: 'the same drawn by one process: processor time, whatever else runs', ours: ms(cpuMs), against: `${LIMIT} × real time`, ratio: `${times(lengthMs / cpuMs)} real time a core` },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What drawing and encoding take of the processor: a machine that is busy makes the wall clock's number its own. */
async function processorMs(shots: readonly ShotToDraw[], path: string): Promise<number> {
  const drawings = new FilmDrawings(shots, []);
  const { placed } = await placeDrawings(shots.map((shot) => ({ drawing: drawings.make(shot), inS: 0 })), []);
  const reel = { width: 1280, height: 720, frameRate: 24, firstFrame: 0, shots: placed.map((each) => reelShotOf(each, 24, { stamp: 'bench', clock: 'film' })) };
  const before = process.cpuUsage();
  await renderReel(reel, path);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
