export { ClipCacheManager, type ClipCacheOptions } from './clip-cache-manager.ts';
export type { AddStep, CachedClip, CacheSweep, CacheVerification, CacheVerifyProgress } from './cached-clip.ts';
