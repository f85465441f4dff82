import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleDashed, CircleX, CopyPlus, Download, EllipsisVertical, LoaderCircle, Pencil, Trash2, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ProjectSummary } from '../../src/protocol/api/index.ts';
import { addressOf } from '../api/call.ts';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Menu } from '../ui/menu.tsx';
import { Money } from '../ui/money.tsx';
import { Shares } from '../ui/shares.tsx';
import { agoWords, durationWords } from '../ui/time-words.ts';
import { useNowMs } from '../ui/use-now.ts';
import { FilmPicture } from './film-picture.tsx';

export interface FilmCardProps {
  film: ProjectSummary;
  /** The studio makes clips with Kling, so films of the sandbox say that they are. */
  tellsSandbox: boolean;
  onRename: (film: ProjectSummary) => void;
  onDuplicate: (projectId: string) => void;
  onRemove: (projectId: string) => void;
}

/** One film of the list: what it shows, where it stands, what it cost. */
export function FilmCard({ film, tellsSandbox, onRename, onDuplicate, onRemove }: FilmCardProps): ReactNode {
  const { projectId, title, engine, shots, screenS, spentUnits, capUnits, updatedAt } = film;
  const nowMs = useNowMs();
  return (
    <li className="@container relative has-[[data-film]:focus-visible]:outline-2 has-[[data-film]:focus-visible]:outline-offset-2 has-[[data-film]:focus-visible]:outline-accent-text min-w-0 rounded-xl border border-line bg-panel transition-colors hover:border-edge">
      <Link to="/films/$projectId/script" params={{ projectId }} data-film={projectId} className="block rounded-xl outline-none">
        <div className="relative aspect-video overflow-hidden rounded-t-xl bg-sunken">
          <FilmPicture film={film} />
          <span className="absolute bottom-2 right-2 rounded-md bg-black/70 px-1.5 py-0.5 text-xs tabular-nums text-white">{durationWords(screenS)}</span>
          {tellsSandbox && engine === 'sandbox' ? <span className="absolute left-2 top-2 rounded-md bg-black/70 px-1.5 py-0.5 text-xs text-white">Sandbox</span> : null}
        </div>
        <Shares summary={film} className="h-1! rounded-none" />
        <div className="flex flex-col gap-1 p-3">
          <h2 className="line-clamp-2 pr-8 font-semibold wrap-anywhere">{title}</h2>
          <div className="flex items-center justify-between gap-3">
            <Standing film={film} />
            <time dateTime={updatedAt} title={new Date(updatedAt).toLocaleString()} className="shrink-0 text-sm text-quiet">
              {agoWords(updatedAt, nowMs)}
            </time>
          </div>
          <p className="text-sm text-quiet">
            {shots === 1 ? '1 shot' : `${shots} shots`}
            {spentUnits === 0 ? ', nothing spent' : (
              <>
                , <Money units={spentUnits} engine={engine} />
              </>
            )}
            {capUnits === undefined ? null : (
              <>
                {' of '}
                <Money units={capUnits} engine={engine} />
              </>
            )}
          </p>
        </div>
      </Link>
      <div className="absolute right-1.5 top-[calc(56.25cqw+0.6rem)]">
        <Menu
          trigger={<IconButton icon={EllipsisVertical} small label={`What to do with ${title}`} />}
          items={[
            { words: 'Rename', icon: Pencil, onSelect: () => onRename(film) },
            { words: 'Duplicate', icon: CopyPlus, onSelect: () => onDuplicate(projectId) },
            { words: 'Export', icon: Download, href: addressOf('exportProject', { params: { projectId } }) },
            { words: 'Remove', icon: Trash2, danger: true, onSelect: () => onRemove(projectId) },
          ]}
        />
      </div>
    </li>
  );
}

/** Where a film stands, by what needs most attention: icon, word and colour. */
function Standing({ film: { shots, ready, failed, underWay, atWork } }: { film: ProjectSummary }): ReactNode {
  const [icon, text, words, spins]: [LucideIcon, string, string, boolean] =
    underWay > 0 || atWork ? [LoaderCircle, 'text-accent-text', `In work: ${ready} of ${shots} ready`, true]
    : failed > 0 ? [CircleX, 'text-bad-text', `${failed} failed, ${ready} of ${shots} ready`, false]
    : ready === shots && shots > 0 ? [CircleCheck, 'text-good-text', 'Every shot is ready', false]
    : ready > 0 ? [CircleDashed, 'text-quiet', `${ready} of ${shots} ready`, false]
    : [CircleDashed, 'text-quiet', 'Not made yet', false];
  const Icon = icon;
  return (
    <span className={classNames('flex items-center gap-1.5 text-sm font-medium', text)}>
      <Icon size={16} aria-hidden className={classNames('shrink-0', spins && 'animate-spin')} />
      {words}
    </span>
  );
}
