/** A clip found in the cache. Its file is read-only, named after its content, and stays until it is removed, pruned or cleared. */
export interface CachedClip {
  /** What was asked for: SHA-256 of everything that changes the picture, 64 lower-case hex digits. */
  fingerprint: string;
  /** SHA-256 of the file's bytes, 64 lower-case hex digits. */
  contentHash: string;
  /** Absolute when the cache's folder was. */
  path: string;
  sizeBytes: number;
  /** Wall clock, milliseconds since 1970. */
  addedAtMs: number;
  /** Length of the picture in seconds, when the one who added it said so. */
  mediaDurationS?: number;
}

/** What removing clips did. */
export interface CacheSweep {
  /** Clip files taken out. */
  removed: number;
  /** Clip files left because a fingerprint in `keep` needs them. */
  keptInUse: number;
  /** Bytes given back to the disk. A clip that is also hard-linked beside a film gives nothing back and counts 0. */
  freedBytes: number;
}

export interface CacheVerification {
  /** Sound clip files. */
  clips: number;
  /** Their size together. */
  sizeBytes: number;
  /** Set aside in `damaged/`: the bytes are no longer those that were stored. */
  damaged: { contentHash: string; fingerprints: string[]; movedTo: string }[];
  /** Index entries whose file is gone, or that cannot be read; set aside. `contentHash` is absent when unreadable. */
  missing: { fingerprint: string; contentHash?: string }[];
  /** Sound files that no fingerprint names; left where they are, removed by a prune or clear. */
  orphans: { contentHash: string; path: string; sizeBytes: number }[];
}

export interface CacheVerifyProgress {
  /** Clip files read so far, of `clips`. */
  checkedClips: number;
  clips: number;
  /** Bytes read so far, of `sizeBytes`. */
  checkedBytes: number;
  sizeBytes: number;
}

/** Named points inside {@link ClipCacheManager.add}, in order. A test stops the process, or fails the disk, exactly there. */
export type AddStep = 'hashed' | 'synced' | 'placed' | 'folder-synced' | 'indexed' | 'confirmed' | 'done';
