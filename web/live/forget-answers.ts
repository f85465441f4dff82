import type { QueryClient } from '@tanstack/react-query';
import type { RouteName } from '../../src/protocol/api/index.ts';
import type { PageEvent } from '../../src/protocol/events.ts';

/** Answers that a flood of progress makes old: asked for again at most this often. */
const OFTEN_MS = 800;

const OF_THE_PLAN: readonly RouteName[] = ['listShots', 'getShot', 'getScript', 'getCast', 'adviseFilm', 'forecast', 'getCut', 'getProject'];
const OF_THE_CUT: readonly RouteName[] = ['getCut', 'getProject'];
const OF_THE_CARDS: readonly RouteName[] = ['forecast', 'getCut', 'getProject'];
/** What is removed frees clips that it used. */
const OF_THE_TRASH: readonly RouteName[] = ['listTrash', 'pruneCache'];
const OF_THE_CACHE: readonly RouteName[] = ['cacheSize', 'pruneCache'];
const OF_THE_SETTINGS: readonly RouteName[] = ['about', 'listKeys', 'getPreferences', 'checkKey', 'diagnostics'];

/** Answers that an event makes old are asked for again, where a screen shows them. @returns what hears the events. */
export function forgetAnswers(client: QueryClient): { hear: (event: PageEvent) => void; close: () => void } {
  const waiting = new Map<string, number>();
  const forget = (names: readonly RouteName[], projectId?: string) => {
    for (const name of names) void client.invalidateQueries({ queryKey: projectId === undefined ? [name] : [name, projectId] });
  };
  const forgetSoon = (names: readonly RouteName[], projectId: string) => {
    if (waiting.has(projectId)) return;
    waiting.set(projectId, window.setTimeout(() => {
      waiting.delete(projectId);
      forget(names, projectId);
    }, OFTEN_MS));
  };
  return {
    hear(event) {
      switch (event.type) {
        case 'snapshot':
          return void client.invalidateQueries();
        case 'plan':
          return forget(OF_THE_PLAN, event.data.projectId);
        case 'cut':
          return forget(OF_THE_CUT, event.data.projectId);
        case 'takes':
          return void client.invalidateQueries({ queryKey: ['listTakes', event.data.projectId, { projectId: event.data.projectId, shotId: event.data.shotId }] });
        case 'card':
          void client.invalidateQueries({ queryKey: ['listTakes', event.data.projectId, { projectId: event.data.projectId, shotId: event.data.card.shotId }] });
          return forgetSoon(OF_THE_CARDS, event.data.projectId);
        case 'project':
          return forgetSoon(['getProject', 'forecast'], event.data.project.projectId);
        case 'settings':
          return forget(OF_THE_SETTINGS);
        case 'projectGone':
          return forget(OF_THE_TRASH);
        case 'job':
          return event.data.job.endedAt === undefined ? undefined : forget(OF_THE_CACHE);
        case 'clip':
        case 'paused':
        case 'notice':
        case 'resync':
          return undefined;
      }
    },
    close() {
      for (const timer of waiting.values()) window.clearTimeout(timer);
    },
  };
}
