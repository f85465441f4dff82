import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, systemErrorCode } from '../lib/errors.ts';
import { createRenderPool, type ClipPicture, type RenderPool } from '../media/index.ts';
import { identityOf, type TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';

export const STAMP = 'SANDBOX, not Kling';

export interface ClipMakerOptions {
  /** Given: clips are tiny, and nothing is drawn. See {@link TaskRecord.tinyBytes}. */
  tinyBytes: number | undefined;
  clipsFolder: string;
  store: TaskStore;
}

/** Draws the clips of accepted tasks in the background and tells the store. */
export interface ClipMaker {
  /** Starts on this task's clip unless it is being made already. Two processes may make the same one: the files are equal. */
  make(task: TaskRecord): void;
  idle(): Promise<void>;
  /** Stops at once. What is unfinished stays unfinished, for the next start. */
  close(): Promise<void>;
}

/** A render process that died is no fault of the clip: it gets another try. */
const TRIES = 2;

export function createClipMaker(options: ClipMakerOptions): ClipMaker {
  const { store, clipsFolder, tinyBytes } = options;
  const jobs = new Map<string, Promise<void>>();
  const closing = new AbortController();
  let pool: RenderPool | undefined;

  async function makeClip(task: TaskRecord): Promise<void> {
    // Asked after the frames were read: they are let go with the first finished drawing, and without them ours would differ.
    const isDone = () => closing.signal.aborted || store.findById(task.taskId)?.renderedAtMs !== undefined;
    for (let attempt = 1; ; attempt += 1) {
      // A kill may leave this behind; the next start clears it by its name.
      const workFolder = join(clipsFolder, `${WORK_PREFIX}${randomUUID()}`);
      try {
        await mkdir(workFolder, { recursive: true });
        const made = join(workFolder, 'clip.mp4');
        const picture = await pictureOf(task, store, workFolder);
        if (isDone()) return;
        pool ??= createRenderPool();
        await pool.render(picture, made, { signal: closing.signal });
        if (isDone()) return;
        await rename(made, clipPath(clipsFolder, task.taskId));
        if (!closing.signal.aborted) store.markRendered(task.taskId);
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        if (attempt < TRIES) continue;
        store.markFailed(task.taskId, whyNotDrawn(error, clipsFolder));
        return;
      } finally {
        // Left behind it harms nobody, and the next start clears it.
        await rm(workFolder, { recursive: true, force: true }).catch(() => undefined);
      }
    }
  }

  return {
    make(task) {
      if (closing.signal.aborted || task.failure !== undefined || task.renderedAtMs !== undefined || jobs.has(task.taskId)) return;
      if (tinyBytes !== undefined) {
        store.markRendered(task.taskId, tinyBytes);
        return;
      }
      jobs.set(
        task.taskId,
        makeClip(task)
          // Only the store can fail here, when it cannot write: what failed is remembered by it, what was drawn is drawn again.
          .catch(() => undefined)
          .finally(() => jobs.delete(task.taskId)),
      );
    },
    async idle() {
      while (jobs.size > 0) await Promise.all(jobs.values());
    },
    async close() {
      closing.abort(new Error('The sandbox is closing'));
      await pool?.close();
      await Promise.allSettled(jobs.values());
    },
  };
}

/** Folders of work in progress begin with this. */
export const WORK_PREFIX = '.work-';

export function clipPath(clipsFolder: string, taskId: string): string {
  return join(clipsFolder, `${taskId}.mp4`);
}

/** For the person who reads why the shot failed. */
export function whyNotDrawn(error: unknown, folder: string): string {
  const full = ['ENOSPC', 'EDQUOT'].includes(systemErrorCode(error) ?? '') || /no space left/i.test(messageOf(error));
  return `The sandbox could not draw: ${full ? `no space left in ${folder}` : messageOf(error)}`;
}

async function pictureOf(task: TaskRecord, store: TaskStore, folder: string): Promise<ClipPicture> {
  const frames = store.framesOf(task.taskId);
  const paths: Pick<ClipPicture, 'startFramePath' | 'endFramePath'> = {};
  if (frames.startFrame !== undefined) await writeFile((paths.startFramePath = join(folder, 'start')), frames.startFrame);
  if (frames.endFrame !== undefined) await writeFile((paths.endFramePath = join(folder, 'end')), frames.endFrame);
  const words = [task.model, task.mode, `${task.durationS} s`, task.sound ? 'with sound' : undefined];
  // A picture at a URL is named instead of shown: the sandbox reaches out to nobody.
  const heading = [words.filter((word) => word !== undefined).join(' '), ...task.frameUrls.map((url) => `frame ${url}`)].join(' · ');
  return {
    width: task.width,
    height: task.height,
    frameRate: task.frameRate,
    frameCount: task.frameCount,
    prompt: task.prompt,
    heading,
    stamp: STAMP,
    variant: createHash('sha256').update(identityOf(task)).digest().readUInt32BE(0),
    sound: task.sound,
    ...paths,
  };
}
