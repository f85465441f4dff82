import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { keepDraft, readDraft } from '../app/drafts.ts';

type Options = NonNullable<ApiCalls['createProject']['body']['options']>;

/** How pasted words are read: what they look like, as they are told to be, or a table or list. */
export type ReadAs = '' | 'shots' | 'screenplay' | 'prose' | 'csv' | 'json';

/** A film that somebody is about to begin. A file or an example is not in it: it is chosen again quicker than it is kept. */
export interface NewFilmDraft {
  text: string;
  readAs: ReadAs;
  /** As it was written; missing: as it is offered. */
  title?: string;
  options: Pick<Options, 'model' | 'mode' | 'durationS' | 'aspectRatio' | 'takes' | 'fix' | 'pace'>;
  capUnits?: number;
  sandbox: boolean;
}

export const NEW_DRAFT: NewFilmDraft = { text: '', readAs: '', options: {}, sandbox: false };

const KIND = 'new-film';

export function readNewFilm(): NewFilmDraft {
  return { ...NEW_DRAFT, ...readDraft(KIND, '', isNewFilm) };
}

export function keepNewFilm(draft: NewFilmDraft): void {
  keepDraft(KIND, '', draft.text.trim() === '' ? undefined : draft);
}

function isNewFilm(value: unknown): value is NewFilmDraft {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}
