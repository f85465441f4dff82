import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readClipFacts, packetsFrom, withClipTracks } from './clip-facts.ts';
import type { ClipPicture } from './clip-picture.ts';
import { loadCanvas } from './codecs.ts';
import { drawShot } from './draw-shot.ts';
import { grabFrame } from './frame-grab.ts';
import { rgbaToI420 } from './i420.ts';
import { writeMp4File } from './mp4-file.ts';
import { decodePictures } from './picture-decoder.ts';
import { createPictureEncoder } from './picture-encoder.ts';
import { probeVideo } from './probe.ts';
import { renderClip } from './render-clip.ts';


let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'render-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const picture = (changes: Partial<ClipPicture> = {}): ClipPicture => ({ width: 160, height: 90, frameRate: 24, frameCount: 13, prompt: 'A lighthouse at dusk. Slow push-in.', heading: 'kling-v2-5-turbo std 5 s', stamp: 'SANDBOX, not Kling', variant: 1, sound: false, ...changes });

async function frameHash(changes: Partial<ClipPicture>, frameIndex = 0): Promise<string> {
  const wanted = picture(changes);
  const draw = await drawShot(wanted);
  const canvas = loadCanvas().createCanvas(wanted.width, wanted.height);
  draw(canvas.getContext('2d'), frameIndex);
  return createHash('sha256').update(canvas.data()).digest('hex');
}

describe('the clip as a file', () => {
  test("has Kling's true length to the frame, H.264 and sound exactly as long", async () => {
    const path = join(folder, 'five-seconds.mp4');
    const progress: number[] = [];
    await renderClip(picture({ frameCount: 121, sound: true }), path, { onProgress: (done) => progress.push(done) });
    const probe = await probeVideo(path);
    expect(probe).toMatchObject({ frameCount: 121, width: 160, height: 90, frameRate: 24, videoCodec: 'avc', audio: { codec: 'aac', sampleRate: 48_000, channels: 2 } });
    expect(probe.durationS).toBeCloseTo(121 / 24, 9);
    expect(Math.abs(probe.audio!.durationS - probe.durationS)).toBeLessThan(1 / 48_000);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((one, other) => one - other));
  });

  test('starts with a keyframe, has one every two seconds, shows every frame in the order of its packets', async () => {
    const path = join(folder, 'keys.mp4');
    await renderClip(picture({ frameCount: 100 }), path);
    await withClipTracks(path, async ({ video }) => {
      const packets = [];
      for await (const packet of packetsFrom(video, 0)) packets.push(packet);
      expect(packets.map(({ timestamp }) => Math.round(timestamp * 24 * 1e6) / 1e6)).toEqual(packets.map((_, index) => index));
      const keys = packets.flatMap(({ type }, index) => (type === 'key' ? [index] : []));
      expect(keys).toEqual(expect.arrayContaining([0, 48, 96]));
      expect(await video.getColorSpace()).toMatchObject({ primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false });
    });
  });

  test('clips of one size and rate have one decoder configuration, so their film is a copy', async () => {
    const configs = await Promise.all(
      [picture({ prompt: 'Rain in a city at night', variant: 3 }), picture({ frameCount: 40, sound: true }), picture({ prompt: 'A desert', frameCount: 3 })].map(async (wanted, index) => {
        const path = join(folder, `config-${index}.mp4`);
        await renderClip(wanted, path);
        return Buffer.from((await readClipFacts(path)).videoConfig.description as Uint8Array).toString('hex');
      }),
    );
    expect(new Set(configs).size).toBe(1);
  });

  test('the same picture gives the same bytes', async () => {
    const [one, other] = [join(folder, 'same-1.mp4'), join(folder, 'same-2.mp4')];
    await renderClip(picture(), one);
    await renderClip(picture(), other);
    const hashes = await Promise.all([one, other].map(async (path) => withClipTracks(path, async ({ video }) => {
      const hash = createHash('sha256');
      for await (const packet of packetsFrom(video, 0)) hash.update(packet.data);
      return hash.digest('hex');
    })));
    expect(hashes[0]).toBe(hashes[1]);
  });

  test('an abort comes back unchanged and leaves nothing', async () => {
    const empty = await mkdtemp(join(folder, 'abort-'));
    const controller = new AbortController();
    const reason = new Error('changed my mind');
    const rendering = renderClip(picture({ frameCount: 200 }), join(empty, 'clip.mp4'), { signal: controller.signal, onProgress: (done) => done > 0.2 && controller.abort(reason) });
    await expect(rendering).rejects.toBe(reason);
    expect(await readdir(empty)).toEqual([]);
  });

  test('what cannot be filmed is refused with every reason, before a file exists', async () => {
    const path = join(folder, 'refused.mp4');
    await expect(renderClip(picture({ width: 161, frameRate: 0, frameCount: 1.5 }), path)).rejects.toMatchObject({ code: 'MEDIA_BAD_PICTURE', message: expect.stringMatching(/width 161.*frameRate 0.*frameCount 1\.5/) as string });
    await writeFile(join(folder, 'text.png'), 'no picture');
    await expect(renderClip(picture({ startFramePath: join(folder, 'text.png') }), path)).rejects.toMatchObject({ code: 'MEDIA_IMAGE_UNREADABLE' });
    await expect(probeVideo(path)).rejects.toMatchObject({ code: 'MEDIA_UNREADABLE' });
  });
});

