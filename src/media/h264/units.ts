/** Kinds of units (nal_unit_type, ITU-T H.264 table 7-1) that matter here. */
export const UNIT = { slice: 1, partitionA: 2, partitionC: 4, idrSlice: 5, sei: 6, sequence: 7, picture: 8, sequenceExtension: 13, subsetSequence: 15, auxiliarySlice: 19 } as const;

export function unitType(unit: Uint8Array): number {
  return (unit[0] ?? 0) & 31;
}

/** The set-up of an H.264 track: what its avcC box holds (ISO/IEC 14496-15, 5.3.3). */
export interface AvcConfiguration {
  profile: number;
  compatibility: number;
  level: number;
  /** Bytes before each unit that say how long it is: 1, 2 or 4. */
  lengthBytes: number;
  sequenceSets: Uint8Array[];
  pictureSets: Uint8Array[];
}

/** @throws RangeError for what is no avcC. */
export function readAvcConfiguration(bytes: Uint8Array): AvcConfiguration {
  let at = 6;
  const sets = (count: number): Uint8Array[] =>
    Array.from({ length: count }, () => {
      const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      const set = bytes.slice(at + 2, at + 2 + length);
      if (length === 0 || set.length < length) throw new RangeError('its decoder configuration is cut short');
      at += 2 + length;
      return set;
    });
  if (bytes.length < 7 || bytes[0] !== 1) throw new RangeError('its decoder configuration is of an unknown kind');
  const sequenceSets = sets((bytes[5] ?? 0) & 31);
  const pictureCount = bytes[at] ?? 0;
  at += 1;
  return { profile: bytes[1] ?? 0, compatibility: bytes[2] ?? 0, level: bytes[3] ?? 0, lengthBytes: ((bytes[4] ?? 0) & 3) + 1, sequenceSets, pictureSets: sets(pictureCount) };
}

/** Profiles whose avcC says how the colour is sampled; here always 4:2:0 with 8 bits. */
const HIGH_PROFILES = new Set([100, 110, 122, 144]);

export function writeAvcConfiguration(configuration: AvcConfiguration): Uint8Array {
  const { profile, compatibility, level, lengthBytes, sequenceSets, pictureSets } = configuration;
  const lengths = (sets: readonly Uint8Array[]): number[] => sets.flatMap((set) => [set.length >> 8, set.length & 255, ...set]);
  return Uint8Array.from([
    1,
    profile,
    compatibility,
    level,
    0xfc | (lengthBytes - 1),
    0xe0 | sequenceSets.length,
    ...lengths(sequenceSets),
    pictureSets.length,
    ...lengths(pictureSets),
    ...(HIGH_PROFILES.has(profile) ? [0xfc | 1, 0xf8, 0xf8, 0] : []),
  ]);
}

/** The units of one packet, each preceded by its length. @throws RangeError when the lengths do not add up. */
export function splitUnits(packet: Uint8Array, lengthBytes: number): Uint8Array[] {
  const units: Uint8Array[] = [];
  let at = 0;
  while (at < packet.length) {
    let length = 0;
    for (let index = 0; index < lengthBytes; index += 1) length = length * 256 + (packet[at + index] ?? 0);
    at += lengthBytes;
    if (length === 0 || at + length > packet.length) throw new RangeError('a unit reaches beyond its frame');
    units.push(packet.subarray(at, at + length));
    at += length;
  }
  return units;
}

/** The other way round, with lengths of four bytes or as many as asked for. */
export function joinUnits(units: readonly Uint8Array[], lengthBytes: number): Uint8Array {
  const out = new Uint8Array(units.reduce((sum, unit) => sum + lengthBytes + unit.length, 0));
  let at = 0;
  for (const unit of units) {
    for (let index = 0; index < lengthBytes; index += 1) out[at + index] = Math.floor(unit.length / 256 ** (lengthBytes - 1 - index)) % 256;
    out.set(unit, at + lengthBytes);
    at += lengthBytes + unit.length;
  }
  return out;
}
