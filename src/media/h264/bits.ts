/** Reads the bit fields of H.264 out of a unit whose escape bytes were taken out (ITU-T H.264, 7.2 and 9.1). */
export class BitReader {
  readonly bytes: Uint8Array;
  /** In bits from the start. */
  position = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** @throws RangeError behind the last bit: what is read is then no H.264, or damaged. */
  bit(): number {
    const byte = this.bytes[this.position >> 3];
    if (byte === undefined) throw new RangeError('the unit ends in the middle of its header');
    const bit = (byte >> (7 - (this.position & 7))) & 1;
    this.position += 1;
    return bit;
  }

  /** An unsigned number of up to 32 bits. */
  bits(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1) value = value * 2 + this.bit();
    return value;
  }

  /** ue(v). */
  unsigned(): number {
    let zeros = 0;
    while (this.bit() === 0) {
      zeros += 1;
      if (zeros > 32) throw new RangeError('a number in the unit has more than 32 bits');
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** se(v). */
  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

/** Writes bit fields; grows as needed. */
export class BitWriter {
  #bytes: Uint8Array;
  #position = 0;

  constructor(expectedBytes = 64) {
    this.#bytes = new Uint8Array(expectedBytes);
  }

  /** In bits. */
  get position(): number {
    return this.#position;
  }

  bit(value: number): void {
    const at = this.#position >> 3;
    if (at >= this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2 + 16);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    if (value) this.#bytes[at] = (this.#bytes[at] ?? 0) | (0x80 >> (this.#position & 7));
    this.#position += 1;
  }

  bits(value: number, count: number): void {
    for (let index = count - 1; index >= 0; index -= 1) this.bit(Math.floor(value / 2 ** index) % 2);
  }

  /** ue(v). */
  unsigned(value: number): void {
    const length = Math.floor(Math.log2(value + 1));
    this.bits(0, length);
    this.bits(value + 1, length + 1);
  }

  /** The bits of a reader's unit from one place to another. */
  copy(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at += 1) this.bit(((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
  }

  /** Ends a unit: a one, then zeros to the end of the byte. */
  trail(): void {
    this.bit(1);
    while (this.#position % 8 !== 0) this.bit(0);
  }

  /** What was written, followed by these bytes. Whole bytes must have been written. */
  finish(rest: Uint8Array = new Uint8Array(0)): Uint8Array {
    const length = this.#position >> 3;
    const out = new Uint8Array(length + rest.length);
    out.set(this.#bytes.subarray(0, length));
    out.set(rest, length);
    return out;
  }
}

/** Where the one that ends a unit's bits stands: the fields lie before it. */
export function endOfFields(bytes: Uint8Array): number {
  let last = bytes.length - 1;
  while (last >= 0 && bytes[last] === 0) last -= 1;
  const byte = bytes[last];
  if (byte === undefined) throw new RangeError('the unit is empty');
  const zeros = Math.log2(byte & -byte);
  return last * 8 + 7 - zeros;
}

function hasEscapes(unit: Uint8Array, end: number): boolean {
  for (let at = 2; at < end; at += 1) if (unit[at] === 3 && unit[at - 1] === 0 && unit[at - 2] === 0) return true;
  return false;
}

/** Takes out the escape bytes (00 00 03); where there are none, what comes back is a view. @param limit stop after about this many bytes: a header needs no more. */
export function unescapeUnit(unit: Uint8Array, limit = Infinity): Uint8Array {
  const end = Math.min(unit.length, limit);
  if (!hasEscapes(unit, end)) return unit.subarray(0, end);
  const out = new Uint8Array(end);
  let length = 0;
  let zeros = 0;
  for (let at = 0; at < end; at += 1) {
    const byte = unit[at] as number;
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    out[length] = byte;
    length += 1;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out.subarray(0, length);
}

/** Puts the escape bytes in. */
export function escapeUnit(bytes: Uint8Array): Uint8Array {
  // At most every third byte needs one.
  const out = new Uint8Array(bytes.length + Math.ceil(bytes.length / 2) + 1);
  let length = 0;
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= 3) {
      out[length] = 3;
      length += 1;
      zeros = 0;
    }
    out[length] = byte;
    length += 1;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  // A unit does not end with zeros; the only ones there can be come in pairs (cabac_zero_word).
  if (zeros >= 2) {
    out[length] = 3;
    length += 1;
  }
  return out.slice(0, length);
}
