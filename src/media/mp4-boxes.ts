import type { FileBytes } from './file-bytes.ts';

/** One box at the top of an MP4 file. */
export interface Mp4Box {
  /** Four characters: `ftyp`, `moov`, `mdat`, `free`, ... */
  type: string;
  /** Bytes from the start of the file. */
  offset: number;
  /** Header included, as the file claims it; the file may end before. */
  sizeBytes: number;
}

export interface TopLevel {
  boxes: Mp4Box[];
  /** Where the last box claims to end: beyond `fileSizeBytes` when the file was cut short. */
  endOffset: number;
  fileSizeBytes: number;
}

/** No film has more: one with an index for each second of ten hours has 72,000. */
const MOST_BOXES = 100_000;

/**
 * The boxes at the top of a file, in order. Stops at the first that claims to be smaller than its own header, and after a
 * hundred thousand; needs 16 bytes a box, however long the file.
 */
export async function readTopLevelBoxes(bytes: FileBytes): Promise<TopLevel> {
  const fileSizeBytes = bytes.sizeBytes;
  const boxes: Mp4Box[] = [];
  let offset = 0;
  while (offset < fileSizeBytes && boxes.length < MOST_BOXES) {
    const header = await bytes.at(offset, Math.min(16, fileSizeBytes - offset));
    if (header.length < 8) return { boxes, endOffset: offset + 8, fileSizeBytes };
    const sizeBytes = boxSize(header, fileSizeBytes - offset);
    if (sizeBytes === undefined) break;
    boxes.push({ type: header.toString('latin1', 4, 8), offset, sizeBytes });
    offset += sizeBytes;
  }
  return { boxes, endOffset: offset, fileSizeBytes };
}

function boxSize(header: Buffer, restBytes: number): number | undefined {
  const short = header.readUInt32BE(0);
  if (short === 0) return restBytes; // "to the end of the file"
  if (short !== 1) return short >= 8 ? short : undefined;
  if (header.length < 16) return undefined;
  const long = Number(header.readBigUInt64BE(8));
  return long >= 16 ? long : undefined;
}
