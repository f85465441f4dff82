import { PencilLine, Play, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Shot } from '../../src/protocol/api/index.ts';
import { useAnswer, useChange } from '../api/use-api.ts';
import { useFailureToast } from '../app/toasts.tsx';
import { useJobs } from '../live/live-context.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Failure, Loading } from '../ui/notes.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';

export interface AnimaticPanelProps {
  projectId: string;
  /** Of the saved script. */
  shots: readonly Shot[];
  /** The shot that one is at. */
  shown: Shot | undefined;
  unsaved: boolean;
  /** Tells the slate that plays. */
  onShot: (name: string) => void;
  onClose: () => void;
}

/** The film as drawings, to time and judge it by: from the shot one is at, and the text goes along. */
export function AnimaticPanel({ projectId, shots, shown, unsaved, onShot, onClose }: AnimaticPanelProps): ReactNode {
  const film = useAnswer('getProject', { params: { projectId } });
  const jobs = useJobs();
  const newest = jobs.find((each) => each.kind === 'animatic' && each.projectId === projectId);
  const job = newest?.endedAt === undefined ? newest : undefined;
  const make = useChange('makeAnimatic', { onFailed: useFailureToast() });
  const animatic = film.data?.animatic;
  const draw = () => make.mutate({ params: { projectId }, body: {} });
  return (
    <section aria-label="Animatic" className="border-b border-line bg-panel p-3">
      <div className="mb-2 flex items-center gap-3">
        <h3 className="font-semibold">Animatic</h3>
        <p className="min-w-0 flex-1 text-sm text-quiet">{unsaved ? 'Of the saved script.' : animatic?.state === 'outOfDate' ? 'Of an earlier state of the film.' : null}</p>
        {animatic && animatic.state === 'outOfDate' && !job ? (
          <Button small icon={PencilLine} busy={make.isPending} onClick={draw}>
            Draw it anew
          </Button>
        ) : null}
        <IconButton icon={X} small label="Close the animatic" shortcut="A" onClick={onClose} />
      </div>
      {film.error ? <Failure failure={film.error} /> : null}
      {newest?.state === 'failed' && newest.error ? <Failure failure={newest.error} className="mb-2" /> : null}
      {job ? (
        <div className="flex flex-col gap-2 py-3">
          <p className="text-sm">Drawing {Math.round(job.done * 100)} %</p>
          <ProgressBar label="Animatic" done={job.done} />
        </div>
      ) : null}
      {film.isPending ? <Loading /> : null}
      {animatic ? (
        <Player key={animatic.url} url={animatic.url} parts={partsOf(shots, animatic.durationS)} shown={shown} onShot={onShot} />
      ) : film.data && !job ? (
        <div className="flex flex-wrap items-center gap-3 py-2">
          <p className="min-w-0 flex-1 text-sm text-quiet">Every shot as a drawing, for as long as it is on screen, with its lines. It costs nothing.</p>
          <Button look="primary" icon={PencilLine} busy={make.isPending} onClick={draw}>
            Draw the animatic
          </Button>
        </div>
      ) : null}
    </section>
  );
}

interface Part {
  name: string;
  startS: number;
  endS: number;
}

function Player({ url, parts, shown, onShot }: { url: string; parts: readonly Part[]; shown: Shot | undefined; onShot: (name: string) => void }): ReactNode {
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef<string>(undefined);
  const startS = parts.find(({ name }) => name === shown?.name)?.startS;
  useEffect(() => {
    // It goes where one is, but not to the shot that it told of itself.
    if (!video.current || startS === undefined || told.current === shown?.name) return;
    video.current.currentTime = startS;
  }, [startS, shown?.name]);
  const follow = (atS: number) => {
    if (video.current?.paused === true) return;
    const part = parts.find((each) => atS >= each.startS && atS < each.endS);
    if (!part || part.name === told.current) return;
    told.current = part.name;
    onShot(part.name);
  };
  return (
    <div className="flex flex-col gap-2">
      <video
        ref={video}
        src={url}
        controls
        playsInline
        preload="auto"
        aria-label="Animatic"
        className="max-h-[36dvh] w-full rounded-lg bg-sunken"
        onLoadedMetadata={({ currentTarget }) => {
          currentTarget.currentTime = startS ?? 0;
        }}
        onTimeUpdate={({ currentTarget }) => follow(currentTarget.currentTime)}
      />
      <Button
        small
        icon={Play}
        className="self-start"
        disabled={startS === undefined}
        onClick={() => {
          if (!video.current) return;
          video.current.currentTime = startS ?? 0;
          // A browser may refuse to play by itself; its own button is there.
          video.current.play().catch(() => {});
        }}
      >
        {shown ? `Play from ${shown.name}` : 'Play'}
      </Button>
    </div>
  );
}

/** When each shot is on screen: it is drawn in the script's order, whatever the cut is. Frames are whole, so the whole tells what a second is. */
function partsOf(shots: readonly Shot[], durationS: number): Part[] {
  const scale = durationS / Math.max(0.001, shots.reduce((sum, { onScreenS }) => sum + onScreenS, 0));
  let at = 0;
  return shots.map(({ name, onScreenS }) => {
    const startS = at;
    at += onScreenS * scale;
    return { name, startS, endS: at };
  });
}
