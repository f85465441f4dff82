import { createHash } from 'node:crypto';
import { access, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { checkImage, IMAGE_MAX_BYTES, inspectImage } from '../kling/index.ts';
import { removeTemporaries, writeFileAtomic } from '../lib/atomic-file.ts';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { asHomeError } from '../lib/home-error.ts';
import type { Frame } from '../protocol/shot-settings.ts';

/** A picture that the home keeps by its content. */
export type KeptFrame = Extract<Frame, { sha256: string }>;

/** A frame named in a script: known by its content, with the bytes to keep; or what is wrong with it. */
export type ReadFrame = { frame: Frame; bytes?: Uint8Array; width?: number; height?: number } | { problem: string; missing: boolean };

/**
 * Reads a start or end frame and checks it against Kling's rules.
 * @param written as in the script: a path relative to `folder`, or an https address that Kling fetches itself.
 */
export async function readFrame(written: string, folder: string): Promise<ReadFrame> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(written)) {
    const url = URL.canParse(written) ? new URL(written) : undefined;
    if (url?.protocol === 'https:' && url.username === '') return { frame: { url: written } };
    return { problem: `${written} is no https address; give a file or an https address that Kling can reach`, missing: false };
  }
  const path = resolve(folder, written);
  let bytes: Uint8Array;
  try {
    const found = await stat(path);
    // A pipe or a device would be waited for without end.
    if (!found.isFile() && !found.isDirectory()) return { problem: `${written} is no file`, missing: false };
    const { size } = found;
    if (size > IMAGE_MAX_BYTES) return { problem: `${written} has ${Math.ceil(size / 1024 / 1024)} MB; Kling takes at most 10`, missing: false };
    bytes = await readFile(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT') return { problem: `${written} does not exist (looked for in ${folder})`, missing: true };
    return { problem: `${written} cannot be read: ${code === 'EISDIR' ? 'it is a folder' : messageOf(error)}`, missing: false };
  }
  const problem = checkImage(bytes, written);
  return problem === undefined ? frameOf(bytes, basename(path)) : { problem, missing: false };
}

/** A picture by its content, checked before against Kling's rules. */
function frameOf(bytes: Uint8Array, name: string): { frame: KeptFrame; bytes: Uint8Array; width: number; height: number } {
  const { format, width, height } = inspectImage(bytes);
  return { frame: { sha256: createHash('sha256').update(bytes).digest('hex'), format: format === 'png' ? 'png' : 'jpeg', name }, bytes, width, height };
}

/**
 * Keeps a picture that was handed in, checked as one that a script names.
 * @throws StudioError FRAME_REFUSED; HOME_DAMAGED, DISK_FULL.
 */
export async function keepPicture(framesFolder: string, { name, bytes }: { name: string; bytes: Uint8Array }): Promise<KeptFrame> {
  const problem = checkImage(bytes, name);
  if (problem !== undefined) throw new StudioError('FRAME_REFUSED', `This picture cannot be taken: ${problem}.`, { next: 'Choose another, or save it anew as JPEG or PNG. Nothing was kept.' });
  const { frame } = frameOf(bytes, name);
  await keepFrames(framesFolder, [{ frame, bytes }]);
  return frame;
}

/** The frame of a picture that the home keeps. @throws StudioError FRAME_UNKNOWN. */
export async function keptFrame(framesFolder: string, { sha256, name }: { sha256: string; name?: string | undefined }): Promise<KeptFrame> {
  for (const format of ['png', 'jpeg'] as const) {
    const frame = { sha256, format, name: name ?? `${sha256.slice(0, 8)}.${format === 'png' ? 'png' : 'jpg'}` };
    const found = await stat(keptPath(framesFolder, frame)).catch(() => undefined);
    if (found?.isFile() === true) return frame;
  }
  throw new StudioError('FRAME_UNKNOWN', `The home keeps no picture ${sha256.slice(0, 12)}….`, { next: 'Send the picture first, then name it.' });
}

/** A frame is written in a moment; what is older than this was left by a process that was killed. */
const TEMPORARY_AGE_MS = 60 * 60 * 1000;

/**
 * Keeps frames in the home by their content, so that a film can go on after the originals were moved or changed. Clears what
 * a kill left half written there.
 * @throws StudioError HOME_DAMAGED, DISK_FULL.
 */
export async function keepFrames(framesFolder: string, frames: Iterable<{ frame: Frame; bytes: Uint8Array }>, { nowMs = Date.now() } = {}): Promise<void> {
  await removeTemporaries(framesFolder, nowMs - TEMPORARY_AGE_MS);
  for (const { frame, bytes } of frames) {
    if (!('sha256' in frame)) continue;
    const path = keptPath(framesFolder, frame);
    const kept = await access(path).then(
      () => true,
      () => false,
    );
    if (kept) continue;
    await writeFileAtomic(path, bytes, { mode: 0o600 }).catch((error: unknown) => {
      throw asHomeError(error, `keep the frame ${frame.name}`, framesFolder);
    });
  }
}

/** Where the home keeps a frame. */
export function keptPath(framesFolder: string, frame: KeptFrame): string {
  return join(framesFolder, `${frame.sha256}.${frame.format === 'png' ? 'png' : 'jpg'}`);
}
