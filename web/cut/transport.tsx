import { Captions, CaptionsOff, Maximize, Minimize, Pause, Play, SkipBack, SkipForward, StepBack, StepForward, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import { useShortcuts } from '../app/shortcuts.tsx';
import { IconButton } from '../ui/button.tsx';
import { filmTime } from '../ui/time-words.ts';
import type { FilmPlayer } from './film-player.ts';
import { FRAME_S } from './parts.ts';
import { usePlayerState } from './use-player.ts';

export interface TransportProps {
  player: FilmPlayer;
  durationS: number;
  subtitles: boolean;
  onSubtitles: (shown: boolean) => void;
  /** What fills the screen. */
  theatre: RefObject<HTMLElement | null>;
}

/** What plays the film: keys as editors have them, film time, sound, lines, full screen. */
export function Transport({ player, durationS, subtitles, onSubtitles, theatre }: TransportProps): ReactNode {
  const playing = usePlayerState(player, 'state', (now) => now.playing);
  const rate = usePlayerState(player, 'state', (now) => now.rate);
  const muted = usePlayerState(player, 'state', (now) => now.muted);
  const { full, toggleFull } = useFullScreen(theatre);
  useShortcuts('Player', [
    { key: ' ', words: 'Play or pause', onPress: () => player.toggle() },
    { key: 'l', words: 'On; again: faster', onPress: () => player.shuttle(1) },
    { key: 'k', words: 'Stop', onPress: () => player.pause() },
    { key: 'j', words: 'Back; again: faster', onPress: () => player.shuttle(-1) },
    { key: 'ArrowLeft', words: 'A frame back', onPress: () => player.step(-1) },
    { key: 'ArrowRight', words: 'A frame on', onPress: () => player.step(1) },
    { key: 'ArrowUp', words: 'To the part before', onPress: () => player.goTo(player.index - 1) },
    { key: 'ArrowDown', words: 'To the next part', onPress: () => player.goTo(player.index + 1) },
    { key: 'Home', words: 'To the start', onPress: () => player.seek(0) },
    { key: 'End', words: 'To the end', onPress: () => player.seek(durationS) },
    { key: 'm', words: 'Sound on or off', onPress: () => player.setMuted(!player.muted) },
    { key: 'c', words: 'Lines on or off', onPress: () => onSubtitles(!subtitles) },
    { key: 'f', words: 'Full screen', onPress: toggleFull },
  ]);
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-1">
      <IconButton icon={SkipBack} label="The part before" shortcut="↑" small onClick={() => player.goTo(player.index - 1)} />
      <IconButton icon={StepBack} label="A frame back" shortcut="←" small className="max-sm:hidden" onClick={() => player.step(-1)} />
      <IconButton icon={playing ? Pause : Play} label={playing ? 'Pause' : 'Play'} shortcut="Space" look="primary" onClick={() => player.toggle()} />
      <IconButton icon={StepForward} label="A frame on" shortcut="→" small className="max-sm:hidden" onClick={() => player.step(1)} />
      <IconButton icon={SkipForward} label="The next part" shortcut="↓" small onClick={() => player.goTo(player.index + 1)} />
      <Clock player={player} durationS={durationS} />
      {playing && rate !== 1 ? <span className="rounded-md border border-line px-1.5 text-sm tabular-nums">{rate < 0 ? `◀ ${-rate}×` : `${rate}×`}</span> : null}
      <Scrubber player={player} durationS={durationS} />
      <IconButton icon={muted ? VolumeX : Volume2} label={muted ? 'Sound on' : 'Sound off'} shortcut="M" small onClick={() => player.setMuted(!muted)} />
      <IconButton icon={subtitles ? Captions : CaptionsOff} label={subtitles ? 'Hide the lines' : 'Show the lines'} shortcut="C" small onClick={() => onSubtitles(!subtitles)} />
      <IconButton icon={full ? Minimize : Maximize} label={full ? 'Leave full screen' : 'Full screen'} shortcut="F" small onClick={toggleFull} />
    </div>
  );
}

function Clock({ player, durationS }: { player: FilmPlayer; durationS: number }): ReactNode {
  const words = usePlayerState(player, 'time', ({ timeS }) => filmTime(timeS));
  return (
    <p className="px-2 text-sm tabular-nums max-sm:mr-auto">
      <span data-film-time>{words}</span> <span className="text-quiet">/ {filmTime(durationS)}</span>
    </p>
  );
}

function Scrubber({ player, durationS }: { player: FilmPlayer; durationS: number }): ReactNode {
  const timeS = usePlayerState(player, 'time', (now) => Math.round(now.timeS / FRAME_S) * FRAME_S);
  return <input type="range" aria-label="Moment in the film" aria-valuetext={filmTime(timeS)} min={0} max={durationS} step={FRAME_S} value={timeS} onChange={({ target }) => player.seek(target.valueAsNumber)} className="min-w-32 flex-1 accent-(--accent) max-sm:order-first max-sm:w-full max-sm:flex-none" />;
}

function useFullScreen(element: RefObject<HTMLElement | null>): { full: boolean; toggleFull: () => void } {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  // A browser that has no full screen, or does not allow it, leaves the film where it is.
  const toggleFull = () => void (document.fullscreenElement ? document.exitFullscreen() : element.current?.requestFullscreen?.())?.catch(() => {});
  return { full, toggleFull };
}
