import { useAnnounce } from '../app/announcer.tsx';
import { useToast } from '../app/toasts.tsx';
import { useLiveFilm } from '../live/live-context.tsx';
import { durationWords } from '../ui/time-words.ts';
import type { FilmPlayer } from './film-player.ts';
import { blackBehind, filmOf, FRAME_S, isShot, moved, outOf, partName, putBack, replaced, shotsOf, takenOut, trimmed, type EditPart, type ShownShot } from './parts.ts';
import type { CutNow } from './use-cut.ts';

/** What can be done to the film's parts; each is said aloud and can be taken back. */
export interface CutWork {
  move: (from: number, to: number) => void;
  trim: (index: number, trim: { inS?: number; outS?: number }) => void;
  setBlack: (index: number, blackS: number) => void;
  takeOut: (index: number) => void;
  putBack: (shot: ShownShot) => void;
  addBlack: (index: number) => void;
  /** In or out of the part at the playhead, there. */
  trimHere: (edge: 'in' | 'out') => void;
  reset: () => void;
  undo: () => void;
  redo: () => void;
}

const NEW_BLACK_S = 1;

export function useCutWork(cut: CutNow, player: FilmPlayer): CutWork {
  const { parts, edit, leftOut, desk } = cut;
  const announce = useAnnounce();
  const toast = useToast();
  const scriptOrder = useLiveFilm()?.shotIds ?? [];
  /** The player hears of it at once, so that it can be sent to what changed. */
  const change = (next: readonly EditPart[], index?: number, offsetS = 0) => {
    desk.change(next);
    player.setParts(filmOf(next, shotsOf({ parts, leftOut })));
    if (index !== undefined) player.goTo(index, offsetS);
  };
  const work: CutWork = {
    move(from, to) {
      const part = parts[from];
      if (!part || from === to) return;
      change(moved(edit, from, to), to);
      announce(`${partName(part)} is part ${to + 1} of ${parts.length} now.`);
    },
    trim(index, trim) {
      const part = parts[index];
      if (!part || !isShot(part)) return;
      const next = trimmed(part, trim);
      const lengthS = outOf({ ...next, clipS: part.clipS }) - next.inS;
      // There one sees what was cut.
      change(replaced(edit, index, next), index, trim.outS === undefined ? 0 : lengthS - FRAME_S);
      announce(`${part.name} from ${durationWords(next.inS)} to ${durationWords(next.outS ?? part.clipS)}, ${durationWords(lengthS)} long.`);
    },
    setBlack(index, blackS) {
      change(replaced(edit, index, { blackS: Math.round(blackS * 1000) / 1000 }), index);
      announce(`Black, ${durationWords(blackS)}.`);
    },
    takeOut(index) {
      const part = parts[index];
      const rest = takenOut(edit, index);
      if (!part) return;
      if (!rest) return toast({ words: 'A film needs a shot: the last one stays.' });
      change(rest);
      announce(`${partName(part)} is out of the film; Ctrl Z brings it back.`);
    },
    putBack(shot) {
      const back = putBack(edit, shot, scriptOrder);
      change(back.edit, back.index);
      announce(`${shot.name} is back, as part ${back.index + 1} of ${back.edit.length}.`);
    },
    addBlack(index) {
      change(blackBehind(edit, index, NEW_BLACK_S), index + 1);
      announce(`A second of black behind part ${index + 1}.`);
    },
    trimHere(edge) {
      const part = parts[player.index];
      if (!part || !isShot(part)) return;
      const atS = part.inS + player.timeS - part.startS;
      // The frame that is seen is the last one that stays.
      if (edge === 'in') work.trim(player.index, { inS: atS });
      else work.trim(player.index, { outS: Math.min(outOf(part), atS + FRAME_S) });
    },
    reset() {
      desk.change('script');
      announce('Back to the script’s order and lengths; Ctrl Z takes that back.');
    },
    undo() {
      if (!desk.canUndo) return;
      desk.undo();
      announce('Taken back.');
    },
    redo() {
      if (!desk.canRedo) return;
      desk.redo();
      announce('Done again.');
    },
  };
  return work;
}
