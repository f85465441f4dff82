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
  ready: ({ readyTakes }) => readyTakes > 0,
  failed: ({ status }) => status === 'failed',
  notMade: ({ status }) => status === 'notMade',
};

/** How many cards each filter would show. */
export function countsOf(cards: readonly LiveCard[]): Record<FilterName, number> {
  const counts = { all: 0, underWay: 0, ready: 0, failed: 0, notMade: 0 };
  for (const card of cards) for (const { name } of FILTERS) if (BELONGS[name](card)) counts[name] += 1;
  return counts;
}

/** Cards of a filter whose slate or words hold what is looked for. */
export function filtered(cards: readonly LiveCard[], name: FilterName, wanted: string): LiveCard[] {
  const needle = wanted.trim().toLowerCase();
  return cards.filter((card) => BELONGS[name](card) && (needle === '' || card.name.toLowerCase().includes(needle) || card.words.toLowerCase().includes(needle)));
}
