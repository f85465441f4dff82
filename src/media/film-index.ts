import { boxesWithin } from './sample-table.ts';

/** The pictures of a film, in the order they are decoded. */
export interface FilmTable {
  frameRate: number;
  /** Bytes of each picture. */
  sizes: Uint32Array;
  /** The frame that each picture is, counted in the order they are shown. */
  shownAt: Int32Array;
  /** Whether each picture starts anew. */
  startsAnew: Uint8Array;
}

/** Half a second a chunk: what a player fetches at a time. */
const CHUNKS_PER_SECOND = 2;
/** Where a signed field of the index ends. */
const MOST_TICKS = 2 ** 31;
/** Where offsets of four bytes end. */
const SHORT_OFFSETS = 2 ** 32;

/**
 * The start of a film's file, up to its first picture: type, index, and the header of the media.
 * @param model a file of the same track with one picture: whatever is not a matter of number is taken from it.
 * @returns nothing for a film too long for the usual fields (ten hours), or a model of an unknown kind.
 */
export function writeFilmStart(model: Buffer, film: FilmTable): Buffer | undefined {
  const boxes = boxesWithin(model);
  const [type, movie] = [boxes.get('ftyp')?.[0], boxes.get('moov')?.[0]];
  const track = movie && boxesWithin(movie).get('trak')?.[0];
  const media = track && boxesWithin(track).get('mdia')?.[0];
  const mediaHeader = media && boxesWithin(media).get('mdhd')?.[0];
  const movieHeader = movie && boxesWithin(movie).get('mvhd')?.[0];
  // Version 0 of a header: times of four bytes.
  if (!type || !movie || !mediaHeader || mediaHeader[0] !== 0 || movieHeader?.[0] !== 0) return undefined;
  const timescale = mediaHeader.readUInt32BE(12);
  const movieTimescale = movieHeader.readUInt32BE(12);
  const ticksAt = (frame: number): number => Math.round((frame * timescale) / film.frameRate);
  const count = film.sizes.length;
  const movieTicks = Math.round((count * movieTimescale) / film.frameRate);
  if (Math.max(ticksAt(count), movieTicks) >= MOST_TICKS) return undefined;
  const mediaBytes = film.sizes.reduce((sum, size) => sum + size, 0);
  const longMedia = mediaBytes + 8 >= SHORT_OFFSETS;
  const mediaHeaderBox = longMedia ? Buffer.alloc(16) : Buffer.alloc(8);
  mediaHeaderBox.writeUInt32BE(longMedia ? 1 : mediaBytes + 8, 0);
  mediaHeaderBox.write('mdat', 4, 'latin1');
  if (longMedia) mediaHeaderBox.writeBigUInt64BE(BigInt(mediaBytes + 16), 8);
  const typeBox = box('ftyp', type);
  const indexWith = (firstByte: number): Buffer => {
    const replaced: Record<string, (old: Buffer) => Buffer> = {
      mvhd: (old) => withNumber(old, 16, movieTicks),
      tkhd: (old) => withNumber(old, 20, movieTicks),
      mdhd: (old) => withNumber(old, 16, ticksAt(count)),
      stbl: (old) => Buffer.concat([box('stsd', withBitrates(boxesWithin(old).get('stsd')?.[0] ?? Buffer.alloc(0), film)), ...writeTables(film, ticksAt, firstByte)]),
    };
    return rebuild('moov', movie, replaced);
  };
  // The tables are as long wherever the media begins, but for films around 4 GB, whose offsets may need eight bytes.
  const before = (index: Buffer): number => typeBox.length + index.length + mediaHeaderBox.length;
  const guess = before(indexWith(SHORT_OFFSETS));
  const index = indexWith(guess);
  const firstByte = before(index);
  return Buffer.concat([typeBox, firstByte === guess ? index : indexWith(firstByte), mediaHeaderBox]);
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(content.reduce((sum, { length }) => sum + length, 8), 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...content]);
}

const HOLDERS = new Set(['moov', 'trak', 'mdia', 'minf']);

function rebuild(type: string, content: Buffer, replaced: Record<string, (old: Buffer) => Buffer>): Buffer {
  const change = replaced[type];
  if (change) return box(type, change(content));
  if (!HOLDERS.has(type)) return box(type, content);
  return box(type, ...[...boxesWithin(content)].flatMap(([inner, all]) => all.map((one) => rebuild(inner, one, replaced))));
}

