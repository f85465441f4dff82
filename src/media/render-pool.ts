import { fork, type ChildProcess } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { StudioError } from '../lib/errors.ts';
import type { ClipPicture, RenderOptions } from './clip-picture.ts';
import { removePartialFiles } from './mp4-file.ts';
import type { Reel } from './reel.ts';
import type { RenderCommand, RenderReply, RenderWork } from './render-process.ts';

export interface RenderPoolOptions {
  /** Children working at once; default: as many as the machine has cores, at most 4 (each takes about 250 MB). */
  size?: number;
}

/**
 * Renders clips in child processes. A crash in native code costs one clip, not the studio. Children start when first
 * needed, stay for the next clip, and do not keep an otherwise finished program running.
 */
export interface RenderPool {
  /**
   * Renders one clip; waits its turn when every child is busy.
   * @throws StudioError `MEDIA_RENDER_FAILED` when the child died or failed for an unforeseen reason, `MEDIA_POOL_CLOSED`
   * after {@link close}, and what `renderClip` throws; the signal's reason, unchanged.
   */
  render(picture: ClipPicture, outputPath: string, options?: RenderOptions): Promise<void>;
  /** Renders drawn shots in the same way. @throws as {@link render}, and what `renderReel` throws. */
  renderReel(reel: Reel, outputPath: string, options?: RenderOptions): Promise<void>;
  /** Process ids of the children alive now. */
  readonly processIds: readonly number[];
  /** Ends every child and waits until they are gone. Jobs running or waiting fail with `MEDIA_POOL_CLOSED`. */
  close(): Promise<void>;
}

interface Job {
  work: RenderWork;
  outputPath: string;
  options: RenderOptions;
  resolve(): void;
  reject(error: Error): void;
}

interface Worker {
  child: ChildProcess;
  job: Job | undefined;
}

export function createRenderPool(options: RenderPoolOptions = {}): RenderPool {
  const size = Math.max(1, Math.floor(options.size ?? Math.min(4, availableParallelism())));
  const workers = new Set<Worker>();
  const waiting: Job[] = [];
  const cleaning = new Set<Promise<void>>();
  let closed = false;

  function assign(): void {
    while (!closed && waiting.length > 0) {
      const worker = [...workers].find((candidate) => candidate.job === undefined) ?? (workers.size < size ? startWorker() : undefined);
      if (!worker) return;
      const job = waiting.shift();
      if (!job) return;
      worker.job = job;
      worker.child.ref();
      worker.child.channel?.ref();
      send(worker, { type: 'render', work: job.work, outputPath: job.outputPath });
    }
  }

  function startWorker(): Worker {
    const child = forkRenderProcess();
    const worker: Worker = { child, job: undefined };
    workers.add(worker);
    child.on('message', (reply: RenderReply) => onReply(worker, reply));
    child.on('error', (error) => onGone(worker, `could not be started or reached: ${error.message}`));
    child.on('exit', (code, signal) => onGone(worker, signal === null ? `ended with code ${code}` : `was ended by ${signal}`));
    rest(worker);
    return worker;
  }

  function onReply(worker: Worker, reply: RenderReply): void {
    const job = worker.job;
    if (!job || reply.type === 'ready') return;
    if (reply.type === 'progress') {
      job.options.onProgress?.(reply.done);
      return;
    }
    release(worker);
    if (reply.type === 'done') job.resolve();
    else if (job.options.signal?.aborted) job.reject(job.options.signal.reason as Error);
    else job.reject(new StudioError(reply.code ?? 'MEDIA_RENDER_FAILED', reply.message, { detail: reply.detail, next: reply.next }));
    assign();
  }

  function onGone(worker: Worker, how: string): void {
    if (!workers.delete(worker)) return;
    const job = worker.job;
    worker.job = undefined;
    if (job) {
      const error = closed ? poolClosed() : new StudioError('MEDIA_RENDER_FAILED', `Rendering ${job.outputPath} failed: the render process ${how}.`, { next: 'Try again; if it fails again, report it with the prompt.', detail: { outputPath: job.outputPath } });
      const cleaned = removePartialFiles(job.outputPath).finally(() => {
        cleaning.delete(cleaned);
        job.reject(error);
      });
      cleaning.add(cleaned);
    }
    assign();
  }

  function release(worker: Worker): void {
    worker.job = undefined;
    rest(worker);
  }

  function enqueue(work: RenderWork, outputPath: string, renderOptions: RenderOptions = {}): Promise<void> {
    const { signal } = renderOptions;
    return new Promise<void>((resolve, reject) => {
      if (closed) return reject(poolClosed());
      if (signal?.aborted) return reject(signal.reason as Error);
      const onAbort = (): void => {
        const place = waiting.indexOf(job);
        if (place >= 0) {
          waiting.splice(place, 1);
          job.reject(signal?.reason as Error);
        } else {
          for (const worker of workers) if (worker.job === job) send(worker, { type: 'abort' });
        }
      };
      const settle = (): void => signal?.removeEventListener('abort', onAbort);
      const job: Job = {
        work,
        outputPath,
        options: renderOptions,
        resolve: () => (settle(), resolve()),
        reject: (error) => (settle(), reject(error)),
      };
      // As many wait as a film has drawn shots, and each stops listening when its picture is there.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting.push(job);
      assign();
    });
  }

  return {
    get processIds() {
      return [...workers].flatMap(({ child }) => (child.pid === undefined ? [] : [child.pid]));
    },
    render: (picture, outputPath, renderOptions) => enqueue({ kind: 'clip', picture }, outputPath, renderOptions),
    renderReel: (reel, outputPath, renderOptions) => enqueue({ kind: 'reel', reel }, outputPath, renderOptions),
    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.reject(poolClosed());
      await Promise.all([...workers].map(({ child }) => endChild(child)));
      await Promise.all(cleaning);
    },
  };
}

function forkRenderProcess(): ChildProcess {
  // In the source tree this is TypeScript, which the child needs tsx to read; in the package it is JavaScript.
  const fromSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(fromSource ? './render-process.ts' : './render-process.js', import.meta.url));
  const tsx = fromSource ? ['--import', import.meta.resolve('tsx')] : [];
  return fork(file, [], {
    execArgv: tsx,
    // glibc maps and unmaps every picture's memory anew unless told to keep it: 10 ms a 720p frame instead of 0.6.
    env: { ...process.env, MALLOC_MMAP_THRESHOLD_: String(1 << 28), MALLOC_TRIM_THRESHOLD_: String(1 << 29) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** An idle child is no reason for the program to go on. */
function rest(worker: Worker): void {
  worker.child.unref();
  worker.child.channel?.unref();
}

function send(worker: Worker, command: RenderCommand): void {
  // A child that is gone says so by its exit event, which fails the job.
  if (worker.child.connected) worker.child.send(command, () => undefined);
}

function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.ref();
    child.kill('SIGKILL'); // it holds nothing but a temporary file, and native code may not listen to less
  });
}

function poolClosed(): StudioError {
  return new StudioError('MEDIA_POOL_CLOSED', 'The render pool is closed.');
}
