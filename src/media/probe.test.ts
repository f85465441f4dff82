import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probeVideo } from './probe.ts';
import { makeTinyClip } from './tiny-clip.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function stored(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

test("a clip of Kling's shape is read to the frame and the sample", async () => {
  const clip = await makeTinyClip({ uniqueText: 'one', sound: true });
  const probe = await probeVideo(await stored('sound.mp4', clip));
  expect(probe).toMatchObject({ frameCount: 121, width: 64, height: 36, frameRate: 24, videoCodec: 'avc', sizeBytes: clip.length, audio: { codec: 'aac', sampleRate: 48_000, channels: 2 } });
  expect(probe.durationS).toBeCloseTo(121 / 24, 9);
  expect(probe.audio!.durationS).toBeCloseTo(121 / 24, 4);
});

test.each([24, 25, 30, 30000 / 1001, 24000 / 1001])('%d frames a second are told from their neighbours', async (frameRate) => {
  const probe = await probeVideo(await stored(`rate-${frameRate}.mp4`, await makeTinyClip({ uniqueText: '', frameRate, frameCount: 50 })));
  expect(probe.frameRate).toBe(frameRate);
  expect(probe.durationS).toBeCloseTo(50 / frameRate, 9);
  expect(probe.audio).toBeUndefined();
});

test('each tiny clip has its own hash, any size asked for, and plays', async () => {
  const clips = await Promise.all(['a', 'b', 'ü'].map((uniqueText) => makeTinyClip({ uniqueText, frameCount: 24, sizeBytes: 30_000 })));
  expect(new Set(clips.map((clip) => createHash('sha256').update(clip).digest('hex'))).size).toBe(3);
  for (const [index, clip] of clips.entries()) {
    expect(clip).toHaveLength(30_000);
    expect((await probeVideo(await stored(`unique-${index}.mp4`, clip))).frameCount).toBe(24);
  }
  await expect(makeTinyClip({ uniqueText: 'a', frameCount: 24, sizeBytes: 100 })).rejects.toThrow(RangeError);
});

test('a file cut short anywhere is refused, never half believed', async () => {
  const whole = await makeTinyClip({ uniqueText: 'whole', frameCount: 24, sound: true });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
      // The last box only carries the unique text; without it the clip is whole.
      fc.pre(length !== whole.length - 8 - 'whole'.length);
      await expect(probeVideo(await stored('cut.mp4', whole.subarray(0, length)))).rejects.toMatchObject({ code: 'MEDIA_UNREADABLE' });
    }),
    { numRuns: 60 },
  );
});

test('what is no clip is refused with the reason', async () => {
  const refusal = async (name: string, bytes: Uint8Array): Promise<string> => {
    const error: unknown = await probeVideo(await stored(name, bytes)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'MEDIA_UNREADABLE' });
    return (error as Error).message;
  };
  expect(await refusal('empty.mp4', new Uint8Array(0))).toContain('it is empty');
  expect(await refusal('page.mp4', Buffer.from('<html><body>AccessDenied</body></html>'.repeat(20)))).toContain('not an MP4');
  expect(await refusal('noise.mp4', Uint8Array.from({ length: 5000 }, (_, index) => (index * 2654435761) >>> 24))).toContain('not an MP4');
  const damaged = Buffer.from(await makeTinyClip({ uniqueText: '', frameCount: 24 }));
  damaged.fill(0, 40, 400);
  await refusal('damaged.mp4', damaged);
  await expect(probeVideo(join(folder, 'absent.mp4'))).rejects.toThrow('there is no such file');
});

test('probing works without the native packages; what needs them says so', async () => {
  const path = await stored('plain.mp4', await makeTinyClip({ uniqueText: '', frameCount: 24 }));
  const block = join(folder, 'block.cjs');
  await writeFile(block, `const Module = require('node:module'); const load = Module._load; Module._load = function (name, ...rest) { if (name.startsWith('@napi-rs/')) throw new Error('Cannot find module ' + name); return load.call(this, name, ...rest); };`);
  const index = fileURLToPath(new URL('./index.ts', import.meta.url));
  const script = join(folder, 'script.mts');
  await writeFile(
    script,
    `const { probeVideo, renderClip } = await import(${JSON.stringify(index)});
     const { frameCount } = await probeVideo(${JSON.stringify(path)});
     const picture = { width: 64, height: 36, frameRate: 24, frameCount: 2, prompt: '', heading: '', stamp: '', variant: 0, sound: false };
     const { code } = await renderClip(picture, ${JSON.stringify(join(folder, 'never.mp4'))}).catch((error) => error);
     console.log(JSON.stringify({ frameCount, code }));`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', block, '--import', import.meta.resolve('tsx'), script]);
  expect(JSON.parse(stdout)).toEqual({ frameCount: 24, code: 'MEDIA_CODECS_MISSING' });
});
