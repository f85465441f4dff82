import { stat } from 'node:fs/promises';
import { systemErrorCode } from '../lib/errors.ts';
import { clipPath } from './clip-maker.ts';
import { opensClip } from './clip-url.ts';
import type { FaultQueue } from './faults.ts';
import type { Reply } from './reply.ts';
import type { TaskStore } from './task-store.ts';

export interface ClipCall {
  method: string;
  /** The path's last part, `<task id>.mp4`. */
  fileName: string;
  query: URLSearchParams;
  range: string | undefined;
}

/** Answers a download as a CDN does: no key wanted, the URL itself opens the clip until it expires. */
export async function serveClip(
  call: ClipCall,
  { store, clipsFolder, faults, nowMs }: { store: TaskStore; clipsFolder: string; faults: FaultQueue; nowMs: number },
): Promise<Reply> {
  const taskId = /^(\d{18})\.mp4$/.exec(call.fileName)?.[1];
  if (taskId === undefined) return plain(404, 'There is no such file.');
  if (!opensClip(taskId, call.query, store.urlSecret, nowMs)) return plain(403, 'This link has expired, or was never valid.');

  const prompt = store.findById(taskId)?.prompt;
  const struck = faults.take('download', prompt === undefined ? [] : [prompt]);
  if (struck?.effect.do === 'not-found') return { ...plain(404, 'There is no such file.'), fault: struck.kind };

  const path = clipPath(clipsFolder, taskId);
  const size = await sizeOf(path);
  if (size === undefined) return plain(404, 'This file is gone.');
  const range = readRange(call.range, size);
  if (range === 'outside') {
    return { ...plain(416, 'There are not that many bytes.'), headers: { 'content-range': `bytes */${size}` } };
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  const doing = struck?.effect.do;
  return {
    kind: 'file',
    path,
    httpStatus: range === undefined ? 200 : 206,
    headers: {
      'content-type': 'video/mp4',
      'content-length': String(last - first + 1),
      'accept-ranges': 'bytes',
      ...(range !== undefined && { 'content-range': `bytes ${first}-${last}/${size}` }),
    },
    range: call.method === 'HEAD' ? undefined : { first, last },
    spoiled: doing === 'cut' || doing === 'garbage' ? doing : undefined,
    fault: struck?.kind,
  };
}

/** One range of bytes, both ends included. Undefined, the whole file: none asked for, several, or one nobody can read. */
export function readRange(header: string | undefined, sizeBytes: number): { first: number; last: number } | 'outside' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const first = Math.max(0, sizeBytes - Number(to));
    return first < sizeBytes ? { first, last: sizeBytes - 1 } : 'outside';
  }
  if (to !== '' && Number(to) < Number(from)) return undefined;
  if (Number(from) >= sizeBytes) return 'outside';
  return { first: Number(from), last: to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1) };
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
