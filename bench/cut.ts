import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cutClips, renderClip } from '../src/media/index.ts';
import { medianOf, ms, timeMs, times, type BenchRow } from './bench.ts';

const CLIPS = 100;
/** Times what reading the clips and writing as much takes. */
const COPY_LIMIT = 2;
const MEMORY_LIMIT_MB = 400;

/** How long a film of a hundred alike clips takes to cut, against its bytes; and what an hour of film needs in memory. */
export async function benchCut(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-bench-'));
  try {
    const clip = join(folder, 'clip.mp4');
    await renderClip({ width: 1280, height: 720, frameRate: 24, frameCount: 121, prompt: 'Rain over a harbour at dawn, neon, a crowd. Handheld.', heading: 'bench', stamp: 'SANDBOX, not Kling', variant: 1, sound: false }, clip);
    return [await benchCopy(folder, clip), ...(await benchMemory(folder, clip))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchCopy(folder: string, clip: string): Promise<BenchRow> {
  const paths = Array.from({ length: CLIPS }, (_, index) => join(folder, `${index}.mp4`));
  for (const path of paths) await copyFile(clip, path);
  const film = join(folder, 'film.mp4');
  const bytes = (await stat(clip)).size * CLIPS;
  const cut = await medianOf(3, () => timeMs(() => cutClips(paths.map((path) => ({ path, inS: 0, outS: undefined })), film)));
  const plain = await medianOf(3, () => timeMs(() => readAndWrite(paths, join(folder, 'plain.bin'))));
  for (const path of paths) await rm(path);
  const ratio = cut / plain;
  return { what: `cut of ${CLIPS} alike clips, ${(bytes / 1e6).toFixed(0)} MB`, ours: ms(cut), against: `${ms(plain)} to read and write the bytes`, ratio: times(ratio), kept: ratio <= COPY_LIMIT };
}

/** Durable as a film is: synced. */
async function readAndWrite(paths: readonly string[], target: string): Promise<void> {
  const file = await open(target, 'w');
  try {
    for (const path of paths) await file.write(await readFile(path));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Cuts in processes of their own, so that nothing else counts. */
async function benchMemory(folder: string, clip: string): Promise<BenchRow[]> {
  const tiny = join(folder, 'tiny.mp4');
  await renderClip({ width: 64, height: 36, frameRate: 24, frameCount: 121, prompt: 'x', heading: '', stamp: '', variant: 1, sound: true }, tiny);
  const [lead, tinyLead] = [join(folder, 'lead.mp4'), join(folder, 'tiny-lead.mp4')];
  for (const [path, width, height] of [[lead, 1280, 720], [tinyLead, 64, 36]] as const) await renderClip({ width, height, frameRate: 25, frameCount: 2, prompt: 'x', heading: '', stamp: '', variant: 1, sound: false }, path);
  const rows: BenchRow[] = [];
  const films: [string, MemoryFilm][] = [
    ['60 min at 720p, copied', { clip, parts: 714 }],
    ['60 min of tiny pictures with sound, copied', { clip: tiny, parts: 714 }],
    ['60 min of tiny pictures with sound, encoded', { clip: tiny, parts: 714, lead: tinyLead }],
    ['20 s at 720p, encoded', { clip, parts: 4, lead }],
    ['2 min at 720p, encoded', { clip, parts: 24, lead }],
  ];
  for (const [what, film] of films) {
    const { peakMB, ms: taken } = await measureMemory(film, join(folder, 'film.mp4'));
    rows.push({ what: `memory of a cut: ${what}`, ours: `${peakMB.toFixed(0)} MB (${(taken / 1000).toFixed(0)} s)`, against: `${MEMORY_LIMIT_MB} MB`, ratio: times(peakMB / MEMORY_LIMIT_MB), kept: peakMB <= MEMORY_LIMIT_MB });
  }
  return rows;
}

interface MemoryFilm {
  clip: string;
  parts: number;
  /** A clip of another rate that stands first: then all the others must be encoded. */
  lead?: string;
}

async function measureMemory(film: MemoryFilm, output: string): Promise<{ peakMB: number; ms: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), JSON.stringify(film), output], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The cut ended with ${code}`);
  return JSON.parse(said) as { peakMB: number; ms: number };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , film = '', output = ''] = process.argv;
  const { clip, parts, lead } = JSON.parse(film) as MemoryFilm;
  const paths = [...(lead === undefined ? [] : [lead]), ...Array.from({ length: parts }, () => clip)];
  const taken = await timeMs(() => cutClips(paths.map((path) => ({ path, inS: 0, outS: undefined })), output));
  process.stdout.write(JSON.stringify({ peakMB: process.resourceUsage().maxRSS / 1024, ms: taken }));
}
