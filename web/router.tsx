import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { Loading } from './ui/notes.tsx';
import { ErrorScreen } from './app/error-screen.tsx';
import { FilmFrame } from './app/film-frame.tsx';
import { StudioFrame } from './app/studio-frame.tsx';

const root = createRootRoute({ component: StudioFrame });
const projects = createRoute({
  getParentRoute: () => root,
  path: '/',
  /** The window for a new film lies open. */
  validateSearch: ({ new: isNew }: Record<string, unknown>): { new?: true } => (isNew === true ? { new: true } : {}),
  component: lazyRouteComponent(async () => await import('./projects/projects-screen.tsx'), 'ProjectsScreen'),
});
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: lazyRouteComponent(async () => await import('./settings/settings-screen.tsx'), 'SettingsScreen') });
const film = createRoute({ getParentRoute: () => root, path: '/films/$projectId', component: FilmFrame });
const filmIndex = createRoute({
  getParentRoute: () => film,
  path: '/',
  beforeLoad: ({ params }) => {
    // oxlint-disable-next-line typescript/only-throw-error -- the router's own way to lead elsewhere
    throw redirect({ to: '/films/$projectId/script', params });
  },
});
const script = createRoute({
  getParentRoute: () => film,
  path: '/script',
  /** The slate of the shot that is gone to. */
  validateSearch: ({ shot }: Record<string, unknown>): { shot?: string } => (typeof shot === 'string' ? { shot } : {}),
  component: lazyRouteComponent(async () => await import('./script/script-screen.tsx'), 'ScriptScreen'),
});
const cast = createRoute({ getParentRoute: () => film, path: '/cast', component: lazyRouteComponent(async () => await import('./cast/cast-screen.tsx'), 'CastScreen') });
const generate = createRoute({
  getParentRoute: () => film,
  path: '/generate',
  /** The shot whose takes lie open. */
  validateSearch: ({ shot }: Record<string, unknown>): { shot?: string } => (typeof shot === 'string' ? { shot } : {}),
  component: lazyRouteComponent(async () => await import('./board/generate-screen.tsx'), 'GenerateScreen'),
});
const cut = createRoute({ getParentRoute: () => film, path: '/cut', component: lazyRouteComponent(async () => await import('./cut/cut-screen.tsx'), 'CutScreen') });

export const router = createRouter({
  routeTree: root.addChildren([projects, settings, film.addChildren([filmIndex, script, cast, generate, cut])]),
  defaultErrorComponent: ErrorScreen,
  defaultPendingComponent: Loading,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
