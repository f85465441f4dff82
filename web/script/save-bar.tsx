import { Save } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import type { ScriptDraft } from './use-script-draft.ts';

/** Whether what is on the screen is saved, and the button that saves it. */
export function SaveBar({ draft, planning, cannotPlan }: { draft: ScriptDraft; planning: boolean; cannotPlan: boolean }): ReactNode {
  const { dirty, saving, save, discard } = draft;
  return (
    <div className="flex min-h-13 flex-wrap items-center gap-3 border-t border-line bg-panel px-3 py-1.5 sm:px-4">
      <p className="min-w-0 flex-1 text-sm text-quiet">
        {dirty ? (
          <>
            <span className="font-medium text-caution-text">Not saved.</span> {planning ? 'Reading what you wrote …' : 'The shots show what it becomes.'}
          </>
        ) : (
          'Saved'
        )}
      </p>
      {dirty ? (
        <Button small look="quiet" onClick={discard}>
          Back to the saved one
        </Button>
      ) : null}
      <Button small look={dirty ? 'primary' : 'plain'} icon={Save} disabled={!dirty || cannotPlan} busy={saving} onClick={() => save()}>
        Save <kbd className="text-text max-sm:hidden">Ctrl S</kbd>
      </Button>
    </div>
  );
}
