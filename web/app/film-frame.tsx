import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { Clapperboard, Film, FileText, Users, type LucideIcon } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useLiveFilm, useProjects } from '../live/live-context.tsx';
import { Button } from '../ui/button.tsx';
import { Money } from '../ui/money.tsx';
import { Empty, Loading } from '../ui/notes.tsx';
import { useShortcuts } from './shortcuts.tsx';

/** The screens of a film, in the order of the work. */
const SCREENS = [
  { to: '/films/$projectId/script', words: 'Script & shots', icon: FileText, key: '1' },
  { to: '/films/$projectId/cast', words: 'Cast & look', icon: Users, key: '2' },
  { to: '/films/$projectId/generate', words: 'Generate', icon: Clapperboard, key: '3' },
  { to: '/films/$projectId/cut', words: 'Cut', icon: Film, key: '4' },
] as const satisfies readonly { to: string; words: string; icon: LucideIcon; key: string }[];

/** What stands around the screens of one film: its title, its money, the way between the screens. */
export function FilmFrame(): ReactNode {
  const { projectId } = useParams({ from: '/films/$projectId' });
  const navigate = useNavigate();
  const film = useLiveFilm();
  const projects = useProjects();
  const title = film?.summary?.title;
  useEffect(() => {
    document.title = title === undefined ? 'DirectorStudio' : `${title} – DirectorStudio`;
    return () => {
      document.title = 'DirectorStudio';
    };
  }, [title]);
  useShortcuts('Film', SCREENS.map(({ to, words, key }) => ({ key, words, onPress: () => void navigate({ to, params: { projectId } }) })));
  const isGone = projects !== undefined && !projects.some((project) => project.projectId === projectId);
  if (isGone) {
    return (
      <Empty icon={Film} title="This film is not here" actions={<Button look="primary" onClick={() => void navigate({ to: '/' })}>To the films</Button>}>
        It was removed, or the address is of another home.
      </Empty>
    );
  }
  // Until the stream told of the film, nothing is asked for: from then on the events say what became old.
  if (film === undefined || film.projectId !== projectId || !film.heard || film.summary === undefined) return <Loading words="Opening the film" />;
  const { summary } = film;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 border-b border-line bg-panel px-3 sm:px-5">
        <h1 className="min-w-0 max-w-full truncate py-2 font-semibold">{summary.title}</h1>
        <nav aria-label="Film" className="order-last flex w-full max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-30 max-sm:border-t max-sm:border-line max-sm:bg-panel sm:order-none sm:w-auto">
          {SCREENS.map(({ to, words, icon: Icon, key }) => (
            <Link
              key={to}
              to={to}
              params={{ projectId }}
              title={`${words} (${key})`}
              className="flex flex-1 flex-col items-center gap-0.5 border-b-2 border-transparent px-2 py-2 text-sm whitespace-nowrap text-quiet hover:text-text max-sm:text-xs sm:flex-row sm:gap-2 sm:px-3 sm:py-3"
              activeProps={{ className: 'border-warm! text-text! font-medium', 'aria-current': 'page' }}
            >
              <Icon size={17} aria-hidden className="shrink-0" />
              {words}
            </Link>
          ))}
        </nav>
        <p className="ml-auto py-2 text-sm">
          <Money units={summary.spentUnits} engine={summary.engine} />
          {summary.capUnits === undefined ? null : (
            <span className="text-quiet">
              {' '}
              of <Money units={summary.capUnits} engine={summary.engine} />
            </span>
          )}
        </p>
      </div>
      <div className="flex min-h-0 flex-1 flex-col max-sm:pb-16">
        <Outlet />
      </div>
    </>
  );
}
