import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { FaultKind } from './faults.ts';

/** What goes back to the caller, or does not. */
export type Reply = { fault?: FaultKind | undefined } & (
  | { kind: 'json'; httpStatus: number; body: unknown }
  | { kind: 'text'; httpStatus: number; contentType: string; text: string; headers?: Record<string, string> }
  | {
      kind: 'file';
      path: string;
      httpStatus: 200 | 206;
      headers: Record<string, string>;
      /** Bytes to send, both ends included; undefined for a HEAD. */
      range: { first: number; last: number } | undefined;
      /** `cut`: half of them, then a reset. `garbage`: as many, but zeros. */
      spoiled: 'cut' | 'garbage' | undefined;
    }
  | { kind: 'reset' }
  | { kind: 'hang' }
);

/** The status line's number; undefined when nothing is answered. */
export function httpStatusOf(reply: Reply): number | undefined {
  return reply.kind === 'reset' || reply.kind === 'hang' ? undefined : reply.httpStatus;
}

/** Sends a reply on a raw connection: broken answers are beyond what a framework would send. */
export async function sendReply(reply: Reply, outgoing: ServerResponse): Promise<void> {
  switch (reply.kind) {
    case 'json':
      sendText(outgoing, reply.httpStatus, { 'content-type': 'application/json;charset=utf-8' }, JSON.stringify(reply.body));
      return;
    case 'text':
      sendText(outgoing, reply.httpStatus, { ...reply.headers, 'content-type': reply.contentType }, reply.text);
      return;
    case 'reset':
      outgoing.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'file':
      await sendFile(reply, outgoing);
      return;
    default:
      reply satisfies never;
  }
}

function sendText(outgoing: ServerResponse, httpStatus: number, headers: Record<string, string>, text: string): void {
  outgoing.writeHead(httpStatus, { ...headers, 'content-length': Buffer.byteLength(text) });
  outgoing.end(text);
}

async function sendFile(reply: Extract<Reply, { kind: 'file' }>, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(reply.httpStatus, reply.headers);
  if (reply.range === undefined) {
    outgoing.end();
    return;
  }
  const { first, last } = reply.range;
  if (reply.spoiled === 'garbage') {
    outgoing.end(Buffer.alloc(last - first + 1));
    return;
  }
  const cut = reply.spoiled === 'cut';
  const file = createReadStream(reply.path, { start: first, end: cut ? first + Math.floor((last - first) / 2) : last });
  try {
    await pipeline(file, outgoing, { end: !cut });
    if (cut) outgoing.socket?.destroy();
  } catch {
    // The caller went away, or the file did: either way the promised bytes cannot be sent.
    outgoing.destroy();
  }
}
