import type { IncomingMessage } from 'node:http';
import type { ZodError, ZodType } from 'zod';
import type { Route } from '../protocol/api/index.ts';
import { HttpError } from './errors.ts';

/** Most bytes of a JSON body: a script of 20 MB in base64, and what stands around it. */
const MOST_JSON_BYTES = 30 * 1024 * 1024;

/** A request's words, checked against its route. @throws HttpError with every problem in one message. */
export async function readCall(route: Route, raw: { params: Record<string, string>; query: Record<string, string>; incoming: IncomingMessage }): Promise<{ params: unknown; query: unknown; body: unknown }> {
  const params = route.params && checked(route.params, raw.params, 'address');
  const query = route.query && checked(route.query, raw.query, 'query');
  return { params, query, body: await readBody(route, raw.incoming) };
}

async function readBody(route: Route, incoming: IncomingMessage): Promise<unknown> {
  if (route.method === 'GET') return undefined;
  const type = (incoming.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (route.upload !== undefined) {
    if (type !== 'application/octet-stream') throw wrongType(type, 'application/octet-stream');
    return await bytesOf(incoming, route.upload.mostBytes);
  }
  if (route.body === undefined) {
    await bytesOf(incoming, 1024);
    return undefined;
  }
  // Also a guard: a form of another site can send text or a form, and nothing else.
  if (type !== 'application/json') throw wrongType(type, 'application/json');
  const text = Buffer.from(await bytesOf(incoming, MOST_JSON_BYTES)).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HttpError(400, 'REQUEST_NOT_JSON', 'The body of this request is no JSON.', { next: 'Send one JSON value.', cause: error });
  }
  return checked(route.body, value, 'body');
}

function checked(schema: ZodType, value: unknown, where: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = problemsOf(result.error).slice(0, 10);
  throw new HttpError(400, 'REQUEST_INVALID', `The ${where} of this request is not as it must be: ${problems.join('; ')}.`, { next: 'GET /api/reference says what each route takes.', detail: { problems } });
}

/** Where and what; never the value, which may be a key. */
function problemsOf(error: ZodError): string[] {
  return error.issues.map(({ path, message }) => `${path.length === 0 ? 'it' : path.map(String).join('.')}: ${message}`);
}

function wrongType(type: string | undefined, wanted: string): HttpError {
  return new HttpError(415, 'CONTENT_TYPE_WRONG', `This route takes ${wanted}, and ${type === undefined || type === '' ? 'the request names no content type' : `the request says ${type.slice(0, 60)}`}.`, { next: `Send it with content-type: ${wanted}.` });
}

/** The body, read from the connection itself, so that one beyond the limit is never held. */
async function bytesOf(incoming: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  const said = Number(incoming.headers['content-length'] ?? 0);
  if (said > mostBytes) throw tooLarge(mostBytes);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(mostBytes: number): HttpError {
  const limit = mostBytes >= 1024 * 1024 ? `${Math.floor(mostBytes / 1024 / 1024)} MB` : `${mostBytes} bytes`;
  return new HttpError(413, 'UPLOAD_TOO_LARGE', `This is larger than the ${limit} that may be sent here.`, { next: 'Check that it is the right file.' });
}
