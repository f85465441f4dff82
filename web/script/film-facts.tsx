import { Link } from '@tanstack/react-router';
import { Clapperboard, Lightbulb, MonitorPlay } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Plan, Shot } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { useAnswer } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Money } from '../ui/money.tsx';
import { durationWords } from '../ui/time-words.ts';
import { AdviceDialog } from './advice-dialog.tsx';

export interface FilmFactsProps {
  projectId: string;
  engine: Engine;
  shots: readonly Shot[];
  /** Of what is written and not saved. */
  plan: Plan | undefined;
  unsaved: boolean;
  animaticOpen: boolean;
  onAnimatic: () => void;
}

/** The film in numbers, before anything is spent: how long, what it costs, with which model; and the ways on. */
export function FilmFacts({ projectId, engine, shots, plan, unsaved, animaticOpen, onAnimatic }: FilmFactsProps): ReactNode {
  const [advising, setAdvising] = useState(false);
  const forecast = useAnswer('forecast', { params: { projectId }, query: {} }, { keepPrevious: true });
  const advice = useAnswer('adviseFilm', { params: { projectId } });
  const cost = plan?.forecast ?? forecast.data;
  const screenS = plan?.screenS ?? shots.reduce((sum, { onScreenS }) => sum + onScreenS, 0);
  const flagged = advice.data?.flagged.length ?? 0;
  return (
    <section aria-label="The film in numbers" className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line bg-panel px-3 py-2 sm:px-5">
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <Fact words="Shots">{shots.length}</Fact>
        <Fact words="On screen">{durationWords(screenS)}</Fact>
        <Fact words={cost && cost.ready > 0 ? 'Still to make' : 'The whole costs'}>{cost ? <Money units={cost.estimateUnits} engine={engine} /> : '…'}</Fact>
        {plan?.removed.length ? <Fact words="Leave the film">{plan.removed.length}</Fact> : null}
      </dl>
      {unsaved ? <span className="rounded-md border border-line px-2 py-0.5 text-sm text-caution-text">not saved</span> : null}
      <div className="ml-auto flex flex-wrap gap-2">
        <Button small icon={Lightbulb} onClick={() => setAdvising(true)}>
          {advice.data?.choice ? (
            <>
              <span className="max-sm:sr-only">Advised: </span>
              {advice.data.choice.word}
            </>
          ) : (
            'Model'
          )}
          {flagged === 0 ? null : <span className="text-caution-text"> {flagged === 1 ? '1 shot wants another' : `${flagged} shots want another`}</span>}
        </Button>
        <Button small icon={MonitorPlay} aria-pressed={animaticOpen} onClick={onAnimatic}>
          Animatic
        </Button>
        <Link to="/films/$projectId/generate" params={{ projectId }} className="inline-flex min-h-8 items-center gap-2 rounded-lg border border-transparent bg-warm px-2.5 text-sm font-semibold whitespace-nowrap text-on-warm hover:brightness-110">
          <Clapperboard size={15} aria-hidden />
          To Generate
        </Link>
      </div>
      <AdviceDialog projectId={projectId} engine={engine} open={advising} onOpenChange={setAdvising} shots={shots} />
    </section>
  );
}

function Fact({ words, children }: { words: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt className="text-quiet">{words}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}
