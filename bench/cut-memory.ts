import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cutClips, renderClip, type CutPart } from '../src/media/index.ts';
import { timeMs, times, type BenchRow } from './bench.ts';

const LIMIT_MB = 400;

interface MemoryFilm {
  clip: string;
  parts: number;
  /** Where each part begins in its clip, in seconds; its beginning is then encoded. */
  inS?: number;
  /** A clip of another rate that stands first: then all the others must be encoded. */
  lead?: string;
}

/** What films need in memory; each is cut in a process of its own, so that nothing else counts. */
export async function benchCutMemory(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-bench-'));
  try {
    const make = async (name: string, size: { width: number; height: number }, rest: { frameRate: number; frameCount: number; sound: boolean }): Promise<string> => {
      const path = join(folder, name);
      await renderClip({ ...size, ...rest, prompt: 'Rain over a harbour at dawn, neon, a crowd. Handheld.', heading: '', stamp: '', variant: 1 }, path);
      return path;
    };
    const [large, tiny] = [{ width: 1280, height: 720 }, { width: 64, height: 36 }];
    const clip = await make('clip.mp4', large, { frameRate: 24, frameCount: 121, sound: false });
    const sounding = await make('tiny.mp4', tiny, { frameRate: 24, frameCount: 121, sound: true });
    const lead = await make('lead.mp4', large, { frameRate: 25, frameCount: 2, sound: false });
    const tinyLead = await make('tiny-lead.mp4', tiny, { frameRate: 25, frameCount: 2, sound: false });
    const films: [string, MemoryFilm][] = [
      ['60 min at 720p, copied', { clip, parts: 714 }],
      ['60 min of tiny pictures with sound, copied', { clip: sounding, parts: 714 }],
      ['60 min of tiny pictures with sound, encoded', { clip: sounding, parts: 714, lead: tinyLead }],
      ['60 min of tiny pictures with sound, each clip trimmed at its beginning', { clip: sounding, parts: 900, inS: 1 }],
      ['20 s at 720p, encoded', { clip, parts: 4, lead }],
      ['2 min at 720p, encoded', { clip, parts: 24, lead }],
    ];
    const rows: BenchRow[] = [];
    for (const [what, film] of films) {
      const { peakMB, ms } = await measure(film, join(folder, 'film.mp4'));
      rows.push({ what: `memory of a cut: ${what}`, ours: `${peakMB.toFixed(0)} MB (${(ms / 1000).toFixed(0)} s)`, against: `at most ${LIMIT_MB} MB`, ratio: times(peakMB / LIMIT_MB), kept: peakMB <= LIMIT_MB });
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(film: MemoryFilm, output: string): Promise<{ peakMB: number; ms: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), JSON.stringify(film), output], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The cut ended with ${code}`);
  return JSON.parse(said) as { peakMB: number; ms: number };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , film = '', output = ''] = process.argv;
  const { clip, parts, inS = 0, lead } = JSON.parse(film) as MemoryFilm;
  const cut: CutPart[] = [...(lead === undefined ? [] : [{ path: lead, inS: 0, outS: undefined }]), ...Array.from({ length: parts }, () => ({ path: clip, inS, outS: undefined }))];
  const ms = await timeMs(() => cutClips(cut, output));
  process.stdout.write(JSON.stringify({ peakMB: process.resourceUsage().maxRSS / 1024, ms }));
}
