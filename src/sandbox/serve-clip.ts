import { stat } from 'node:fs/promises';
import { readRange } from '../lib/byte-range.ts';
import { systemErrorCode } from '../lib/errors.ts';
import { makeTinyClip } from '../media/index.ts';
import type { Call, RouteContext } from './call.ts';
import { clipPath } from './clip-maker.ts';
import { opensClip } from './clip-url.ts';
import type { StruckFault } from './fault-queue.ts';
import type { ClipBytes, Reply } from './reply.ts';
import { identityOf, type TaskRecord } from './task.ts';

/** Answers a download as a CDN does: no key wanted, the URL itself opens the clip until it expires. HEAD and one range work. */
export async function serveClip(call: Call, { store, clipsFolder, faults, now }: RouteContext): Promise<Reply> {
  const taskId = /^(\d{18})\.mp4$/.exec(call.param('file'))?.[1];
  if (taskId === undefined) return plain(404, 'There is no such file.');
  if (!opensClip(taskId, call.query, store.urlSecret, now())) return plain(403, 'This link has expired, or was never valid.');

  const task = store.findById(taskId);
  const struck = faults.take('download', { prompts: task === undefined ? [] : [task.prompt], externalTaskId: task?.externalTaskId });
  const fault = struck?.kind;
  if (struck?.effect.do === 'reset') return { kind: 'reset', fault };
  if (struck?.effect.do === 'plain') return { ...plain(struck.effect.httpStatus, struck.effect.text), fault };
  if (struck?.effect.do === 'page') return { kind: 'text', httpStatus: 200, contentType: 'text/html', text: PAGE, fault };

  const found = task === undefined ? undefined : await clipOf(task, clipsFolder, struck?.effect.do === 'shorter');
  if (found === undefined) return { ...plain(404, 'This file is gone.'), fault };
  const sizeBytes = struck?.effect.do === 'half-file' ? Math.floor(found.sizeBytes / 2) : found.sizeBytes;
  const range = readRange(call.header('range'), sizeBytes);
  if (range === 'outside') {
    return { ...plain(416, 'There are not that many bytes.'), headers: { 'content-range': `bytes */${sizeBytes}` }, fault };
  }
  const { first, last } = range ?? { first: 0, last: sizeBytes - 1 };
  return {
    kind: 'clip',
    clip: found.clip,
    httpStatus: range === undefined ? 200 : 206,
    headers: {
      'content-type': 'video/mp4',
      'content-length': String(last - first + 1),
      'accept-ranges': 'bytes',
      ...(range !== undefined && { 'content-range': `bytes ${first}-${last}/${sizeBytes}` }),
    },
    range: call.method === 'HEAD' ? undefined : { first, last },
    fault,
    ...spoiledBy(struck),
  };
}

const PAGE = '<!doctype html><html><head><title>One moment</title></head><body>Checking your browser before you go on.</body></html>\n';

function spoiledBy(struck: StruckFault | undefined): { spoiled: 'cut' | 'more' | 'garbage' | undefined; overMs?: number; delayMs?: number } {
  switch (struck?.effect.do) {
    case 'cut':
    case 'more':
    case 'garbage':
      return { spoiled: struck.effect.do };
    case 'wait':
      return Number.isFinite(struck.ms) ? { spoiled: undefined, overMs: struck.ms } : { spoiled: undefined, delayMs: struck.ms };
    default:
      return { spoiled: undefined };
  }
}

/** @param half a clip that plays and has half the frames. */
async function clipOf(task: TaskRecord, clipsFolder: string, half: boolean): Promise<{ clip: ClipBytes; sizeBytes: number } | undefined> {
  const { frameRate, frameCount, sound, tinyBytes = 0 } = task;
  if (task.tinyBytes !== undefined || half) {
    const shape = { frameRate, frameCount: half ? Math.ceil(frameCount / 2) : frameCount, sound, uniqueText: identityOf(task) };
    const bytes = await makeTinyClip({ ...shape, ...(tinyBytes > 0 && { sizeBytes: tinyBytes }) });
    return { clip: { from: 'memory', bytes }, sizeBytes: bytes.length };
  }
  const path = clipPath(clipsFolder, task.taskId);
  const sizeBytes = await sizeOf(path);
  return sizeBytes === undefined ? undefined : { clip: { from: 'file', path }, sizeBytes };
}

function plain(httpStatus: number, text: string): Extract<Reply, { kind: 'text' }> {
  return { kind: 'text', httpStatus, contentType: 'text/plain;charset=utf-8', text };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
