import { BitReader, BitWriter, endOfFields, escapeUnit, unescapeUnit } from './bits.ts';

/** What the slices of a stream need to know of its sequence parameter set, and where its parts stand (ITU-T H.264, 7.3.2.1.1). */
export interface SequenceSet {
  id: number;
  profile: number;
  compatibility: number;
  level: number;
  /** In pixels, as shown. */
  width: number;
  height: number;
  /** 8-bit 4:2:0, whole frames: the only kind that is mixed with others. */
  plain: boolean;
  separateColourPlanes: boolean;
  frameNumberBits: number;
  orderType: number;
  orderBits: number;
  deltaOrderAlwaysZero: boolean;
  framesOnly: boolean;
  /** The colour section of the VUI as it stands: equal sections are shown in equal colours. */
  colour: string;
  /** Frames that wait for others before they are shown, and frames kept at most; absent when the stream does not say. */
  reordering?: { reorderFrames: number; keptFrames: number };
}

interface Places {
  idStart: number;
  idEnd: number;
  /** Where `vui_parameters_present_flag` stands. */
  vuiFlag: number;
  /** Start and end of the colour section, flag included; absent without VUI. */
  colour?: [number, number];
  /** Start and end of the section on reordering, flag included. */
  reordering?: [number, number];
}

interface Restriction {
  motionBeyondEdges: number;
  largest: [number, number, number, number];
  reorderFrames: number;
  keptFrames: number;
}

interface Parsed {
  bytes: Uint8Array;
  set: SequenceSet;
  places: Places;
  restriction: Restriction | undefined;
}

const WITH_CHROMA_FORMAT = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** @throws RangeError for what is no sequence parameter set. */
export function readSequenceSet(unit: Uint8Array): SequenceSet {
  return parse(unit).set;
}

function parse(unit: Uint8Array): Parsed {
  const bytes = unescapeUnit(unit);
  const reader = new BitReader(bytes);
  reader.bits(8);
  const [profile, compatibility, level] = [reader.bits(8), reader.bits(8), reader.bits(8)];
  const idStart = reader.position;
  const id = reader.unsigned();
  const idEnd = reader.position;
  let chromaFormat = 1;
  let bitDepths = 0;
  let separateColourPlanes = false;
  if (WITH_CHROMA_FORMAT.has(profile)) {
    chromaFormat = reader.unsigned();
    if (chromaFormat === 3) separateColourPlanes = reader.bit() === 1;
    bitDepths = reader.unsigned() + reader.unsigned();
    reader.bit();
    if (reader.bit() === 1) for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list += 1) if (reader.bit() === 1) skipScalingList(reader, list < 6 ? 16 : 64);
  }
  const frameNumberBits = reader.unsigned() + 4;
  const orderType = reader.unsigned();
  let orderBits = 0;
  let deltaOrderAlwaysZero = false;
  if (orderType === 0) orderBits = reader.unsigned() + 4;
  else if (orderType === 1) {
    deltaOrderAlwaysZero = reader.bit() === 1;
    reader.signed();
    reader.signed();
    for (let left = checked(reader.unsigned(), 255); left > 0; left -= 1) reader.signed();
  }
  reader.unsigned(); // reference frames
  reader.bit();
  const [columns, rows] = [reader.unsigned() + 1, reader.unsigned() + 1];
  const framesOnly = reader.bit() === 1;
  if (!framesOnly) reader.bit();
  reader.bit();
  const [left, right, top, bottom] = reader.bit() === 1 ? [reader.unsigned(), reader.unsigned(), reader.unsigned(), reader.unsigned()] : [0, 0, 0, 0];
  // Cropped in steps of two pixels, the only way that plain 4:2:0 can be.
  const [width, height] = [columns * 16 - 2 * (left + right), rows * 16 - 2 * (top + bottom)];
  const places: Places = { idStart, idEnd, vuiFlag: reader.position };
  let colour = '0';
  let restriction: Restriction | undefined;
  if (reader.bit() === 1) {
    places.colour = skipUntilColour(reader);
    colour = bitsAsText(bytes, ...places.colour);
    skipUntilReordering(reader);
    const start = reader.position;
    restriction = readRestriction(reader);
    places.reordering = [start, reader.position];
  }
  const plain = chromaFormat === 1 && bitDepths === 0 && framesOnly && !separateColourPlanes && [66, 77, 100].includes(profile);
  const set: SequenceSet = { id: checked(id, 31), profile, compatibility, level, width, height, plain, separateColourPlanes, frameNumberBits, orderType, orderBits, deltaOrderAlwaysZero, framesOnly, colour };
  if (restriction) set.reordering = { reorderFrames: restriction.reorderFrames, keptFrames: restriction.keptFrames };
  return { bytes, set, places, restriction };
}

