import { Link } from '@tanstack/react-router';
import { Clapperboard, TextCursor } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Shot } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { useAnswer } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { ChangeManyOffer } from './change-many-offer.tsx';
import { DialogueCards } from './dialogue-cards.tsx';
import { ProblemWords } from './problem-bar.tsx';
import { ShotForm } from './shot-form.tsx';
import type { Problem } from './text-places.ts';
import type { Fixes } from './use-fixes.ts';

export interface ShotDetailsProps {
  projectId: string;
  engine: Engine;
  shot: Shot;
  /** It is of a text that is not saved. */
  unsaved: boolean;
  /** Of this shot. */
  problems: readonly Problem[];
  fixes: Fixes;
  /** Why a shot wants another model than the film, by slate. */
  flags: ReadonlyMap<string, string>;
  /** Shows its lines; on a narrow screen in the place of the shots. */
  onShow: (name: string) => void;
}

/** Everything of a shot: what was found in it, who speaks, which model it wants, and how it is filmed. */
export function ShotDetails({ shot, problems, fixes, ...rest }: ShotDetailsProps): ReactNode {
  const { projectId, engine, unsaved, onShow } = rest;
  const { shotId, name, sceneHeading, startLine, endLine, cast, byHand } = shot;
  const editable = shotId !== undefined && !unsaved;
  return (
    <div className="flex flex-col gap-5 px-3 pb-5 sm:pl-4">
      <p className="text-sm text-quiet">
        {[sceneHeading, startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`, cast.length === 0 ? undefined : `with ${cast.join(', ')}`].filter(Boolean).join(' · ')}
        {byHand === undefined || byHand.length === 0 ? null : <> · changed by hand: {byHand.map((field) => FIELD_WORDS[field]).join(', ')}</>}
      </p>
      {problems.length === 0 ? null : (
        <ul aria-label={`Problems of ${name}`} className="flex flex-col gap-2">
          {problems.map((problem) => (
            <li key={problem.key} className="rounded-lg border border-line bg-raised px-3 py-2">
              <ProblemWords problem={problem} fix={fixes.fixOf(problem)} onFix={() => fixes.apply(problem)} />
            </li>
          ))}
        </ul>
      )}
      <DialogueCards projectId={projectId} shot={shot} editable={editable} />
      <WantedModel projectId={projectId} engine={engine} shot={shot} editable={editable} />
      <ShotForm key={shotId} projectId={projectId} engine={engine} shot={shot} editable={editable} />
      <div className="flex flex-wrap gap-2">
        <Button small icon={TextCursor} className="lg:hidden" onClick={() => onShow(name)}>
          Its lines
        </Button>
        {shotId === undefined ? null : (
          <Link to="/films/$projectId/generate" params={{ projectId }} search={{ shot: shotId }} className="inline-flex min-h-8 items-center gap-2 rounded-lg border border-line bg-raised px-2.5 text-sm font-medium hover:border-edge">
            <Clapperboard size={15} aria-hidden />
            Its takes
          </Link>
        )}
      </div>
    </div>
  );
}

const FIELD_WORDS: Record<NonNullable<Shot['byHand']>[number], string> = {
  prompt: 'words', negativePrompt: 'negative prompt', model: 'model', mode: 'mode', durationS: 'length', aspectRatio: 'shape', sound: 'sound', cfgScale: 'closeness to the words', cameraControl: 'camera', takes: 'takes', inS: 'time on screen', outS: 'time on screen', line: 'spoken line', startFrame: 'start frame', endFrame: 'end frame',
};

/** How much the shot asks of a model, and the model it wants where the film's does not suit it. */
function WantedModel({ projectId, engine, shot, editable }: Pick<ShotDetailsProps, 'projectId' | 'engine' | 'shot'> & { editable: boolean }): ReactNode {
  const advice = useAnswer('adviseFilm', { params: { projectId } });
  const [asked, setAsked] = useState(false);
  const { shotId, name, complexity } = shot;
  const flagged = advice.data?.flagged.find((each) => each.name === name);
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>
        Complexity {complexity} of 100. {flagged ? <span className="text-caution-text">{flagged.why}.</span> : null}
      </p>
      {flagged?.choice && editable && !asked ? (
        <Button small className="self-start" onClick={() => setAsked(true)}>
          Film it with {flagged.choice.word}
        </Button>
      ) : null}
      {flagged?.choice && asked && shotId !== undefined ? <ChangeManyOffer projectId={projectId} engine={engine} advised={flagged.choice} shotIds={[shotId]} onClose={() => setAsked(false)} /> : null}
    </div>
  );
}
