import { MemoryDisk, type DiskCopy } from './memory-disk.ts';
import type { DatabaseCopy, SharedDatabase } from './shared-database.ts';

/** A home as it was. */
export interface HomeCopy {
  rows: DatabaseCopy;
  disk: DiskCopy;
}

/** What processes share on their machine: the store and the disk with the clips. */
export class Home {
  readonly database: SharedDatabase;
  readonly disk: MemoryDisk;
  /** Pictures that were asked for in a home that is gone, by fingerprint: what they were of. */
  readonly wantedBefore = new Map<string, string>();

  constructor(database: SharedDatabase, now: () => number) {
    this.database = database;
    this.disk = new MemoryDisk(now);
  }

  copy(): HomeCopy {
    return { rows: this.database.copy(), disk: this.disk.copy() };
  }

  /** An older copy takes the place of everything. Nobody may have it open. */
  putBack({ rows, disk }: HomeCopy): void {
    this.remember();
    this.database.putBack(rows);
    this.disk.putBack(disk);
  }

  /** All of it is gone. Nobody may have it open. */
  lose(): void {
    this.remember();
    this.database.clear();
    this.disk.putBack(new MemoryDisk(() => 0).copy());
  }

  private remember(): void {
    const rows = this.database.ask<{ fingerprint: string; prompt: string }>(`select fingerprint, json_extract(request, '$.prompt') as prompt from generations`);
    for (const { fingerprint, prompt } of rows) this.wantedBefore.set(fingerprint, prompt);
  }
}
