import { chooseTake, requireSendable, withdrawRetake } from '../../generation/index.ts';
import type { Preferences } from '../../protocol/api/index.ts';
import type { Handlers } from '../call.ts';
import { HttpError } from '../errors.ts';
import { shotOf, takeOf } from '../find.ts';
import { pageOf } from '../pages.ts';
import { readPreferences } from '../preferences.ts';
import { makeFilmNow } from '../render.ts';
import type { ServerParts } from '../server-parts.ts';
import { forecastView } from '../views/plan-view.ts';
import { takeViews } from '../views/take-view.ts';

/** A fraction of a unit forgives binary fractions, not money: the smallest price step is a ten-thousandth. */
const ALMOST_NOTHING = 1e-9;

/** Making clips: what it costs, beginning, stopping, choosing. */
export const makingHandlers = {
  async forecast({ params, query }, { studio, boards, watch }) {
    await watch.look({ whole: true });
    const { project } = await boards.open(params.projectId);
    const engine = studio.engineFor(project, { sandbox: query.sandbox === true });
    const shotIds = query.shots?.split(',').filter((id) => id !== '');
    const forecast = await studio.forecast(engine, { projectId: project.id, ...(shotIds === undefined ? {} : { shotIds }), ...(query.newTake === true ? { newTake: true } : {}), ...retriesOf(await readPreferences(studio.home), query) });
    return await forecastView(studio, engine, forecast, project);
  },
  async generate({ params, body }, parts, facts) {
    const { studio, boards, maker } = parts;
    const board = await boards.open(params.projectId);
    const { confirmUnits, sandbox, thenFilm, ...request } = body;
    for (const shotId of request.shotIds ?? []) shotOf(board, shotId);
    // As it stands now: another program may have changed the cap.
    const project = await studio.store.projects.getProject(params.projectId);
    const engine = studio.engineFor(project, { sandbox: sandbox === true });
    const preferences = await readPreferences(studio.home);
    const { shotIds, newTake, concurrency = preferences.concurrency, priority } = request;
    const asked = { projectId: project.id, ...(shotIds === undefined ? {} : { shotIds }), ...(newTake === true ? { newTake } : {}), ...retriesOf(preferences, request) };
    const requireAgreed = async () => requireConsent(await forecastView(studio, engine, await studio.forecast(engine, asked), await studio.store.projects.getProject(project.id)), confirmUnits);
    const key = facts.header('idempotency-key');
    if (!(newTake === true)) await requireSendable(studio, engine, asked);
    // A click that was begun already is answered, whatever the price is by now.
    const known = key === undefined ? undefined : await parts.studio.store.requests.find(key);
    if (known === undefined) await requireAgreed();
    const chosen = shotIds ?? [...board.prompts.keys()];
    const takes = newTake === true ? chosen.length : chosen.reduce((sum, id) => sum + Math.max(1, board.prompts.get(id)?.takesWanted ?? 1), 0);
    return await maker.begin(
      {
        ...asked,
        engine,
        requireAgreed,
        takes,
        ...(concurrency === undefined ? {} : { concurrency }),
        ...(priority === undefined ? {} : { priority }),
        ...(thenFilm === true ? { afterwards: async (signal: AbortSignal) => await makeFilmNow(parts, project.id, { partial: false, engine }, signal, () => {}) } : {}),
      },
      { key, body },
    );
  },
  async pause(_, { maker }) {
    await maker.pause(true);
    return { paused: true };
  },
  async goOn(_, { maker }) {
    await maker.pause(false);
    return { paused: false };
  },
  async sendNext({ params }, { boards, maker }) {
    shotOf(await boards.open(params.projectId), params.shotId);
    maker.sendNext(params.shotId);
    return { done: true as const };
  },
  async listJobs({ query }, { jobs }) {
    const { projectId, ...page } = query;
    return pageOf(jobs.list().filter((job) => projectId === undefined || job.projectId === projectId), page);
  },
  async getJob({ params }, { jobs }) {
    return jobs.get(params.jobId);
  },
  async stopJob({ params }, { jobs }) {
    return jobs.stop(params.jobId);
  },
  async selectTake({ params }, parts) {
    const { take, board, shot } = await takeOf(parts, params.takeId);
    await chooseTake(parts.studio.store, { projectId: board.project.id, engine: take.engine }, shot, take.number);
    return await changed(parts, params.takeId, board.project.id);
  },
  async changeTake({ params, body }, parts) {
    const { board } = await takeOf(parts, params.takeId);
    await parts.studio.store.takes.mark(params.takeId, { ...(body.note === undefined ? {} : { note: body.note }), ...(body.rejected === undefined ? {} : { rejected: body.rejected }) });
    return await changed(parts, params.takeId, board.project.id);
  },
  async withdrawTake({ params }, parts) {
    const { take, board, shot, takes } = await takeOf(parts, params.takeId);
    const [view] = takeViews(shot, takes, new Set()).filter(({ takeId }) => takeId === params.takeId);
    if (view?.withdrawable !== true) throw notWithdrawable(shot.name);
    const end = await withdrawRetake(parts.studio.store, take);
    if (end === 'at work') throw new HttpError(409, 'TAKE_AT_WORK', `A program is at work on take ${take.number} of ${shot.name} at this moment.`, { next: 'Stop it first; then withdraw the take.' });
    if (end === 'sent') throw notWithdrawable(shot.name);
    await parts.boards.refresh(board.project.id);
    return { takeId: params.takeId, sharedStillWaits: end === 'left' };
  },
} satisfies Partial<Handlers>;

/** The same for a price and for the run that it was shown for. */
function retriesOf(preferences: Preferences, { retries = preferences.retries }: { retries?: number | undefined }): { retries?: number } {
  return retries === undefined ? {} : { retries };
}

function requireConsent({ engine, mostUnits }: { engine: string; mostUnits: number }, confirmUnits: number | undefined): void {
  if (engine !== 'kling' || mostUnits === 0) return;
  if (confirmUnits === undefined) throw new HttpError(409, 'CONSENT_NEEDED', `This would spend up to ${mostUnits} units with your Kling key, and nobody agreed to it. Nothing was spent.`, { next: 'Show the price, and send it as confirmUnits.', detail: { mostUnits } });
  if (mostUnits > confirmUnits + ALMOST_NOTHING) throw new HttpError(409, 'PRICE_CHANGED', `This would spend up to ${mostUnits} units by now, and ${confirmUnits} were agreed to. Nothing was spent.`, { next: 'Show the new price and ask again.', detail: { mostUnits } });
}

function notWithdrawable(shot: string): HttpError {
  return new HttpError(409, 'TAKE_NOT_WITHDRAWABLE', `This take of ${shot} is no retake that waits unsent.`, { next: 'What was sent is billed and its clip is kept. Planned takes go with fewer of them.' });
}

async function changed(parts: ServerParts, takeId: string, projectId: string) {
  await parts.boards.refresh(projectId);
  const { shot, takes } = await takeOf(parts, takeId);
  parts.log.publish('takes', { projectId, shotId: shot.id }, projectId);
  const [view] = takeViews(shot, takes, parts.studio.store.ledger.drivenNow(takes.map(({ generation }) => generation))).filter((each) => each.takeId === takeId);
  if (!view) throw new HttpError(404, 'TAKE_UNKNOWN', 'There is no such take.', { next: 'Ask for the takes again.' });
  return view;
}
