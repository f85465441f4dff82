import { once } from 'node:events';
import type { PathLike } from 'node:fs';
import type * as Disk from 'node:fs/promises';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { fetchClip } from './fetch-clip.ts';

const { room } = vi.hoisted(() => ({ room: { bytes: Number.POSITIVE_INFINITY } }));

/** A disk that takes a thousand bytes at a time, and no more than there is room for: as a full one does. */
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof Disk>();
  return {
    ...real,
    open: async (path: PathLike, flags: string) => {
      const file = await real.open(path, flags);
      const write = file.write.bind(file);
      file.write = (async (bytes: Uint8Array, offset = 0, length = bytes.byteLength - offset, position: number | null = null) => {
        if (room.bytes <= 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        const taken = Math.min(1_000, length, room.bytes);
        room.bytes -= taken;
        return await write(bytes, offset, taken, position);
      }) as typeof file.write;
      return file;
    },
  };
});

const clip = Buffer.alloc(50_000, 'clip');
let folder: string;
let server: Server;
beforeEach(async () => {
  room.bytes = Number.POSITIVE_INFINITY;
  folder = await mkdtemp(join(tmpdir(), 'fetch-clip-'));
  server = createServer((_, response) => response.end(clip)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const fetchIt = (path: string) =>
  fetchClip(`http://127.0.0.1:${(server.address() as AddressInfo).port}/clip.mp4`, path, { fetch, clock: systemClock, idleMs: 5_000, allowLoopbackHttp: true, signal: new AbortController().signal });

it('keeps every byte when the disk takes only a part of each write', async () => {
  const path = join(folder, 'clip.mp4');
  expect(await fetchIt(path)).toBe(clip.length);
  expect(Buffer.compare(await readFile(path), clip)).toBe(0);
});

it('never calls a clip fetched whose last bytes did not fit the disk', async () => {
  room.bytes = clip.length - 300;
  await expect(fetchIt(join(folder, 'clip.mp4'))).rejects.toMatchObject({ code: 'DISK_FULL', cause: { code: 'ENOSPC' } });
});
