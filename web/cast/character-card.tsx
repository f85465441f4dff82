import { Link } from '@tanstack/react-router';
import { ImagePlus, Trash2, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Shot } from '../../src/protocol/api/index.ts';
import { addressOf } from '../api/call.ts';
import { useChange } from '../api/use-api.ts';
import { useFailureToast } from '../app/toasts.tsx';
import { withWidth } from '../ui/picture-address.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import type { WrittenCharacter } from './cast-draft.ts';

export interface CharacterCardProps {
  projectId: string;
  character: WrittenCharacter;
  shots: readonly Shot[];
  editable: boolean;
  problem: string | undefined;
  onPut: (more: Partial<WrittenCharacter>) => void;
  onRemove: () => void;
}

/** Where no colour was chosen the drawings choose one; the field must show some. */
const NO_COLOUR = '#808080';
const SHOTS_SHOWN = 8;
const MOST_PICTURES = 7;

/** One character: its name, the words that are sent with it, its colour in drawings, its pictures, and where it is in the film. */
export function CharacterCard({ projectId, character, shots, editable, problem, onPut, onRemove }: CharacterCardProps): ReactNode {
  const { savedName, name, words, colour, pictures } = character;
  const card = useRef<HTMLLIElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [isNew] = useState(name === '' && savedName === undefined);
  useEffect(() => {
    // Who asked for a new one writes its name next.
    if (isNew) card.current?.querySelector<HTMLInputElement>('input:not([type=color])')?.focus();
  }, [isNew]);
  const keep = useChange('keepFrame', { onFailed: useFailureToast(), onDone: ({ sha256, name: fileName }) => onPut({ pictures: [...pictures, { sha256, name: fileName }] }) });
  const take = async (file: File) => keep.mutate({ params: { projectId }, query: { name: file.name }, body: new Uint8Array(await file.arrayBuffer()) });
  const title = name.trim() === '' ? 'the new character' : name;
  return (
    <li ref={card} className="flex flex-col gap-3 rounded-xl border border-line bg-panel p-4">
      <div className="flex items-end gap-3">
        <input type="color" aria-label={`Colour of ${title} in drawings`} value={colour === '' ? NO_COLOUR : colour} disabled={!editable} onChange={({ target }) => onPut({ colour: target.value })} className="h-10 w-11 shrink-0 cursor-pointer rounded-lg border border-edge bg-sunken p-1 disabled:cursor-not-allowed" />
        <div className="min-w-0 flex-1">
          <TextField label="Name" maxLength={100} value={name} readOnly={!editable} problem={problem} onChange={({ target }) => onPut({ name: target.value })} />
        </div>
        {editable ? <IconButton icon={Trash2} label={`Take out ${title}`} onClick={onRemove} /> : null}
      </div>
      <TextArea label="How they look" rows={3} maxLength={2000} value={words} readOnly={!editable} placeholder="a woman of forty, short grey hair, yellow raincoat" onChange={({ target }) => onPut({ words: target.value })} />
      <div role="group" aria-label={`Pictures of ${title}`} className="flex flex-wrap items-center gap-2">
        {pictures.map((picture, index) => (
          <span key={'sha256' in picture ? picture.sha256 : picture.url} className="relative">
            {'sha256' in picture ? <img src={addressOf('framePicture', { params: { sha256: picture.sha256 } })} alt={`${title}: ${picture.name ?? 'a picture'}`} className="h-20 rounded-lg border border-line object-cover" /> : <span className="block max-w-40 text-sm wrap-anywhere">{picture.url}</span>}
            {editable ? <IconButton icon={X} small look="plain" label={`Take picture ${index + 1} of ${title} away`} className="absolute -right-2 -top-2" onClick={() => onPut({ pictures: pictures.filter((each) => each !== picture) })} /> : null}
          </span>
        ))}
        {editable && pictures.length < MOST_PICTURES ? (
          <Button small icon={ImagePlus} busy={keep.isPending} onClick={() => input.current?.click()}>
            A picture
          </Button>
        ) : null}
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg"
          className="hidden"
          aria-label={`A picture of ${title}: PNG or JPEG`}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void take(file);
            target.value = '';
          }}
        />
      </div>
      {savedName === undefined ? null : <InTheFilm projectId={projectId} name={savedName} shots={shots} />}
    </li>
  );
}

/** The shots that somebody is in, and what they say there. */
function InTheFilm({ projectId, name, shots }: { projectId: string; name: string; shots: readonly Shot[] }): ReactNode {
  const own = shots.filter(({ cast }) => cast.includes(name));
  const lines = shots.flatMap((shot) => shot.lines.filter(({ speaker }) => speaker?.toLowerCase() === name.toLowerCase()).map(({ text }) => ({ slate: shot.name, text })));
  return (
    <div className="mt-auto flex flex-col gap-2 border-t border-line pt-3 text-sm">
      <p className="text-quiet">{own.length === 0 ? 'In no shot yet: the script does not name them.' : `In ${own.length === 1 ? '1 shot' : `${own.length} shots`}${lines.length === 0 ? ', and does not speak' : ''}`}</p>
      {own.length === 0 ? null : (
        <ul className="flex flex-wrap gap-1.5" aria-label={`Shots of ${name}`}>
          {own.slice(0, SHOTS_SHOWN).map((shot) => (
            <li key={shot.name}>
              <Link to="/films/$projectId/script" params={{ projectId }} search={{ shot: shot.name }} title={shot.prompt} className="block overflow-hidden rounded-md border border-line hover:border-edge">
                {shot.pictureUrl === undefined ? null : <img src={withWidth(shot.pictureUrl, 160)} alt="" loading="lazy" className="aspect-video w-20 bg-sunken object-contain" />}
                <span className="block px-1 text-center font-mono text-xs">{shot.name}</span>
              </Link>
            </li>
          ))}
          {own.length > SHOTS_SHOWN ? <li className="self-center text-quiet">and {own.length - SHOTS_SHOWN} more</li> : null}
        </ul>
      )}
      {lines.length === 0 ? null : (
        <details>
          <summary>{lines.length === 1 ? 'Speaks 1 line' : `Speaks ${lines.length} lines`}</summary>
          <ul className="mt-1 flex max-h-48 flex-col gap-1 overflow-y-auto">
            {lines.map(({ slate, text }, index) => (
              <li key={index} className="flex gap-2">
                <span className="shrink-0 font-mono text-quiet">{slate}</span>
                <span className="wrap-anywhere">{text}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
