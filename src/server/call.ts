import type { IncomingMessage } from 'node:http';
import type * as z from 'zod';
import type { ReadCall, ROUTES, RouteName } from '../protocol/api/index.ts';
import type { ServerParts } from './server-parts.ts';

/** A file as an answer: from the disk, with ranges; or made for this answer. */
export interface FileAnswer {
  body: { path: string } | { bytes: Uint8Array } | { stream: AsyncIterable<Uint8Array> };
  mediaType: string;
  /** Same content, same tag; a browser that has it is told so. */
  etag?: string;
  /** The address names the content (`?v=`), so it may be kept for good. */
  immutable?: boolean;
  /** Saved under this name instead of shown. */
  downloadAs?: string;
}

export function isFileAnswer(answer: unknown): answer is FileAnswer {
  return typeof answer === 'object' && answer !== null && 'mediaType' in answer && 'body' in answer;
}

/** What of the request a handler may need beside its checked words. */
export interface CallFacts {
  header(name: string): string | undefined;
  incoming: IncomingMessage;
  /** Sent with the answer. */
  setHeader(name: string, value: string): void;
}

type Answer<Name extends RouteName> = (typeof ROUTES)[Name]['answer'] extends z.ZodType ? z.input<(typeof ROUTES)[Name]['answer']> : FileAnswer;

/** What a route does: knows its words and the studio, and no web framework. @throws StudioError for everything a person should read. */
export type Handler<Name extends RouteName> = (call: ReadCall<Name>, parts: ServerParts, facts: CallFacts) => Promise<Answer<Name>>;

/** The stream of events is no answer but a connection: event-stream.ts has it. */
export type Handlers = { [Name in Exclude<RouteName, 'events'>]: Handler<Name> };
