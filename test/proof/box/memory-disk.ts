import { Buffer } from 'node:buffer';
import { dirname } from 'node:path';
import type { Random } from './seeded-random.ts';

/** A file's content and facts; several names may lead to it. */
export interface Inode {
  bytes: Buffer;
  mtimeMs: number;
  ctimeMs: number;
  mode: number;
  links: number;
  number: number;
  /** What a power cut leaves of the content: what was last synced. */
  durable: Buffer | undefined;
}

/** A whole disk as it was. */
export interface DiskCopy {
  files: ReadonlyMap<string, Readonly<Inode>>;
  folders: ReadonlySet<string>;
}

/** A system error as Node words it. */
export function diskError(code: string, what: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${what} '${path}'`), { code, syscall: what, path });
}

/**
 * A disk in memory with the calls that the clip cache makes. It knows what was synced: {@link powerCut} takes the rest, as
 * a real disk may.
 */
export class MemoryDisk {
  readonly files = new Map<string, Inode>();
  readonly folders = new Set<string>(['/']);
  /** What a power cut leaves of the names: per name, what its folder held when it was last synced. */
  private readonly durableNames = new Map<string, Inode>();
  private readonly now: () => number;
  private inodes = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  makeFolder(path: string, recursive: boolean): string | undefined {
    if (this.files.has(path)) throw diskError('EEXIST', 'mkdir', path);
    if (this.folders.has(path)) {
      if (recursive) return undefined;
      throw diskError('EEXIST', 'mkdir', path);
    }
    const parent = dirname(path);
    let first: string | undefined;
    if (!this.folders.has(parent)) {
      if (!recursive) throw diskError('ENOENT', 'mkdir', path);
      first = this.makeFolder(parent, true);
    }
    this.folders.add(path);
    return first ?? path;
  }

  create(path: string, mode: number): Inode {
    if (this.files.has(path) || this.folders.has(path)) throw diskError('EEXIST', 'open', path);
    if (!this.folders.has(dirname(path))) throw diskError('ENOENT', 'open', path);
    const inode: Inode = { bytes: Buffer.alloc(0), mtimeMs: this.now(), ctimeMs: this.now(), mode, links: 1, number: (this.inodes += 1), durable: undefined };
    this.files.set(path, inode);
    return inode;
  }

  file(path: string, what: string): Inode {
    const inode = this.files.get(path);
    if (inode) return inode;
    throw diskError(this.folders.has(path) ? 'EISDIR' : 'ENOENT', what, path);
  }

  append(inode: Inode, piece: Uint8Array): void {
    inode.bytes = Buffer.concat([inode.bytes, piece]);
    inode.mtimeMs = this.now();
    inode.ctimeMs = this.now();
  }

  link(from: string, to: string): void {
    const inode = this.file(from, 'link');
    if (this.files.has(to)) throw diskError('EEXIST', 'link', to);
    if (!this.folders.has(dirname(to))) throw diskError('ENOENT', 'link', to);
    inode.links += 1;
    inode.ctimeMs = this.now();
    this.files.set(to, inode);
  }

  rename(from: string, to: string): void {
    const inode = this.file(from, 'rename');
    if (!this.folders.has(dirname(to))) throw diskError('ENOENT', 'rename', to);
    const replaced = this.files.get(to);
    if (replaced === inode) return;
    if (replaced) replaced.links -= 1;
    this.files.set(to, inode);
    this.files.delete(from);
    inode.ctimeMs = this.now();
  }

  remove(path: string, force: boolean): void {
    const inode = this.files.get(path);
    if (!inode) {
      if (force) return;
      throw diskError('ENOENT', 'rm', path);
    }
    inode.links -= 1;
    inode.ctimeMs = this.now();
    this.files.delete(path);
  }

  list(folder: string): { name: string; isFolder: boolean }[] {
    if (!this.folders.has(folder)) throw diskError('ENOENT', 'scandir', folder);
    const inFolder = (path: string) => path !== '/' && dirname(path) === folder;
    const entry = (path: string, isFolder: boolean) => ({ name: path.slice(folder === '/' ? 1 : folder.length + 1), isFolder });
    return [...[...this.folders].filter(inFolder).map((path) => entry(path, true)), ...[...this.files.keys()].filter(inFolder).map((path) => entry(path, false))];
  }

  /** Contents are replaced, never changed in place, so they need no copy of their own. */
  copy(): DiskCopy {
    return { files: copyFiles(this.files), folders: new Set(this.folders) };
  }

  /** Puts a copy in the place of all there is; it is on the disk for good. */
  putBack(copy: DiskCopy): void {
    this.files.clear();
    this.durableNames.clear();
    this.folders.clear();
    for (const folder of copy.folders) this.folders.add(folder);
    for (const [path, inode] of copyFiles(copy.files)) {
      inode.durable = inode.bytes;
      this.files.set(path, inode);
      this.durableNames.set(path, inode);
    }
  }

  syncFile(inode: Inode): void {
    inode.durable = inode.bytes;
  }

  /** Folders themselves are taken to be durable: whoever makes one syncs its parent, or loses a cache and nothing more. */
  syncFolder(folder: string): void {
    for (const path of this.durableNames.keys()) if (dirname(path) === folder && !this.files.has(path)) this.durableNames.delete(path);
    for (const [path, inode] of this.files) if (dirname(path) === folder) this.durableNames.set(path, inode);
  }

  /** The power goes. Of every change that was not synced, the disk keeps or loses what it likes. */
  powerCut(random: Random): void {
    const names = new Set([...this.files.keys(), ...this.durableNames.keys()]);
    const left = new Map<string, Inode>();
    for (const name of names) {
      const now = this.files.get(name);
      const before = this.durableNames.get(name);
      const kept = now === before || random.chance(0.5) ? now : before;
      if (kept) left.set(name, kept);
    }
    this.files.clear();
    for (const [name, inode] of left) {
      this.files.set(name, inode);
      this.durableNames.set(name, inode);
    }
    for (const inode of new Set(left.values())) {
      inode.links = [...left.values()].filter((other) => other === inode).length;
      if (inode.durable === inode.bytes) continue;
      const { length } = inode.bytes;
      const half = Buffer.concat([inode.bytes.subarray(0, length >> 1), Buffer.alloc(length - (length >> 1))]);
      inode.bytes = random.pick([inode.bytes, inode.durable ?? Buffer.alloc(0), half, inode.bytes.subarray(0, length >> 1)]);
      inode.durable = inode.bytes;
    }
  }
}

/** Two names of one file stay so. */
function copyFiles(files: ReadonlyMap<string, Readonly<Inode>>): Map<string, Inode> {
  const copies = new Map<Readonly<Inode>, Inode>();
  const copyOf = (inode: Readonly<Inode>) => {
    const copy = copies.get(inode) ?? { ...inode };
    copies.set(inode, copy);
    return copy;
  };
  return new Map([...files].map(([path, inode]) => [path, copyOf(inode)]));
}
