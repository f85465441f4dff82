import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';

/** Widths that are made; what is asked for gets the next one. */
const WIDTHS_PX = [160, 320, 640, 1280] as const;
/** Drawings in memory, some ten megabytes. */
const MOST_DRAWINGS = 400;

export function widthFor(askedPx: number | undefined): number {
  return WIDTHS_PX.find((width) => width >= (askedPx ?? 320)) ?? 1280;
}

/** Small pictures: frames of clips, kept on the disk by the clip's content; drawings, kept in memory as they change with the artist. */
export class Pictures {
  private readonly folder: string;
  private readonly drawings = new Map<string, Promise<Uint8Array>>();
  /** One after the other: each takes a processor for a moment, and clips are made beside it. */
  private line: Promise<unknown> = Promise.resolve();

  constructor(home: string) {
    this.folder = join(home, 'pictures');
  }

  /** The first frame of a clip. @param contentHash of the clip's file. */
  async ofClip(clip: { path: string; contentHash: string }, widthPx: number): Promise<Uint8Array> {
    const path = join(this.folder, `${clip.contentHash}-${widthPx}.jpg`);
    const kept = await readFile(path).catch(() => undefined);
    if (kept) return kept;
    return await this.inLine(async () => {
      const { grabThumbnail } = await import('../media/index.ts');
      const picture = await grabThumbnail(clip.path, 0, widthPx);
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      // What cannot be kept is made again the next time.
      await writeFileAtomic(path, picture, { mode: 0o600 }).catch(() => {});
      return picture;
    });
  }

  /** A drawing. @param key of all that decides it. */
  async drawn(key: string, draw: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const there = this.drawings.get(key);
    if (there) return await there;
    const made = this.inLine(draw);
    this.drawings.set(key, made);
    made.catch(() => this.drawings.delete(key));
    const [oldest] = this.drawings.keys();
    if (this.drawings.size > MOST_DRAWINGS && oldest !== undefined) this.drawings.delete(oldest);
    return await made;
  }

  private async inLine<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.line.then(work, work);
    this.line = next.catch(() => {});
    return await next;
  }
}
