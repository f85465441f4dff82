import { Check, Pencil, Plus, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Shot } from '../../src/protocol/api/index.ts';
import type { FoundLine } from '../../src/protocol/prompt-findings.ts';
import { useChange } from '../api/use-api.ts';
import { useFailureToast, useToast } from '../app/toasts.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { TextArea } from '../ui/field.tsx';
import { backFrom } from './shot-change.ts';

const KIND_WORDS: Record<FoundLine['kind'], string> = { spoken: 'says', vo: 'voice-over', os: 'from outside the picture', sung: 'sings', thought: 'thinks; not heard' };
/** Below this it is said that nobody can be sure. */
const SURE = 0.8;

export interface DialogueCardsProps {
  projectId: string;
  shot: Shot;
  editable: boolean;
}

/** Who says what in a shot: a card for each line, to be kept, changed or taken out. What is heard stands in the subtitles. */
export function DialogueCards({ projectId, shot, editable }: DialogueCardsProps): ReactNode {
  const { shotId = '', name, lines } = shot;
  const [written, setWritten] = useState<number>();
  const toast = useToast();
  const change = useChange('changeShot', { onFailed: useFailureToast() });
  /** What is heard, with one line another, or gone. */
  const put = (at: number, text: string | undefined, words: string) => {
    const texts = lines.flatMap((line, index) => (index === at ? (text === undefined ? [] : [text]) : line.kind === 'thought' ? [] : [line.text]));
    if (at === lines.length && text !== undefined) texts.push(text);
    const line = texts.join('\n');
    const body = { line: line === '' ? null : line };
    change.mutate(
      { params: { projectId, shotId }, body },
      {
        onSuccess() {
          setWritten(undefined);
          toast({ words, action: { words: 'Undo', onPress: () => change.mutate({ params: { projectId, shotId }, body: backFrom(shot, body) }) } });
        },
      },
    );
  };
  return (
    <section aria-label={`Dialogue of ${name}`} className="flex flex-col gap-2">
      {lines.map((line, index) => (
        <div key={`${index} ${line.text}`} className="rounded-lg border border-line bg-raised px-3 py-2">
          <div className="flex flex-wrap items-center gap-x-2 text-sm">
            <span className="font-semibold">{line.speaker ?? 'Somebody'}</span>
            <span className="text-quiet">{KIND_WORDS[line.kind]}</span>
            {line.confidence < SURE ? <span className="text-caution-text">a guess</span> : null}
            {editable && line.kind !== 'thought' ? (
              <span className="ml-auto flex">
                {line.confidence < SURE ? <IconButton icon={Check} small label={`Keep “${line.text}”`} busy={change.isPending} onClick={() => put(index, line.text, 'Kept: it is said so in the subtitles.')} /> : null}
                <IconButton icon={Pencil} small label={`Change “${line.text}”`} onClick={() => setWritten(index)} />
                <IconButton icon={X} small label={`Take out “${line.text}”`} busy={change.isPending} onClick={() => put(index, undefined, 'Taken out of the subtitles.')} />
              </span>
            ) : null}
          </div>
          {written === index ? <LineBox text={line.text} busy={change.isPending} onSave={(text) => put(index, text, 'Changed in the subtitles.')} onClose={() => setWritten(undefined)} /> : <p className="wrap-anywhere whitespace-pre-line">{line.text}</p>}
        </div>
      ))}
      {written === lines.length ? (
        <LineBox text="" busy={change.isPending} onSave={(text) => put(lines.length, text, 'It stands in the subtitles.')} onClose={() => setWritten(undefined)} />
      ) : editable ? (
        <Button small look="quiet" icon={Plus} className="self-start" onClick={() => setWritten(lines.length)}>
          A spoken line
        </Button>
      ) : null}
    </section>
  );
}

function LineBox({ text, busy, onSave, onClose }: { text: string; busy: boolean; onSave: (text: string) => void; onClose: () => void }): ReactNode {
  const [words, setWords] = useState(text);
  return (
    <form
      className="mt-1 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(words.trim());
      }}
    >
      <TextArea label="Spoken line" labelHidden rows={2} maxLength={2000} value={words} onChange={({ target }) => setWords(target.value)} />
      <div className="flex justify-end gap-2">
        <Button small onClick={onClose}>
          Leave it
        </Button>
        <Button small look="primary" type="submit" busy={busy} disabled={words.trim() === '' || words.trim() === text}>
          Change the line
        </Button>
      </div>
    </form>
  );
}
