import { setImmediate } from 'node:timers/promises';
import { adviseFor, filmShot, readStored } from '../../project/index.ts';
import { KlingModelAdvisor } from '../../prompt/advisor/index.ts';
import { advisedView } from '../views/advised-view.ts';
import { readingOfCast } from '../views/cast-view.ts';
import { drawingUrl } from '../views/card-view.ts';
import { shotView } from '../views/shot-view.ts';
import type { Board } from '../boards.ts';
import type { Handlers } from '../call.ts';
import { pageOf } from '../pages.ts';
import { shotOf } from '../find.ts';

const view = (board: Board, shot: ReturnType<typeof shotOf>) => shotView(shot, { pictureUrl: drawingUrl(shot, board.drawings) });

/** The shots of a film by their words. */
export const shotHandlers = {
  async listShots({ params, query }, { boards, watch }) {
    await watch.look({ whole: true });
    const board = await boards.open(params.projectId);
    const page = pageOf([...board.prompts.values()], query);
    const items = [];
    for (const [index, shot] of (await readStored(page.items)).entries()) {
      // Words that were never looked at take half a millisecond a shot: events go on in between.
      if (index % 50 === 49) await setImmediate();
      items.push(view(board, shot));
    }
    return { ...page, items };
  },
  async getShot({ params }, { boards, watch }) {
    await watch.look({ whole: true });
    const board = await boards.open(params.projectId);
    const [shot = shotOf(board, params.shotId)] = await readStored([shotOf(board, params.shotId)]);
    return view(board, shot);
  },
  async adviseFilm({ params }, { boards }) {
    const board = await boards.open(params.projectId);
    const shots = [...board.prompts.values()].map(({ name, prompt, settings }) => filmShot(name, prompt, settings));
    const { choice, nextCheaper, nextBetter, floor, reasons, flagged } = adviseFor(KlingModelAdvisor, shots, { capUnits: board.project.capUnits });
    return {
      ...(choice ? { choice: advisedView(choice) } : {}),
      ...(nextCheaper ? { cheaper: advisedView(nextCheaper) } : {}),
      ...(nextBetter ? { better: advisedView(nextBetter) } : {}),
      floor,
      reasons: [...reasons],
      flagged: flagged.map(({ name, why, advice }) => ({ name, why, ...(advice.choice ? { choice: advisedView(advice.choice) } : {}) })),
    };
  },
  async getCast({ params }, { boards, studio, watch }) {
    await watch.look({ whole: true });
    return readingOfCast(await boards.open(params.projectId), studio.home);
  },
} satisfies Partial<Handlers>;
