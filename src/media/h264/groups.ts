import { messageOf } from '../../lib/errors.ts';
import { readPictureSet, readSequenceSet, type SequenceSet } from './parameter-sets.ts';
import { readSliceHeader, type SliceContext } from './slices.ts';
import { readAvcConfiguration, splitUnits, UNIT, unitType, type AvcConfiguration } from './units.ts';

/** A stretch of a stream that needs nothing outside itself: from one IDR picture to the next. */
export interface PictureGroup {
  /** Its first packet, in the order they are decoded. */
  firstPacket: number;
  /** Its first frame, in the order they are shown; also its first packet's. */
  firstFrame: number;
  /** Packets, and so frames, that it has. */
  frameCount: number;
}

/** What an H.264 clip says about itself that decides whether its packets can stand in a film of others. */
export interface StreamFacts {
  configuration: AvcConfiguration;
  /** By the number of the picture parameter set. */
  contexts: ReadonlyMap<number, SliceContext>;
  sequence: SequenceSet;
  /** Packets that start anew, in the order they are decoded. */
  idrPackets: readonly number[];
}

/** Reads an H.264 stream packet by packet. */
export interface StreamReader {
  add(packet: Uint8Array): void;
  /** The facts, or why the stream can only be copied whole. */
  finish(): StreamFacts | string;
}

const PLAIN_UNITS: ReadonlySet<number> = new Set([UNIT.slice, UNIT.idrSlice, UNIT.sei, UNIT.sequence, UNIT.picture, 9, 10, 11, 12]);

/** @param description the avcC box's content. */
export function createStreamReader(description: Uint8Array): StreamReader {
  let problem: string | undefined;
  let setUp: Pick<StreamFacts, 'configuration' | 'contexts' | 'sequence'> | undefined;
  let known = new Set<string>();
  const idrPackets: number[] = [];
  let packetIndex = 0;
  const guarded = (work: () => void): void => {
    if (problem !== undefined) return;
    try {
      work();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problem = messageOf(error);
    }
  };
  guarded(() => {
    const configuration = readAvcConfiguration(description);
    setUp = { configuration, ...readContexts(configuration) };
    known = new Set([...configuration.sequenceSets, ...configuration.pictureSets].map(textOf));
  });

  function readPacket(packet: Uint8Array, { configuration, contexts }: Pick<StreamFacts, 'configuration' | 'contexts'>): void {
    let slices = 0;
    let idrSlices = 0;
    for (const unit of splitUnits(packet, configuration.lengthBytes)) {
      const type = unitType(unit);
      if (!PLAIN_UNITS.has(type)) throw new RangeError(`it has units of kind ${type}`);
      if ((type === UNIT.sequence || type === UNIT.picture) && !known.has(textOf(unit))) throw new RangeError('its settings change on the way');
      if (type !== UNIT.slice && type !== UNIT.idrSlice) continue;
      const header = readSliceHeader(unit, contexts);
      if (header.dropsEarlierFrames) throw new RangeError('it drops frames that were not shown yet');
      slices += 1;
      if (type === UNIT.idrSlice) idrSlices += 1;
    }
    if (slices === 0 || (idrSlices > 0 && idrSlices < slices)) throw new RangeError('a packet is no whole frame');
    if (idrSlices > 0) idrPackets.push(packetIndex);
  }

  return {
    add(packet) {
      guarded(() => setUp && readPacket(packet, setUp));
      packetIndex += 1;
    },
    finish: () => problem ?? (setUp ? { ...setUp, idrPackets } : 'it has no settings'),
  };
}

function readContexts(configuration: AvcConfiguration): Pick<StreamFacts, 'contexts' | 'sequence'> {
  const sequences = new Map(configuration.sequenceSets.map(readSequenceSet).map((set) => [set.id, set]));
  const contexts = new Map<number, SliceContext>();
  for (const picture of configuration.pictureSets.map(readPictureSet)) {
    const sequence = sequences.get(picture.sequenceId);
    if (!sequence) throw new RangeError('its settings are incomplete');
    if (picture.sliceGroups) throw new RangeError('its pictures are coded in slice groups');
    contexts.set(picture.id, { picture, sequence });
  }
  const [sequence] = sequences.values();
  if (!sequence || contexts.size === 0) throw new RangeError('its settings are incomplete');
  if (![...sequences.values()].every((set) => set.plain && set.colour === sequence.colour && set.width === sequence.width && set.height === sequence.height)) throw new RangeError('it is not plain 8-bit video of one size');
  return { contexts, sequence };
}

function textOf(unit: Uint8Array): string {
  return Buffer.from(unit).toString('latin1');
}

/**
 * The groups of a stream whose frames all stand on their grid.
 * @param shownAt of each packet, in the order they are decoded, the frame it is, counted in the order they are shown.
 */
export function findGroups(shownAt: ArrayLike<number>, idrPackets: readonly number[]): PictureGroup[] {
  return idrPackets.flatMap((firstPacket, index) => {
    const frameCount = (idrPackets[index + 1] ?? shownAt.length) - firstPacket;
    const firstFrame = shownAt[firstPacket] ?? 0;
    // All of it is shown in one go, beginning with the IDR picture; else it is none.
    for (let packet = firstPacket; packet < firstPacket + frameCount; packet += 1) {
      const place = (shownAt[packet] ?? -1) - firstFrame;
      if (place < 0 || place >= frameCount) return [];
    }
    return [{ firstPacket, firstFrame, frameCount }];
  });
}

/**
 * The most frames, at most `limit`, that the first packets of a group make up on their own: what comes later in a group
 * is needed by nothing before it, so a group can be left at any place where nothing later is shown earlier.
 */
export function framesFromStart(group: PictureGroup, shownAt: ArrayLike<number>, limit: number): number {
  let highest = -1;
  let clean = 0;
  for (let count = 1; count <= Math.min(limit, group.frameCount); count += 1) {
    highest = Math.max(highest, (shownAt[group.firstPacket + count - 1] ?? 0) - group.firstFrame);
    if (highest === count - 1) clean = count;
  }
  return clean;
}
