import { createHash } from 'node:crypto';
import { canonicalJson } from '../lib/canonical-json.ts';
import { isLastFrame, type Engine, type ShotSettings } from '../protocol/shot-settings.ts';
import { pictureFacts } from '../store/index.ts';

/** Goes up when the recipe below or the picture's facts change; older fingerprints must then be kept as aliases, or a film is bought again. */
const RECIPE = 1;

/**
 * SHA-256 (64 hex digits) of everything that changes the picture, the engine and the take's number included. Texts are
 * normalised (NFC, line ends, outer blanks) and nothing else is: one comma more is another picture.
 * @param take counted from 1 among the takes of these very settings.
 */
export function fingerprintOf(settings: ShotSettings, engine: Engine, take: number): string {
  const { startFrame } = settings;
  if (isLastFrame(startFrame) && startFrame.lastFrameOf === 'previous') throw new TypeError('A shot that continues another has no fingerprint before it is known which take of that it continues.');
  return createHash('sha256').update(canonicalJson({ recipe: RECIPE, engine, take, ...pictureFacts(settings) })).digest('hex');
}

/** Our id at Kling for one attempt at a picture: `ds1-<base32 of the fingerprint>-a<attempt>`, at most 64 of `[a-z0-9-]`. */
export function externalTaskIdOf(fingerprint: string, attempt: number): string {
  return `ds1-${base32(Buffer.from(fingerprint, 'hex'))}-a${attempt}`;
}

/** The picture and attempt that an id of ours names; `undefined` for anybody else's. The other way round than {@link externalTaskIdOf}. */
export function pictureOfExternalTaskId(externalTaskId: string): { fingerprint: string; attempt: number } | undefined {
  const match = /^ds1-([a-z2-7]{52})-a([1-9]\d{0,3})$/.exec(externalTaskId);
  if (!match) return undefined;
  const fingerprint = base32Bytes(match[1] ?? '').toString('hex');
  const attempt = Number(match[2]);
  // The last letter has bits to spare; only the spelling that is ours counts.
  return externalTaskIdOf(fingerprint, attempt) === externalTaskId ? { fingerprint, attempt } : undefined;
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 base32 in lower case without padding. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += BASE32.charAt((value >>> (bits - 5)) & 31);
      bits -= 5;
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32.charAt((value << (5 - bits)) & 31) : text;
}

function base32Bytes(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text) {
    value = (value << 5) | BASE32.indexOf(letter);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >>> bits) & 255);
    value &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