function withNumber(old: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(old);
  changed.writeUInt32BE(value, at);
  return changed;
}

/** The box (`btrt`) that says how many bits a second has: at most, and as a rule. */
function withBitrates(descriptions: Buffer, film: FilmTable): Buffer {
  const changed = Buffer.from(descriptions);
  const at = changed.lastIndexOf('btrt', undefined, 'latin1');
  if (at < 0 || at + 16 !== changed.length) return changed;
  let [first, sum, most, total] = [0, 0, 0, 0];
  for (const [index, size] of film.sizes.entries()) {
    sum += size;
    for (; index / film.frameRate - first / film.frameRate >= 1; first += 1) sum -= film.sizes[first] ?? 0;
    most = Math.max(most, sum);
    total += size;
  }
  changed.writeUInt32BE(Math.min(8 * most, SHORT_OFFSETS - 1), at + 8);
  changed.writeUInt32BE(Math.min(Math.round((8 * total) / (film.sizes.length / film.frameRate)), SHORT_OFFSETS - 1), at + 12);
  return changed;
}

function writeTables(film: FilmTable, ticksAt: (frame: number) => number, firstByte: number): Buffer[] {
  const { sizes, shownAt, startsAnew } = film;
  const lengths = runs(sizes.length, (index) => ticksAt(index + 1) - ticksAt(index));
  const delays = runs(sizes.length, (index) => ticksAt(shownAt[index] ?? 0) - ticksAt(index));
  const values = delays.map(([, delay]) => delay);
  const reordered = values.some((delay) => delay !== 0);
  const starts = [...startsAnew.keys()].filter((index) => startsAnew[index] === 1);
  const [least, greatest] = [values.reduce((one, other) => Math.min(one, other)), values.reduce((one, other) => Math.max(one, other))];
  const { offsets, chunkRuns } = chunksOf(film, firstByte);
  const longOffsets = (offsets.at(-1) ?? 0) >= SHORT_OFFSETS;
  return [
    table('stts', 0, lengths),
    ...(reordered ? [table('ctts', 1, delays), box('cslg', numbers([0, Math.max(-least, 0), least, greatest, 0, ticksAt(sizes.length)]))] : []),
    table('stsc', 0, chunkRuns),
    box('stsz', numbers([0, 0, sizes.length]), numbers(sizes)),
    longOffsets ? box('co64', numbers([0, offsets.length]), numbers(offsets.flatMap((offset) => [Math.floor(offset / SHORT_OFFSETS), offset % SHORT_OFFSETS]))) : box('stco', numbers([0, offsets.length]), numbers(offsets)),
    ...(starts.length < sizes.length ? [box('stss', numbers([0, starts.length]), numbers(starts.map((index) => index + 1)))] : []),
  ];
}

function chunksOf({ sizes, frameRate }: FilmTable, firstByte: number): { offsets: number[]; chunkRuns: number[][] } {
  const perChunk = Math.max(1, Math.round(frameRate / CHUNKS_PER_SECOND));
  const offsets: number[] = [];
  let at = firstByte;
  for (const [index, size] of sizes.entries()) {
    if (index % perChunk === 0) offsets.push(at);
    at += size;
  }
  const rest = sizes.length % perChunk;
  const full = Math.floor(sizes.length / perChunk);
  return { offsets, chunkRuns: [...(full > 0 ? [[1, perChunk, 1]] : []), ...(rest > 0 ? [[full + 1, rest, 1]] : [])] };
}

/** How often each value stands in a row. */
function runs(count: number, valueAt: (index: number) => number): [number, number][] {
  const found: [number, number][] = [];
  for (let index = 0; index < count; index += 1) {
    const value = valueAt(index);
    const last = found.at(-1);
    if (last?.[1] === value) last[0] += 1;
    else found.push([1, value]);
  }
  return found;
}

function table(type: string, version: number, entries: readonly (readonly number[])[]): Buffer {
  return box(type, numbers([version * 2 ** 24, entries.length]), numbers(entries.flat()));
}

/** Four bytes each; negative ones as two's complement. */
function numbers(values: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (let index = 0; index < values.length; index += 1) bytes.writeUInt32BE((values[index] ?? 0) >>> 0, index * 4);
  return bytes;
}
