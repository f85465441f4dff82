import { Captions, FileText, Film, FolderDown, Images, Square, Table, Wand } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Job, ProjectDetail } from '../../src/protocol/api/index.ts';
import { sizeWords } from '../../src/protocol/amount-words.ts';
import { addressOf } from '../api/call.ts';
import { useChange } from '../api/use-api.ts';
import { useFailureToast } from '../app/toasts.tsx';
import type { MakeRequest } from '../making/make-clips.tsx';
import { useCards, useJobs } from '../live/live-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DownloadLink } from '../ui/download-link.tsx';
import { Failure, Note } from '../ui/notes.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { durationWords } from '../ui/time-words.ts';
import { isShot, type FilmPart, type ShotPart } from './parts.ts';
import { useMadeToKeep } from './use-made-to-keep.ts';

export interface DeliverPanelProps {
  projectId: string;
  parts: readonly FilmPart[];
  detail: ProjectDetail | undefined;
  /** A change is on its way: what is made now would be of the cut before. */
  saving: boolean;
  onMake: (request: MakeRequest) => void;
}

/** The film as a file, and everything else that leaves the studio. */
export function DeliverPanel({ projectId, parts, detail, saving, onMake }: DeliverPanelProps): ReactNode {
  const shots = parts.filter(isShot);
  const missing = [...new Map(shots.filter(({ shows }) => shows !== 'clip').map((shot) => [shot.shotId, shot])).values()];
  const partial = missing.length > 0;
  const jobs = useJobs().filter((job) => job.projectId === projectId);
  const running = (kind: Job['kind']) => jobs.find((job) => job.kind === kind && job.endedAt === undefined);
  const onFailed = useFailureToast();
  const render = useChange('makeFilm', { onFailed });
  const folder = useMadeToKeep(addressOf('handOffFile', { params: { projectId } }));
  const sheet = useMadeToKeep(addressOf('sheetFile', { params: { projectId }, query: { download: 'true' } }));
  const handOff = useChange('makeHandOff', { onFailed, onDone: folder.begun });
  const draw = useChange('makeAnimatic', { onFailed, onDone: sheet.begun });
  const [watching, setWatching] = useState(false);
  const film = detail?.film;
  const rendering = running('film');
  const failed = rendering ? undefined : jobs.find(({ kind }) => kind === 'film')?.error;
  const isBusy = saving || render.isPending;
  return (
    <section aria-label="Film and files" className="flex flex-col gap-3">
      <h3 className="font-semibold">Film and files</h3>
      {partial ? <Missing missing={missing} onMake={onMake} /> : null}
      {rendering ? <Running job={rendering} words="Rendering the film" /> : null}
      {failed && failed.code !== 'FILM_INCOMPLETE' && failed.code !== 'FILM_EMPTY' ? <Failure failure={failed} /> : null}
      {film ? (
        <p className="text-sm text-quiet">
          {durationWords(film.durationS)}, {film.width} × {film.height}, {sizeWords(film.sizeBytes)}.{' '}
          {film.state === 'current' ? <span className="text-good-text">Shows the film as it stands.</span> : <span className="text-caution-text">Of an earlier cut: render it again.</span>}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {rendering ? null : (
          <Button look={film?.state === 'current' ? 'plain' : 'primary'} small={film?.state === 'current'} icon={Film} busy={isBusy} onClick={() => render.mutate({ params: { projectId }, body: { partial } })}>
            {partial ? 'Render with stand-ins' : film ? 'Render again' : 'Render the film'}
          </Button>
        )}
        {film ? <DownloadLink href={addressOf('filmFile', { params: { projectId }, query: { download: 'true' } })}>Film</DownloadLink> : null}
        {film ? (
          <Button small onClick={() => setWatching(true)}>
            Watch it
          </Button>
        ) : null}
      </div>
      {folder.running ? <Running job={folder.running} words="Making the hand-off" /> : null}
      {sheet.running ? <Running job={sheet.running} words="Drawing the storyboard" /> : null}
      <div className="flex flex-wrap gap-2">
        <Button small icon={FolderDown} busy={saving || handOff.isPending || folder.running !== undefined} title="Clips, timelines for editors and subtitles in one folder, as ZIP" onClick={() => handOff.mutate({ params: { projectId }, body: { partial } })}>
          Hand-off
        </Button>
        <Button small icon={FileText} busy={saving || draw.isPending || sheet.running !== undefined} title="Every shot as a picture with its words, as PDF" onClick={() => draw.mutate({ params: { projectId }, body: { sheet: 'a4' } })}>
          Storyboard PDF
        </Button>
        {shots.some(({ clipUrl }) => clipUrl !== undefined) ? (
          <DownloadLink icon={Images} href={addressOf('clipsFile', { params: { projectId } })}>
            Clips
          </DownloadLink>
        ) : null}
        {(['csv', 'json'] as const).map((format) => (
          <DownloadLink key={format} icon={Table} title={format === 'csv' ? 'Every shot in a table' : 'Every shot with cast and look: a film of its own can begin with it'} href={addressOf('shotListFile', { params: { projectId, format } })}>
            Shot list .{format}
          </DownloadLink>
        ))}
        {shots.some(({ line }) => line !== undefined)
          ? (['srt', 'vtt'] as const).map((format) => (
              <DownloadLink key={format} icon={Captions} href={addressOf('subtitlesFile', { params: { projectId, format } })}>
                Subtitles .{format}
              </DownloadLink>
            ))
          : null}
      </div>
      {shots.some(({ line }) => line !== undefined) ? null : <p className="text-sm text-quiet">Nobody speaks in this film, so it has no subtitles.</p>}
      <Dialog open={watching} onOpenChange={setWatching} size="wide" title="The film as it was rendered">
        {film ? <video src={film.url} controls autoPlay playsInline className="max-h-[75dvh] w-full rounded-xl bg-black" /> : null}
      </Dialog>
    </section>
  );
}

function Missing({ missing, onMake }: { missing: readonly ShotPart[]; onMake: (request: MakeRequest) => void }): ReactNode {
  const atWork = new Set(useCards().flatMap((card) => (card.atWork ? card.shotId : [])));
  const idle = missing.filter(({ shotId }) => !atWork.has(shotId));
  const names = missing.slice(0, 4).map(({ name }) => name);
  const more = missing.length - names.length;
  const underWay = missing.length - idle.length;
  const toMake = `Make ${underWay > 0 ? (idle.length === 1 ? 'the other' : 'the others') : idle.length === 1 ? 'it' : 'them'}`;
  return (
    <Note kind="warning">
      <p>
        {missing.length === 1 ? '1 shot has no clip' : `${missing.length} shots have no clip`}: {names.join(', ')}
        {more > 0 ? ` and ${more} more` : ''}.
      </p>
      {underWay === 0 ? null : <p className="text-sm">{idle.length === 0 ? 'Being made now.' : `${underWay} of them being made now.`}</p>}
      <p className="text-sm text-quiet">{idle.length === 0 ? 'Until then, render with another take or a drawing in the gap.' : `${toMake}, or render with another take or a drawing in the gap.`}</p>
      {idle.length === 0 ? null : (
        <Button small look="spend" icon={Wand} className="mt-2" onClick={() => onMake({ shotIds: idle.map(({ shotId }) => shotId) })}>
          {toMake}
        </Button>
      )}
    </Note>
  );
}

function Running({ job, words }: { job: Job; words: string }): ReactNode {
  const stop = useChange('stopJob', { onFailed: useFailureToast() });
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <p className="flex justify-between text-sm">
          {words}
          <span className="tabular-nums text-quiet">{Math.round(job.done * 100)} %</span>
        </p>
        <ProgressBar label={words} done={job.done} />
      </div>
      <Button small icon={Square} busy={stop.isPending || job.state === 'stopping'} onClick={() => stop.mutate({ params: { jobId: job.jobId } })}>
        Cancel
      </Button>
    </div>
  );
}