describe('the picture', () => {
  test('one letter of the prompt, another variant, stamp, heading or moment: another picture', async () => {
    const hashes = await Promise.all([frameHash({}), frameHash({ prompt: 'A lighthouse at dusk. Slow push-in!' }), frameHash({ variant: 2 }), frameHash({ stamp: 'SANDBOX' }), frameHash({ heading: 'kling-v2-master' }), frameHash({}, 1)]);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(await frameHash({})).toBe(hashes[0]);
  });

  test.each(['16:9', '9:16', '1:1'])('every setting, in every weather and light, is drawn in %s', async (ratio) => {
    const [width, height] = { '16:9': [160, 90], '9:16': [90, 160], '1:1': [96, 96] }[ratio] as [number, number];
    const hashes = new Set<string>();
    const prompts = ['over the shoulder of a man: a woman in a library', 'POV through binoculars: two dogs', 'an overhead shot of a man lying in a bedroom', 'a crowd in a hall', 'inside the car a driver', 'insert: a key', 'a girl rides a horse in a desert', 'sea in a storm', 'snowy forest', 'neon city, rain', 'desert at noon', 'a woman in a kitchen', 'astronaut on mars', 'perfume bottle, product shot', 'mountains, snow', 'a man by a campfire', 'birds over a misty hill at dawn', '咖啡馆里的老人', 'العربية', '👩‍🚀'.repeat(40), ''];
    for (const prompt of prompts) hashes.add(await frameHash({ prompt, width, height }, 6));
    expect(hashes.size).toBe(prompts.length);
  });

  test('what stands still says so and is the same in every frame; a move, rain or a time code is another picture', async () => {
    const still = async (changes: Partial<ClipPicture>) => (await drawShot(picture({ captions: false, ...changes }))).still;
    expect(await still({ prompt: 'A woman waits. Static shot.' })).toBe(true);
    expect(await frameHash({ prompt: 'A woman waits. Static shot.', captions: false }, 0)).toBe(await frameHash({ prompt: 'A woman waits. Static shot.', captions: false }, 9));
    for (const changes of [{ prompt: 'A woman waits. Slow push-in.' }, { prompt: 'A woman waits in the rain. Static shot.' }, { prompt: 'A woman waits. Static shot.', captions: true }]) {
      expect(await still(changes)).toBe(false);
      expect(await frameHash({ captions: false, ...changes }, 0)).not.toBe(await frameHash({ captions: false, ...changes }, 9));
    }
  });

  test('takes of a shot differ, also in a room; shots of a scene share its set', async () => {
    const room = { prompt: 'A woman waits in a kitchen. Static shot.', captions: false };
    expect(new Set(await Promise.all([0, 1, 2].map((variant) => frameHash({ ...room, variant })))).size).toBe(3);
    const street = (prompt: string, sceneHeading: string) => frameHash({ prompt, sceneHeading, captions: false });
    expect(await street('Wide shot, empty. Static shot.', 'EXT. STREET - DAY')).toBe(await street('A wide shot of nothing. Static shot.', 'EXT. STREET - DAY'));
    expect(await street('Wide shot, empty. Static shot.', 'EXT. STREET - DAY')).not.toBe(await street('Wide shot, empty. Static shot.', 'EXT. OLD STREET - DAY'));
  });

  test('the start frame is what the clip starts with, the end frame what it ends with', async () => {
    const still = async (name: string, colour: string): Promise<string> => {
      const canvas = loadCanvas().createCanvas(200, 200);
      const context = canvas.getContext('2d');
      context.fillStyle = colour;
      context.fillRect(0, 0, 200, 200);
      await writeFile(join(folder, name), canvas.toBuffer('image/png'));
      return join(folder, name);
    };
    const wanted = picture({ prompt: '', startFramePath: await still('start.png', '#c01010'), endFramePath: await still('end.png', '#1010c0') });
    const draw = await drawShot(wanted);
    const canvas = loadCanvas().createCanvas(wanted.width, wanted.height);
    const context = canvas.getContext('2d');
    const middle = (frame: number): number[] => {
      draw(context, frame);
      return Array.from(context.getImageData(80, 36, 1, 1).data.subarray(0, 3));
    };
    expect(middle(0)).toEqual([0xc0, 0x10, 0x10]);
    expect(middle(12)).toEqual([0x10, 0x10, 0xc0]);
    expect(middle(10)[0]).toBeLessThan(0xc0);
  });
});

