import { copyFile, mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syncFolder } from '../src/lib/atomic-file.ts';
import { writeAll } from '../src/lib/write-all.ts';
import { cutClips, renderClip } from '../src/media/index.ts';
import { middleOf, ms, timeMs, times, type BenchRow } from './bench.ts';

const CLIPS = 100;
const ROUNDS = 9;
/** Times what reading the clips and writing as much takes. */
const COPY_LIMIT = 2;

/**
 * How long a film of a hundred alike clips takes to cut, against a plain program that reads the clips and writes their
 * bytes. Both are equally safe: written beside the target, synced, renamed, the folder synced. They take turns, so that a
 * busy machine is busy for both; medians are compared.
 */
export async function benchCut(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-bench-'));
  try {
    const clip = join(folder, 'clip.mp4');
    await renderClip({ width: 1280, height: 720, frameRate: 24, frameCount: 121, prompt: 'Rain over a harbour at dawn, neon, a crowd. Handheld.', heading: 'bench', stamp: 'SANDBOX, not Kling', variant: 1, sound: false }, clip);
    const paths = Array.from({ length: CLIPS }, (_, index) => join(folder, `${index}.mp4`));
    for (const path of paths) await copyFile(clip, path);
    const ways = {
      cut: () => cutClips(paths.map((path) => ({ path, inS: 0, outS: undefined })), join(folder, 'film.mp4')),
      plain: () => readAndWrite(paths, folder),
    };
    const rounds: { cut: number; plain: number }[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const taken = { cut: 0, plain: 0 };
      for (const way of round % 2 === 0 ? (['cut', 'plain'] as const) : (['plain', 'cut'] as const)) taken[way] = await timeMs(ways[way]);
      if (round > 0) rounds.push(taken); // the first is for both to warm up
    }
    const [cut, plain] = [middleOf(rounds.map((round) => round.cut)), middleOf(rounds.map((round) => round.plain))];
    const ratio = cut / plain;
    const megabytes = ((await stat(clip)).size * CLIPS) / 1e6;
    return [
      {
        what: `cut of ${CLIPS} alike clips, ${megabytes.toFixed(0)} MB, synced; ${ROUNDS} rounds in turn`,
        ours: ms(cut),
        against: `${ms(plain)} to read the clips and write as much, synced`,
        ratio: `${times(ratio)} (at most ${times(COPY_LIMIT)})`,
        kept: ratio <= COPY_LIMIT,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readAndWrite(paths: readonly string[], folder: string): Promise<void> {
  const temporary = join(folder, 'plain.part');
  const file = await open(temporary, 'wx');
  try {
    for (const path of paths) await writeAll(file, await readFile(path));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(folder, 'plain.bin'));
  await syncFolder(folder);
}
