import type { ClipCacheManager } from '../cache/index.ts';
import { sumUnits } from '../kling/index.ts';
import { isLastFrame, type Engine } from '../protocol/shot-settings.ts';
import type { Store } from '../store/index.ts';
import { loadShots, withParents } from './continuity.ts';
import { attemptFor } from './try-again.ts';
import type { PromptToFilm } from './current-takes.ts';
import { takesToDrop, type PromptWithTakesBefore } from './dropped-takes.ts';
import { takesToFilm, wantedTakes, type WantedRequest, type WantedTake } from './wanted-takes.ts';

/** What a run would do, before it spends anything. Money in Kling units. */
export interface RunForecast {
  /** Takes to be made, with their list prices. */
  toMake: { shot: string; estimateUnits: number; continuesAnotherTake?: true }[];
  estimateUnits: number;
  /** Pictures that are there, or were paid for and are fetched again: they cost nothing more. */
  ready: number;
  /** Pictures that Kling works on, or may work on: their money is set aside already. */
  atKling: number;
  /** Slates of shots that failed and whose next attempt might cost: only `--retries` or `retake` makes one. */
  givenUp: string[];
  /** Takes that the plan asked for before and asks for no more: not sent, and given up when it is saved. */
  dropped: number;
  /** The same for each shot that is asked about, in film order. */
  shots: ShotForecast[];
  /** Where shots of a choice need others before them ({@link ShotForecast.needs}): the choice with those, in film order, and what all of it costs. */
  withNeeds?: { shots: string[]; estimateUnits: number };
}

/** What becomes of the takes of one shot. A picture that an earlier shot has too is counted there. */
export interface ShotForecast {
  shot: string;
  /** Takes to be made, and their list price together. */
  toMake: number;
  estimateUnits: number;
  ready: number;
  atKling: number;
  givenUp: number;
  /** The first earlier shot with the same picture: one clip, paid for once. */
  sameAs?: string;
  /** Shots before it that it goes on from, that have no clip and that are not asked about: it cannot be sent without them. In film order. */
  needs?: string[];
}

/** What the orchestrator's `generateAll` would make, and what that costs. Asks nobody, spends nothing. */
export async function forecastRun(
  parts: { store: Store; cache: ClipCacheManager },
  engine: Engine,
  request: WantedRequest & { retries?: number },
): Promise<RunForecast> {
  const forecast = await forecastTakes(parts, wantedTakes(parts.store, engine, request), request.retries ?? 0);
  if (request.shotIds === undefined) return forecast;
  return await withNeeds(parts, engine, await loadShots(parts.store, engine, request.projectId), forecast);
}

/**
 * The same for a plan that is not saved: what filming it now would make and cost.
 * @param prompts all shots of the film in order, because one may continue another. @param options.only the slates of those that are to be filmed; default all.
 */
export async function forecastPlan(
  parts: { store: Store; cache: ClipCacheManager },
  engine: Engine,
  prompts: readonly PromptWithTakesBefore[],
  { retries = 0, only }: { retries?: number | undefined; only?: readonly string[] | undefined } = {},
): Promise<RunForecast> {
  const all = await withParents(parts.store, engine, prompts);
  const shots = all.filter(({ name }) => only?.includes(name) ?? true);
  const dropped = await takesToDrop(parts.store, engine, shots);
  const without = new Set(dropped.map(({ id }) => id));
  const forecast = await forecastTakes(parts, takesToFilm(parts.store, engine, shots, { without }), retries);
  return { ...(only ? await withNeeds(parts, engine, all, forecast) : forecast), dropped: dropped.length };
}

async function forecastTakes(parts: { cache: ClipCacheManager }, wanted: AsyncIterable<WantedTake<PromptToFilm>[]>, retries: number): Promise<RunForecast> {
  const forecast: RunForecast = { toMake: [], estimateUnits: 0, ready: 0, atKling: 0, givenUp: [], dropped: 0, shots: [] };
  const seen = new Map<string, string>();
  for await (const piece of wanted) {
    for (const { picture, prompt, known, continuesAnotherTake } of piece) {
      const ofShot = lineOf(forecast, prompt.name);
      const first = seen.get(picture.fingerprint);
      if (first !== undefined) {
        if (first !== prompt.name) ofShot.sameAs ??= first;
        continue;
      }
      seen.set(picture.fingerprint, prompt.name);
      const next = attemptFor(known, retries, 'start of a run');
      if (next === 'over') {
        forecast.givenUp.push(prompt.name);
        ofShot.givenUp += 1;
        continue;
      }
      const state = next === 'go on' ? known?.state : undefined;
      const status = state?.status;
      // A clip that came out of a cache has no task of ours to fetch it from again.
      if ((state?.status === 'completed' && state.taskId !== undefined) || (await parts.cache.find(picture.fingerprint))) {
        forecast.ready += 1;
        ofShot.ready += 1;
      } else if (status !== undefined && status !== 'waiting' && status !== 'completed') {
        forecast.atKling += 1;
        ofShot.atKling += 1;
      } else {
        forecast.toMake.push({ shot: prompt.name, estimateUnits: picture.estimateUnits, ...(continuesAnotherTake ? { continuesAnotherTake } : {}) });
        ofShot.toMake += 1;
        ofShot.estimateUnits = sumUnits([ofShot.estimateUnits, picture.estimateUnits]);
      }
    }
  }
  forecast.estimateUnits = sumUnits(forecast.toMake.map(({ estimateUnits }) => estimateUnits));
  return forecast;
}

/** The takes of a shot come together. */
function lineOf({ shots }: RunForecast, shot: string): ShotForecast {
  const last = shots.at(-1);
  if (last?.shot === shot) return last;
  const next: ShotForecast = { shot, toMake: 0, estimateUnits: 0, ready: 0, atKling: 0, givenUp: 0 };
  shots.push(next);
  return next;
}

/** Which shots of a choice cannot be sent without others before them. @param all the film's shots in order, each with the clip it starts from. */
async function withNeeds(parts: { store: Store; cache: ClipCacheManager }, engine: Engine, all: readonly PromptToFilm[], forecast: RunForecast): Promise<RunForecast> {
  const chosen = new Map(forecast.shots.map((each) => [each.shot, each]));
  const shots: ShotForecast[] = [];
  for (const each of forecast.shots) {
    const needs: string[] = [];
    for (let place = all.findIndex(({ name }) => name === each.shot); each.toMake > 0 && place > 0; place -= 1) {
      const frame = all[place]?.settings.startFrame;
      const parent = all[place - 1];
      if (!isLastFrame(frame) || parent === undefined || (await parts.cache.find(frame.lastFrameOf))) break;
      // One that is asked about comes with them: ready or under way, or with needs of its own, which are these as well.
      const beside = chosen.get(parent.name);
      if (beside === undefined) needs.unshift(parent.name);
      else if (beside.toMake === 0) break;
    }
    shots.push(needs.length === 0 ? each : { ...each, needs });
  }
  const needed = new Set(shots.flatMap(({ needs }) => needs ?? []));
  if (needed.size === 0) return forecast;
  const { estimateUnits } = await forecastTakes(parts, takesToFilm(parts.store, engine, all.filter(({ name }) => needed.has(name))), 0);
  const together = all.filter(({ name }) => needed.has(name) || chosen.has(name)).map(({ name }) => name);
  return { ...forecast, shots, withNeeds: { shots: together, estimateUnits: sumUnits([forecast.estimateUnits, estimateUnits]) } };
}
