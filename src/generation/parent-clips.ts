import { join } from 'node:path';
import type { LastFrame } from '../protocol/shot-settings.ts';

/** The takes of a run that other takes of it start from: how to wait for them. */
export class ParentClips {
  /** Pictures that this run has taken from their clips: one that is sent back to wait needs no second. */
  readonly taken = new Set<string>();
  private readonly over = new Map<string, { promise: Promise<void>; resolve: () => void }>();
  private readonly idsByFingerprint: ReadonlyMap<string, string>;

  /** @param idsByFingerprint generation ids of the run's takes that others of the run continue. */
  constructor(idsByFingerprint: ReadonlyMap<string, string>) {
    this.idsByFingerprint = idsByFingerprint;
    for (const id of idsByFingerprint.values()) {
      let resolve = () => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      this.over.set(id, { promise, resolve });
    }
  }

  /** The run does no more for this take: it is ready, or will not be. */
  isOver(generationId: string): void {
    this.over.get(generationId)?.resolve();
  }

  /** Resolves when the run does no more for this picture; at once when it brings no such one. @throws the signal's reason. */
  async wait(fingerprint: string, signal: AbortSignal): Promise<void> {
    const promise = this.over.get(this.idsByFingerprint.get(fingerprint) ?? '')?.promise;
    if (!promise) return;
    signal.throwIfAborted();
    let leave = () => {};
    const aborted = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason as Error);
      signal.addEventListener('abort', leave, { once: true });
    });
    try {
      await Promise.race([promise, aborted]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }
}

/** Where the last frame of a clip lies on the disk once it was taken from it. */
export function lastFramePath(framesFolder: string, { lastFrameOf, atS }: LastFrame): string {
  return join(framesFolder, `last-of-${lastFrameOf}${atS === undefined ? '' : `-${Math.round(atS * 1000)}ms`}.png`);
}
