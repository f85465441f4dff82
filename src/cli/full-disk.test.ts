import fs from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';

/** As the system says it; opening an empty file still works on a disk that is full. */
const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28, syscall: 'write' });
const otherDisk = () => Object.assign(new Error('EXDEV: cross-device link not permitted, link'), { code: 'EXDEV' });

/** How much may still be written to a file on the other disk. */
let bytesLeftFor: (name: string) => number;
let lab: CliLab;
let disk: string;
const real = { open: fs.promises.open, copyFile: fs.promises.copyFile, link: fs.promises.link };

beforeEach(async () => {
  lab = await openCliLab();
  await lab.write('story.txt', scriptOf(2));
  disk = join(lab.folder, 'disk');
  await mkdir(disk);
  bytesLeftFor = plenty;
  const isThere = (path: unknown): path is string => typeof path === 'string' && path.startsWith(disk + sep);
  const open: typeof fs.promises.open = async (path, ...rest) => {
    const handle = await real.open(path, ...rest);
    if (!isThere(path) || rest[0] === undefined || rest[0] === 'r') return handle;
    const [write, writeFile] = [handle.write.bind(handle), handle.writeFile.bind(handle)];
    return Object.assign(handle, {
      // What still fits is written; only the write after it fails.
      write: async (bytes: Uint8Array, offset: number, length: number, position: number | null) => {
        const room = bytesLeftFor(path);
        if (room === 0) throw noSpace();
        return await write(bytes, offset, Math.min(length, room), position);
      },
      writeFile: async (...values: Parameters<typeof writeFile>) => {
        if (bytesLeftFor(path) === 0) throw noSpace();
        await writeFile(...values);
      },
    });
  };
  const copyFile: typeof fs.promises.copyFile = async (from, to, mode) => {
    if (isThere(to) && bytesLeftFor(to) === 0) throw noSpace();
    await real.copyFile(from, to, mode);
  };
  const link: typeof fs.promises.link = async (from, to) => {
    if (isThere(to)) throw otherDisk();
    await real.link(from, to);
  };
  Object.assign(fs.promises, { open, copyFile, link });
  syncBuiltinESMExports();
});
afterEach(async () => {
  Object.assign(fs.promises, real);
  syncBuiltinESMExports();
  await lab[Symbol.asyncDispose]();
});

const film = async (output = 'disk/a.mp4', more: Parameters<CliLab['run']>[1] = {}) => await lab.run(['film', 'story.txt', '--yes', '-o', output], { env: lab.klingEnv, ...more });
const onDisk = async () => (await readdir(disk, { recursive: true })).sort();
const plenty = () => Number.POSITIVE_INFINITY;
const none = () => 0;
const isFilm = (name: string) => name.endsWith('.part.mp4');

const noFilm = (name: string) => (isFilm(name) ? 0 : Number.POSITIVE_INFINITY);
/** A film of tiny clips is written in one go; the answer is for that one, and then for the rest of it. */
const allButTheLast = (name: string) => {
  if (!isFilm(name)) return Number.POSITIVE_INFINITY;
  bytesLeftFor = noFilm;
  return 500;
};

describe('an output disk that is full', () => {
  it.each(['disk/a.mp4', 'disk/new/folder/a.mp4'])('is told before a cent is spent, with nothing left behind: %s', async (output) => {
    bytesLeftFor = none;
    const { exit, err } = await film(output);
    expect(exit).toBe(2);
    expect(err).toMatch(/^Error: The disk of \S+ is full: not even the first byte of the film fits\.\nNext: Make room, or name another place with -o\.\n$/);
    expect(await onDisk()).toEqual([]);
    expect(lab.kling.tasks()).toEqual([]);
  });

  it.each([
    ['when the clips come beside it', none, 'Could not put a clip beside the film: the disk is full'],
    ['in the cut', noFilm, 'a.mp4: the disk is full.'],
    ['with the last bytes of the cut', allButTheLast, 'a.mp4: the disk is full.'],
  ])('costs no clip when it runs full %s; resume cuts the film once there is room', async (_, bytesLeft, message) => {
    const run = await film('disk/new/a.mp4', {
      onPrint: (printed) => {
        if (printed.includes('Made 2 clips')) bytesLeftFor = bytesLeft;
      },
    });
    expect(run.exit).toBe(1);
    expect(run.err.match(/Error:/g)).toHaveLength(1);
    expect(run.err).toContain(message);
    expect((await onDisk()).filter((name) => !/\.clips\/S01_SH0\d_T01\.mp4$|new$|new\/a\.clips$/.test(name))).toEqual([]);
    if (bytesLeft === none) expect(await onDisk()).toEqual([]);
    bytesLeftFor = plenty;
    expect(await lab.run(['resume'], { env: lab.klingEnv })).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing generated') });
    expect(await onDisk()).toEqual(['new', 'new/a.clips', 'new/a.clips/S01_SH01_T01.mp4', 'new/a.clips/S01_SH02_T01.mp4', 'new/a.mp4']);
    expect(lab.kling.charges()).toHaveLength(2);
  });

  it('leaves the older film as it was', async () => {
    expect((await film()).exit).toBe(0);
    const before = await lab.read('disk/a.mp4');
    await lab.write('story.txt', scriptOf(3));
    const later = await film('disk/a.mp4', {
      onPrint: (printed) => {
        if (printed.includes('Made 1 clip')) bytesLeftFor = noFilm;
      },
    });
    expect(later).toMatchObject({ exit: 1, err: expect.stringContaining('the disk is full') });
    expect(await lab.read('disk/a.mp4')).toEqual(before);
    expect((await onDisk()).filter((name) => isFilm(name) || name.endsWith('.tmp'))).toEqual([]);
  });
});
