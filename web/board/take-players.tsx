import { Pause, Play } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { Take } from '../../src/protocol/api/index.ts';
import { useShortcuts } from '../app/shortcuts.tsx';
import { IconButton } from '../ui/button.tsx';
import { filmTime } from '../ui/time-words.ts';

/** Further apart than this, in seconds, and the second is put where the first is: less is not seen. */
const APART_S = 0.08;

/** One take in a loop; or two beside each other, always at the same moment. */
export function TakePlayers({ takes }: { takes: readonly Take[] }): ReactNode {
  const videos = useRef(new Map<string, HTMLVideoElement>());
  const [playing, setPlaying] = useState(true);
  const [at, setAt] = useState({ timeS: 0, durationS: 0 });
  const [first] = takes;
  const all = () => takes.flatMap(({ takeId }) => videos.current.get(takeId) ?? []);
  const play = (wanted: boolean) => {
    setPlaying(wanted);
    // A browser may refuse to play by itself: then it stands still, and the button says so.
    for (const video of all()) if (wanted) video.play().catch(() => setPlaying(false));
    else video.pause();
  };
  const seek = (timeS: number) => {
    for (const video of all()) video.currentTime = Math.min(timeS, video.duration || timeS);
  };
  useShortcuts('Player', [
    { key: ' ', words: 'Play or pause', onPress: () => play(!playing) },
    { key: ',', words: 'A frame back', onPress: () => stepFrame(-1) },
    { key: '.', words: 'A frame on', onPress: () => stepFrame(1) },
  ]);
  const stepFrame = (by: number) => {
    play(false);
    seek(Math.max(0, at.timeS + by / 24));
  };
  return (
    <div>
      <div className={takes.length === 2 ? 'grid gap-2 sm:grid-cols-2' : ''}>
        {takes.map(({ takeId, number, clipUrl, words, pictureUrl }) => (
          <figure key={takeId} className="relative mx-auto aspect-video max-h-[46dvh] w-full overflow-hidden rounded-xl bg-sunken">
            {clipUrl === undefined ? (
              <p className="grid size-full place-items-center text-quiet">{words}</p>
            ) : (
              <video
                ref={(video) => {
                  if (!video) return undefined;
                  videos.current.set(takeId, video);
                  return () => void videos.current.delete(takeId);
                }}
                src={clipUrl}
                poster={pictureUrl}
                autoPlay={playing}
                loop
                muted={takeId !== first?.takeId}
                playsInline
                aria-label={`Take ${number}`}
                className="size-full object-contain"
                onTimeUpdate={({ currentTarget }) => {
                  if (takeId !== first?.takeId) return;
                  setAt({ timeS: currentTarget.currentTime, durationS: currentTarget.duration || 0 });
                  for (const video of all()) if (Math.abs(video.currentTime - currentTarget.currentTime) > APART_S) video.currentTime = currentTarget.currentTime;
                }}
              />
            )}
            <figcaption className="absolute left-2 top-2 rounded-md bg-black/70 px-1.5 py-0.5 font-mono text-xs text-white">T{String(number).padStart(2, '0')}</figcaption>
          </figure>
        ))}
      </div>
      <div className="mt-2 flex items-center gap-3">
        <IconButton icon={playing ? Pause : Play} label={playing ? 'Pause' : 'Play'} shortcut="Space" small onClick={() => play(!playing)} />
        <input type="range" aria-label="Moment in the clip" aria-valuetext={filmTime(at.timeS)} min={0} max={at.durationS || 1} step={1 / 24} value={at.timeS} onChange={({ target }) => seek(target.valueAsNumber)} className="min-w-0 flex-1 accent-(--accent)" />
        <span className="text-sm tabular-nums text-quiet">
          {filmTime(at.timeS)} / {filmTime(at.durationS)}
        </span>
      </div>
    </div>
  );
}
