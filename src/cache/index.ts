export { ClipCacheManager } from './clip-cache-manager.ts';
export type { CachedClip, CacheSweep } from './cached-clip.ts';
