import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { grabFrame, renderClip } from '../media/index.ts';
import type { ShotSettings } from '../protocol/shot-settings.ts';
import { FilmDrawings } from './drawing.ts';
import { takeParentFrames } from './parent-frames.ts';
import { placeDrawings } from './place-drawings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parents-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const FINGERPRINT = 'a'.repeat(64);
const settings = (startFrame?: ShotSettings['startFrame']): ShotSettings => ({ kind: 'image2video', model: 'kling-v2-5-turbo', mode: 'std', prompt: 'It drifts.', durationS: 5, aspectRatio: '16:9', sound: false, ...(startFrame ? { startFrame } : {}) });
const clips = (paths: Record<string, string>) => ({ find: async (fingerprint: string) => await Promise.resolve(paths[fingerprint] === undefined ? undefined : { path: paths[fingerprint] }) });

it('a drawn shot that continues another begins with the last picture that the film shows of its clip', async () => {
  const clip = join(folder, 'clip.mp4');
  await renderClip({ width: 320, height: 180, frameRate: 24, frameCount: 48, prompt: 'A street. The camera pans left.', heading: '', stamp: '', variant: 0, captions: false, sound: false }, clip);
  const whole = { id: 'whole', settings: settings({ lastFrameOf: FINGERPRINT }) };
  const trimmed = { id: 'trimmed', settings: settings({ lastFrameOf: FINGERPRINT, atS: 1 }) };
  const frames = await takeParentFrames([whole, trimmed, { id: 'plain', settings: settings() }, { id: 'unmade', settings: settings({ lastFrameOf: 'b'.repeat(64) }) }], clips({ [FINGERPRINT]: clip }), folder);
  expect([...frames.keys()]).toEqual(['whole', 'trimmed']);
  for (const [id, frame] of [['whole', 47], ['trimmed', 23]] as const) {
    await grabFrame(clip, frame / 24, join(folder, 'expected.png'));
    expect(await readFile(frames.get(id)?.path ?? '')).toEqual(await readFile(join(folder, 'expected.png')));
  }

  const shot = { name: 'S01_SH02', sceneNumber: 1, prompt: 'It drifts.', settings: whole.settings, inS: 0, takesWanted: 1 };
  const drawing = new FilmDrawings([shot], []).make(shot);
  const { placed, absent } = await placeDrawings([{ drawing, inS: 0, parentFrame: frames.get('whole') }], []);
  expect(absent).toEqual([]);
  expect(placed).toMatchObject([{ startFrame: frames.get('whole') }]);
});

it('is drawn from its words where that clip cannot be decoded', async () => {
  await writeFile(join(folder, 'clip.mp4'), 'no film');
  expect(await takeParentFrames([{ id: 'one', settings: settings({ lastFrameOf: FINGERPRINT }) }], clips({ [FINGERPRINT]: join(folder, 'clip.mp4') }), folder)).toEqual(new Map());
});
