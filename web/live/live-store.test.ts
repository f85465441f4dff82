import { describe, expect, it } from 'vitest';
import type { ProjectSummary, ShotCard } from '../../src/protocol/api/index.ts';
import { LiveStore, type Pace, type Topic } from './live-store.ts';

const SUMMARY: ProjectSummary = { projectId: 'film', title: 'The Lighthouse', name: 'lighthouse', engine: 'sandbox', shots: 3, ready: 0, failed: 0, underWay: 0, notMade: 3, screenS: 15, spentUnits: 0, atWork: false, createdAt: '2026-01-01', updatedAt: '2026-01-01' };

function cardOf(shotId: string, index: number, more: Partial<ShotCard> = {}): ShotCard {
  return { shotId, name: `S01_SH0${index}`, index, sceneNumber: 1, words: shotId, status: 'notMade', readyTakes: 0, takes: 0, takesWanted: 1, onScreenS: 5, estimateUnits: 1.5, billedUnits: 0, atWork: false, continues: false, pictureUrl: '/p', ...more };
}

/** A store whose listeners are called when the test says so. */
function openStore(cards: ShotCard[]) {
  const waiting: { flush: () => void; pace: Pace }[] = [];
  const woken: Topic[] = [];
  let nowMs = 1_000;
  const store = new LiveStore({ schedule: (flush, pace) => waiting.push({ flush, pace }), nowMs: () => nowMs });
  for (const topic of ['film', 'cards', 'projects', ...cards.map(({ shotId }): Topic => `card ${shotId}`)] satisfies Topic[]) store.on(topic, () => woken.push(topic));
  store.watch('film');
  store.hear({ type: 'snapshot', data: { projects: [SUMMARY], jobs: [], paused: false, project: SUMMARY, cards } });
  const flush = () => {
    for (const { flush: each } of waiting.splice(0)) each();
    return woken.splice(0);
  };
  flush();
  return { store, flush, waiting, at: (ms: number) => (nowMs = ms) };
}

const CARDS = [cardOf('b', 2), cardOf('a', 1), cardOf('c', 3)];

describe('what is live in the page', () => {
  it('shows the cards in the order of the film, however they came', () => {
    const { store } = openStore(CARDS);
    expect(store.allCards().map(({ shotId }) => shotId)).toEqual(['a', 'b', 'c']);
  });

  it('wakes the card whose clip moved, the list, and no other card', () => {
    const { store, flush } = openStore(CARDS);
    store.hear({ type: 'card', data: { projectId: 'film', card: cardOf('b', 2, { status: 'polling', stage: 'processing', take: 1 }) } });
    expect(flush()).toEqual(['card b', 'cards']);
  });

  it('calls listeners once for a flood of events, with the last of them', () => {
    const { store, flush, waiting } = openStore(CARDS);
    store.hear({ type: 'card', data: { projectId: 'film', card: cardOf('a', 1, { status: 'polling', stage: 'downloading', take: 1 }) } });
    for (let percent = 1; percent <= 100; percent += 1) store.hear({ type: 'clip', data: { projectId: 'film', engine: 'sandbox', shotId: 'a', shot: 'S01_SH01', take: 1, status: 'polling', stage: 'downloading', fraction: percent / 100, estimateUnits: 1.5 } });
    expect(waiting).toHaveLength(2);
    expect(flush()).toEqual(['card a', 'cards']);
    expect(store.card('a')).toMatchObject({ fraction: 1, stage: 'downloading' });
  });

  it('does not take the progress of one take for that of the take that the card tells of', () => {
    const { store } = openStore([cardOf('a', 1, { status: 'completed', stage: 'completed', take: 1 })]);
    store.hear({ type: 'clip', data: { projectId: 'film', engine: 'sandbox', shotId: 'a', shot: 'S01_SH01', take: 2, status: 'polling', stage: 'processing', estimateUnits: 1.5 } });
    expect(store.card('a')?.status).toBe('completed');
  });

  it('knows from the first progress of a shot that it is being made, as the server does, which says no card for that', () => {
    const { store } = openStore(CARDS);
    store.hear({ type: 'clip', data: { projectId: 'film', engine: 'sandbox', shotId: 'a', shot: 'S01_SH01', take: 1, status: 'generating', stage: 'sending', estimateUnits: 1.5 } });
    expect(store.card('a')).toMatchObject({ atWork: true, take: 1, status: 'generating', stage: 'sending' });
    store.hear({ type: 'clip', data: { projectId: 'film', engine: 'sandbox', shotId: 'b', shot: 'S01_SH02', take: 1, status: 'completed', stage: 'completed', estimateUnits: 1.5 } });
    expect(store.card('b')).toMatchObject({ atWork: false, status: 'completed' });
  });

  it('counts time left from the moment it was said', () => {
    const { store, at } = openStore(CARDS);
    at(5_000);
    store.hear({ type: 'card', data: { projectId: 'film', card: cardOf('a', 1, { status: 'polling', stage: 'processing', take: 1, timeLeftMs: 40_000 }) } });
    expect(store.card('a')).toMatchObject({ timeLeftMs: 40_000, heardAtMs: 5_000 });
  });

  it('throws away what it knew when a snapshot comes: a shot that is gone is gone', () => {
    const { store, flush } = openStore(CARDS);
    store.hear({ type: 'snapshot', data: { projects: [SUMMARY], jobs: [], paused: true, project: SUMMARY, cards: [cardOf('a', 1)] } });
    expect(flush()).toContain('card c');
    expect(store.allCards().map(({ shotId }) => shotId)).toEqual(['a']);
    expect(store.paused).toBe(true);
  });

  it('shows no card of a shot that was taken out of the script', () => {
    const { store, flush } = openStore(CARDS);
    store.hear({ type: 'plan', data: { projectId: 'film', shotIds: ['a', 'c', 'd'] } });
    store.hear({ type: 'card', data: { projectId: 'film', card: cardOf('c', 2) } });
    store.hear({ type: 'card', data: { projectId: 'film', card: cardOf('d', 3) } });
    flush();
    expect(store.allCards().map(({ shotId }) => shotId)).toEqual(['a', 'c', 'd']);
  });

  it('hears nothing of another film', () => {
    const { store, flush } = openStore(CARDS);
    store.hear({ type: 'card', data: { projectId: 'other', card: cardOf('a', 1, { words: 'of another film' }) } });
    expect(flush()).toEqual([]);
  });
});
