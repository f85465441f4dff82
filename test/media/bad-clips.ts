/** A generator of numbers that always come in the same order (mulberry32). */
export function seededNumbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

export interface BoxPlace {
  type: string;
  offset: number;
  size: number;
}

const CONTAINERS = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts', 'dinf', 'udta', 'mvex', 'moof', 'traf'];
/** Deeper than any good file; a spoilt one may be nested without end. */
const DEEPEST = 12;

/** Every box of a file, those within others too. */
export function boxesOf(bytes: Buffer, from = 0, to = bytes.length, depth = 0): BoxPlace[] {
  const boxes: BoxPlace[] = [];
  for (let offset = from; offset + 8 <= to; ) {
    const size = bytes.readUInt32BE(offset);
    const type = bytes.toString('latin1', offset + 4, offset + 8);
    if (size < 8 || offset + size > to || depth > DEEPEST) break;
    boxes.push({ type, offset, size });
    if (CONTAINERS.includes(type)) boxes.push(...boxesOf(bytes, offset + 8, offset + size, depth + 1));
    if (type === 'stsd') boxes.push(...boxesOf(bytes, offset + 16, offset + size, depth + 1));
    if (type === 'avc1') boxes.push(...boxesOf(bytes, offset + 86, offset + size, depth + 1));
    offset += size;
  }
  return boxes;
}

const SIZES = [0, 1, 2, 7, 8, 9, 15, 16, 255, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff];

/** A good file made bad, in one of many ways. The same number makes the same file. */
export function spoil(good: Buffer, seed: number): { bytes: Buffer; how: string } {
  const number = seededNumbers(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[number(items.length)] as Item;
  const found = boxesOf(good);
  const index = found.find(({ type }) => type === 'moov') ?? { type: '', offset: 0, size: good.length };
  const boxes = found.length > 0 ? found : [index];
  const bytes = Buffer.from(good);
  const ways: [string, () => Buffer][] = [
    ['bits of the index turned', () => flip(bytes, index.offset, index.size, 1 + number(12), number)],
    ['bits anywhere turned', () => flip(bytes, 0, bytes.length, 1 + number(60), number)],
    ['bits of one box turned', () => { const box = pick(boxes); return flip(bytes, box.offset, Math.min(box.size, 200), 1 + number(6), number); }],
    ['a size of another', () => { bytes.writeUInt32BE(pick(SIZES), pick(boxes).offset); return bytes; }],
    ['a size of 64 bits', () => { const { offset } = pick(boxes); bytes.writeUInt32BE(1, offset); if (offset + 16 <= bytes.length) bytes.writeBigUInt64BE(pick([0n, 1n, 16n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]), offset + 8); return bytes; }],
    ['a count in a table', () => { const { offset } = pick([...boxes.filter(({ type }) => /^(st..|ctts|co64|elst|tfhd|tfdt|trun|trex|mfhd)$/.test(type)), index]); bytes.writeUInt32BE(pick(SIZES), Math.min(bytes.length - 4, offset + pick([8, 12, 16, 20]))); return bytes; }],
    ['a box away', () => { const { offset, size } = pick(boxes); return Buffer.concat([bytes.subarray(0, offset), bytes.subarray(offset + size)]); }],
    ['a box twice', () => { const { offset, size } = pick(boxes); return Buffer.concat([bytes.subarray(0, offset + size), bytes.subarray(offset, offset + size), bytes.subarray(offset + size)]); }],
    ['a box under another name', () => { const { offset } = pick(boxes); bytes.write(pick(boxes).type, offset + 4, 'latin1'); return bytes; }],
    ['a box in itself', () => nested(bytes, pick(CONTAINERS), 1 + number(40_000))],
    ['the end away', () => bytes.subarray(0, number(bytes.length))],
    ['the middle away', () => { const from = number(bytes.length); return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + number(4000))]); }],
    ['the pictures overwritten', () => { const box = boxes.find(({ type }) => type === 'mdat') ?? index; const from = box.offset + 8 + number(Math.max(1, box.size - 8)); for (let at = from; at < Math.min(bytes.length, from + 1 + number(3000)); at += 1) bytes[at] = number(256); return bytes; }],
    ['the decoder’s settings turned', () => { const box = boxes.find(({ type }) => type === 'avcC') ?? index; return flip(bytes, box.offset + 8, box.size - 8, 1 + number(6), number); }],
    ['a number of 32 bits', () => { bytes.writeUInt32BE(pick(SIZES), index.offset + 8 + number(Math.max(1, index.size - 12))); return bytes; }],
  ];
  const [how, make] = pick(ways);
  return { bytes: make(), how };
}

function flip(bytes: Buffer, offset: number, size: number, count: number, number: (limit: number) => number): Buffer {
  for (let left = count; left > 0; left -= 1) {
    const at = offset + number(Math.max(1, size));
    if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << number(8));
  }
  return bytes;
}

function nested(bytes: Buffer, type: string, depth: number): Buffer {
  const box = Buffer.alloc(depth * 8);
  for (let level = 0; level < depth; level += 1) {
    box.writeUInt32BE((depth - level) * 8, level * 8);
    box.write(level === 0 ? 'moov' : type, level * 8 + 4, 'latin1');
  }
  return Buffer.concat([bytes.subarray(0, bytes.readUInt32BE(0)), box, bytes.subarray(bytes.readUInt32BE(0))]);
}
