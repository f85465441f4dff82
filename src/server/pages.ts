import type { PageQuery } from '../protocol/api/index.ts';
import { HttpError } from './errors.ts';

/** A page of a list that is held whole. @throws HttpError CURSOR_INVALID for a cursor that none of our pages gave. */
export function pageOf<Item>(items: readonly Item[], { cursor, limit }: PageQuery): { items: Item[]; total: number; nextCursor?: string } {
  const start = cursor === undefined ? 0 : placeOf(cursor);
  const end = start + limit;
  return { items: items.slice(start, end), total: items.length, ...(end < items.length ? { nextCursor: Buffer.from(`at ${end}`).toString('base64url') } : {}) };
}

function placeOf(cursor: string): number {
  const [, place] = /^at (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (place === undefined) throw new HttpError(400, 'CURSOR_INVALID', 'This cursor is none that a list gave.', { next: 'Ask for the first page without one.' });
  return Number(place);
}
