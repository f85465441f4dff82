import { ClipCacheManager } from '../../src/cache/index.ts';
import type { Generation } from '../../src/store/index.ts';
import type { Box } from './box/box.ts';
import type { Broke } from './box/violation.ts';

/** A take that is ready has its file, the very clip that Kling made. */
export async function checkClip(box: Box, generation: Generation, broke: Broke): Promise<void> {
  const { state, fingerprint, externalTaskId } = generation;
  if (state.status !== 'completed') return;
  const clip = await box.clock.until(box.cache.find(fingerprint, { check: 'hash' }));
  if (!clip) {
    broke('wrong-clip', `${externalTaskId} is completed and its file is not there or damaged`);
    return;
  }
  if (clip.contentHash !== state.contentHash) broke('wrong-clip', `${externalTaskId} is completed with ${state.contentHash}, the cache has ${clip.contentHash}`);
  const file = box.home.disk.files.get(clip.path.slice(clip.path.indexOf('/clips/')));
  // A clip of the sandbox ends with the name that its task was created under.
  const task = box.kling.tasks().find(({ taskId }) => taskId === state.taskId);
  const name = task?.externalTaskId ?? '';
  if (state.taskId !== undefined && !file?.bytes.subarray(-name.length).equals(Buffer.from(name))) {
    broke('wrong-clip', `${externalTaskId} is completed with a file that is not the clip of its task (${file?.bytes.length ?? 0} bytes)`);
  }
}

const DAY_MS = 24 * 3_600_000;

/** What dead processes left may lie about for a day; then a sweep takes it, and the clips are all there. */
export async function checkLitter(box: Box, broke: Broke): Promise<void> {
  const folder = box.cache.folder;
  // Later than any day on which a clock that was set wrong may have dated them.
  const later = { now: () => box.machine.now() + 9 * DAY_MS, monotonic: () => box.clock.monotonic(), sleep: () => Promise.reject(new Error('a sweep does not sleep')) };
  const verified = await box.clock.until(new ClipCacheManager({ folder, clock: later }).verify());
  if (verified.damaged.length > 0 || verified.missing.length > 0) {
    broke('wrong-clip', `${verified.damaged.length} damaged and ${verified.missing.length} missing clips in the cache at the end`);
  }
  for (const path of box.home.disk.files.keys()) {
    if (/^\/clips\/(clips\/..\/[0-9a-f]{64}\.mp4|index\/..\/[0-9a-f]{64}\.json|damaged\/.*)$/.test(path)) continue;
    broke('litter', `${path} is left after a sweep`);
  }
}

