import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { systemClock } from '../lib/clock.ts';
import { addClip } from './add-clip.ts';
import type { AddStep, CachedClip, CacheSweep, CacheVerification, CacheVerifyProgress } from './cached-clip.ts';
import { cacheLayout, requireFingerprint } from './cache-layout.ts';
import type { CacheLayout } from './cache-layout.ts';
import { asDiskError } from './disk-error.ts';
import { findClip } from './find-clip.ts';
import { linkClip } from './link-clip.ts';
import { clipFiles } from './list-cache.ts';
import { clearClips, pruneClips, removeClip } from './sweep-clips.ts';
import { verifyCache } from './verify-cache.ts';

export interface ClipCacheOptions {
  /** The cache's own folder; made when something is stored. */
  folder: string;
  /** Default the system's clock. Only records use it. */
  clock?: Clock;
  /** For tests: called at each named point of {@link ClipCacheManager.add}; what it throws is what the disk "answered". */
  onAddStep?: (step: AddStep) => void;
}

/**
 * Finished clips by fingerprint, stored once per content: `clips/ab/<sha256>.mp4`, found through `index/ab/<fingerprint>.json`.
 *
 * Safe with any number of processes on one folder, and killed at any moment it holds the old state or the new one: a clip is
 * in its place before the index names it. Files are read-only, because a hard link beside a film is the same file.
 * Nothing here can cost money: a clip that is lost or damaged is *not found*, and the caller fetches it again.
 */
export class ClipCacheManager {
  readonly folder: string;
  private readonly layout: CacheLayout;
  private readonly clock: Clock;
  private readonly onAddStep: (step: AddStep) => void;

  constructor(options: ClipCacheOptions) {
    this.folder = resolve(options.folder);
    this.layout = cacheLayout(this.folder);
    this.clock = options.clock ?? systemClock;
    this.onAddStep = options.onAddStep ?? (() => {});
  }

  /**
   * The clip of a fingerprint, or `undefined`. A file that is gone or no longer what was stored is set aside in `damaged/`
   * together with its index entry.
   * @param options.check `stat` (default) compares size and time with the record and reads the file only when the time differs;
   *   `hash` reads it whole.
   * @throws StudioError CACHE_NOT_READABLE when the disk refuses; CACHE_FINGERPRINT_INVALID.
   */
  async find(fingerprint: string, options: { check?: 'stat' | 'hash' } = {}): Promise<CachedClip | undefined> {
    requireFingerprint(fingerprint);
    return this.guard('read the clip cache', () => findClip(this.layout, fingerprint, { check: options.check ?? 'stat', nowMs: this.clock.now() }), 'CACHE_NOT_READABLE');
  }

  /** A new path inside the cache to download to, for {@link add}. Its folder exists; the file does not. Left alone, it goes after a day. */
  async temporaryFile(): Promise<string> {
    return this.guard('make a temporary file in the clip cache', async () => {
      await mkdir(this.layout.temporary, { recursive: true });
      return this.layout.newTemporaryPath();
    });
  }

  /**
   * Takes over a file from {@link temporaryFile} as the clip of `fingerprint`, durably: when this resolves, a power cut does not lose it.
   * An earlier clip of the same fingerprint is no longer named by it. The temporary file is gone afterwards, also when this throws.
   * @param options.mediaDurationS length of the picture in seconds, recorded for later.
   * @throws StudioError DISK_FULL, CACHE_NOT_WRITABLE, CLIP_FILE_INVALID (missing, empty, or outside the cache's `tmp/`).
   */
  async add(fingerprint: string, temporaryPath: string, options: { mediaDurationS?: number } = {}): Promise<CachedClip> {
    requireFingerprint(fingerprint);
    return this.guard('store a clip in the cache', () =>
      addClip(this.layout, { fingerprint, temporaryPath, nowMs: this.clock.now(), mediaDurationS: options.mediaDurationS, onStep: this.onAddStep }),
    );
  }

