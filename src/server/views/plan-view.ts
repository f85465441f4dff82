import { capReach, type RunForecast } from '../../generation/index.ts';
import { roundedMoney } from '../../lib/money-words.ts';
import type { FilmPlan } from '../../project/index.ts';
import type { Forecast, Plan } from '../../protocol/api/index.ts';
import type { Engine } from '../../protocol/shot-settings.ts';
import type { Project } from '../../store/index.ts';
import type { Studio } from '../../studio.ts';
import { readPreferences } from '../preferences.ts';
import { shotView } from './shot-view.ts';

/** A plan for the page, with what filming it would cost now. */
export async function planView(studio: Studio, plan: FilmPlan, engine: Engine): Promise<Plan> {
  const shots = plan.shots.map((shot, index) => {
    const counted = plan.shots.slice(0, index).filter(({ sceneNumber }) => sceneNumber === shot.sceneNumber).length + 1;
    return shotView({ ...shot, index: index + 1, numberInScene: counted }, { change: shot.change });
  });
  const { under: _, ...filmSettings } = plan.filmSettings;
  return {
    ...(plan.project ? { projectId: plan.project.id } : {}),
    reading: plan.reading,
    shots,
    removed: plan.removed,
    notes: plan.notes,
    warnings: plan.warnings,
    screenS: Math.round(shots.reduce((sum, { onScreenS }) => sum + onScreenS, 0) * 1000) / 1000,
    estimateUnits: plan.estimateUnits,
    filmSettings,
    castAndLook: plan.castAndLook,
    forecast: await forecastView(studio, engine, await studio.forecastPlan(plan, engine, { retries: (await readPreferences(studio.home)).retries ?? 0 }), plan.project),
  };
}

/** What a run would make and cost, under the film's cap. */
export async function forecastView(studio: Studio, engine: Engine, forecast: RunForecast, project: Pick<Project, 'id' | 'capUnits'> | undefined): Promise<Forecast> {
  const spentUnits = project ? roundedMoney(await studio.store.ledger.spentUnits(project.id, engine)) : 0;
  const capUnits = project?.capUnits;
  const { reaches, mostUnits } = capReach(forecast.toMake.map(({ estimateUnits }) => estimateUnits), capUnits === undefined ? Number.POSITIVE_INFINITY : Math.max(0, roundedMoney(capUnits - spentUnits)));
  return {
    engine,
    toMake: forecast.toMake,
    estimateUnits: forecast.estimateUnits,
    ready: forecast.ready,
    underWay: forecast.atKling,
    givenUp: forecast.givenUp,
    dropped: forecast.dropped,
    ...(capUnits === undefined ? {} : { capUnits }),
    spentUnits,
    capReaches: reaches,
    mostUnits,
  };
}
