import type { Refusal } from './given-file.ts';
import { useChange } from '../api/use-api.ts';
import { useFailureToast, useToast } from '../app/toasts.tsx';

export interface FilmActions {
  remove: (projectId: string, onRemoved: () => void) => void;
  restore: (trashId: string) => void;
  duplicate: (projectId: string) => void;
  rename: (film: { projectId: string; title: string }, title: string) => void;
  importFilm: (bytes: Uint8Array) => void;
  refuse: (refusal: Refusal) => void;
}

/** What is done to a film from outside of it, each with its way back. */
export function useFilmActions(options: { onNew: (projectId: string) => void }): FilmActions {
  const toast = useToast();
  const onFailed = useFailureToast();
  const restore = useChange('restoreProject', {
    onFailed,
    onDone({ title, projectId }, _, client) {
      toast({ words: `${title} is back.` });
      void client.invalidateQueries({ queryKey: ['listTrash'] });
      options.onNew(projectId);
    },
  });
  const remove = useChange('removeProject', {
    onFailed,
    onDone({ title, trashId }) {
      toast({ words: `${title} is removed. Its clips and bills stay.`, next: 'It can be brought back for a day.', action: { words: 'Undo', onPress: () => restore.mutate({ params: { trashId } }) } });
    },
  });
  const duplicate = useChange('duplicateProject', {
    onFailed,
    onDone({ title, projectId }) {
      toast({ words: `${title} is there. Its clips are shared and paid for once.` });
      options.onNew(projectId);
    },
  });
  const rename = useChange('changeProject', { onFailed });
  const importFilm = useChange('importProject', {
    onFailed,
    onDone({ title, projectId }) {
      toast({ words: `${title} is here.`, next: 'Clips that this studio knows are there again; the others cost nothing while they are on the account: Settings, Recover.' });
      options.onNew(projectId);
    },
  });
  return {
    remove: (projectId, onRemoved) => remove.mutate({ params: { projectId } }, { onSuccess: onRemoved }),
    restore: (trashId) => restore.mutate({ params: { trashId } }),
    duplicate: (projectId) => duplicate.mutate({ params: { projectId }, body: {} }),
    rename({ projectId, title: before }, title) {
      const put = (words: string, onSuccess: () => void) => rename.mutate({ params: { projectId }, body: { title: words } }, { onSuccess });
      put(title, () => toast({ words: `Now called ${title}.`, action: { words: 'Undo', onPress: () => put(before, () => {}) } }));
    },
    importFilm: (bytes) => importFilm.mutate({ body: bytes }),
    refuse: onFailed,
  };
}
