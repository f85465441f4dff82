import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import type { ApiFailure } from '../api/call.ts';
import { keyOf, useChange } from '../api/use-api.ts';
import { keepDraft, readDraft } from '../app/drafts.ts';

/** A script that is text. */
export type WrittenScript = ApiCalls['getScript']['answer'] & { text: string };

interface Draft {
  text: string;
  /** Of the script that it was written from. */
  baseRevision: string;
}

export interface ScriptDraft {
  text: string;
  /** What is on the screen is not what is saved. */
  dirty: boolean;
  /** The draft of an earlier visit. */
  restored: boolean;
  /** Somebody else saved another text since this one was begun. */
  changedElsewhere: boolean;
  saving: boolean;
  failure: ApiFailure | null;
  setText: (next: string | ((now: string) => string)) => void;
  /** Saves it; `over`: over what somebody else saved. */
  save: (over?: boolean) => void;
  discard: () => void;
}

/** How long a pause in writing is before the draft is put away. */
const PUT_AWAY_MS = 400;

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string' && 'baseRevision' in value && typeof value.baseRevision === 'string';
}

/** The script as it is being written: what is not saved yet survives a reload, and nobody's text is written over unseen. */
export function useScriptDraft(projectId: string, script: WrittenScript, onSaved: () => void): ScriptDraft {
  const [draft, setDraft] = useState<Draft | undefined>(() => (script.editable ? readDraft('script', projectId, isDraft) : undefined));
  const [restored, setRestored] = useState(draft !== undefined && draft.text !== script.text);
  const dirty = draft !== undefined && draft.text !== script.text;
  usePutAway(projectId, dirty ? draft : undefined);
  const client = useQueryClient();
  const change = useChange('changeScript', {
    onDone({ revision }, { body }) {
      const saved = 'text' in body.script ? body.script.text : '';
      client.setQueryData(keyOf('getScript', { params: { projectId } }), { ...script, text: saved, revision });
      setDraft((now) => (now === undefined || now.text === saved ? undefined : { text: now.text, baseRevision: revision }));
      setRestored(false);
      onSaved();
    },
    onFailed({ code }) {
      if (code === 'SCRIPT_CHANGED') void client.invalidateQueries({ queryKey: ['getScript', projectId] });
    },
  });
  const setText = useCallback(
    (next: string | ((now: string) => string)) =>
      setDraft((now) => ({ text: typeof next === 'string' ? next : next(now?.text ?? script.text), baseRevision: now === undefined || now.text === script.text ? script.revision : now.baseRevision })),
    [script.text, script.revision],
  );
  return {
    text: draft?.text ?? script.text,
    dirty,
    restored: restored && dirty,
    changedElsewhere: dirty && draft.baseRevision !== script.revision,
    saving: change.isPending,
    failure: change.error?.code === 'SCRIPT_CHANGED' ? null : change.error,
    setText,
    save(over = false) {
      if (!dirty || change.isPending) return;
      change.mutate({ params: { projectId }, body: { script: { fileName: script.fileName, text: draft.text }, ifRevision: over ? script.revision : draft.baseRevision } });
    },
    discard() {
      setDraft(undefined);
      setRestored(false);
      change.reset();
    },
  };
}

/** Puts a draft away at every pause, and when the screen or the page is left. */
function usePutAway(projectId: string, draft: Draft | undefined): void {
  const newest = useRef(draft);
  useEffect(() => {
    newest.current = draft;
  }, [draft]);
  // Another screen is opened in the middle of a word: the pause has not come.
  useEffect(
    () => () => {
      if (newest.current !== undefined) keepDraft('script', projectId, newest.current);
    },
    [projectId],
  );
  useEffect(() => {
    if (draft === undefined) {
      keepDraft('script', projectId, undefined);
      return undefined;
    }
    const putAway = () => keepDraft('script', projectId, draft);
    const timer = window.setTimeout(putAway, PUT_AWAY_MS);
    window.addEventListener('pagehide', putAway);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('pagehide', putAway);
    };
  }, [projectId, draft]);
}
