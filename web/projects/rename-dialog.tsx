import { useState, type ReactNode } from 'react';
import type { ProjectSummary } from '../../src/protocol/api/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';

export function RenameDialog({ film, onRename, onClose }: { film: ProjectSummary; onRename: (title: string) => void; onClose: () => void }): ReactNode {
  const [title, setTitle] = useState(film.title);
  const wanted = title.trim();
  return (
    <Dialog open onOpenChange={onClose} title="Another title">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === '' || wanted === film.title) onClose();
          else onRename(wanted);
        }}
      >
        <TextField
          label="Title"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the window is opened to write here
          autoFocus
          value={title}
          maxLength={200}
          required
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => setTitle(target.value)}
        />
        <div className="flex justify-end gap-3">
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" type="submit">
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
