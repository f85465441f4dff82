import { useEffect, useState } from 'react';
import type { CastAndLook } from '../../src/protocol/cast-and-look.ts';
import { keepDraft, readDraft } from '../app/drafts.ts';
import { baseOf, changeOf, draftOf, isCastDraft, type CastChange, type CastDraft } from './cast-draft.ts';

export interface CastDraftState {
  draft: CastDraft;
  /** As it would be saved; missing while nothing is changed. */
  change: CastChange | undefined;
  /** Somebody else saved another cast since this one was begun. */
  changedElsewhere: boolean;
  set: (next: (now: CastDraft) => CastDraft) => void;
  discard: () => void;
}

/** Cast and look as they are being written; they survive a reload. */
export function useCastDraft(projectId: string, saved: CastAndLook, editable: boolean): CastDraftState {
  const [written, setWritten] = useState<CastDraft | undefined>(() => (editable ? readDraft('cast', projectId, isCastDraft) : undefined));
  const fresh = draftOf(saved);
  const draft = written ?? fresh;
  const change = changeOf(draft);
  const dirty = JSON.stringify(change) !== JSON.stringify(changeOf(fresh));
  useEffect(() => keepDraft('cast', projectId, dirty ? written : undefined), [projectId, dirty, written]);
  return {
    draft,
    change: dirty ? change : undefined,
    changedElsewhere: dirty && draft.base !== baseOf(saved),
    set: (next) => setWritten((now) => next(now ?? fresh)),
    discard: () => setWritten(undefined),
  };
}
