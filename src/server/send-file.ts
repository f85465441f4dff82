import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readRange } from '../lib/byte-range.ts';
import type { FileAnswer } from './call.ts';
import { HttpError } from './errors.ts';

interface Source {
  sizeBytes: number | undefined;
  read: (first: number, last: number) => Readable;
}

/** Answers with a file: whole or one range, or that the caller has it. @throws HttpError FILE_GONE before anything was sent. */
export async function sendFile(answer: FileAnswer, incoming: IncomingMessage, outgoing: ServerResponse, headers: Readonly<Record<string, string>>): Promise<void> {
  const source = await sourceOf(answer.body);
  const { sizeBytes } = source;
  const own: Record<string, string> = {
    ...headers,
    'content-type': answer.mediaType,
    'cache-control': answer.immutable === true ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    ...(answer.etag === undefined ? {} : { etag: `"${answer.etag}"` }),
    ...(answer.downloadAs === undefined ? {} : { 'content-disposition': `attachment; filename="${asciiName(answer.downloadAs)}"; filename*=UTF-8''${encodeURIComponent(answer.downloadAs)}` }),
    ...(sizeBytes === undefined ? {} : { 'accept-ranges': 'bytes' }),
  };
  if (answer.etag !== undefined && incoming.headers['if-none-match'] === `"${answer.etag}"`) {
    outgoing.writeHead(304, own).end();
    return;
  }
  const isStale = incoming.headers['if-range'] !== undefined && incoming.headers['if-range'] !== `"${answer.etag ?? ''}"`;
  const range = sizeBytes === undefined || isStale ? undefined : readRange(incoming.headers.range, sizeBytes);
  if (range === 'outside') {
    outgoing.writeHead(416, { ...headers, 'content-range': `bytes */${sizeBytes}` }).end();
    return;
  }
  const { first, last } = range ?? { first: 0, last: Math.max(0, (sizeBytes ?? 1) - 1) };
  if (sizeBytes !== undefined) own['content-length'] = String(sizeBytes === 0 ? 0 : last - first + 1);
  if (range) own['content-range'] = `bytes ${first}-${last}/${sizeBytes}`;
  outgoing.writeHead(range ? 206 : 200, own);
  if (incoming.method === 'HEAD' || sizeBytes === 0) {
    outgoing.end();
    return;
  }
  // A caller who goes away in the middle is no fault of anybody; a player does so all the time.
  await pipeline(source.read(first, last), outgoing).catch(() => outgoing.destroy());
}

async function sourceOf(body: FileAnswer['body']): Promise<Source> {
  if ('bytes' in body) return { sizeBytes: body.bytes.length, read: (first, last) => Readable.from([body.bytes.subarray(first, last + 1)]) };
  if ('stream' in body) return { sizeBytes: undefined, read: () => Readable.from(body.stream) };
  const found = await stat(body.path).catch(() => undefined);
  if (found?.isFile() !== true) throw new HttpError(404, 'FILE_GONE', 'This file is not there any more.', { next: 'Make it again.' });
  return { sizeBytes: found.size, read: (start, end) => createReadStream(body.path, { start, end }) };
}

function asciiName(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
}
