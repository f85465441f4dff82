/** Where bytes of a clip lie. */
export interface SampleRange {
  offset: number;
  sizeBytes: number;
}

interface ChunkRun {
  firstChunk: number;
  samplesPerChunk: number;
}

interface SampleTables {
  sizes: ArrayLike<number>;
  chunkOffsets: readonly number[];
  chunkRuns: readonly ChunkRun[];
  /** The track's `stbl`. */
  content: Buffer;
}

/** The pictures of a clip, or the packets of its sound, in the order they are decoded. */
export interface TrackSamples {
  offsets: Float64Array;
  sizes: ArrayLike<number>;
  /** When each is shown, in the track's ticks, before any edit. */
  shownTicks: Float64Array;
  /** When the last one ends. */
  endTicks: number;
}

/** Tracks whose tables are read here. */
const TRACKS = {
  picture: { handler: 'vide', coding: 'avc1' },
  sound: { handler: 'soun', coding: 'mp4a' },
} as const;

/**
 * Where each picture or packet lies and when it is shown, out of the file's index, which was checked.
 * @param movie what is in the file's `moov`.
 * @returns nothing for what only the general reader may take apart: a file in fragments, with more than one such track, one
 * whose settings change on the way, anything but plain H.264 and AAC, or tables that are rarely seen.
 */
export function readSamples(movie: Buffer, kind: keyof typeof TRACKS, fileSizeBytes: number): TrackSamples | undefined {
  const { handler, coding } = TRACKS[kind];
  const tables = readTables(movie, handler);
  if (!tables || only(tables.content, 'stsd')?.toString('latin1', 12, 16) !== coding) return undefined;
  const { sizes } = tables;
  const lengths = only(tables.content, 'stts');
  const delays = only(tables.content, 'ctts');
  const offsets = offsetsOf(tables, fileSizeBytes);
  if (!lengths || !offsets || (boxesWithin(tables.content).has('ctts') && !delays)) return undefined;
  const steps = spread(lengths, sizes.length, (at) => lengths.readUInt32BE(at));
  const late = delays && spread(delays, sizes.length, (at) => delays.readInt32BE(at));
  if (!steps || (delays && !late)) return undefined;
  const shownTicks = new Float64Array(sizes.length);
  let [at, last, ends] = [0, 0, 0];
  for (let index = 0; index < sizes.length; index += 1) {
    const shown = at + (late?.[index] ?? 0);
    shownTicks[index] = shown;
    if (index > 0 && shown === shownTicks[last]) ends += 1;
    if (shown > (shownTicks[last] ?? 0)) [last, ends] = [index, 0];
    at += steps[index] ?? 0;
  }
  // Two pictures that are shown last at once: which of them ends when is the general reader's to say.
  return ends > 0 ? undefined : { offsets, sizes, shownTicks, endTicks: (shownTicks[last] ?? 0) + (steps[last] ?? 0) };
}

/** A table of runs as one value a picture; nothing when it does not tell as many as there are. */
function spread(table: Buffer, count: number, valueAt: (at: number) => number): Float64Array | undefined {
  const values = new Float64Array(count);
  let done = 0;
  for (const [times, value] of entriesOf(table, 8, (at) => [table.readUInt32BE(at), valueAt(at + 4)] as const)) {
    if (done + times > count) return undefined;
    values.fill(value, done, done + times);
    done += times;
  }
  return done === count ? values : undefined;
}

/** The boxes that lie within one, by name: the content of each, without its header. */
export function boxesWithin(bytes: Buffer, from = 0): Map<string, Buffer[]> {
  const found = new Map<string, Buffer[]>();
  for (let at = from; at + 8 <= bytes.length; ) {
    const header = bytes.readUInt32BE(at) === 1 ? 16 : 8;
    const size = header === 8 ? bytes.readUInt32BE(at) : at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : 0;
    if (size < header || at + size > bytes.length) break;
    const type = bytes.toString('latin1', at + 4, at + 8);
    found.set(type, [...(found.get(type) ?? []), bytes.subarray(at + header, at + size)]);
    at += size;
  }
  return found;
}

