import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { useAnswer, useChange } from '../api/use-api.ts';
import { keyWords } from '../app/shortcuts.tsx';
import { useToast } from '../app/toasts.tsx';
import { useProjects } from '../live/live-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/notes.tsx';
import { base64Of, type GivenFile } from './given-file.ts';
import { freeTitle, titleOfFile, titleOfText } from './film-title.ts';
import { keepNewFilm, NEW_DRAFT, readNewFilm, type NewFilmDraft } from './new-film-draft.ts';
import { NewFilmOptions } from './new-film-options.tsx';
import { PlanPreviewPane, PreviewLine } from './plan-preview-pane.tsx';
import { ScriptSource, type Example } from './script-source.tsx';
import { usePlanPreview, type PreviewRequest } from './use-plan-preview.ts';

export interface NewFilmDialogProps {
  onClose: () => void;
  /** A script that was dropped or chosen; it goes before what is written. */
  file: GivenFile | undefined;
  onFile: (file: File | undefined) => void;
}

/** A film from a script, an example, or words that are pasted: what it becomes is seen before it is made. */
export function NewFilmDialog({ onClose, file, onFile }: NewFilmDialogProps): ReactNode {
  const [draft, setDraft] = useState(readNewFilm);
  const [example, setExample] = useState<Example>();
  const [title, setTitle] = useState(draft.title);
  const films = useProjects();
  const about = useAnswer('about', {});
  const preferences = useAnswer('getPreferences', {});
  const navigate = useNavigate();
  const toast = useToast();
  useEffect(() => keepNewFilm({ ...draft, ...(title === undefined ? {} : { title }) }), [draft, title]);
  const change = (changed: Partial<NewFilmDraft>) => setDraft((before) => ({ ...before, ...changed }));

  const offered = freeTitle(
    file ? titleOfFile(file.fileName) : example ? example.title : titleOfText(draft.text),
    (films ?? []).map((film) => film.title),
  );
  const { text, readAs, options, sandbox, capUnits } = draft;
  // Encoded once: a document may have megabytes, and is asked about anew with every option.
  const given = useMemo(() => file && { fileName: file.fileName, base64: base64Of(file.bytes) }, [file]);
  const request = useMemo(() => requestOf({ text, readAs, options, sandbox }, given, example), [text, readAs, options, sandbox, given, example]);
  const preview = usePlanPreview(request);
  const create = useChange('createProject', {
    onDone({ project }) {
      if (!file && !example) keepNewFilm(NEW_DRAFT);
      toast({ words: `${project.title} is there. Nothing is spent yet.` });
      void navigate({ to: '/films/$projectId/script', params: { projectId: project.projectId } });
    },
  });
  const canCreate = request !== undefined && preview.failure === undefined && !create.isPending;
  const submit = () => {
    if (!canCreate) return;
    create.mutate({ body: { title: (title ?? offered).trim() || offered, script: request.script, ...(request.options ? { options: request.options } : {}), ...(capUnits === undefined ? {} : { capUnits }), ...(sandbox ? { sandbox } : {}) } });
  };
  const form = useRef<HTMLFormElement>(null);
  const titleProblem = create.error?.code === 'PROJECT_EXISTS' ? create.error.message : undefined;
  const engine = sandbox ? 'sandbox' : (about.data?.engine ?? 'sandbox');
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="wide"
      title="New film"
      about="From your script, or an example. What it becomes is shown before it is made, and nothing is spent."
      actions={
        <>
          {create.error && titleProblem === undefined ? <Failure failure={create.error} className="w-full" /> : null}
          <PreviewLine plan={preview.failure ? undefined : preview.plan} engine={engine} />
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" busy={create.isPending} disabled={!canCreate} onClick={() => form.current?.requestSubmit()}>
            Begin this film <kbd className="max-sm:hidden">{keyWords({ key: 'Enter', withControl: true })}</kbd>
          </Button>
        </>
      }
    >
      <form
        ref={form}
        className="grid gap-6 lg:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
        }}
      >
        <div className="flex min-w-0 flex-col gap-4">
          <ScriptSource
            draft={draft}
            onChange={change}
            file={file}
            onFile={onFile}
            example={example}
            onClear={() => {
              toast({ words: 'The words are cleared.', action: { words: 'Undo', onPress: () => change({ text }) } });
              change({ text: '' });
            }}
            onExample={(chosen) => {
              setExample(chosen);
              create.reset();
            }}
          />
          <TextField
            label="Title"
            value={title ?? ''}
            placeholder={offered}
            maxLength={200}
            hint="As it is offered, or yours."
            problem={titleProblem}
            onChange={({ target }) => {
              setTitle(target.value === '' ? undefined : target.value);
              create.reset();
            }}
          />
          <NewFilmOptions draft={draft} onChange={change} engine={engine} hasKey={about.data?.engine === 'kling'} />
        </div>
        <PlanPreviewPane preview={preview} asked={request !== undefined} engine={engine} capUnits={capUnits ?? preferences.data?.capUnits} fix={options.fix === true} onFix={(fix) => change({ options: { ...options, fix } })} onReadAs={(as) => change({ readAs: as })} />
      </form>
    </Dialog>
  );
}

interface GivenDocument {
  fileName: string;
  base64: string;
}

/** What is asked about the words: nothing while there are none. */
function requestOf({ text, readAs, options, sandbox }: Pick<NewFilmDraft, 'text' | 'readAs' | 'options' | 'sandbox'>, file: GivenDocument | undefined, example: Example | undefined): PreviewRequest | undefined {
  const script = scriptOf(text, readAs, file, example);
  if (!script) return undefined;
  const as = readAs === 'shots' || readAs === 'screenplay' || readAs === 'prose' ? readAs : undefined;
  const asked = { ...options, ...(as === undefined || example ? {} : { as }) };
  return { script, ...(Object.keys(asked).length === 0 ? {} : { options: asked }), ...(sandbox ? { sandbox } : {}) };
}

function scriptOf(text: string, readAs: NewFilmDraft['readAs'], file: GivenDocument | undefined, example: Example | undefined): ApiCalls['createProject']['body']['script'] | undefined {
  if (file) return file;
  if (example) return { example: example.name };
  if (text.trim() === '') return undefined;
  return { fileName: readAs === 'csv' || readAs === 'json' ? `script.${readAs}` : 'script.txt', text };
}
