import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAll } from './write-all.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'directorstudio-write-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

const bytes = Buffer.from('every byte of it');

/** A disk that takes this much of a write, and nothing after that many bytes. */
async function written(most: number, room: number, position?: number): Promise<Buffer> {
  const path = join(folder, 'file');
  const file = await open(path, 'wx');
  let left = room;
  const write = async (buffer: Uint8Array, offset: number, length: number, at: number | null) => {
    if (left === 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    const part = Math.min(length, most, left);
    left -= part;
    return await file.write(buffer, offset, part, at);
  };
  try {
    await writeAll({ write: write as typeof file.write }, bytes, position);
  } finally {
    await file.close();
  }
  return await readFile(path);
}

describe('writing a file whole', () => {
  it('goes on where the system took only a part', async () => {
    expect(await written(5, 1000)).toEqual(bytes);
  });

  it('starts at its place in the file', async () => {
    expect(await written(3, 1000, 4)).toEqual(Buffer.concat([Buffer.alloc(4), bytes]));
  });

  it('says that the disk is full when only a part fitted', async () => {
    await expect(written(100, 10)).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  it('does not try for ever where the system takes nothing', async () => {
    await expect(written(0, 10)).rejects.toMatchObject({ code: 'EIO' });
  });
});
