import { Clapperboard } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Plan } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { CheckField } from '../ui/field.tsx';
import { Money, useMoneyWords } from '../ui/money.tsx';
import { Failure, Loading, Note } from '../ui/notes.tsx';
import { durationWords } from '../ui/time-words.ts';
import type { ReadAs } from './new-film-draft.ts';
import type { PlanPreview } from './use-plan-preview.ts';

/** Shots that are shown; the rest is counted. */
const MOST_SHOTS = 60;

export interface PlanPreviewPaneProps {
  preview: PlanPreview;
  /** There are words to look at. */
  asked: boolean;
  engine: Engine;
  capUnits: number | undefined;
  fix: boolean;
  onFix: (fix: boolean) => void;
  onReadAs: (as: ReadAs) => void;
}

/** What the script becomes: shots, time, price, and what is wrong with it. */
export function PlanPreviewPane({ preview, asked, engine, capUnits, fix, onFix, onReadAs }: PlanPreviewPaneProps): ReactNode {
  const { plan, failure, isOld } = preview;
  return (
    <section aria-label="What it becomes" aria-busy={isOld} className="flex min-h-40 min-w-0 flex-col lg:sticky lg:top-0 lg:self-start gap-4 rounded-xl border border-line bg-ground p-4">
      {failure ? <Refused failure={failure} onReadAs={onReadAs} /> : null}
      {!asked ? (
        <div className="m-auto flex max-w-xs flex-col items-center gap-3 py-8 text-center text-quiet">
          <Clapperboard size={32} aria-hidden />
          <p>Here you see what it becomes: its shots, how long it runs and what it costs.</p>
        </div>
      ) : plan && !failure ? (
        <div className={classNames('flex min-h-0 flex-col gap-4 transition-opacity', isOld && 'opacity-55')}>
          <Facts plan={plan} engine={engine} capUnits={capUnits} />
          <Problems plan={plan} fix={fix} onFix={onFix} />
          <Shots plan={plan} engine={engine} />
        </div>
      ) : failure ? null : (
        <Loading words="Reading the script" />
      )}
    </section>
  );
}

/** The same in one line, where the whole is out of sight. */
export function PreviewLine({ plan, engine }: { plan: Plan | undefined; engine: Engine }): ReactNode {
  if (!plan) return null;
  return (
    <p className="mr-auto self-center text-sm text-quiet max-sm:w-full lg:hidden">
      {plan.shots.length === 1 ? '1 shot' : `${plan.shots.length} shots`}, {durationWords(plan.screenS)}, <Money units={plan.forecast.estimateUnits} engine={engine} />
    </p>
  );
}

/** A text that looks like a screenplay is not guessed at: the person says what it is. */
function Refused({ failure, onReadAs }: { failure: NonNullable<PlanPreview['failure']>; onReadAs: (as: ReadAs) => void }): ReactNode {
  if (failure.code !== 'SCRIPT_LOOKS_LIKE_SCREENPLAY') return <Failure failure={failure} />;
  return (
    <Note kind="warning">
      <p>{failure.message}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button small look="primary" onClick={() => onReadAs('screenplay')}>
          Read it as a screenplay
        </Button>
        <Button small onClick={() => onReadAs('shots')}>
          A shot per paragraph
        </Button>
      </div>
    </Note>
  );
}

function Facts({ plan, engine, capUnits }: { plan: Plan; engine: Engine; capUnits: number | undefined }): ReactNode {
  const { reading, shots, screenS, forecast, castAndLook } = plan;
  const words = useMoneyWords(engine);
  return (
    <div>
      <p role="status" className="text-sm text-quiet">
        Read as {reading}
      </p>
      <dl className="mt-2 flex flex-wrap gap-x-8 gap-y-2">
        <Fact name="Shots" value={shots.length} />
        <Fact name="On screen" value={durationWords(screenS)} />
        <Fact name={engine === 'sandbox' ? 'To make, in play money' : 'To make'} value={<Money units={forecast.estimateUnits} engine={engine} />} />
        {castAndLook.cast.length > 0 ? <Fact name="Characters" value={castAndLook.cast.length} /> : null}
      </dl>
      {forecast.ready > 0 ? <p className="mt-2 text-sm text-good-text">{forecast.ready === 1 ? '1 clip is' : `${forecast.ready} clips are`} there already and cost nothing.</p> : null}
      {capUnits !== undefined && capUnits < forecast.estimateUnits ? <Note kind="warning" className="mt-3">The cap of {words(capUnits)} does not reach for all of it; the rest waits until you raise the cap.</Note> : null}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: ReactNode }): ReactNode {
  return (
    <div>
      <dt className="text-sm text-quiet">{name}</dt>
      <dd className="text-lg font-semibold tabular-nums">{value}</dd>
    </div>
  );
}

