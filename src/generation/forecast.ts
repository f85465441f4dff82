import type { ClipCacheManager } from '../cache/index.ts';
import { sumUnits } from '../kling/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Store } from '../store/index.ts';
import { withParents } from './continuity.ts';
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
}

/** What the orchestrator's `generateAll` would make, and what that costs. Asks nobody, spends nothing. */
export async function forecastRun(
  parts: { store: Store; cache: ClipCacheManager },
  engine: Engine,
  request: WantedRequest & { retries?: number },
): Promise<RunForecast> {
  return await forecastTakes(parts, wantedTakes(parts.store, engine, request), request.retries ?? 0);
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
  const shots = (await withParents(parts.store, engine, prompts)).filter(({ name }) => only?.includes(name) ?? true);
  const dropped = await takesToDrop(parts.store, engine, shots);
  const without = new Set(dropped.map(({ id }) => id));
  return { ...(await forecastTakes(parts, takesToFilm(parts.store, engine, shots, { without }), retries)), dropped: dropped.length };
}

async function forecastTakes(parts: { cache: ClipCacheManager }, wanted: AsyncIterable<WantedTake<PromptToFilm>[]>, retries: number): Promise<RunForecast> {
  const forecast: RunForecast = { toMake: [], estimateUnits: 0, ready: 0, atKling: 0, givenUp: [], dropped: 0 };
  const seen = new Set<string>();
  for await (const piece of wanted) {
    for (const { picture, prompt, known, continuesAnotherTake } of piece) {
      if (seen.has(picture.fingerprint)) continue;
      seen.add(picture.fingerprint);
      const next = attemptFor(known, retries, 'start of a run');
      if (next === 'over') {
        forecast.givenUp.push(prompt.name);
        continue;
      }
      const state = next === 'go on' ? known?.state : undefined;
      const status = state?.status;
      // A clip that came out of a cache has no task of ours to fetch it from again.
      if ((state?.status === 'completed' && state.taskId !== undefined) || (await parts.cache.find(picture.fingerprint))) forecast.ready += 1;
      else if (status !== undefined && status !== 'waiting' && status !== 'completed') forecast.atKling += 1;
      else forecast.toMake.push({ shot: prompt.name, estimateUnits: picture.estimateUnits, ...(continuesAnotherTake ? { continuesAnotherTake } : {}) });
    }
  }
  forecast.estimateUnits = sumUnits(forecast.toMake.map(({ estimateUnits }) => estimateUnits));
  return forecast;
}
