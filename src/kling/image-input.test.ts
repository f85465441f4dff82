import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFrames, checkImage, encodeFrames, inspectImage } from './image-input.ts';
import type { ImageInput, ImageToVideoRequest } from './request.ts';

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))), chunk('IEND', Buffer.alloc(0))]);
}

function jpeg(width: number, height: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xc0, 0, 17, 8]), size, Buffer.from([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9])]);
}

function gif(width: number, height: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  return Buffer.concat([Buffer.from('GIF89a'), size, Buffer.from([0, 0, 0, 0x3b])]);
}

function request(startFrame: ImageInput, endFrame?: ImageInput): ImageToVideoRequest {
  return { kind: 'image2video', model: 'kling-v2-5-turbo', mode: 'pro', prompt: 'She turns', durationS: 5, startFrame, endFrame };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kling-images-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('checkImage', () => {
  it('takes JPEG and PNG whatever they are called', () => {
    expect(inspectImage(png(300, 750))).toEqual({ format: 'png', width: 300, height: 750, cutOff: false });
    expect(inspectImage(jpeg(1920, 1080))).toEqual({ format: 'jpeg', width: 1920, height: 1080, cutOff: false });
    expect(checkImage(png(300, 750), 'start.gif')).toBeUndefined();
    expect(checkImage(jpeg(1920, 1080), 'start.jpg')).toBeUndefined();
  });

  it('says what it found', () => {
    expect(checkImage(gif(200, 150), 'start.gif')).toBe('start.gif is a GIF of 200×150; Kling takes JPEG or PNG of at most 10 MB, at least 300 px a side, 1:2.5 to 2.5:1');
    expect(checkImage(png(299, 400), 'a.png')).toMatch(/^a\.png is a PNG of 299×400; /);
    expect(checkImage(png(300, 751), 'a.png')).toMatch(/^a\.png is a PNG of 300×751; /);
    expect(checkImage(png(400, 400).subarray(0, -12), 'a.png')).toMatch(/^a\.png is a PNG of 400×400 and is cut off; /);
    expect(checkImage(Buffer.concat([jpeg(400, 400).subarray(0, -2), Buffer.alloc(10 * 1024 * 1024), Buffer.from([0xff, 0xd9])]), 'a.jpg')).toMatch(/400×400 and has 10\.0 MB; /);
    expect(checkImage(Buffer.from('hello'), 'a.png')).toMatch(/^a\.png is no picture that is known here \(5 bytes\)/);
    expect(checkImage(new Uint8Array(), 'a.png')).toMatch(/\(0 bytes\)/);
  });

  it('survives any bytes after a good beginning', () => {
    const beginnings = [png(400, 400), jpeg(400, 400), gif(400, 400)];
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.nat(60), fc.uint8Array({ maxLength: 80 }), (beginning, keep, rest) => {
        const { width, height } = inspectImage(Buffer.concat([beginning.subarray(0, keep), rest]));
        expect(width).toBeGreaterThanOrEqual(0);
        expect(height).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('encodeFrames', () => {
  it('sends bytes and files as base64 without a prefix, and an address as it is', async () => {
    const path = join(folder, 'start.png');
    await writeFile(path, png(400, 300));
    expect(await encodeFrames(request({ path }, { url: 'https://pictures.example/end.png?x=1' }))).toEqual({
      startFrame: png(400, 300).toString('base64'),
      endFrame: 'https://pictures.example/end.png?x=1',
      problems: [],
    });
    // A view into a larger buffer sends only its own bytes.
    const large = Buffer.concat([Buffer.alloc(7), png(400, 300), Buffer.alloc(7)]);
    expect((await encodeFrames(request({ bytes: large.subarray(7, -7) }))).startFrame).toBe(png(400, 300).toString('base64'));
  });

  it('names what is wrong with each frame', async () => {
    await mkdir(join(folder, 'folder.png'), { recursive: true });
    await writeFile(join(folder, 'big.png'), Buffer.alloc(11 * 1024 * 1024));
    const messages = async (image: ImageInput) => (await checkFrames(request(image))).map(({ field, code, message }) => `${field} ${code} ${message}`);
    expect(await messages({ path: join(folder, 'none.png') })).toEqual(['startFrame FRAME_UNREADABLE none.png does not exist']);
    expect(await messages({ path: join(folder, 'folder.png') })).toEqual(["startFrame FRAME_UNREADABLE folder.png can't be read: it is not a file"]);
    expect((await messages({ path: join(folder, 'big.png') }))[0]).toMatch(/big\.png can't be read: it has 11\.0 MB/);
    for (const url of ['http://127.0.0.1/a.png', 'file:///etc/passwd', 'https://me:pw@pictures.example/a.png', 'data:image/png;base64,AAAA', 'nonsense']) {
      expect((await messages({ url }))[0]).toMatch(/address must be https/);
    }
    expect(await checkFrames(request({ bytes: gif(200, 150) }, { bytes: gif(10, 10) }))).toMatchObject([{ field: 'startFrame' }, { field: 'endFrame', code: 'FRAME_UNSUITABLE' }]);
  });
});
