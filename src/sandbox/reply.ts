import { createReadStream } from 'node:fs';
import type { Clock } from '../lib/clock.ts';
import type { FaultKind } from './faults.ts';

/** A clip's bytes: drawn into a file, or made for this answer. */
export type ClipBytes = { from: 'file'; path: string } | { from: 'memory'; bytes: Uint8Array };

/** What goes back to the caller, or does not. */
export type Reply = {
  fault?: FaultKind | undefined;
  /** Nothing for this many milliseconds; Infinity: never anything. Default 0. */
  delayMs?: number;
} & (
  | { kind: 'json'; httpStatus: number; body: unknown; half?: boolean }
  | { kind: 'text'; httpStatus: number; contentType: string; text: string; headers?: Record<string, string> }
  | {
      kind: 'clip';
      httpStatus: 200 | 206;
      headers: Record<string, string>;
      clip: ClipBytes;
      /** Bytes to send, both ends included; undefined for a HEAD. */
      range: { first: number; last: number } | undefined;
      /** `cut`: half of them, then the connection is cut. `more`: some that were not promised. `garbage`: as many, but zeros. */
      spoiled: 'cut' | 'more' | 'garbage' | undefined;
      /** The bytes are spread over this many milliseconds. Default: as fast as they go. */
      overMs?: number;
    }
  | { kind: 'reset' }
);

/** The status line's number; undefined when nothing is answered. */
export function httpStatusOf(reply: Reply): number | undefined {
  return reply.kind === 'reset' || reply.delayMs === Number.POSITIVE_INFINITY ? undefined : reply.httpStatus;
}

/** Thrown by a body in the middle: here the connection breaks. */
export class CutOff extends Error {
  override readonly name = 'CutOff';
}

/** An answer as it goes over the wire. */
export interface Message {
  httpStatus: number;
  headers: Record<string, string>;
  /** At once, or in pieces that may end with {@link CutOff}; undefined for a HEAD. */
  body: string | (() => AsyncGenerator<Uint8Array>) | undefined;
}

/** What to send for a reply that is no reset. @param clock of slow answers; @param signal ends their waiting. */
export function messageOf(reply: Exclude<Reply, { kind: 'reset' }>, { clock, signal }: { clock: Clock; signal: AbortSignal }): Message {
  switch (reply.kind) {
    case 'json':
      return textMessage(reply.httpStatus, { 'content-type': 'application/json;charset=utf-8' }, JSON.stringify(reply.body), reply.half);
    case 'text':
      return textMessage(reply.httpStatus, { ...reply.headers, 'content-type': reply.contentType }, reply.text);
    case 'clip': {
      const { httpStatus, headers } = reply;
      return { httpStatus, headers, body: reply.range === undefined ? undefined : () => clipPieces(reply, { clock, signal }) };
    }
    default:
      return reply satisfies never;
  }
}

function textMessage(httpStatus: number, headers: Record<string, string>, text: string, half = false): Message {
  const bytes = Buffer.from(text);
  const all = { ...headers, 'content-length': String(bytes.length) };
  return { httpStatus, headers: all, body: half ? () => firstHalf(bytes) : text };
}

async function* firstHalf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, Math.floor(bytes.length / 2));
  throw new CutOff();
}

/** A slow clip comes in this many pieces. */
const SLOW_PIECES = 8;
const NOT_PROMISED = Buffer.from('\nand some bytes more than were promised\n');

async function* clipPieces(
  { clip, range, spoiled, overMs = 0 }: Extract<Reply, { kind: 'clip' }>,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  if (range === undefined) return;
  const { first } = range;
  const last = spoiled === 'cut' ? first + Math.floor((range.last - first) / 2) : range.last;
  const sizeBytes = last - first + 1;
  if (overMs > 0) {
    const pieceBytes = Math.max(1, Math.ceil(sizeBytes / SLOW_PIECES));
    for (let from = first; from <= last; from += pieceBytes) {
      await clock.sleep(overMs / SLOW_PIECES, signal);
      yield* bytesOf(clip, from, Math.min(last, from + pieceBytes - 1));
    }
  } else if (spoiled === 'garbage') yield Buffer.alloc(sizeBytes);
  else yield* bytesOf(clip, first, last);
  if (spoiled === 'more') yield NOT_PROMISED;
  if (spoiled === 'cut') throw new CutOff();
}

async function* bytesOf(clip: ClipBytes, first: number, last: number): AsyncGenerator<Uint8Array> {
  if (clip.from === 'memory') yield clip.bytes.subarray(first, last + 1);
  else for await (const piece of createReadStream(clip.path, { start: first, end: last })) yield piece as Buffer;
}