describe('colour', () => {
  const width = 160;
  const height = 96;
  const BARS = [[192, 192, 192], [192, 192, 0], [0, 192, 192], [0, 192, 0], [192, 0, 192], [192, 0, 0], [0, 0, 192], [235, 180, 150]] as const;

  function testCard(): Uint8Array {
    const rgba = new Uint8Array(width * height * 4).fill(255);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) rgba.set(y < 64 ? BARS[Math.floor(x / 20)]! : [x + 40, x + 40, x + 40], (y * width + x) * 4);
    }
    return rgba;
  }

  test('a test card survives the encoder with 40 dB and comes back in its own colours', async () => {
    const card = rgbaToI420(testCard(), width, height).data;
    const path = join(folder, 'card.mp4');
    await writeMp4File(path, { videoCodec: 'avc', frameRate: 24, frameCount: 12 }, async (tracks) => {
      const encoder = createPictureEncoder({ width, height, frameRate: 24, bitrate: 2_000_000 }, tracks.addVideo);
      for (let index = 0; index < 12; index += 1) await encoder.add(card);
      await encoder.finish();
      encoder.close();
    });
    const { videoConfig } = await readClipFacts(path);
    const worst = await withClipTracks(path, async ({ video }) => {
      let lowest = Infinity;
      for await (const { data } of decodePictures(packetsFrom(video, 0), videoConfig, path)) {
        const meanSquare = data.reduce((sum, value, index) => sum + (value - card[index]!) ** 2, 0) / card.length;
        lowest = Math.min(lowest, 10 * Math.log10(255 ** 2 / meanSquare));
      }
      return lowest;
    });
    expect(worst).toBeGreaterThanOrEqual(40);

    const png = join(folder, 'card.png');
    await grabFrame(path, 0.3, png);
    const canvas = loadCanvas().createCanvas(width, height);
    canvas.getContext('2d').drawImage(await loadCanvas().loadImage(png), 0, 0);
    for (const [bar, colour] of BARS.entries()) {
      const found = canvas.getContext('2d').getImageData(bar * 20 + 10, 30, 1, 1).data;
      colour.forEach((value, channel) => expect(Math.abs(found[channel]! - value), `bar ${bar}, channel ${channel}`).toBeLessThanOrEqual(4));
    }
  });
});
