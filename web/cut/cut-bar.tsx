import { FileInput, Redo2, RotateCcw, Undo2 } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { useChange } from '../api/use-api.ts';
import { useShortcuts } from '../app/shortcuts.tsx';
import { useConnection } from '../live/live-context.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { durationWords } from '../ui/time-words.ts';
import type { CutNow } from './use-cut.ts';
import type { CutWork } from './use-cut-work.ts';
import { useFailureToast } from '../app/toasts.tsx';

export interface CutBarProps {
  projectId: string;
  cut: CutNow;
  /** Whose order it is, where it is not the script's. */
  editedBy: string | undefined;
  work: CutWork;
}

/** Whose order the film has, whether it is saved, and the ways back. */
export function CutBar({ projectId, cut, editedBy, work }: CutBarProps): ReactNode {
  const connection = useConnection();
  const whose = cut.edited ? (editedBy === undefined || editedBy === 'the page' ? 'in your own order' : `as in ${editedBy}`) : 'as in the script';
  useShortcuts('Cut', [
    { key: 'z', words: 'Take back', withControl: true, withShift: false, onPress: work.undo },
    { key: 'z', words: 'Do again', withControl: true, withShift: true, onPress: work.redo },
    { key: 'y', words: 'Do again too', withControl: true, onPress: work.redo },
  ]);
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5 sm:px-5">
      <h2 className="font-semibold">Cut</h2>
      <p className="text-sm text-quiet">
        {cut.parts.length} {cut.parts.length === 1 ? 'part' : 'parts'}, {durationWords(cut.durationS)}, {whose}
        <span data-saved={!cut.saving}>{cut.saving ? (connection === 'lost' ? ', not saved yet: waits for the studio' : ', saving') : cut.edited ? ', saved' : ''}</span>
      </p>
      <div className="ml-auto flex flex-wrap items-center gap-1">
        <IconButton icon={Undo2} label="Undo" shortcut="Ctrl Z" small disabled={!cut.canUndo} onClick={work.undo} />
        <IconButton icon={Redo2} label="Redo" shortcut="Ctrl Shift Z" small disabled={!cut.canRedo} onClick={work.redo} />
        <Button small look="quiet" icon={RotateCcw} disabled={!cut.edited} onClick={work.reset}>
          Script’s order
        </Button>
        <ReadEdit projectId={projectId} cut={cut} />
      </div>
    </header>
  );
}

/** Takes the order and trims that somebody made in an editor, from the file it wrote. */
function ReadEdit({ projectId, cut }: { projectId: string; cut: CutNow }): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<ApiCalls['readCut']['answer'] & { name: string }>();
  const readCut = useChange('readCut', {
    onFailed: useFailureToast(),
    onDone(answer, { query }) {
      cut.desk.take(answer.cut);
      setRead({ ...answer, name: query.name });
    },
  });
  const take = async (file: File | undefined) => {
    if (file) readCut.mutate({ params: { projectId }, query: { name: file.name }, body: new Uint8Array(await file.arrayBuffer()) });
  };
  return (
    <>
      <Button small look="quiet" icon={FileInput} busy={readCut.isPending} title="OTIO, FCPXML or EDL, as your editor writes it" onClick={() => input.current?.click()}>
        From an editor
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="An editor’s file"
        accept=".otio,.fcpxml,.xml,.edl"
        onChange={({ target }) => {
          void take(target.files?.[0]);
          target.value = '';
        }}
      />
      <Dialog open={read !== undefined} onOpenChange={() => setRead(undefined)} title={`The cut of ${read?.name ?? ''}`} about="The film has its order and trims now. Undo takes it back." actions={<Button look="primary" onClick={() => setRead(undefined)}>Good</Button>}>
        {read === undefined ? null : (
          <ul className="flex list-disc flex-col gap-2 pl-5">
            <li>
              {read.cut.parts.length} parts, {durationWords(read.cut.durationS)}
            </li>
            {read.selections.map(({ slate, take: number }) => (
              <li key={slate}>
                {slate} shows take {number} now
              </li>
            ))}
            {read.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </Dialog>
    </>
  );
}
