import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, RotateCcw, Undo2 } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState, type ReactNode } from 'react';
import type { ProjectSummary } from '../../src/protocol/api/index.ts';
import { useAnswer, useWholeList } from '../api/use-api.ts';
import { useShortcuts } from '../app/shortcuts.tsx';
import { useProjects } from '../live/live-context.tsx';
import { Button } from '../ui/button.tsx';
import { Failure, Loading } from '../ui/notes.tsx';
import { Menu } from '../ui/menu.tsx';
import { Money } from '../ui/money.tsx';
import { useFilmActions } from './film-actions.ts';
import { FilmCard } from './film-card.tsx';
import { DraftNote } from './draft-note.tsx';
import { FilmFinder, foundFilms, type FilmOrder } from './film-finder.tsx';
import { FilmGrid, focusedFilm } from './film-grid.tsx';
import { FirstVisit } from './first-visit.tsx';
import { readGiven, type GivenFile } from './given-file.ts';
import { NewFilmDialog } from './new-film-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { ChooseFile } from './script-source.tsx';
import { DropHint, useFileDrop } from './use-file-drop.tsx';

/** Few films need no search. */
const MANY = 6;

/** Every film, and the way to a new one. */
export function ProjectsScreen(): ReactNode {
  const films = useProjects();
  const about = useAnswer('about', {});
  const { new: isNew = false } = useSearch({ from: '/' });
  const navigate = useNavigate();
  const [file, setFile] = useState<GivenFile>();
  const [wanted, setWanted] = useState('');
  const [order, setOrder] = useState<FilmOrder>('touched');
  const [renamed, setRenamed] = useState<ProjectSummary>();
  const focusSoon = useFocusOnFilm(films);
  const actions = useFilmActions({ onNew: focusSoon });
  const search = useRef<HTMLInputElement>(null);
  const shown = foundFilms(films ?? [], useDeferredValue(wanted), order);
  const openNew = () => void navigate({ to: '/', search: { new: true } });
  const take = async (given: File) => {
    if (!about.data) return;
    const read = await readGiven(given, about.data);
    if ('message' in read) return actions.refuse(read);
    if (read.is === 'film') return actions.importFilm(read.bytes);
    setFile(read);
    openNew();
  };
  const remove = (projectId: string) => {
    const at = shown.findIndex((film) => film.projectId === projectId);
    const beside = shown[at + 1] ?? shown[at - 1];
    actions.remove(projectId, () => {
      if (beside) focusSoon(beside.projectId);
    });
  };
  const endRename = () => {
    const film = renamed?.projectId;
    setRenamed(undefined);
    // Once the window is gone: it was opened from a menu that is gone as well.
    if (film !== undefined) window.setTimeout(() => focusSoon(film));
  };
  const dragging = useFileDrop((given) => void take(given));
  const onFocused = (act: (film: ProjectSummary) => void) => () => {
    const film = films?.find(({ projectId }) => projectId === focusedFilm());
    if (film) act(film);
  };
  useShortcuts('Films', [
    { key: 'n', words: 'New film', onPress: openNew },
    { key: '/', words: 'Look for a film', onPress: () => search.current?.focus() },
    { key: 'ArrowDown', words: 'To the first film; then from film to film', onPress: () => document.querySelector<HTMLElement>('[data-film]')?.focus() },
    { key: 'F2', words: 'Rename the film one stands on', onPress: onFocused(setRenamed) },
    { key: 'd', words: 'Duplicate it', onPress: onFocused(({ projectId }) => actions.duplicate(projectId)) },
    { key: 'Delete', words: 'Remove it; it can be brought back', onPress: onFocused(({ projectId }) => remove(projectId)) },
  ], !isNew && renamed === undefined);

  return (
    <div className="mx-auto flex w-full max-w-480 flex-1 flex-col gap-5 px-3 py-5 sm:px-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-xl font-semibold">Films</h1>
        <Sum films={films ?? []} />
        {films && films.length > MANY ? <FilmFinder ref={search} wanted={wanted} onWanted={setWanted} order={order} onOrder={setOrder} /> : null}
        <RemovedFilms onRestore={actions.restore} />
        <ChooseFile small={false} words="Import a file" onFile={(given) => void take(given)} />
        <Button look="primary" icon={Plus} onClick={openNew}>
          New film <kbd className="max-sm:hidden">N</kbd>
        </Button>
      </div>
      {isNew ? null : <DraftNote onGoOn={openNew} />}
      {about.error ? <Failure failure={about.error} /> : null}
      {films === undefined ? (
        <Loading words="Looking for your films" />
      ) : films.length === 0 ? (
        <FirstVisit onNew={openNew} onFile={(given) => void take(given)} />
      ) : shown.length === 0 ? (
        <p className="p-8 text-center text-quiet">No film is called like that.</p>
      ) : (
        <FilmGrid>
          {shown.map((film) => (
            <FilmCard key={film.projectId} film={film} tellsSandbox={about.data?.engine === 'kling'} onRename={setRenamed} onDuplicate={actions.duplicate} onRemove={remove} />
          ))}
          {films.length > MANY || wanted !== '' ? null : <NewFilmTile onNew={openNew} />}
        </FilmGrid>
      )}
      {isNew ? (
        <NewFilmDialog
          file={file}
          onFile={(given) => {
            if (given) void take(given);
            else setFile(undefined);
          }}
          onClose={() => {
            setFile(undefined);
            void navigate({ to: '/', search: {} });
          }}
        />
      ) : null}
      {renamed === undefined ? null : (
        <RenameDialog
          film={renamed}
          onRename={(title) => {
            actions.rename(renamed, title);
            endRename();
          }}
          onClose={endRename}
        />
      )}
      {dragging ? <DropHint /> : null}
    </div>
  );
}