/** What a set is to say instead. */
export interface SequenceSetChange {
  id: number;
  /** The set whose colours and reordering it is to declare. Pictures of both then pass for one stream's. */
  like?: Uint8Array;
}

/** The set under another number, all else bit for bit, but for what it is to say like another. */
export function changeSequenceSet(unit: Uint8Array, { id, like }: SequenceSetChange): Uint8Array {
  const { bytes, places, restriction } = parse(unit);
  const writer = new BitWriter(bytes.length + 32);
  writer.copy(bytes, 0, places.idStart);
  writer.unsigned(id);
  if (!like) {
    writer.copy(bytes, places.idEnd, endOfFields(bytes));
  } else {
    const other = parse(like);
    const colour = other.places.colour;
    const writeColour = (): void => (colour ? writer.copy(other.bytes, ...colour) : writer.bit(0));
    writer.copy(bytes, places.idEnd, places.vuiFlag);
    writer.bit(1);
    if (places.colour && places.reordering) {
      writer.copy(bytes, places.vuiFlag + 1, places.colour[0]);
      writeColour();
      writer.copy(bytes, places.colour[1], places.reordering[0]);
    } else {
      writer.bits(0, 2); // no aspect ratio, no overscan
      writeColour();
      writer.bits(0, 5); // no place of the colour samples, no timing, two buffer models, no structure of pictures
    }
    writeRestriction(writer, other.restriction, restriction);
  }
  writer.trail();
  return escapeUnit(writer.finish());
}

/** A decoder that hears of more waiting frames at a joint may lose some; so both sides ask for as much. */
function writeRestriction(writer: BitWriter, film: Restriction | undefined, own: Restriction | undefined): void {
  // A stream that says nothing gets what its level allows; saying less here would be such a change.
  if (!film) {
    writer.bit(0);
    return;
  }
  writer.bit(1);
  writer.bit(own?.motionBeyondEdges ?? 1);
  for (const value of own?.largest ?? [0, 0, 16, 16]) writer.unsigned(value);
  writer.unsigned(Math.max(film.reorderFrames, own?.reorderFrames ?? 0));
  writer.unsigned(Math.max(film.keptFrames, own?.keptFrames ?? 0));
}

function readRestriction(reader: BitReader): Restriction | undefined {
  if (reader.bit() === 0) return undefined;
  const motionBeyondEdges = reader.bit();
  const largest: Restriction['largest'] = [reader.unsigned(), reader.unsigned(), reader.unsigned(), reader.unsigned()];
  return { motionBeyondEdges, largest, reorderFrames: checked(reader.unsigned(), 16), keptFrames: checked(reader.unsigned(), 16) };
}

function skipUntilColour(reader: BitReader): [number, number] {
  if (reader.bit() === 1 && reader.bits(8) === 255) reader.bits(32);
  if (reader.bit() === 1) reader.bit();
  const start = reader.position;
  if (reader.bit() === 1) {
    reader.bits(4);
    if (reader.bit() === 1) reader.bits(24);
  }
  return [start, reader.position];
}

