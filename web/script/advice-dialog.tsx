import { useState, type ReactNode } from 'react';
import type { ApiCalls, Shot } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { useAnswer } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure, Loading } from '../ui/notes.tsx';
import { ChangeManyOffer, type AdvisedModel } from './change-many-offer.tsx';

type Advice = ApiCalls['adviseFilm']['answer'];

export interface AdviceDialogProps {
  projectId: string;
  engine: Engine;
  shots: readonly Shot[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Which model the film is advised to be made with, why, and what the next cheaper and better one would cost. */
export function AdviceDialog({ projectId, engine, shots, open, onOpenChange }: AdviceDialogProps): ReactNode {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Model for the film" about="One model for all shots makes them look alike. Nothing is spent here.">
      {open ? <Advised projectId={projectId} engine={engine} shots={shots} /> : null}
    </Dialog>
  );
}

function Advised({ projectId, engine, shots }: Pick<AdviceDialogProps, 'projectId' | 'engine' | 'shots'>): ReactNode {
  const advice = useAnswer('adviseFilm', { params: { projectId } });
  const [wanted, setWanted] = useState<{ advised: AdvisedModel; names: readonly string[] | undefined }>();
  if (advice.error) return <Failure failure={advice.error} />;
  if (!advice.data) return <Loading words="Looking at every shot" />;
  const { choice, cheaper, better, reasons, flagged } = advice.data;
  const ids = wanted?.names && shots.flatMap(({ name, shotId }) => (shotId !== undefined && wanted.names?.includes(name) === true ? [shotId] : []));
  return (
    <div className="flex flex-col gap-5">
      <p className="text-sm text-quiet">The film has now: {modelsOf(shots)}. Its shots ask for {complexityWords(shots)}.</p>
      <ul className="flex flex-col gap-2">
        {[
          { advised: choice, words: 'Advised' },
          { advised: cheaper, words: 'The next cheaper' },
          { advised: better, words: 'The next better' },
        ].map(({ advised, words }) =>
          advised ? (
            <li key={words} className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-line bg-raised px-4 py-3">
              <div className="min-w-0 flex-1">
                <p className="text-sm text-quiet">{words}</p>
                <p className="font-semibold">{advised.word}</p>
                <p className="text-sm text-quiet">
                  ${advised.priceUsd.toFixed(2)} for the film, quality {Math.round(advised.quality * 100)} of 100
                </p>
              </div>
              <Button small onClick={() => setWanted({ advised, names: undefined })}>
                Film all with it
              </Button>
            </li>
          ) : null,
        )}
      </ul>
      <ul className="list-disc pl-5 text-sm text-quiet">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {flagged.length === 0 ? null : (
        <section>
          <h3 className="mb-2 font-semibold">{flagged.length === 1 ? 'A shot that wants another' : 'Shots that want another'}</h3>
          <ul className="flex max-h-64 flex-col gap-2 overflow-y-auto">
            {groupsOf(flagged).map(({ advised, names, why }) => (
              <li key={advised?.id ?? 'none'} className="flex flex-wrap items-center gap-3 text-sm">
                <span className="min-w-0 flex-1">
                  <span className="font-mono">{names.slice(0, 6).join(', ')}</span>
                  {names.length > 6 ? ` and ${names.length - 6} more` : ''}: <span className="text-quiet">{why}</span>
                </span>
                {advised ? (
                  <Button small onClick={() => setWanted({ advised, names })}>
                    Film {names.length === 1 ? 'it' : 'them'} with {advised.word}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      )}
      {wanted ? <ChangeManyOffer key={`${wanted.advised.id} ${wanted.names?.join() ?? ''}`} projectId={projectId} engine={engine} advised={wanted.advised} shotIds={ids} onClose={() => setWanted(undefined)} /> : null}
    </div>
  );
}

function modelsOf(shots: readonly Shot[]): string {
  const counts = new Map<string, number>();
  for (const { settings } of shots) {
    const words = [settings.modelWord, settings.mode].filter(Boolean).join(' ');
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return counts.size === 1 ? ([...counts.keys()][0] ?? '') : [...counts].map(([words, count]) => `${words} in ${count}`).join(', ');
}

function complexityWords(shots: readonly Shot[]): string {
  const all = shots.map(({ complexity }) => complexity);
  return all.length === 0 ? 'nothing' : `complexity ${Math.min(...all)} to ${Math.max(...all)} of 100`;
}

/** Shots that want the same. */
function groupsOf(flagged: Advice['flagged']): { advised: AdvisedModel | undefined; names: string[]; why: string }[] {
  const groups = new Map<string, { advised: AdvisedModel | undefined; names: string[]; why: string }>();
  for (const { name, why, choice } of flagged) {
    const group = groups.get(choice?.id ?? '') ?? { advised: choice, names: [], why };
    group.names.push(name);
    groups.set(choice?.id ?? '', group);
  }
  return [...groups.values()];
}
