import { Buffer } from 'node:buffer';
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Readable } from 'node:stream';
import type { Clock } from '../../../src/lib/clock.ts';
import { forever, type Life } from './life.ts';
import { diskError, type Inode, type MemoryDisk } from './memory-disk.ts';

/** Who stands behind a path: `/box/<process>/...` is the disk that all processes share, as that process sees it. */
interface Seat {
  life: Life;
  disk: MemoryDisk;
  /** How long the disk takes for a call that changes it, in virtual milliseconds. */
  latencyMs: () => number;
  clock: Clock;
}

const ROOT = '/box/';
const seats = new Map<string, Seat>();

/** Where a process finds the shared disk. Its path says who it is, so that its calls can be stopped when it dies. */
export function seatPath(name: string): string {
  return `${ROOT}${name}`;
}

export function takeSeat(name: string, seat: Seat): void {
  seats.set(name, seat);
}

export function clearSeats(): void {
  seats.clear();
}

/** `undefined`: a path of the real disk. `gone`: of a box that is over, so whoever asks is dead. */
function seatOf(path: unknown): { seat: Seat; path: string } | 'gone' | undefined {
  if (typeof path !== 'string' || !path.startsWith(ROOT)) return undefined;
  const [name = ''] = path.slice(ROOT.length).split('/', 1);
  const seat = seats.get(name);
  return seat ? { seat, path: path.slice(ROOT.length + name.length) || '/' } : 'gone';
}

/** Calls that change the disk; each is a moment at which a process may die. */
async function change<Result>(seat: Seat, call: string, work: () => Result): Promise<Result> {
  return await seat.life.step(`disk ${call}`, async () => {
    const ms = seat.latencyMs();
    if (ms > 0) await seat.clock.sleep(ms);
    // It died while the disk was busy: the call was never made.
    return await seat.life.look(work);
  });
}

function statsOf(disk: MemoryDisk, path: string, bigint: boolean) {
  const inode = disk.files.get(path);
  if (!inode && !disk.folders.has(path)) throw diskError('ENOENT', 'stat', path);
  const number = inode?.number ?? 0;
  return {
    size: inode?.bytes.length ?? 0,
    mtimeMs: inode?.mtimeMs ?? 0,
    ctimeMs: inode?.ctimeMs ?? 0,
    mode: inode?.mode ?? 0o755,
    nlink: inode?.links ?? 1,
    ino: bigint ? BigInt(number) : number,
    dev: bigint ? 1n : 1,
    isFile: () => inode !== undefined,
    isDirectory: () => inode === undefined,
  };
}

function handleOf(seat: Seat, path: string, inode: Inode | undefined) {
  const { disk, life } = seat;
  const file = () => inode ?? disk.file(path, 'read');
  return {
    write: async (piece: Uint8Array) => {
      await change(seat, 'write', () => disk.append(file(), piece));
      return { bytesWritten: piece.byteLength };
    },
    writeFile: async (content: string | Uint8Array) => await change(seat, 'write', () => disk.append(file(), Buffer.from(content))),
    read: async (buffer: Uint8Array, offset: number, length: number, position: number) =>
      await life.look(() => ({ bytesRead: file().bytes.copy(buffer, offset, position, position + length) })),
    stat: async () => await life.look(() => ({ ...statsOf(disk, path, false), size: file().bytes.length })),
    sync: async () => await change(seat, 'sync', () => (inode ? disk.syncFile(inode) : disk.syncFolder(path))),
    close: async () => await life.look(() => undefined),
  };
}

type Call = (this: unknown, ...given: never[]) => unknown;

/** The calls of `node:fs/promises` that are answered from the box when their path lies there. */
const CALLS: Record<string, (seat: Seat, path: string, ...rest: unknown[]) => Promise<unknown>> = {
  mkdir: (seat, path, options) => change(seat, 'mkdir', () => seat.disk.makeFolder(path, (options as { recursive?: boolean } | undefined)?.recursive ?? false)),
  open: async (seat, path, flags = 'r', mode = 0o666) => {
    if (flags === 'wx') return handleOf(seat, path, await change(seat, 'create', () => seat.disk.create(path, mode as number)));
    return await seat.life.look(() => handleOf(seat, path, seat.disk.folders.has(path) ? undefined : seat.disk.file(path, 'open')));
  },
  stat: (seat, path, options) => seat.life.look(() => statsOf(seat.disk, path, (options as { bigint?: boolean } | undefined)?.bigint ?? false)),
  readFile: (seat, path, encoding) =>
    seat.life.look(() => {
      const { bytes } = seat.disk.file(path, 'open');
      return encoding === 'utf8' ? bytes.toString('utf8') : Buffer.from(bytes);
    }),
  readdir: (seat, path) => seat.life.look(() => seat.disk.list(path).map(({ name, isFolder }) => ({ name, isFile: () => !isFolder, isDirectory: () => isFolder }))),
  link: (seat, path, to) => change(seat, 'link', () => seat.disk.link(path, pathOf(to))),
  rename: (seat, path, to) => change(seat, 'rename', () => seat.disk.rename(path, pathOf(to))),
  rm: (seat, path, options) => change(seat, 'rm', () => seat.disk.remove(path, (options as { force?: boolean } | undefined)?.force ?? false)),
  chmod: (seat, path, mode) => change(seat, 'chmod', () => void (seat.disk.file(path, 'chmod').mode = mode as number)),
  utimes: (seat, path, _accessed, modifiedS) => change(seat, 'utimes', () => void (seat.disk.file(path, 'utime').mtimeMs = (modifiedS as number) * 1000)),
};

function pathOf(path: unknown): string {
  const found = seatOf(path);
  return typeof found === 'object' ? found.path : String(path);
}

let installed = false;

/**
 * From now on `node:fs` answers from the box for every path in it, in this process (of the test run) alone. Everything
 * else goes to the real disk.
 */
export function installDiskCalls(): void {
  if (installed) return;
  installed = true;
  const table = promises as unknown as Record<string, Call>;
  for (const [name, answer] of Object.entries(CALLS)) {
    const real = table[name]!;
    table[name] = function (this: unknown, ...given: never[]) {
      const found = seatOf(given[0]);
      if (found === 'gone') return forever();
      return found ? answer(found.seat, found.path, ...given.slice(1)) : real.apply(this, given);
    };
  }
  const realStream = fs.createReadStream;
  fs.createReadStream = ((...given: Parameters<typeof realStream>) => {
    const found = seatOf(given[0]);
    return typeof found === 'object' ? readInBox(found.seat, found.path) : realStream(...given);
  }) as typeof realStream;
  syncBuiltinESMExports();
}

function readInBox(seat: Seat, path: string): Readable {
  async function* bytes() {
    yield await seat.life.look(() => Buffer.from(seat.disk.file(path, 'open').bytes));
  }
  return Readable.from(bytes(), { objectMode: false });
}
