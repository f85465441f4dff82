import { isLastFrame } from '../protocol/shot-settings.ts';
import { isFinished, type ErrorFacts, type Generation } from '../store/index.ts';
import type { DriveContext, Rest } from './drive-context.ts';

/**
 * Waits for the clip that a take continues, and takes its last frame from it. A kill at any point: nothing was sent, the
 * take waits as before, and the frame is taken again; it is written whole or not at all.
 * @returns why the take can't be sent in this run; `undefined` when its start frame is there, or it needs none.
 */
export async function waitForParent(generation: Generation, context: DriveContext): Promise<Rest | undefined> {
  const frame = generation.request.startFrame;
  if (!isLastFrame(frame)) return undefined;
  const path = context.framePath(frame);
  if (context.parents.taken.has(path)) return undefined;
  // It may take as long as a clip takes: its place in the queue is another's meanwhile.
  context.gate.notComing(generation.id);
  context.report(generation, { stage: 'waitingForShotBefore' });
  await context.parents.wait(frame.lastFrameOf, context.signal);
  const parent = (await context.ledger.findPictures([frame.lastFrameOf])).get(frame.lastFrameOf);
  const clip = parent?.state.status === 'completed' ? await context.cache.find(frame.lastFrameOf, { check: 'hash' }) : undefined;
  if (!clip) return { why: 'parent', error: noParent(parent) };
  // Always from the clip, which is checked: a picture of an earlier run may be damaged, or another.
  await context.grabLastFrame(clip.path, frame.atS, path);
  context.parents.taken.add(path);
  context.report(generation);
  return undefined;
}

function noParent(parent: Generation | undefined): ErrorFacts {
  if (parent && isFinished(parent.state.status) && parent.state.status !== 'completed') {
    return { code: 'PARENT_NOT_READY', message: 'This shot continues the one before it, which could not be made.', next: 'Mend that shot, or retake it; then run film again. This one was not sent and costs nothing yet.' };
  }
  return { code: 'PARENT_NOT_READY', message: 'This shot continues the one before it, whose clip is not there yet.', next: 'directorstudio film makes both. This one was not sent and costs nothing yet.' };
}
