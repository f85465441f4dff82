import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, Clapperboard, RectangleHorizontal, Scissors, Wand } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { MakeRequest } from '../making/make-clips.tsx';
import { useShortcuts } from '../app/shortcuts.tsx';
import { useCard } from '../live/live-context.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { durationWords } from '../ui/time-words.ts';
import type { FilmPlayer } from './film-player.ts';
import { isShot, lengthOf, outOf, partName, SHORTEST_S, type FilmPart, type ShotPart } from './parts.ts';
import type { CutWork } from './use-cut-work.ts';
import { usePlayerState } from './use-player.ts';

export interface PartPanelProps {
  projectId: string;
  player: FilmPlayer;
  parts: readonly FilmPart[];
  work: CutWork;
  onMake: (request: MakeRequest) => void;
}

/** The part at the playhead: its place, in and out in numbers, and what else can be done with it. */
export function PartPanel({ projectId, player, parts, work, onMake }: PartPanelProps): ReactNode {
  const index = usePlayerState(player, 'state', (now) => now.index);
  const navigate = useNavigate();
  const part = parts[index];
  useShortcuts('Part at the playhead', [
    { key: 'i', words: 'It begins here', onPress: () => work.trimHere('in') },
    { key: 'o', words: 'It ends here', onPress: () => work.trimHere('out') },
    { key: 'Delete', words: 'Take it out', onPress: () => work.takeOut(player.index) },
    { key: 'b', words: 'Black behind it', onPress: () => work.addBlack(player.index) },
  ]);
  if (!part) return null;
  const takes = (shotId: string) => void navigate({ to: '/films/$projectId/generate', params: { projectId }, search: { shot: shotId } });
  return (
    <section aria-label="Part at the playhead" className="flex flex-col gap-3">
      <header className="flex items-baseline gap-2">
        <h3 className="font-semibold">{partName(part)}</h3>
        <p className="text-sm text-quiet">
          part {index + 1} of {parts.length}, {durationWords(lengthOf(part))}
        </p>
      </header>
      {isShot(part) ? <ShotNotes part={part} onMake={onMake} /> : null}
      {isShot(part) ? <ShotTimes part={part} onTrim={(trim) => work.trim(index, trim)} /> : <SecondsField key={`black ${part.blackS}`} label="Length in seconds" valueS={part.blackS} leastS={SHORTEST_S} mostS={600} onTake={(blackS) => work.setBlack(index, blackS)} />}
      <div className="flex flex-wrap gap-2">
        <Button small icon={ArrowLeft} disabled={index === 0} onClick={() => work.move(index, index - 1)}>
          Earlier
        </Button>
        <Button small icon={ArrowRight} disabled={index === parts.length - 1} onClick={() => work.move(index, index + 1)}>
          Later
        </Button>
        <Button small icon={Scissors} onClick={() => work.takeOut(index)}>
          Take out
        </Button>
        <Button small icon={RectangleHorizontal} onClick={() => work.addBlack(index)}>
          Black behind
        </Button>
        {isShot(part) ? (
          <Button small icon={Clapperboard} onClick={() => takes(part.shotId)}>
            Takes
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function ShotNotes({ part, onMake }: { part: ShotPart; onMake: (request: MakeRequest) => void }): ReactNode {
  const atWork = useCard(part.shotId)?.atWork === true;
  if (part.shows === 'clip') return part.line === undefined ? null : <p className="text-sm text-quiet">“{part.line}”</p>;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="min-w-0 flex-1 text-sm text-caution-text">
        {part.shows === 'drawing' ? `${atWork ? 'Being made now' : 'Not filmed yet'}: its drawing stands in.` : `The take you chose is ${atWork ? 'being made' : 'not ready'}: take ${part.take} stands in.`}
      </p>
      {atWork ? null : (
        <Button small icon={Wand} onClick={() => onMake({ shotIds: [part.shotId] })}>
          Make it
        </Button>
      )}
    </div>
  );
}

function ShotTimes({ part, onTrim }: { part: ShotPart; onTrim: (trim: { inS?: number; outS?: number }) => void }): ReactNode {
  const end = outOf(part);
  return (
    <>
      <div className="grid grid-cols-3 gap-2">
        <SecondsField key={`in ${part.shotId} ${part.inS}`} label="In" valueS={part.inS} leastS={0} mostS={end - SHORTEST_S} onTake={(inS) => onTrim({ inS })} />
        <SecondsField key={`out ${part.shotId} ${end}`} label="Out" valueS={end} leastS={part.inS + SHORTEST_S} mostS={part.clipS} onTake={(outS) => onTrim({ outS })} />
        <SecondsField key={`length ${part.shotId} ${end - part.inS}`} label="Length" valueS={end - part.inS} leastS={SHORTEST_S} mostS={part.clipS - part.inS} onTake={(lengthS) => onTrim({ outS: part.inS + lengthS })} />
      </div>
      <p className="text-sm text-quiet">Seconds of a clip of {durationWords(part.clipS)}.</p>
    </>
  );
}

interface SecondsFieldProps {
  label: string;
  valueS: number;
  leastS: number;
  mostS: number;
  onTake: (valueS: number) => void;
}

/** A time that is taken when one is done with it. `key` it by its value: another one from elsewhere begins anew. */
function SecondsField({ label, valueS, leastS, mostS, onTake }: SecondsFieldProps): ReactNode {
  const shown = String(Math.round(valueS * 1000) / 1000);
  const [text, setText] = useState(shown);
  const wanted = Number(text.replace(',', '.'));
  const isOutside = text.trim() === '' || !Number.isFinite(wanted) || wanted < leastS - 0.001 || wanted > mostS + 0.001;
  const problem = text === shown || !isOutside ? undefined : `${durationWords(Math.round(leastS * 100) / 100)} to ${durationWords(Math.round(mostS * 100) / 100)}`;
  const take = () => {
    if (text === shown) return;
    if (isOutside) setText(shown);
    else onTake(wanted);
  };
  return (
    <TextField
      label={label}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      problem={problem}
      onChange={({ target }) => setText(target.value)}
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === 'Enter') take();
        if (key === 'Escape') setText(shown);
      }}
    />
  );
}
