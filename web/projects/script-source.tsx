import { FileText, FileUp, Sparkles, X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { sizeWords } from '../../src/protocol/amount-words.ts';
import { useAnswer, useWholeList } from '../api/use-api.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { SelectField, TextArea } from '../ui/field.tsx';
import type { GivenFile } from './given-file.ts';
import type { NewFilmDraft, ReadAs } from './new-film-draft.ts';

export type Example = ApiCalls['listExamples']['answer']['items'][number];

export interface ScriptSourceProps {
  draft: NewFilmDraft;
  onChange: (changed: Partial<NewFilmDraft>) => void;
  file: GivenFile | undefined;
  onFile: (file: File | undefined) => void;
  example: Example | undefined;
  onExample: (example: Example | undefined) => void;
  onClear: () => void;
}

const READINGS: readonly { value: ReadAs; words: string }[] = [
  { value: '', words: 'What it looks like' },
  { value: 'shots', words: 'A shot per paragraph' },
  { value: 'screenplay', words: 'A screenplay' },
  { value: 'prose', words: 'A story' },
];
const PASTED: typeof READINGS = [...READINGS, { value: 'csv', words: 'A table of shots (CSV)' }, { value: 'json', words: 'A list of shots (JSON)' }];
/** Files that say themselves how they are read. */
const SAYS_ITSELF = /\.(?:csv|tsv|json|fdx)$/i;

/** Where the words come from: written or pasted here, a file, or an example. */
export function ScriptSource({ draft, onChange, file, onFile, example, onExample, onClear }: ScriptSourceProps): ReactNode {
  const words = useRef<HTMLTextAreaElement>(null);
  const readAs = (choices: typeof READINGS) => <SelectField label="Read as" value={choices.some(({ value }) => value === draft.readAs) ? draft.readAs : ''} choices={choices} onChange={({ target }) => onChange({ readAs: choices.find(({ value }) => value === target.value)?.value ?? '' })} />;
  if (file) {
    return (
      <>
        <Chosen icon={FileText} title={file.fileName} words={sizeWords(file.sizeBytes)} onAway={() => onFile(undefined)} />
        {SAYS_ITSELF.test(file.fileName) ? null : readAs(READINGS)}
      </>
    );
  }
  if (example) return <Chosen icon={Sparkles} title={example.title} words={example.words} onAway={() => onExample(undefined)} />;
  return (
    <>
      <TextArea
        ref={words}
        label="Script"
        rows={9}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the window is opened to write here
        autoFocus
        value={draft.text}
        placeholder={'A shot per paragraph, a blank line between them:\n\nWide shot: a lighthouse on a cliff in a storm at night.\n\nOr paste a screenplay, a story, a table.'}
        onChange={({ target }) => onChange({ text: target.value })}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <ChooseFile onFile={onFile} />
        <span className="text-sm text-quiet">or drop one anywhere.</span>
        {draft.text === '' ? null : (
          <Button
            small
            look="quiet"
            className="ml-auto"
            onClick={() => {
              onClear();
              words.current?.focus();
            }}
          >
            Clear
          </Button>
        )}
      </div>
      {draft.text.trim() === '' ? (
        <div className="flex flex-wrap items-center gap-1">
          <span className="text-sm text-quiet">Examples:</span>
          <Examples onExample={onExample} />
        </div>
      ) : null}
      {draft.text.trim() === '' ? null : readAs(PASTED)}
    </>
  );
}

function Chosen({ icon: Icon, title, words, onAway }: { icon: typeof FileText; title: string; words: string; onAway: () => void }): ReactNode {
  return (
    <div className="flex items-start gap-3 rounded-xl border border-line bg-raised p-4">
      <Icon size={22} aria-hidden className="mt-0.5 shrink-0 text-warm-text" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold wrap-anywhere">{title}</p>
        <p className="line-clamp-2 text-sm text-quiet">{words}</p>
      </div>
      <IconButton icon={X} small label={`Not ${title}`} onClick={onAway} />
    </div>
  );
}

/** A button that opens the machine's own window for files. */
export function ChooseFile({ onFile, small = true, words = 'Choose a file' }: { onFile: (file: File) => void; small?: boolean; words?: string }): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const about = useAnswer('about', {});
  const accept = (about.data?.scripts ?? []).filter(({ instead }) => instead === undefined).map(({ ending }) => `.${ending}`).join(',');
  return (
    <>
      <Button small={small} icon={FileUp} onClick={() => input.current?.click()}>
        {words}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={words}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
          target.value = '';
        }}
      />
    </>
  );
}

function Examples({ onExample }: { onExample: (example: Example) => void }): ReactNode {
  const examples = useWholeList('listExamples', {});
  return examples.data?.map((example) => (
    <Button key={example.name} small look="quiet" icon={Sparkles} onClick={() => onExample(example)}>
      {example.title}
    </Button>
  ));
}