function skipUntilReordering(reader: BitReader): void {
  if (reader.bit() === 1) {
    reader.unsigned();
    reader.unsigned();
  }
  if (reader.bit() === 1) {
    reader.bits(32);
    reader.bits(32);
    reader.bit();
  }
  const models = [skipBufferModel(reader), skipBufferModel(reader)];
  if (models.includes(true)) reader.bit();
  reader.bit();
}

function skipBufferModel(reader: BitReader): boolean {
  if (reader.bit() === 0) return false;
  const count = checked(reader.unsigned(), 31) + 1;
  reader.bits(8);
  for (let index = 0; index < count; index += 1) {
    reader.unsigned();
    reader.unsigned();
    reader.bit();
  }
  reader.bits(20);
  return true;
}

function skipScalingList(reader: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let index = 0; index < size; index += 1) {
    if (next !== 0) next = (((last + reader.signed()) % 256) + 256) % 256;
    if (next !== 0) last = next;
  }
}

function bitsAsText(bytes: Uint8Array, from: number, to: number): string {
  const reader = new BitReader(bytes);
  reader.position = from;
  let text = '';
  while (reader.position < to) text += reader.bit();
  return text;
}

function checked(value: number, limit: number): number {
  if (value > limit) throw new RangeError('a number in the parameter set is too large');
  return value;
}

/** What slices need to know of their picture parameter set (ITU-T H.264, 7.3.2.2). */
export interface PictureSet {
  id: number;
  sequenceId: number;
  arithmeticCoding: boolean;
  orderInFrame: boolean;
  sliceGroups: boolean;
  /** References of P and B slices where the slice does not say. */
  references: [number, number];
  weightedPrediction: boolean;
  weightedBidirectional: number;
  deblockingControl: boolean;
  redundantPictures: boolean;
}

interface ParsedPicture {
  bytes: Uint8Array;
  set: PictureSet;
  idsEnd: number;
}

/** @throws RangeError for what is no picture parameter set. */
export function readPictureSet(unit: Uint8Array): PictureSet {
  return parsePicture(unit).set;
}

function parsePicture(unit: Uint8Array): ParsedPicture {
  const bytes = unescapeUnit(unit);
  const reader = new BitReader(bytes);
  reader.bits(8);
  const id = checked(reader.unsigned(), 255);
  const sequenceId = checked(reader.unsigned(), 31);
  const idsEnd = reader.position;
  const arithmeticCoding = reader.bit() === 1;
  const orderInFrame = reader.bit() === 1;
  const sliceGroups = reader.unsigned() > 0;
  const common = { id, sequenceId, arithmeticCoding, orderInFrame, sliceGroups };
  // What follows slice groups is of no use: such a stream is not taken apart.
  if (sliceGroups) return { bytes, idsEnd, set: { ...common, references: [1, 1], weightedPrediction: false, weightedBidirectional: 0, deblockingControl: false, redundantPictures: false } };
  const references: [number, number] = [checked(reader.unsigned(), 31) + 1, checked(reader.unsigned(), 31) + 1];
  const weightedPrediction = reader.bit() === 1;
  const weightedBidirectional = reader.bits(2);
  for (let index = 0; index < 3; index += 1) reader.signed();
  const deblockingControl = reader.bit() === 1;
  reader.bit();
  return { bytes, idsEnd, set: { ...common, references, weightedPrediction, weightedBidirectional, deblockingControl, redundantPictures: reader.bit() === 1 } };
}

/** The set under another number, for a sequence set under another number; all else bit for bit. */
export function changePictureSet(unit: Uint8Array, id: number, sequenceId: number): Uint8Array {
  const { bytes, idsEnd } = parsePicture(unit);
  const writer = new BitWriter(bytes.length + 8);
  writer.copy(bytes, 0, 8);
  writer.unsigned(id);
  writer.unsigned(sequenceId);
  writer.copy(bytes, idsEnd, endOfFields(bytes));
  writer.trail();
  return escapeUnit(writer.finish());
}