/** The one box of that way down; nothing where there are two of a name, or none. */
function only(bytes: Buffer, ...way: string[]): Buffer | undefined {
  let inner: Buffer | undefined = bytes;
  for (const type of way) {
    const all: Buffer[] | undefined = inner && boxesWithin(inner).get(type);
    inner = all?.length === 1 ? all[0] : undefined;
  }
  return inner;
}

function readTables(movie: Buffer, handler: string): SampleTables | undefined {
  if (boxesWithin(movie).has('mvex')) return undefined;
  const tracks = (boxesWithin(movie).get('trak') ?? []).filter((track) => only(track, 'mdia', 'hdlr')?.toString('latin1', 8, 12) === handler);
  const [track] = tracks;
  const tables = tracks.length === 1 && track ? only(track, 'mdia', 'minf', 'stbl') : undefined;
  if (!track || !tables) return undefined;
  const [descriptions, sizes, runs] = [only(tables, 'stsd'), only(tables, 'stsz'), only(tables, 'stsc')];
  const [short, long] = [only(tables, 'stco'), only(tables, 'co64')];
  // The data lies in the file itself when the reference says so (its lowest flag); one description, so that no run names another.
  const reference = only(track, 'mdia', 'minf', 'dinf', 'dref');
  const inFile = !reference || (reference.length >= 20 && reference.readUInt32BE(4) === 1 && (reference.readUInt32BE(16) & 1) === 1);
  if (!descriptions || descriptions.length < 8 || descriptions.readUInt32BE(4) !== 1 || !inFile || !sizes || !runs || !(short ?? long) || (short && long)) return undefined;
  const chunkOffsets = short ? entriesOf(short, 4, (at) => short.readUInt32BE(at)) : long ? entriesOf(long, 8, (at) => Number(long.readBigUInt64BE(at))) : [];
  return { content: tables, sizes: sizesOf(sizes), chunkOffsets, chunkRuns: entriesOf(runs, 12, (at) => ({ firstChunk: runs.readUInt32BE(at), samplesPerChunk: runs.readUInt32BE(at + 4) })) };
}

function entriesOf<Entry>(table: Buffer, entryBytes: number, read: (at: number) => Entry): Entry[] {
  return Array.from({ length: table.readUInt32BE(4) }, (_, index) => read(8 + index * entryBytes));
}

function sizesOf(table: Buffer): Uint32Array {
  const count = table.readUInt32BE(8);
  const same = table.readUInt32BE(4);
  return same > 0 ? new Uint32Array(count).fill(same) : Uint32Array.from({ length: count }, (_, index) => table.readUInt32BE(12 + index * 4));
}

/** Where each picture lies; nothing when one is empty, or not in the file. */
function offsetsOf({ sizes, chunkOffsets, chunkRuns }: Pick<SampleTables, 'sizes' | 'chunkOffsets' | 'chunkRuns'>, fileSizeBytes: number): Float64Array | undefined {
  if (chunkRuns[0]?.firstChunk !== 1 || sizes.length === 0) return undefined;
  const offsets = new Float64Array(sizes.length);
  let sample = 0;
  let run = 0;
  for (const [index, offset] of chunkOffsets.entries()) {
    while ((chunkRuns[run + 1]?.firstChunk ?? Infinity) <= index + 1) run += 1;
    let at = offset;
    for (const end = Math.min(sample + (chunkRuns[run]?.samplesPerChunk ?? 0), sizes.length); sample < end; sample += 1) {
      const size = sizes[sample] ?? 0;
      offsets[sample] = at;
      at += size;
      if (size === 0 || at > fileSizeBytes) return undefined;
    }
  }
  return sample === sizes.length ? offsets : undefined;
}

/** Neighbours in the file are one range. */
export function rangesOf({ offsets, sizes }: Pick<TrackSamples, 'offsets' | 'sizes'>): SampleRange[] {
  const ranges: SampleRange[] = [];
  for (let index = 0; index < offsets.length; index += 1) {
    const [offset, sizeBytes] = [offsets[index] ?? 0, sizes[index] ?? 0];
    const last = ranges.at(-1);
    if (last && last.offset + last.sizeBytes === offset) last.sizeBytes += sizeBytes;
    else ranges.push({ offset, sizeBytes });
  }
  return ranges;
}