/** How many there are, and what they cost together; play money is no cost. */
function Sum({ films }: { films: readonly ProjectSummary[] }): ReactNode {
  const spent = films.reduce((sum, { engine, spentUnits }) => sum + (engine === 'kling' ? spentUnits : 0), 0);
  return (
    <p className="mr-auto text-quiet">
      {films.length === 0 ? null : films.length}
      {spent === 0 ? null : (
        <>
          , <Money units={spent} engine="kling" /> spent
        </>
      )}
    </p>
  );
}

/** A place among the films for the next one, while there are few. */
function NewFilmTile({ onNew }: { onNew: () => void }): ReactNode {
  return (
    <li className="flex min-h-44">
      <button type="button" onClick={onNew} className="flex flex-1 flex-col items-center justify-center gap-2 rounded-xl border-2 border-dashed border-line p-5 text-quiet transition-colors hover:border-edge hover:text-text">
        <Plus size={26} aria-hidden />
        A film from your script
        <span className="text-sm">Paste it, choose a file, or drop one here.</span>
      </button>
    </li>
  );
}

function RemovedFilms({ onRestore }: { onRestore: (trashId: string) => void }): ReactNode {
  const removed = useWholeList('listTrash', {});
  if (!removed.data || removed.data.length === 0) return null;
  return <Menu trigger={<Button icon={RotateCcw}>Removed</Button>} items={removed.data.map(({ trashId, title }) => ({ key: trashId, words: `Bring back ${title}`, icon: Undo2, onSelect: () => onRestore(trashId) }))} />;
}

/** Puts the keyboard on a film, now or as soon as it is in the list. */
function useFocusOnFilm(films: readonly ProjectSummary[] | undefined): (projectId: string) => void {
  const wanted = useRef<string>(undefined);
  const focus = () => {
    const link = wanted.current === undefined ? null : document.querySelector<HTMLElement>(`[data-film="${wanted.current}"]`);
    if (!link) return;
    wanted.current = undefined;
    link.focus();
  };
  useEffect(focus, [films]);
  return (projectId) => {
    wanted.current = projectId;
    focus();
  };
}
