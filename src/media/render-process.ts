/**
 * The child of a render pool: films one picture at a time and says how far it is. Ends when its parent does. It is a
 * process and not a thread because native code that crashes takes its whole process along.
 */
import { StudioError, messageOf } from '../lib/errors.ts';
import type { ClipPicture, RenderOptions } from './clip-picture.ts';
import type { Reel } from './reel.ts';
import { renderClip } from './render-clip.ts';
import { renderReel } from './render-reel.ts';

export type RenderWork = { kind: 'clip'; picture: ClipPicture } | { kind: 'reel'; reel: Reel };

export type RenderCommand = { type: 'render'; work: RenderWork; outputPath: string } | { type: 'abort' };

export type RenderReply =
  | { type: 'ready' }
  | { type: 'progress'; done: number }
  | { type: 'done' }
  | { type: 'failed'; code?: string; message: string; next?: string; detail?: Record<string, unknown> };

if (process.send) serve();

function serve(): void {
  let running: AbortController | undefined;
  process.on('disconnect', () => {
    // The parent is gone: nobody wants the clip. The rendering gets a moment to remove its temporary file.
    if (!running) process.exit(0);
    running.abort(new Error('the studio ended'));
    setTimeout(() => process.exit(0), 5000).unref();
  });
  process.on('message', (command: RenderCommand) => {
    if (command.type === 'abort') {
      running?.abort(new Error('stopped'));
      return;
    }
    const controller = new AbortController();
    running = controller;
    render(command.work, command.outputPath, { signal: controller.signal, onProgress: tellEvery(0.02) })
      .then(
        () => reply({ type: 'done' }),
        (error: unknown) => reply(failure(error)),
      )
      .finally(() => {
        running = undefined;
        if (!process.connected) process.exit(0);
      });
  });
  reply({ type: 'ready' });
}

function render(work: RenderWork, outputPath: string, options: RenderOptions): Promise<void> {
  return work.kind === 'clip' ? renderClip(work.picture, outputPath, options) : renderReel(work.reel, outputPath, options);
}

function reply(message: RenderReply): void {
  if (process.connected) process.send?.(message);
}

function tellEvery(step: number): (done: number) => void {
  let told = 0;
  return (done) => {
    if (done - told < step) return;
    told = done;
    reply({ type: 'progress', done });
  };
}

function failure(error: unknown): RenderReply {
  if (!StudioError.is(error)) return { type: 'failed', message: messageOf(error) };
  return { type: 'failed', code: error.code, message: error.message, detail: error.detail, ...(error.next !== undefined && { next: error.next }) };
}
