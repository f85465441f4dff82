import { changePictureSet, changeSequenceSet, readPictureSet, readSequenceSet } from './parameter-sets.ts';
import { changeSlice, type SliceContext } from './slices.ts';
import { joinUnits, splitUnits, UNIT, unitType, type AvcConfiguration } from './units.ts';

/** Makes a packet of a clip one of the film's. */
export type PacketChange = (packet: Uint8Array) => Uint8Array;

const SEQUENCE_SETS = 31;
const PICTURE_SETS = 255;
/** One place of each is kept for what we encode ourselves. */
const KEPT_FOR_OWN = 1;
/** Numbers of our own IDR pictures: away from the small ones that encoders give, so that no two neighbours are equal. */
const IDR_NUMBER = 40_000;

/**
 * The settings of all streams in a film, in one decoder configuration. A film's track has one (a second one, or settings
 * among the pictures, is not read by every player), but it may hold many settings, each with a number; so the streams that
 * come later get numbers of their own, and their slices are made to name them. The pictures themselves stay as they are.
 */
export class FilmSets {
  readonly #first: AvcConfiguration;
  readonly #sequences: Uint8Array[];
  readonly #pictures: Uint8Array[];
  readonly #changes = new Map<string, PacketChange>();
  #profile: number;
  #compatibility: number;
  #level: number;
  #idrCount = 0;

  /** @param first keeps its numbers, and its packets every byte. */
  constructor(first: AvcConfiguration) {
    this.#first = first;
    this.#sequences = [...first.sequenceSets];
    this.#pictures = [...first.pictureSets];
    [this.#profile, this.#compatibility, this.#level] = [first.profile, first.compatibility, first.level];
    const keep = first.lengthBytes === 4;
    this.#changes.set(keyOf(first), (packet) => (keep ? packet : joinUnits(splitUnits(packet, first.lengthBytes), 4)));
  }

  /** The film's decoder configuration, once all streams were added. */
  get configuration(): AvcConfiguration {
    return { profile: this.#profile, compatibility: this.#compatibility, level: this.#level, lengthBytes: 4, sequenceSets: this.#sequences, pictureSets: this.#pictures };
  }

  /**
   * Takes a stream in. Equal ones are taken once.
   * @param own made by our own encoder: declares the first stream's colours, and gets its own numbers for IDR pictures.
   * @returns how its packets are changed; `undefined` when there is no room for more settings.
   */
  add(stream: AvcConfiguration, own = false): PacketChange | undefined {
    const key = `${own ? 'own ' : ''}${keyOf(stream)}`;
    const known = this.#changes.get(key);
    if (known) return known;
    const sequenceIds = new Map<number, number>();
    const pictureIds = new Map<number, number>();
    const like = own ? this.#first.sequenceSets[0] : undefined;
    const { sequenceSets, pictureSets } = stream;
    const kept = own ? 0 : KEPT_FOR_OWN;
    if (this.#sequences.length + sequenceSets.length > SEQUENCE_SETS - kept || this.#pictures.length + pictureSets.length > PICTURE_SETS - kept) return undefined;
    const freeSequences = freeNumbers(this.#sequences.map((set) => readSequenceSet(set).id), SEQUENCE_SETS + 1);
    const freePictures = freeNumbers(this.#pictures.map((set) => readPictureSet(set).id), PICTURE_SETS + 1);
    for (const [index, set] of sequenceSets.entries()) {
      const id = freeSequences[index] ?? 0;
      sequenceIds.set(readSequenceSet(set).id, id);
      this.#sequences.push(changeSequenceSet(set, { id, ...(like && { like }) }));
    }
    const contexts = contextsOf(stream);
    for (const [index, set] of pictureSets.entries()) {
      const id = freePictures[index] ?? 0;
      const { id: oldId, sequenceId } = readPictureSet(set);
      pictureIds.set(oldId, id);
      this.#pictures.push(changePictureSet(set, id, sequenceIds.get(sequenceId) ?? 0));
    }
    this.#profile = Math.max(this.#profile, stream.profile);
    this.#compatibility &= stream.compatibility;
    this.#level = Math.max(this.#level, stream.level);
    const change: PacketChange = (packet) => this.#renumber(packet, stream.lengthBytes, contexts, pictureIds, own);
    this.#changes.set(key, change);
    return change;
  }

  #renumber(packet: Uint8Array, lengthBytes: number, contexts: ReadonlyMap<number, SliceContext>, pictureIds: ReadonlyMap<number, number>, own: boolean): Uint8Array {
    const units: Uint8Array[] = [];
    let idrNumber: number | undefined;
    for (const unit of splitUnits(packet, lengthBytes)) {
      const type = unitType(unit);
      // Settings are in the film's configuration; a buffering period would name them by their old number.
      if (type === UNIT.sequence || type === UNIT.picture || (type === UNIT.sei && unit[1] === 0)) continue;
      if (type !== UNIT.slice && type !== UNIT.idrSlice) {
        units.push(unit);
        continue;
      }
      if (own && type === UNIT.idrSlice && idrNumber === undefined) {
        this.#idrCount += 1;
        idrNumber = IDR_NUMBER + (this.#idrCount % 2);
      }
      units.push(changeSlice(unit, contexts, (old) => pictureIds.get(old) ?? old, idrNumber));
    }
    return joinUnits(units, 4);
  }
}

function contextsOf(stream: AvcConfiguration): Map<number, SliceContext> {
  const sequences = new Map(stream.sequenceSets.map(readSequenceSet).map((set) => [set.id, set]));
  return new Map(
    stream.pictureSets.map(readPictureSet).flatMap((picture) => {
      const sequence = sequences.get(picture.sequenceId);
      return sequence ? [[picture.id, { picture, sequence }] as const] : [];
    }),
  );
}

function freeNumbers(taken: readonly number[], limit: number): number[] {
  return Array.from({ length: limit }, (_, number) => number).filter((number) => !taken.includes(number));
}

function keyOf({ sequenceSets, pictureSets, lengthBytes }: AvcConfiguration): string {
  return [lengthBytes, ...[...sequenceSets, ...pictureSets].map((set) => Buffer.from(set).toString('hex'))].join(' ');
}
