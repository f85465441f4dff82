import { useState, type ReactNode } from 'react';
import type { ProjectSummary } from '../../src/protocol/api/index.ts';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useMoneyWords } from '../ui/money.tsx';
import { Failure, Note } from '../ui/notes.tsx';
import { NumberField } from '../ui/number-field.tsx';

/** The most a film may ever spend: set, changed, taken away. Costs nothing. */
export function CapDialog({ film, onClose }: { film: ProjectSummary; onClose: () => void }): ReactNode {
  const { projectId, engine, spentUnits } = film;
  const [capUnits, setCapUnits] = useState(film.capUnits);
  const words = useMoneyWords(engine);
  const change = useChange('changeProject', { onDone: onClose });
  return (
    <Dialog open onOpenChange={onClose} title="Cap of the film" about="Nothing is sent that would go beyond it; clips that are at work are finished.">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ params: { projectId }, body: { capUnits: capUnits ?? null } });
        }}
      >
        <NumberField label="Units" value={capUnits} least={0} most={1_000_000} placeholder="No cap" onNumber={setCapUnits} hint={capUnits === undefined ? 'Empty: no cap.' : `The film never spends more than ${words(capUnits)}.`} />
        <p className="text-quiet">Spent or set aside so far: {words(spentUnits)}</p>
        {capUnits !== undefined && capUnits < spentUnits ? <Note kind="warning">This is less than what was spent: nothing more will be sent.</Note> : null}
        {change.error ? <Failure failure={change.error} /> : null}
        <div className="flex justify-end gap-3">
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" type="submit" busy={change.isPending}>
            Save the cap
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
