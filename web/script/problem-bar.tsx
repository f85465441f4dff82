import { ArrowDown, ArrowUp, CircleAlert, CircleCheck, Info, TriangleAlert, Wand, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FoundIssue } from '../../src/protocol/prompt-findings.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import type { Problem } from './text-places.ts';
import type { Fix } from './use-fixes.ts';

export const SEVERITIES: Record<FoundIssue['severity'], { icon: LucideIcon; text: string; words: string }> = {
  error: { icon: CircleAlert, text: 'text-bad-text', words: 'Error' },
  warning: { icon: TriangleAlert, text: 'text-caution-text', words: 'Warning' },
  info: { icon: Info, text: 'text-accent-text', words: 'Hint' },
};

export interface ProblemBarProps {
  id: string;
  /** The one under the cursor. */
  problem: Problem | undefined;
  problems: readonly Problem[];
  fixOf: (problem: Problem) => Fix | undefined;
  onFix: (problem: Problem) => void;
  onStep: (by: 1 | -1) => void;
}

/** What is wrong where the cursor is, what would help, and the way to the next. */
export function ProblemBar({ id, problem, problems, fixOf, onFix, onStep }: ProblemBarProps): ReactNode {
  const at = problem ? problems.indexOf(problem) + 1 : 0;
  return (
    <div className="flex items-start gap-3 border-t border-line bg-panel px-3 py-2 sm:px-4">
      <div id={id} className="flex min-h-8 min-w-0 flex-1 items-center">
        {problem ? <ProblemWords problem={problem} fix={fixOf(problem)} onFix={() => onFix(problem)} /> : <AllWords problems={problems} />}
      </div>
      {problems.length === 0 ? null : (
        <div className="flex shrink-0 items-center">
          <span className="mr-1 text-sm tabular-nums text-quiet">{at === 0 ? problems.length : `${at} of ${problems.length}`}</span>
          <IconButton icon={ArrowUp} small label="The problem before" shortcut="Shift F7" onClick={() => onStep(-1)} />
          <IconButton icon={ArrowDown} small label="The next problem" shortcut="F7" onClick={() => onStep(1)} />
        </div>
      )}
    </div>
  );
}

/** One problem with its fix as a button; in the bar and beside the shot. */
export function ProblemWords({ problem, fix, onFix }: { problem: Problem; fix: Fix | undefined; onFix: () => void }): ReactNode {
  const { severity, message, words, fix: offered } = problem.issue;
  const { icon: Icon, text, words: kind } = SEVERITIES[severity];
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
      <p className="flex min-w-0 items-start gap-2">
        <Icon size={16} aria-hidden className={classNames('mt-0.5 shrink-0', text)} />
        <span className="wrap-anywhere">
          <span className="sr-only">{kind}: </span>
          {message}.{words !== '' && problem.place === undefined && problem.issue.field === 'castAndLook' ? <span className="text-quiet"> In the words of cast or look: “{words}”.</span> : null}
          {offered && !fix ? <span className="text-quiet"> What helps: {offered.label}.</span> : null}
        </span>
      </p>
      {fix ? (
        <Button small icon={Wand} onClick={onFix} className="h-auto max-w-full py-1 text-left whitespace-normal!">
          {fix.words}
        </Button>
      ) : null}
    </div>
  );
}

/** How much was found, by kind. */
function AllWords({ problems }: { problems: readonly Problem[] }): ReactNode {
  if (problems.length === 0) {
    return (
      <p className="flex items-center gap-2 text-sm text-quiet">
        <CircleCheck size={16} aria-hidden className="text-good-text" />
        Nothing to mend: these words can be filmed.
      </p>
    );
  }
  return (
    <p className="flex flex-wrap gap-x-4 text-sm text-quiet">
      {(['error', 'warning', 'info'] as const).map((severity) => {
        const count = problems.filter(({ issue }) => issue.severity === severity).length;
        const { icon: Icon, text, words } = SEVERITIES[severity];
        if (count === 0) return null;
        return (
          <span key={severity} className="flex items-center gap-1.5">
            <Icon size={15} aria-hidden className={text} />
            {count} {words.toLowerCase()}
            {count === 1 ? '' : 's'}
          </span>
        );
      })}
    </p>
  );
}
