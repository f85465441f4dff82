import { open, type FileHandle } from 'node:fs/promises';
import { EncodedPacketSink } from 'mediabunny';
import { StudioError } from '../lib/errors.ts';
import { writeAll } from '../lib/write-all.ts';
import { withClipTracks, type ClipFacts } from './clip-facts.ts';
import type { CutPlan } from './cut-plan.ts';
import { writeFilmStart, type FilmTable } from './film-index.ts';
import { fileVersion } from './file-bytes.ts';
import { makeMp4Bytes, writeWholeFile } from './mp4-file.ts';

/** Bytes that are read and written at a time. */
const PIECE_BYTES = 4 * 2 ** 20;

/** A film that is its clips' bytes, one behind the other. */
export interface CopiedFilm {
  start: Buffer;
  parts: ClipFacts[];
}

/**
 * The film as ranges of bytes, where it is whole H.264 clips with the same settings and without sound: then no picture needs
 * to be looked at.
 * @returns nothing where a part is trimmed, changed or encoded anew, or a clip's tables are of a rare kind.
 */
export async function planByteCopy(plan: CutPlan): Promise<CopiedFilm | undefined> {
  const { base, sets, parts, frameCount, frameRate } = plan;
  if (!base || sets || !parts.every(({ clip, stretches, frameCount: frames }) => stretches[0]?.kind === 'copied' && stretches[0].frameCount === frames && clip.shownAt.length === frames && clip.ranges && startsOf(clip))) return undefined;
  const film: FilmTable = { frameRate, sizes: new Uint32Array(frameCount), shownAt: new Int32Array(frameCount), startsAnew: new Uint8Array(frameCount) };
  for (const { clip, firstFrame } of parts) {
    film.sizes.set(clip.packetBytes, firstFrame);
    film.shownAt.set(Int32Array.from(clip.shownAt, (place) => firstFrame + place), firstFrame);
    for (const packet of startsOf(clip) ?? []) film.startsAnew[firstFrame + packet] = 1;
  }
  const start = writeFilmStart(await modelFile(plan, base), film);
  return start && { start, parts: parts.map(({ clip }) => clip) };
}

/** Packets that start anew; only for a stream whose every packet was understood. */
function startsOf({ stream }: ClipFacts): readonly number[] | undefined {
  return typeof stream === 'string' || stream.idrPackets.length === 0 ? undefined : stream.idrPackets;
}

/** The film with its first picture alone. */
async function modelFile({ frameRate }: CutPlan, base: ClipFacts): Promise<Buffer> {
  const bytes = await withClipTracks(base.path, async ({ video }) => {
    const packet = await new EncodedPacketSink(video).getFirstPacket();
    return await makeMp4Bytes({ videoCodec: base.videoCodec, frameRate, frameCount: 1 }, async ({ addVideo }) => {
      if (packet) await addVideo(packet.clone({ timestamp: 0, duration: 1 / frameRate, type: 'key', sequenceNumber: -1 }), { decoderConfig: base.videoConfig });
    });
  });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Writes such a film, whole or not at all. A kill leaves the old film as it was.
 * @param onCopied hears of pieces as they are written: of how many frames they are, about.
 * @throws StudioError `MEDIA_WRITE_FAILED`, `MEDIA_UNREADABLE`; whatever `onCopied` throws, unchanged.
 */
export async function writeCopiedFilm({ start, parts }: CopiedFilm, outputPath: string, onCopied: (frames: number) => void): Promise<void> {
  await writeWholeFile(outputPath, async (film) => {
    const out = new PieceWriter(film);
    try {
      await writeAll(film, start);
      for (const clip of parts) {
        onCopied(0);
        await copyPictures(clip, out);
        onCopied(clip.probe.frameCount);
      }
      await out.finish();
    } finally {
      await out.settle(); // nothing is written any more when the file is closed
    }
  });
}

async function copyPictures({ path, ranges, version }: ClipFacts, out: PieceWriter): Promise<void> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) throw changed(path);
  try {
    // Where its pictures lie was read before: only of this very file.
    if ((await fileVersion(file)).version !== version) throw changed(path);
    for (const { offset, sizeBytes } of ranges ?? []) {
      for (let done = 0; done < sizeBytes; ) {
        const room = await out.room();
        const { bytesRead } = await file.read(room, 0, Math.min(sizeBytes - done, room.length), offset + done);
        if (bytesRead === 0) throw changed(path);
        out.fill(bytesRead);
        done += bytesRead;
      }
    }
  } finally {
    await file.close();
  }
}

/** The disk is given as much at a time while more is read: at the end of the film little is left to wait for. */
const SYNC_EVERY_BYTES = 32 * 2 ** 20;

/** Writes one piece while the next is read. */
class PieceWriter {
  readonly #file: FileHandle;
  #filling = Buffer.allocUnsafe(PIECE_BYTES);
  #spare = Buffer.allocUnsafe(PIECE_BYTES);
  #filled = 0;
  #writing: Promise<void> = Promise.resolve();
  #syncing: Promise<void> | undefined;
  #unsynced = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Where the next bytes go. */
  async room(): Promise<Buffer> {
    if (this.#filled === this.#filling.length) await this.#flush();
    return this.#filling.subarray(this.#filled);
  }

  fill(sizeBytes: number): void {
    this.#filled += sizeBytes;
  }

  async finish(): Promise<void> {
    await this.#flush();
    await this.#writing;
    // A disk says once that it lost something: this is heard as well as the last word of it.
    await this.#syncing;
  }

  async settle(): Promise<void> {
    await Promise.allSettled([this.#writing, this.#syncing]);
  }

  async #flush(): Promise<void> {
    await this.#writing;
    this.#writing = writeAll(this.#file, this.#filling.subarray(0, this.#filled));
    this.#writing.catch(() => undefined); // whoever waits for it hears of it
    [this.#filling, this.#spare] = [this.#spare, this.#filling];
    this.#unsynced += this.#filled;
    this.#filled = 0;
    if (this.#unsynced >= SYNC_EVERY_BYTES) await this.#sync();
  }

  async #sync(): Promise<void> {
    await this.#syncing;
    this.#unsynced = 0;
    this.#syncing = this.#file.datasync();
    this.#syncing.catch(() => undefined);
  }
}

function changed(path: string): StudioError {
  return new StudioError('MEDIA_UNREADABLE', `Cannot use ${path} as a clip: it changed while the film was cut.`, { next: 'Run the same command again.', detail: { path } });
}