  /**
   * Reads every file and compares it with its name; sets damaged ones aside and removes stale temporary files.
   * @throws the signal's reason, unchanged, when aborted.
   */
  async verify(options: { onProgress?: (progress: CacheVerifyProgress) => void; signal?: AbortSignal } = {}): Promise<CacheVerification> {
    return this.guard('verify the clip cache', () => verifyCache(this.layout, { ...options, nowMs: this.clock.now() }), 'CACHE_NOT_READABLE');
  }

  /** Clip files stored, and their size together in bytes; equal content counts once. */
  async cacheSize(): Promise<{ clips: number; sizeBytes: number }> {
    return this.guard('measure the clip cache', async () => {
      const files = await clipFiles(this.layout);
      return { clips: files.length, sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0) };
    }, 'CACHE_NOT_READABLE');
  }

  /**
   * Removes every clip, what was set aside as damaged, and stale temporary files.
   * @param options.keep fingerprints in use: their clips stay. Default none.
   */
  async clearCache(options: { keep?: ReadonlySet<string> } = {}): Promise<CacheSweep> {
    return this.guard('clear the clip cache', () => clearClips(this.layout, { keep: options.keep ?? new Set(), nowMs: this.clock.now() }));
  }

  /**
   * Removes clips, those unused for longest first, until both limits hold. Clips of `keep` count towards the size but stay.
   * Files that nothing names go as well, and damaged ones after 30 days.
   * @param options.maxSizeBytes largest size of all clips together, ≥ 0. Default no limit.
   * @param options.maxAgeMs longest time since a clip was last found or added, ≥ 0. Default no limit.
   * @param options.onlyTell removes nothing, and tells what it would. Default false.
   */
  async prune(options: { maxSizeBytes?: number; maxAgeMs?: number; keep?: ReadonlySet<string>; onlyTell?: boolean } = {}): Promise<CacheSweep> {
    const { maxSizeBytes = Number.POSITIVE_INFINITY, maxAgeMs = Number.POSITIVE_INFINITY, keep = new Set<string>(), onlyTell = false } = options;
    if (!(maxSizeBytes >= 0) || !(maxAgeMs >= 0)) throw new RangeError(`prune: maxSizeBytes and maxAgeMs must be 0 or more, not ${maxSizeBytes} and ${maxAgeMs}`);
    return this.guard('prune the clip cache', () => pruneClips(this.layout, { maxSizeBytes, maxAgeMs, keep, onlyTell, nowMs: this.clock.now() }));
  }

  /** Forgets a fingerprint, and removes its file unless another fingerprint names the same content. `false`: it was not there. */
  async remove(fingerprint: string): Promise<boolean> {
    requireFingerprint(fingerprint);
    return this.guard('remove a clip from the cache', () => removeClip(this.layout, fingerprint));
  }

  /**
   * Puts a clip beside a film as a file of its own: a hard link, or a copy where the disk cannot link. A file of the same content
   * stays untouched, a different one is replaced whole. Missing folders are made.
   * @throws StudioError CLIP_NOT_CACHED; CLIP_TARGET_INVALID (a folder is there); DISK_FULL; CACHE_NOT_WRITABLE.
   */
  async linkTo(fingerprint: string, targetPath: string): Promise<'linked' | 'copied' | 'unchanged'> {
    requireFingerprint(fingerprint);
    return this.guard('put a clip beside the film', () => linkClip(this.layout, fingerprint, resolve(targetPath), this.clock.now()), 'CACHE_NOT_WRITABLE', dirname(resolve(targetPath)));
  }

  private async guard<T>(
    what: string,
    work: () => Promise<T>,
    deniedCode: 'CACHE_NOT_READABLE' | 'CACHE_NOT_WRITABLE' = 'CACHE_NOT_WRITABLE',
    folder = this.folder,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asDiskError(error, { what, folder, deniedCode });
    }
  }
}