function Problems({ plan: { shots, warnings, notes }, fix, onFix }: { plan: Plan; fix: boolean; onFix: (fix: boolean) => void }): ReactNode {
  const found = shots.flatMap(({ name, issues, accepted }) => (accepted === true ? [] : issues.filter(({ severity }) => severity !== 'info').map((issue) => ({ ...issue, name }))));
  const errors = found.filter(({ severity }) => severity === 'error').length;
  const fixes = found.filter((issue) => issue.fix !== undefined).length;
  const fixed = shots.filter((shot) => shot.fixed !== undefined).length;
  return (
    <>
      {[...warnings, ...notes].map((words) => (
        <Note key={words} kind={warnings.includes(words) ? 'warning' : 'info'} className="text-sm">
          {words}
        </Note>
      ))}
      {found.length > 0 ? (
        <details className="rounded-lg border border-line bg-panel px-4 py-2.5 text-sm">
          <summary className={errors > 0 ? 'text-bad-text' : 'text-caution-text'}>
            {errors > 0 ? `${errors === 1 ? '1 error' : `${errors} errors`} and ` : ''}
            {found.length - errors === 1 ? '1 warning' : `${found.length - errors} warnings`} in the words
          </summary>
          <ul className="mt-2 flex flex-col gap-1.5">
            {found.slice(0, 30).map(({ name, message, code, words }, index) => (
              <li key={index} className="wrap-anywhere">
                <span className="font-mono text-xs">{name}</span> {message}
                {words === '' ? null : <span className="text-quiet"> (“{words}”)</span>}
                <span className="sr-only"> {code}</span>
              </li>
            ))}
          </ul>
          <p className="mt-2 text-quiet">They are marked in the text on the next screen, with their fixes. Shots with errors are not sent.</p>
        </details>
      ) : null}
      {fixes > 0 || fix ? <CheckField label="Fix what needs no person" hint={fix ? `${fixed === 1 ? '1 shot has' : `${fixed} shots have`} fixed words; the script's own stay readable beside them.` : 'Puts better words in the place of those that Kling does not take.'} checked={fix} onChange={({ target }) => onFix(target.checked)} /> : null}
    </>
  );
}

function Shots({ plan: { shots }, engine }: { plan: Plan; engine: Engine }): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <ol aria-label="Its shots" className="flex max-h-[42dvh] flex-col overflow-y-auto rounded-lg border border-line bg-panel" tabIndex={0}>
      {shots.slice(0, MOST_SHOTS).map(({ name, sceneHeading, prompt, settings, onScreenS, estimateUnits, takesWanted }, index) => (
        <li key={name} className="flex flex-col gap-0.5 border-b border-line px-3 py-2 text-sm last:border-0">
          {sceneHeading !== undefined && sceneHeading !== shots[index - 1]?.sceneHeading ? <span className="font-medium text-warm-text">{sceneHeading}</span> : null}
          <span className="flex gap-3">
            <span className="shrink-0 pt-0.5 font-mono text-xs text-quiet">{name}</span>
            <span className="line-clamp-2 min-w-0 flex-1 wrap-anywhere">{prompt}</span>
          </span>
          <span className="text-xs text-quiet">
            {durationWords(onScreenS)} · {[settings.modelWord, settings.mode].filter(Boolean).join(' ')} · {takesWanted === 1 ? '' : `${takesWanted} takes of `}
            <Money units={estimateUnits} engine={engine} />
          </span>
        </li>
      ))}
      {shots.length > MOST_SHOTS ? <li className="px-3 py-2 text-sm text-quiet">and {shots.length - MOST_SHOTS} more</li> : null}
    </ol>
  );
}
