import type { ApiCalls } from '../../src/protocol/api/index.ts';

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

const KEY = 'directorstudio.new-film';
/** Longer ones are not kept over a reload: the browser keeps a few megabytes for all. */
const MOST_LETTERS = 500_000;

export const NEW_DRAFT: NewFilmDraft = { text: '', readAs: '', options: {}, sandbox: false };

export function readDraft(): NewFilmDraft {
  try {
    // Written below; what somebody else wrote there is no draft.
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<NewFilmDraft> | null;
    return typeof kept?.text === 'string' ? { ...NEW_DRAFT, ...kept } : NEW_DRAFT;
  } catch {
    return NEW_DRAFT;
  }
}

export function keepDraft(draft: NewFilmDraft): void {
  if (draft.text.length > MOST_LETTERS) return;
  try {
    if (draft.text.trim() === '') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // The browser's store is full: the draft lives as long as the window.
  }
}
