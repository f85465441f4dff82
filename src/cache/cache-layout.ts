import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { StudioError } from '../lib/errors.ts';

const HEX_SHA256 = /^[0-9a-f]{64}$/;

/** Where the cache keeps what. Two hex digits spread the files over 256 folders. */
export interface CacheLayout {
  folder: string;
  clips: string;
  index: string;
  temporary: string;
  damaged: string;
  clipPath(contentHash: string): string;
  indexPath(fingerprint: string): string;
  /** A new name in `tmp/`; nothing is created. */
  newTemporaryPath(): string;
  /** A new name in `damaged/`; nothing is created. */
  newDamagedPath(name: string): string;
}

export function cacheLayout(folder: string): CacheLayout {
  const clips = join(folder, 'clips');
  const index = join(folder, 'index');
  const temporary = join(folder, 'tmp');
  const damaged = join(folder, 'damaged');
  return {
    folder,
    clips,
    index,
    temporary,
    damaged,
    clipPath: (contentHash) => join(clips, contentHash.slice(0, 2), `${contentHash}.mp4`),
    indexPath: (fingerprint) => join(index, fingerprint.slice(0, 2), `${fingerprint}.json`),
    newTemporaryPath: () => join(temporary, `${randomUUID()}.part`),
    newDamagedPath: (name) => join(damaged, `${randomUUID().slice(0, 8)}-${name}`),
  };
}

export function isSha256(text: string): boolean {
  return HEX_SHA256.test(text);
}

/** A fingerprint becomes a path, so nothing but a hash may pass. */
export function requireFingerprint(fingerprint: string): void {
  if (isSha256(fingerprint)) return;
  throw new StudioError('CACHE_FINGERPRINT_INVALID', `The clip cache was asked for ${JSON.stringify(fingerprint)}, which is not a fingerprint (64 lower-case hex digits).`);
}
