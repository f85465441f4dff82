import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Cut } from '../../src/protocol/api/index.ts';
import { useFailureToast } from '../app/toasts.tsx';
import { useConnection } from '../live/live-context.tsx';
import { CutDesk, type Order } from './cut-desk.ts';
import { editOf, filmOf, isShot, shotsOf, type EditPart, type FilmPart, type ShownShot } from './parts.ts';

/** The film as it stands with what was just changed, and what changes it. */
export interface CutNow {
  parts: readonly FilmPart[];
  edit: readonly EditPart[];
  leftOut: readonly ShownShot[];
  durationS: number;
  edited: boolean;
  saving: boolean;
  canUndo: boolean;
  canRedo: boolean;
  desk: CutDesk;
}

/** @param cut as the studio has it. */
export function useCut(projectId: string, cut: Cut): CutNow {
  const client = useQueryClient();
  const onFailed = useFailureToast();
  const connection = useConnection();
  const [desk] = useState(() => new CutDesk(client, projectId, cut, onFailed));
  useSyncExternalStore(desk.on, () => desk.version);
  useEffect(() => desk.hear(cut), [desk, cut]);
  useEffect(() => {
    if (connection === 'live') desk.retry();
  }, [desk, connection]);
  const { draft, stored } = desk;
  const film = useMemo(() => filmNow(stored, draft), [stored, draft]);
  return { ...film, edited: draft === undefined ? stored.edited : draft !== 'script', saving: draft !== undefined, canUndo: desk.canUndo, canRedo: desk.canRedo, desk };
}

function filmNow(cut: Cut, draft: Order | undefined): Pick<CutNow, 'parts' | 'edit' | 'leftOut' | 'durationS'> {
  // The script's own order is the studio's to say.
  if (draft === undefined || draft === 'script') return { parts: cut.parts, edit: editOf(cut.parts), leftOut: cut.leftOut, durationS: cut.durationS };
  const shots = shotsOf(cut);
  const parts = filmOf(draft, shots);
  const used = new Set(parts.filter(isShot).map(({ shotId }) => shotId));
  return { parts, edit: editOf(parts), leftOut: [...shots.values()].filter(({ shotId }) => !used.has(shotId)), durationS: parts.at(-1)?.endS ?? 0 };
}
