import { useVirtualizer } from '@tanstack/react-virtual';
import { FileText } from 'lucide-react';
import { useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import type { Shot } from '../../src/protocol/api/index.ts';
import { Empty } from '../ui/notes.tsx';
import type { ShotDetailsProps } from './shot-details.tsx';
import { ShotRow } from './shot-row.tsx';
import type { Problem } from './text-places.ts';

/** Of a closed row, in pixels. */
const ROW_HEIGHT = 96;
const NO_PROBLEMS: readonly Problem[] = [];

export interface ShotListProps extends Omit<ShotDetailsProps, 'shot' | 'problems'> {
  shots: readonly Shot[];
  /** Of all of them. */
  problems: readonly Problem[];
  /** The slate that the cursor is in. */
  shownName: string | undefined;
  openedName: string | undefined;
  onOpen: (name: string | undefined) => void;
}

/** The shots in order; only those in sight are in the document. */
export function ShotList({ shots, shownName, openedName, problems, onOpen, ...rest }: ShotListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react-hooks/incompatible-library -- rows are read again on every scroll, as the library means it
  const rows = useVirtualizer({ count: shots.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, getItemKey: (index) => shots[index]?.name ?? index, overscan: 4 });
  const problemsByShot = useMemo(() => byShot(problems), [problems]);
  const shownIndex = shots.findIndex(({ name }) => name === shownName);
  const openedIndex = shots.findIndex(({ name }) => name === openedName);
  useEffect(() => {
    // One that lies open is higher than the list: it is shown from its head on.
    if (shownIndex >= 0) rows.scrollToIndex(shownIndex, { align: shownIndex === openedIndex ? 'start' : 'auto' });
  }, [rows, shownIndex, openedIndex]);
  const wanted = useRef<string>(undefined);
  const rowsInSight = rows.getVirtualItems();
  useEffect(() => {
    if (wanted.current === undefined) return;
    const button = scroller.current?.querySelector<HTMLElement>(`[data-shot="${CSS.escape(wanted.current)}"]`);
    if (!button) return;
    wanted.current = undefined;
    button.focus({ preventScroll: true });
  }, [rowsInSight]);
  /** Arrow keys go from shot to shot, also to those that are not in the document yet. */
  const onKeyDown = (event: KeyboardEvent) => {
    const name = event.target instanceof HTMLElement ? event.target.dataset['shot'] : undefined;
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const at = shots.findIndex((shot) => shot.name === name);
    const next = shots[at + by];
    if (name === undefined || by === 0 || !next) return;
    event.preventDefault();
    wanted.current = next.name;
    rows.scrollToIndex(at + by, { align: 'auto' });
    const button = scroller.current?.querySelector<HTMLElement>(`[data-shot="${CSS.escape(next.name)}"]`);
    if (button) {
      wanted.current = undefined;
      button.focus({ preventScroll: true });
    }
  };
  /** Heard here for all rows, so that a row is drawn anew only when its shot changed. */
  const onClick = ({ target }: MouseEvent) => {
    const name = target instanceof Element ? target.closest<HTMLElement>('[data-shot]')?.dataset['shot'] : undefined;
    if (name !== undefined) onOpen(name === openedName ? undefined : name);
  };
  if (shots.length === 0) {
    return (
      <Empty icon={FileText} title="No shots yet">
        Write on the left: every paragraph, or every beat of a story or screenplay, becomes a shot.
      </Empty>
    );
  }
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain" onKeyDown={onKeyDown} onClick={onClick}>
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rowsInSight.map(({ index, key, start }) => {
          const shot = shots[index];
          if (!shot) return null;
          return (
            <li key={key} ref={rows.measureElement} data-index={index} aria-posinset={index + 1} aria-setsize={shots.length} className="absolute inset-x-0 top-0" style={{ transform: `translateY(${start}px)` }}>
              <ShotRow {...rest} shot={shot} shown={shot.name === shownName} opened={shot.name === openedName} problems={problemsByShot.get(shot.name) ?? NO_PROBLEMS} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function byShot(problems: readonly Problem[]): Map<string, Problem[]> {
  const found = new Map<string, Problem[]>();
  for (const problem of problems) {
    const own = found.get(problem.shotName);
    if (own) own.push(problem);
    else found.set(problem.shotName, [problem]);
  }
  return found;
}
