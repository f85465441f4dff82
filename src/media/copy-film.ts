import { open, type FileHandle } from 'node:fs/promises';
import { EncodedPacketSink } from 'mediabunny';
import { StudioError } from '../lib/errors.ts';
import { writeAll } from '../lib/write-all.ts';
import { withClipTracks, type ClipFacts } from './clip-facts.ts';
import type { CutPlan } from './cut-plan.ts';
import { writeFilmStart, type FilmTable } from './film-index.ts';
import { makeMp4Bytes, writeWholeFile } from './mp4-file.ts';
import { readSampleRanges, type SampleRange } from './sample-table.ts';

/** Bytes that are read and written at a time. */
const PIECE_BYTES = 4 * 2 ** 20;

/** A film that is its clips' bytes, one behind the other. */
export interface CopiedFilm {
  start: Buffer;
  parts: { path: string; ranges: readonly SampleRange[]; frameCount: number }[];
}

/**
 * The film as ranges of bytes, where it is whole H.264 clips with the same settings and without sound: then no picture needs
 * to be looked at.
 * @returns nothing where a part is trimmed, changed or encoded anew, or a clip's tables are of a rare kind.
 */
export async function planByteCopy(plan: CutPlan): Promise<CopiedFilm | undefined> {
  const { base, sets, parts, frameCount, frameRate } = plan;
  if (!base || sets || !parts.every(({ clip, stretches, frameCount: frames }) => stretches[0]?.kind === 'copied' && stretches[0].frameCount === frames && clip.shownAt.length === frames && startsOf(clip))) return undefined;
  const known = new Map<string, SampleRange[]>();
  for (const { clip } of parts) {
    if (known.has(clip.path)) continue;
    const ranges = await readSampleRanges(clip.path, clip.packetBytes).catch(() => undefined); // the general way says what is wrong
    if (!ranges) return undefined;
    known.set(clip.path, ranges);
  }
  const film: FilmTable = { frameRate, sizes: new Uint32Array(frameCount), shownAt: new Int32Array(frameCount), startsAnew: new Uint8Array(frameCount) };
  for (const { clip, firstFrame } of parts) {
    film.sizes.set(clip.packetBytes, firstFrame);
    film.shownAt.set(Int32Array.from(clip.shownAt, (place) => firstFrame + place), firstFrame);
    for (const packet of startsOf(clip) ?? []) film.startsAnew[firstFrame + packet] = 1;
  }
  const start = writeFilmStart(await modelFile(plan, base), film);
  return start && { start, parts: parts.map(({ clip, frameCount: frames }) => ({ path: clip.path, ranges: known.get(clip.path) ?? [], frameCount: frames })) };
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
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  await writeWholeFile(outputPath, async (film) => {
    await writeAll(film, start);
    let filled = 0;
    const flush = async (): Promise<void> => {
      await writeAll(film, piece.subarray(0, filled));
      filled = 0;
    };
    for (const { path, ranges, frameCount } of parts) {
      onCopied(0);
      const clip = await open(path, 'r').catch(() => undefined);
      if (!clip) throw changed(path);
      try {
        for (const { offset, sizeBytes } of ranges) {
          for (let done = 0; done < sizeBytes; ) {
            if (filled === piece.length) await flush();
            const wanted = Math.min(sizeBytes - done, piece.length - filled);
            await readAll(clip, piece.subarray(filled, filled + wanted), offset + done, path);
            filled += wanted;
            done += wanted;
          }
        }
      } finally {
        await clip.close();
      }
      onCopied(frameCount);
    }
    await flush();
  });
}

async function readAll(file: FileHandle, into: Buffer, position: number, path: string): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) throw changed(path);
    done += bytesRead;
  }
}

function changed(path: string): StudioError {
  return new StudioError('MEDIA_UNREADABLE', `Cannot use ${path} as a clip: it changed while the film was cut.`, { next: 'Run the same command again.', detail: { path } });
}
