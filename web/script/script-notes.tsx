import type { ReactNode } from 'react';
import type { ApiFailure } from '../api/call.ts';
import { DuplicateButton } from '../app/duplicate-button.tsx';
import { Button } from '../ui/button.tsx';
import { Failure, Note } from '../ui/notes.tsx';
import type { ScriptDraft, WrittenScript } from './use-script-draft.ts';

export interface ScriptNotesProps {
  projectId: string;
  script: WrittenScript;
  isText: boolean;
  draft: ScriptDraft;
  /** Why the text cannot be planned. */
  failure: ApiFailure | undefined;
}

/** What has to be said above the text: why it cannot be written in, what came back from an earlier visit, what is refused. */
export function ScriptNotes({ projectId, script, isText, draft, failure }: ScriptNotesProps): ReactNode {
  const refused = draft.failure ?? failure;
  const isOutside = script.path !== undefined;
  if (isText && !isOutside && !draft.restored && !refused) return null;
  return (
    <div className="flex flex-col gap-2 border-b border-line p-3">
      {isOutside ? (
        <Note kind="info" actions={<DuplicateButton projectId={projectId} />}>
          <p>This script lies where its owner put it, and is read from there: change it there, or work on a copy.</p>
          <p className="font-mono text-sm wrap-anywhere text-quiet">{script.path}</p>
        </Note>
      ) : null}
      {isText ? null : (
        <Note kind="info">
          {script.fileName} is a document and no plain text, so it cannot be written in here. What was read of it stands in the shots; each of them can be changed there. To write, make a new film from its text.
        </Note>
      )}
      {draft.restored ? (
        <Note kind="info" actions={<Button small onClick={draft.discard}>Throw it away</Button>}>
          What you wrote last time and did not save is here again.
        </Note>
      ) : null}
      {refused ? <Failure failure={refused} /> : null}
    </div>
  );
}
