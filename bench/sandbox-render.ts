import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderClip } from '../src/media/index.ts';
import { medianOf, ms, timeMs, times, type BenchRow } from './bench.ts';

/** How fast the sandbox draws a clip of 5 s, against the clip's own length. */
export async function benchSandboxRender(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-bench-'));
  try {
    const rows: BenchRow[] = [];
    for (const [name, width, height] of [['720p', 1280, 720], ['1080p', 1920, 1080]] as const) {
      let clip = 0;
      const taken = await medianOf(3, () => {
        clip += 1;
        return timeMs(() =>
          renderClip(
            { width, height, frameRate: 24, frameCount: 121, prompt: 'A paper boat crosses a pond at dawn, camera pushes in.', heading: 'bench', stamp: 'SANDBOX, not Kling', variant: clip, sound: false },
            join(folder, `${name}-${clip}.mp4`),
          ),
        );
      });
      rows.push({ what: `sandbox clip, 5 s at ${name}`, ours: ms(taken), against: '5042 ms of picture', ratio: `${times(5042 / taken)} real time` });
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
