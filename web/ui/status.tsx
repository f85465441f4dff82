import { CircleCheck, CircleDashed, CircleX, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { wordsOfStage, type ClipStage } from '../../src/protocol/clip-progress.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import type { ShotCard } from '../../src/protocol/api/index.ts';
import { classNames } from './class-names.ts';

type Status = ShotCard['status'];
interface Look {
  icon: LucideIcon;
  /** Of words and icon. */
  text: string;
  /** Of the card's edge and of the progress. */
  fill: string;
}

/** By icon, word and colour: green done, red failed, blue in work; never by colour alone. */
const LOOKS: Record<Status, Look> = {
  notMade: { icon: CircleDashed, text: 'text-quiet', fill: 'bg-line' },
  checkingCache: { icon: LoaderCircle, text: 'text-accent-text', fill: 'bg-accent' },
  generating: { icon: Hourglass, text: 'text-accent-text', fill: 'bg-accent' },
  polling: { icon: LoaderCircle, text: 'text-accent-text', fill: 'bg-accent' },
  completed: { icon: CircleCheck, text: 'text-good-text', fill: 'bg-good' },
  failed: { icon: CircleX, text: 'text-bad-text', fill: 'bg-bad' },
};

export function statusWords(status: Status, stage: ClipStage | undefined, engine: Engine): string {
  return stage === undefined || status === 'notMade' ? 'Not made yet' : wordsOfStage(stage, engine);
}

export const statusFill = (status: Status): string => LOOKS[status].fill;

export function StatusMark({ status, stage, engine, className }: { status: Status; stage: ClipStage | undefined; engine: Engine; className?: string }): ReactNode {
  const { icon: Icon, text } = LOOKS[status];
  const spins = status === 'polling' || status === 'checkingCache';
  return (
    <span className={classNames('inline-flex min-w-0 items-center gap-1.5 text-sm font-medium', text, className)}>
      <Icon size={16} aria-hidden className={classNames('shrink-0', spins && 'animate-spin')} />
      <span className="truncate">{statusWords(status, stage, engine)}</span>
    </span>
  );
}
