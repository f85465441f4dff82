import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import type { ProjectDetail } from '../../src/protocol/api/index.ts';
import { withWidth } from '../ui/picture-address.ts';
import { classNames } from '../ui/class-names.ts';
import type { FilmPlayer } from './film-player.ts';
import { isShot, type FilmPart } from './parts.ts';
import { cueAt, type Cue } from './subtitles.ts';
import { usePlayerState } from './use-player.ts';

/** As loud as it is laid under a film whose clips sound, in decibels. */
const UNDER_SOUND_DB = -12;

export interface StageProps {
  player: FilmPlayer;
  parts: readonly FilmPart[];
  sound: ProjectDetail['sound'];
  /** None: they are switched off. */
  cues: readonly Cue[];
}

/** The picture: two videos that take turns, drawings, black; the lines over it. */
export function Stage({ player, parts, sound, cues }: StageProps): ReactNode {
  const front = usePlayerState(player, 'state', (now) => now.front);
  const index = usePlayerState(player, 'state', (now) => now.index);
  const playing = usePlayerState(player, 'state', (now) => now.playing);
  const hasClip = usePlayerState(player, 'state', (now) => now.clip() !== undefined);
  const part = parts[index];
  const next = parts[index + 1];
  return (
    <div className="relative min-h-0 flex-1 overflow-hidden rounded-xl bg-black max-lg:aspect-video" onPointerUp={() => player.toggle()}>
      <Reel player={player} slot={0} seen={hasClip && front === 0} name={nameOf(part)} />
      <Reel player={player} slot={1} seen={hasClip && front === 1} name={nameOf(part)} />
      {part && isShot(part) && !hasClip ? <img key={part.pictureUrl} src={withWidth(part.pictureUrl, 1280)} alt={`Drawing of ${part.name}`} className="absolute inset-0 size-full object-contain" /> : null}
      {next && isShot(next) && next.clipUrl === undefined ? <img src={withWidth(next.pictureUrl, 1280)} alt="" className="invisible absolute size-px" /> : null}
      <PartMark part={part} quiet={playing} />
      <Line player={player} cues={cues} />
      {sound === undefined ? null : <SoundUnder key={sound.url} player={player} url={sound.url} gainDb={sound.gainDb ?? UNDER_SOUND_DB} />}
    </div>
  );
}

function nameOf(part: FilmPart | undefined): string {
  return part && isShot(part) ? `Clip of ${part.name}` : 'Film';
}

function Reel({ player, slot, seen, name }: { player: FilmPlayer; slot: 0 | 1; seen: boolean; name: string }): ReactNode {
  const attach = useCallback((video: HTMLVideoElement | null) => (video ? player.attach(slot, video) : undefined), [player, slot]);
  return <video ref={attach} preload="auto" playsInline disablePictureInPicture aria-label={seen ? name : 'The next clip'} aria-hidden={!seen} data-seen={seen || undefined} className={classNames('absolute inset-0 size-full object-contain', !seen && 'invisible')} />;
}

/** What stands there instead of the clip that was chosen, said on the picture. */
function PartMark({ part, quiet }: { part: FilmPart | undefined; quiet: boolean }): ReactNode {
  if (!part) return null;
  const words = isShot(part) ? `${part.name}${part.shows === 'drawing' ? ' · not filmed yet' : part.shows === 'otherTake' ? ` · take ${part.take} stands in` : ''}` : 'Black';
  const isPlain = !isShot(part) || part.shows === 'clip';
  return <p className={classNames('pointer-events-none absolute left-3 top-3 rounded-md bg-black/70 px-2 py-0.5 font-mono text-xs text-white transition-opacity', quiet && isPlain && 'opacity-0')}>{words}</p>;
}

function Line({ player, cues }: { player: FilmPlayer; cues: readonly Cue[] }): ReactNode {
  const text = usePlayerState(player, 'time', ({ timeS }) => cueAt(cues, timeS));
  if (text === '') return null;
  return (
    <p data-subtitle className="pointer-events-none absolute inset-x-4 bottom-4 text-center text-balance">
      <span className="box-decoration-clone rounded bg-black/75 px-2 py-1 text-lg leading-relaxed whitespace-pre-line text-white max-sm:text-sm">{text}</span>
    </p>
  );
}

function SoundUnder({ player, url, gainDb }: { player: FilmPlayer; url: string; gainDb: number }): ReactNode {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => (audio.current ? player.attachSound(audio.current, Math.min(1, 10 ** (gainDb / 20))) : undefined), [player, gainDb]);
  return <audio ref={audio} src={url} preload="auto" aria-label="Sound under the film" />;
}
