import { Save } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Plan, Shot } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { call } from '../api/call.ts';
import { useAfterPause } from '../api/use-after-pause.ts';
import { useAnswer } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Money } from '../ui/money.tsx';
import { Failure } from '../ui/notes.tsx';
import type { CastChange } from './cast-draft.ts';

export interface CastSaveBarProps {
  projectId: string;
  engine: Engine;
  /** Missing while it cannot be saved. */
  change: CastChange | undefined;
  dirty: boolean;
  shots: readonly Shot[];
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** What the changes would make anew and cost, before they are saved; and the one button that saves them. */
export function CastSaveBar({ projectId, engine, change, dirty, shots, saving, onSave, onDiscard }: CastSaveBarProps): ReactNode {
  const { answered, failure, pending } = useAfterPause(change && JSON.stringify(change), async (signal) => await call('priceCast', { params: { projectId }, body: change ?? { cast: [], look: {} } }, { signal }));
  const forecast = useAnswer('forecast', { params: { projectId }, query: {} }, { keepPrevious: true });
  return (
    <div className="sticky bottom-0 flex min-h-14 flex-wrap items-center gap-3 border-t border-line bg-panel px-3 py-2 max-sm:bottom-[3.4rem] sm:px-5">
      <div className="min-w-0 flex-1 text-sm" role="status">
        {failure ? (
          <Failure failure={failure} />
        ) : dirty ? (
          <p>
            <span className="font-medium text-caution-text">Not saved.</span> {answered && !pending ? <Effect plan={answered.answer} shots={shots} engine={engine} nowUnits={forecast.data?.estimateUnits} /> : change ? 'Counting what it makes anew …' : null}
          </p>
        ) : (
          <p className="text-quiet">Saved</p>
        )}
      </div>
      {dirty ? (
        <Button small look="quiet" onClick={onDiscard}>
          Back to the saved one
        </Button>
      ) : null}
      <Button small look={dirty ? 'primary' : 'plain'} icon={Save} disabled={change === undefined || failure !== undefined} busy={saving} onClick={onSave}>
        Save <kbd className="text-text max-sm:hidden">Ctrl S</kbd>
      </Button>
    </div>
  );
}

/** Slates that are said by name. */
const NAMED = 5;

function Effect({ plan, shots, engine, nowUnits }: { plan: Plan; shots: readonly Shot[]; engine: Engine; nowUnits: number | undefined }): ReactNode {
  const before = new Map(shots.map(({ shotId, sentPrompt }) => [shotId, sentPrompt]));
  const anew = plan.shots.filter(({ shotId, sentPrompt }) => shotId === undefined || before.get(shotId) !== sentPrompt).map(({ name }) => name);
  if (anew.length === 0) return 'No shot gets other words; no picture changes.';
  return (
    <>
      {anew.length === shots.length && anew.length > 1 ? `All ${anew.length} shots get other words` : anew.length === 1 ? `${anew[0]} gets other words` : `${anew.length} shots get other words (${anew.slice(0, NAMED).join(', ')}${anew.length > NAMED ? ' …' : ''})`}. To make the film then costs <Money units={plan.forecast.estimateUnits} engine={engine} />
      {nowUnits === undefined ? null : (
        <span className="text-quiet">
          , now <Money units={nowUnits} engine={engine} />
        </span>
      )}
      . <span className="text-quiet">Clips that are there stay.</span>
    </>
  );
}
