import { PencilLine, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useToast } from '../app/toasts.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { keepNewFilm, NEW_DRAFT, readNewFilm } from './new-film-draft.ts';

/** A film that was begun and not made: its words are still there. */
export function DraftNote({ onGoOn }: { onGoOn: () => void }): ReactNode {
  const [draft, setDraft] = useState(readNewFilm);
  const toast = useToast();
  const put = (kept: typeof draft) => {
    keepNewFilm(kept);
    setDraft(kept);
  };
  const words = draft.text.trim().replaceAll(/\s+/g, ' ').slice(0, 200);
  if (words === '') return null;
  return (
    <div className="flex items-center gap-3 rounded-lg border border-line bg-panel px-4 py-2">
      <PencilLine size={17} aria-hidden className="shrink-0 text-warm-text" />
      <p className="min-w-0 flex-1 truncate">
        You began a film: <span className="text-quiet">{words}</span>
      </p>
      <Button small onClick={onGoOn}>
        Go on
      </Button>
      <IconButton
        icon={X}
        small
        label="Throw it away"
        onClick={() => {
          put(NEW_DRAFT);
          toast({ words: 'The beginning is thrown away.', action: { words: 'Undo', onPress: () => put(draft) } });
        }}
      />
    </div>
  );
}
