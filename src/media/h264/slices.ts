import { BitReader, BitWriter, endOfFields, escapeUnit, unescapeUnit } from './bits.ts';
import type { PictureSet, SequenceSet } from './parameter-sets.ts';
import { UNIT, unitType } from './units.ts';

/** The sets that a stream's slices refer to, by picture set. */
export interface SliceContext {
  picture: PictureSet;
  sequence: SequenceSet;
}

/** More than any slice header has, escape bytes included: 32 references with weights are some 500 bytes. */
const HEADER_LIMIT_BYTES = 1200;
/** Nearly every header ends before. */
const USUAL_HEADER_BYTES = 32;

export interface SliceHeader {
  /** Number of the picture parameter set. */
  pictureSet: number;
  /** An IDR picture that tells players to throw away what they have not shown yet. */
  dropsEarlierFrames: boolean;
}

/** @throws RangeError for a header that ends early, or a picture set that is not there. */
export function readSliceHeader(unit: Uint8Array, contexts: ReadonlyMap<number, SliceContext>): SliceHeader {
  try {
    return parseHeader(unescapeUnit(unit, USUAL_HEADER_BYTES), contexts).header;
  } catch (error) {
    if (!(error instanceof RangeError) || unit.length <= USUAL_HEADER_BYTES) throw error;
    return parseHeader(unescapeUnit(unit, HEADER_LIMIT_BYTES), contexts).header;
  }
}

/**
 * The slice with other numbers in its header. The coded picture behind it stays bit for bit.
 * @param renumber the new number of a picture parameter set.
 * @param idrNumber for an IDR picture, its new number: two that follow each other must differ.
 * @throws RangeError as {@link readSliceHeader}.
 */
export function changeSlice(unit: Uint8Array, contexts: ReadonlyMap<number, SliceContext>, renumber: (pictureSet: number) => number, idrNumber?: number): Uint8Array {
  const bytes = unescapeUnit(unit);
  const { header, places, arithmeticCoding } = parseHeader(bytes, contexts);
  const writer = new BitWriter(places.end / 8 + 16);
  writer.copy(bytes, 0, places.setStart);
  writer.unsigned(renumber(header.pictureSet));
  if (places.idr && idrNumber !== undefined) {
    writer.copy(bytes, places.setEnd, places.idr[0]);
    writer.unsigned(idrNumber);
    writer.copy(bytes, places.idr[1], places.end);
  } else writer.copy(bytes, places.setEnd, places.end);
  if (!arithmeticCoding) {
    writer.copy(bytes, places.end, endOfFields(bytes));
    writer.trail();
    return escapeUnit(writer.finish());
  }
  // Arithmetic coding starts on a whole byte, after ones.
  while (writer.position % 8 !== 0) writer.bit(1);
  return escapeUnit(writer.finish(bytes.subarray(Math.ceil(places.end / 8))));
}

interface ParsedHeader {
  header: SliceHeader;
  arithmeticCoding: boolean;
  /** In bits. `end` is where the slice's data starts, before the ones that fill the byte. */
  places: { setStart: number; setEnd: number; idr?: [number, number]; end: number };
}

/** ITU-T H.264, 7.3.3, for whole frames without slice groups. */
function parseHeader(bytes: Uint8Array, contexts: ReadonlyMap<number, SliceContext>): ParsedHeader {
  const reader = new BitReader(bytes);
  const idrUnit = unitType(bytes) === UNIT.idrSlice;
  const isReference = ((bytes[0] ?? 0) & 0x60) !== 0;
  reader.bits(8);
  reader.unsigned();
  const kind = reader.unsigned() % 5;
  const [isP, isB, isSwitching] = [kind === 0 || kind === 3, kind === 1, kind > 2];
  const setStart = reader.position;
  const pictureSet = reader.unsigned();
  const setEnd = reader.position;
  const context = contexts.get(pictureSet);
  if (!context || isSwitching) throw new RangeError('a slice refers to settings that are not there');
  const { picture, sequence } = context;
  reader.bits(sequence.frameNumberBits);
  let idr: [number, number] | undefined;
  if (idrUnit) {
    const start = reader.position;
    reader.unsigned();
    idr = [start, reader.position];
  }
  if (sequence.orderType === 0) {
    reader.bits(sequence.orderBits);
    if (picture.orderInFrame) reader.signed();
  } else if (sequence.orderType === 1 && !sequence.deltaOrderAlwaysZero) {
    reader.signed();
    if (picture.orderInFrame) reader.signed();
  }
  if (picture.redundantPictures) reader.unsigned();
  if (isB) reader.bit();
  const references: [number, number] = [...picture.references];
  if ((isP || isB) && reader.bit() === 1) {
    references[0] = reader.unsigned() + 1;
    if (isB) references[1] = reader.unsigned() + 1;
  }
  if (isP || isB) skipListChange(reader);
  if (isB) skipListChange(reader);
  if ((picture.weightedPrediction && isP) || (picture.weightedBidirectional === 1 && isB)) skipWeights(reader, isB ? references : [references[0]]);
  const dropsEarlierFrames = isReference && skipMarking(reader, idrUnit);
  if (picture.arithmeticCoding && (isP || isB)) reader.unsigned();
  reader.signed();
  if (picture.deblockingControl && reader.unsigned() !== 1) {
    reader.signed();
    reader.signed();
  }
  const header: SliceHeader = { pictureSet, dropsEarlierFrames };
  return { header, arithmeticCoding: picture.arithmeticCoding, places: { setStart, setEnd, end: reader.position, ...(idr && { idr }) } };
}

function skipListChange(reader: BitReader): void {
  if (reader.bit() === 0) return;
  while (reader.unsigned() !== 3) reader.unsigned();
}

function skipWeights(reader: BitReader, references: readonly number[]): void {
  reader.unsigned();
  reader.unsigned();
  for (const count of references) {
    if (count > 32) throw new RangeError('a slice has too many references');
    for (let index = 0; index < count; index += 1) {
      if (reader.bit() === 1) for (let value = 0; value < 2; value += 1) reader.signed();
      if (reader.bit() === 1) for (let value = 0; value < 4; value += 1) reader.signed();
    }
  }
}

/** @returns for an IDR picture, whether frames not yet shown are to be dropped. */
function skipMarking(reader: BitReader, idrUnit: boolean): boolean {
  if (idrUnit) {
    const drops = reader.bit() === 1;
    reader.bit();
    return drops;
  }
  if (reader.bit() === 0) return false;
  for (let operation = reader.unsigned(); operation !== 0; operation = reader.unsigned()) {
    if (operation !== 5) reader.unsigned();
    if (operation === 3) reader.unsigned();
  }
  return false;
}
