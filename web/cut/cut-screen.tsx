import { useParams } from '@tanstack/react-router';
import { Film } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { Cut } from '../../src/protocol/api/index.ts';
import { useAnswer } from '../api/use-api.ts';
import { MakeDialog, type MakeRequest } from '../making/make-clips.tsx';
import { Empty, Failure, Loading, Note } from '../ui/notes.tsx';
import { CutBar } from './cut-bar.tsx';
import { DeliverPanel } from './deliver-panel.tsx';
import { LeftOut } from './left-out.tsx';
import { PartPanel } from './part-panel.tsx';
import { SoundPanel } from './sound-panel.tsx';
import { Stage } from './stage.tsx';
import { useSubtitles } from './subtitles.ts';
import { Timeline } from './timeline.tsx';
import { Transport } from './transport.tsx';
import { useCut } from './use-cut.ts';
import { useCutWork } from './use-cut-work.ts';
import { usePlayer } from './use-player.ts';

/** The film as it stands: played, put in order, trimmed, rendered and handed on. */
export function CutScreen(): ReactNode {
  const { projectId } = useParams({ from: '/films/$projectId/cut' });
  const cut = useAnswer('getCut', { params: { projectId } });
  if (cut.error && !cut.data) return <Failure failure={cut.error} className="m-5" />;
  if (!cut.data) return <Loading words="Putting the film together" />;
  if (cut.data.parts.length === 0) {
    return (
      <Empty icon={Film} title="No film yet">
        Write the script first: its shots stand here in their order, as drawings until they are filmed.
      </Empty>
    );
  }
  return <CutRoom key={projectId} projectId={projectId} stored={cut.data} version={cut.dataUpdatedAt} />;
}

function CutRoom({ projectId, stored, version }: { projectId: string; stored: Cut; version: number }): ReactNode {
  const cut = useCut(projectId, stored);
  const { parts, durationS } = cut;
  const player = usePlayer(parts);
  const work = useCutWork(cut, player);
  const detail = useAnswer('getProject', { params: { projectId } }, { keepPrevious: true });
  const theatre = useRef<HTMLDivElement>(null);
  const [subtitles, setSubtitles] = useState(true);
  const [request, setRequest] = useState<MakeRequest>();
  const cues = useSubtitles(projectId, version, subtitles && parts.some((part) => 'line' in part));
  return (
    <div className="flex flex-col lg:h-[calc(100dvh-6.5rem)] lg:min-h-140">
      <CutBar projectId={projectId} cut={cut} editedBy={stored.editedBy} work={work} />
      <div className="flex min-h-0 flex-1 flex-col lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[minmax(0,1fr)_auto]">
        <div ref={theatre} className="flex min-h-0 min-w-0 flex-col gap-2 bg-ground p-3 sm:px-5">
          <Stage player={player} parts={parts} sound={detail.data?.sound} cues={subtitles ? cues : []} />
          <Transport player={player} durationS={durationS} subtitles={subtitles} onSubtitles={setSubtitles} theatre={theatre} />
        </div>
        <div className="min-w-0 lg:col-span-2 lg:row-start-2">
          <Timeline player={player} parts={parts} durationS={durationS} work={work} />
          <LeftOut shots={cut.leftOut} onPutBack={work.putBack} />
        </div>
        <aside aria-label="Part, sound and files" className="flex flex-col gap-6 border-line p-4 max-lg:border-t lg:col-start-2 lg:row-start-1 lg:overflow-y-auto lg:border-l">
          <ScriptNotes cut={stored} />
          <PartPanel projectId={projectId} player={player} parts={parts} work={work} onMake={setRequest} />
          <DeliverPanel projectId={projectId} parts={parts} detail={detail.data} saving={cut.saving} onMake={setRequest} />
          <SoundPanel projectId={projectId} sound={detail.data?.sound} />
        </aside>
      </div>
      <MakeDialog projectId={projectId} request={request} onClose={() => setRequest(undefined)} />
    </div>
  );
}

/** What the script did to the order since it was made. */
function ScriptNotes({ cut: { added, outrun } }: { cut: Cut }): ReactNode {
  if (added.length + outrun.length === 0) return null;
  return (
    <Note kind="info">
      {added.length > 0 ? <p>New in the script, behind the shot before: {added.join(', ')}.</p> : null}
      {outrun.length > 0 ? <p>The clip became shorter than its trim, so it is shown whole: {outrun.join(', ')}.</p> : null}
    </Note>
  );
}
