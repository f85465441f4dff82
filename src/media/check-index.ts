import type { FileBytes } from './file-bytes.ts';
import type { Mp4Box } from './mp4-boxes.ts';

/** More than any clip or film has: five hours of 60 frames a second. */
const MOST_SAMPLES = 1_000_000;
/** An index of that many samples is some 20 MB. */
const MOST_INDEX_BYTES = 64 * 2 ** 20;
const MOST_BOXES = 20_000;
const DEEPEST = 12;

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts', 'dinf', 'mvex', 'moof', 'traf']);

/** Tables of a track: where their number of entries stands behind the box's header, and the bytes of an entry. */
const TABLES: Record<string, { countAt: number; entryBytes: number }> = {
  stts: { countAt: 4, entryBytes: 8 },
  ctts: { countAt: 4, entryBytes: 8 },
  stsc: { countAt: 4, entryBytes: 12 },
  stss: { countAt: 4, entryBytes: 4 },
  stco: { countAt: 4, entryBytes: 4 },
  co64: { countAt: 4, entryBytes: 8 },
  stsz: { countAt: 8, entryBytes: 4 },
};

interface Track {
  tables: Set<string>;
}

/**
 * Whether the file's index can be what it claims, before anything is set aside for it: boxes lie within each other, tables
 * hold the entries that they count, and all samples together are no larger than the file.
 * @returns what is wrong, for people; nothing when all is well.
 */
export async function findIndexFault(file: FileBytes, boxes: readonly Mp4Box[]): Promise<string | undefined> {
  const indexes = boxes.filter(({ type }) => type === 'moov' || type === 'moof');
  if (indexes.filter(({ type }) => type === 'moov').length > 1) return 'it has two indexes (moov)';
  const budget = { boxes: MOST_BOXES, samples: 2 * MOST_SAMPLES, bytes: MOST_INDEX_BYTES };
  for (const { offset, sizeBytes } of indexes) {
    budget.bytes -= sizeBytes;
    if (budget.bytes < 0) return 'its index is larger than that of any film';
    const bytes = await file.at(offset, sizeBytes);
    const fault = bytes.length < sizeBytes ? 'its index is cut short' : walk(bytes, 0, bytes.length, { budget, fileSizeBytes: file.sizeBytes, depth: 0 });
    if (fault !== undefined) return fault;
  }
  return undefined;
}

interface Walk {
  budget: { boxes: number; samples: number };
  fileSizeBytes: number;
  depth: number;
  track?: Track;
}

function walk(bytes: Buffer, from: number, to: number, context: Walk): string | undefined {
  let at = from;
  while (at + 8 <= to) {
    context.budget.boxes -= 1;
    if (context.budget.boxes < 0 || context.depth > DEEPEST) return 'its index is nested without end';
    const type = bytes.toString('latin1', at + 4, at + 8);
    const header = bytes.readUInt32BE(at) === 1 ? 16 : 8;
    const size = header === 8 ? bytes.readUInt32BE(at) : at + 16 <= to ? Number(bytes.readBigUInt64BE(at + 8)) : 0;
    // Within others, some writers end a list with four zero bytes.
    if (size === 0 && header === 8) return undefined;
    if (size < header || at + size > to) return `its index is damaged: a box (${printable(type)}) does not fit into the one around it`;
    const fault = CONTAINERS.has(type)
      ? walk(bytes, at + header, at + size, { ...context, depth: context.depth + 1, ...(type === 'trak' && { track: { tables: new Set<string>() } }) })
      : checkTable(bytes.subarray(at + header, at + size), type, context);
    if (fault !== undefined) return fault;
    at += size;
  }
  return undefined;
}

function checkTable(body: Buffer, type: string, { track, budget, fileSizeBytes }: Walk): string | undefined {
  const damaged = `its index is damaged: the table ${printable(type)} does not hold what it counts`;
  if (type === 'trun') {
    budget.samples -= body.length < 8 ? 0 : body.readUInt32BE(4);
    return budget.samples < 0 ? 'its index counts more samples than any film has' : undefined;
  }
  const table = TABLES[type];
  if (!table || !track) return undefined;
  if (track.tables.has(type)) return `its index is damaged: it has the table ${printable(type)} twice`;
  track.tables.add(type);
  if (body.length < table.countAt + 4) return damaged;
  const count = body.readUInt32BE(table.countAt);
  if (count > MOST_SAMPLES) return 'its index counts more samples than any film has';
  const fixedSize = type === 'stsz' ? body.readUInt32BE(4) : 0;
  const start = table.countAt + 4;
  if (fixedSize === 0 && start + count * table.entryBytes > body.length) return damaged;
  if (type === 'stsz') {
    let bytes = fixedSize * count;
    if (fixedSize === 0) for (let index = 0; index < count; index += 1) bytes += body.readUInt32BE(start + index * 4);
    if (bytes > fileSizeBytes) return 'its index claims more than the file holds';
  }
  if (type === 'stts' || type === 'ctts' || type === 'stsc') {
    let samples = 0;
    for (let index = 0; index < count; index += 1) samples += type === 'stsc' ? 0 : body.readUInt32BE(start + index * table.entryBytes);
    if (type === 'stsc') for (let index = 0; index < count; index += 1) samples = Math.max(samples, body.readUInt32BE(start + index * 12 + 4));
    if (samples > MOST_SAMPLES) return 'its index counts more samples than any film has';
  }
  return undefined;
}

function printable(type: string): string {
  return type.replace(/[^\x20-\x7e]/g, '?');
}
