import { useState, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Note } from '../ui/notes.tsx';
import { changeBetween } from './text-places.ts';

export interface ChangedElsewhereProps {
  mine: string;
  theirs: string;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Two people, or two windows, wrote at once: nothing is written over before somebody looked at both. */
export function ChangedElsewhere({ mine, theirs, onKeepMine, onTakeTheirs }: ChangedElsewhereProps): ReactNode {
  const [open, setOpen] = useState(false);
  const choose = (take: () => void) => () => {
    setOpen(false);
    take();
  };
  return (
    <div className="border-b border-line p-3">
      <Note kind="warning" actions={<Button small look="primary" onClick={() => setOpen(true)}>Look at both</Button>}>
        The script was saved in another window or program while you wrote. Yours is not saved, and nothing of either is lost.
      </Note>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        size="wide"
        title="Two versions of the script"
        about="Where they differ is marked. Whichever you choose becomes the script."
        actions={
          <>
            <Button onClick={choose(onTakeTheirs)}>Take the saved one</Button>
            <Button look="primary" onClick={choose(onKeepMine)}>
              Save mine over it
            </Button>
          </>
        }
      >
        <div className="grid gap-4 md:grid-cols-2">
          <Version title="Saved meanwhile" text={theirs} other={mine} />
          <Version title="Yours" text={mine} other={theirs} />
        </div>
      </Dialog>
    </div>
  );
}

/** Letters shown before and behind what differs. */
const AROUND = 1_500;

function Version({ title, text, other }: { title: string; text: string; other: string }): ReactNode {
  const { at, inserted } = changeBetween(other, text);
  const from = Math.max(0, at - AROUND);
  const to = Math.min(text.length, at + inserted + AROUND);
  return (
    <section className="min-w-0">
      <h3 className="mb-2 font-semibold">{title}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reached by keys */}
      <pre className="max-h-[50dvh] overflow-y-auto rounded-lg bg-sunken p-3 font-mono text-sm wrap-anywhere whitespace-pre-wrap" tabIndex={0} aria-label={title}>
        {from > 0 ? '… ' : ''}
        {text.slice(from, at)}
        <mark className="rounded bg-accent text-on-accent">{text.slice(at, at + inserted)}</mark>
        {text.slice(at + inserted, to)}
        {to < text.length ? ' …' : ''}
      </pre>
    </section>
  );
}
