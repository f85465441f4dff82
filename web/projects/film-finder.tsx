import { Search } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import type { ProjectSummary } from '../../src/protocol/api/index.ts';

export type FilmOrder = 'touched' | 'title' | 'spent' | 'toDo';

const ORDERS: Record<FilmOrder, { words: string; compare: (one: ProjectSummary, other: ProjectSummary) => number }> = {
  touched: { words: 'Last touched', compare: (one, other) => other.updatedAt.localeCompare(one.updatedAt) },
  title: { words: 'Title', compare: (one, other) => one.title.localeCompare(other.title, undefined, { numeric: true }) },
  spent: { words: 'Spent most', compare: (one, other) => other.spentUnits - one.spentUnits },
  toDo: { words: 'Most to do', compare: (one, other) => other.shots - other.ready - (one.shots - one.ready) },
};

/** Films whose title holds what is looked for, in order. */
export function foundFilms(films: readonly ProjectSummary[], wanted: string, order: FilmOrder): ProjectSummary[] {
  const needle = wanted.trim().toLowerCase();
  return films.filter(({ title }) => title.toLowerCase().includes(needle)).toSorted(ORDERS[order].compare);
}

export interface FilmFinderProps {
  wanted: string;
  onWanted: (wanted: string) => void;
  order: FilmOrder;
  onOrder: (order: FilmOrder) => void;
  ref: Ref<HTMLInputElement>;
}

export function FilmFinder({ wanted, onWanted, order, onOrder, ref }: FilmFinderProps): ReactNode {
  return (
    <div className="flex min-w-0 flex-1 basis-80 justify-end gap-2 max-sm:order-last max-sm:basis-full">
      <div className="relative min-w-40 flex-1 sm:max-w-72">
        <Search size={16} aria-hidden className="absolute left-3 top-1/2 -translate-y-1/2 text-quiet" />
        <input ref={ref} type="search" aria-label="Look for a film" placeholder="Title" value={wanted} onChange={({ target }) => onWanted(target.value)} className="min-h-10 w-full rounded-lg border border-edge bg-sunken pl-9 pr-3" />
      </div>
      <select aria-label="Order" value={order} onChange={({ target }) => onOrder(isOrder(target.value) ? target.value : 'touched')} className="min-h-10 rounded-lg border border-edge bg-sunken px-3">
        {Object.entries(ORDERS).map(([value, { words }]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function isOrder(value: string): value is FilmOrder {
  return value in ORDERS;
}
