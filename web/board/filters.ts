import type { LiveCard } from '../live/live-store.ts';

export type FilterName = 'all' | 'underWay' | 'ready' | 'failed' | 'notMade';

/** In the order they are offered, with the words for them. */
export const FILTERS: readonly { name: FilterName; words: string }[] = [
  { name: 'all', words: 'All' },
  { name: 'underWay', words: 'In work' },
  { name: 'ready', words: 'Ready' },
  { name: 'failed', words: 'Failed' },
  { name: 'notMade', words: 'Not made' },
];

const BELONGS: Record<FilterName, (card: LiveCard) => boolean> = {
  all: () => true,
  underWay: ({ status }) => status !== 'completed' && status !== 'failed' && status !== 'notMade',
  ready: ({ shownTake, readyTakes }) => shownTake !== undefined || readyTakes > 0,
  failed: ({ status }) => status === 'failed',
  notMade: ({ status }) => status === 'notMade',
};

export function countOf(cards: readonly LiveCard[], name: FilterName): number {
  return name === 'all' ? cards.length : cards.filter(BELONGS[name]).length;
}

/** Cards of a filter whose slate or words hold what is looked for. */
export function filtered(cards: readonly LiveCard[], name: FilterName, wanted: string): LiveCard[] {
  const needle = wanted.trim().toLowerCase();
  return cards.filter((card) => BELONGS[name](card) && (needle === '' || card.name.toLowerCase().includes(needle) || card.words.toLowerCase().includes(needle)));
}
