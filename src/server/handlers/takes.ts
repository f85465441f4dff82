import { journalFacts, journalWords } from '../../generation/index.ts';
import type { Handlers } from '../call.ts';
import { shotOf, takeOf } from '../find.ts';
import { pageOf } from '../pages.ts';
import { takeViews } from '../views/take-view.ts';

/** Boards and takes: where every shot stands. */
export const takeHandlers = {
  async getBoard({ params, query }, { boards, watch }) {
    await watch.look({ whole: true });
    const { cards } = await boards.open(params.projectId);
    return pageOf([...cards.values()], query);
  },
  async listTakes({ params, query }, { boards, studio, watch }) {
    await watch.look({ whole: true });
    const board = await boards.open(params.projectId);
    const shot = shotOf(board, params.shotId);
    const views = [];
    for (const engine of board.project.engine === 'kling' ? (['kling', 'sandbox'] as const) : (['sandbox', 'kling'] as const)) {
      const takes = await studio.store.takes.list([shot.id], engine);
      views.push(...takeViews(shot, takes, studio.store.ledger.drivenNow(takes.map(({ generation }) => generation))));
    }
    return pageOf(views, query);
  },
  async takeHistory({ params, query }, parts) {
    const { take } = await takeOf(parts, params.takeId);
    const { ledger } = parts.studio.store;
    const entries = [];
    for (const row of await ledger.listPicture(take.generation.fingerprint)) {
      for (const { atMs, event, detail } of await ledger.journal(row.id)) entries.push({ at: new Date(atMs).toISOString(), attempt: row.attempt, event, words: `${journalWords(event, take.engine)}${journalFacts(detail, take.engine)}`, detail });
    }
    return pageOf(entries, query);
  },
} satisfies Partial<Handlers>;
