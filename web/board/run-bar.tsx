import { BellRing, Gauge, Square, Wand } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { useAnswer } from '../api/use-api.ts';
import { useCards, useJobs, useLiveFilm, usePaused } from '../live/live-context.tsx';
import { Button } from '../ui/button.tsx';
import { Money } from '../ui/money.tsx';
import { Shares } from '../ui/shares.tsx';
import { useStopWaiting, type MakeRequest } from '../making/make-clips.tsx';
import { CapDialog } from './cap-dialog.tsx';
import { TimeLeft } from './time-left.tsx';

/** How far the film is, what it cost and will cost, and the button that goes on. */
export function RunBar({ projectId, onMake }: { projectId: string; onMake: (request: MakeRequest) => void }): ReactNode {
  const summary = useLiveFilm()?.summary;
  const job = useJobs().find((each) => each.kind === 'generate' && each.projectId === projectId && each.endedAt === undefined);
  const forecast = useAnswer('forecast', { params: { projectId }, query: {} }, { keepPrevious: true });
  const paused = usePaused();
  const { stop, busy } = useStopWaiting();
  const [capping, setCapping] = useState(false);
  if (!summary) return null;
  const { engine, ready, shots, spentUnits, capUnits } = summary;
  const missing = forecast.data?.toMake.length ?? 0;
  return (
    <section aria-label="Progress of the film" className="flex flex-wrap items-center gap-x-6 gap-y-3 border-b border-line bg-panel px-3 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-semibold tabular-nums">
            {ready} of {shots} ready
          </span>
          <LongestLeft engine={engine} />
          {paused ? <span className="text-caution-text">Paused: nothing new is sent.</span> : null}
        </p>
        <Shares summary={summary} className="mt-2" />
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
        <div>
          <dt className="text-quiet">Spent{capUnits === undefined ? '' : ' of the cap'}</dt>
          <dd>
            <Money units={spentUnits} engine={engine} />
            {capUnits === undefined ? null : (
              <>
                {' of '}
                <Money units={capUnits} engine={engine} />
              </>
            )}
          </dd>
        </div>
        <div>
          <dt className="text-quiet">Still to make</dt>
          <dd>{forecast.data ? <Money units={forecast.data.estimateUnits} engine={engine} /> : '…'}</dd>
        </div>
      </dl>
      <div className="flex flex-wrap gap-2">
        <TellMe />
        <Button look="quiet" icon={Gauge} onClick={() => setCapping(true)}>
          {capUnits === undefined ? 'Set a cap' : 'Cap'}
        </Button>
        {job ? (
          <Button icon={Square} busy={busy || job.state === 'stopping'} onClick={() => stop(job.jobId)} title="What is at Kling is still billed, and its clips are kept.">
            {job.state === 'stopping' ? 'Stopping' : 'Stop waiting'}
          </Button>
        ) : null}
        {job === undefined && (missing > 0 || (forecast.data?.underWay ?? 0) > 0) ? (
          <Button look="spend" icon={Wand} onClick={() => onMake({})}>
            {missing === 0 ? 'Go on' : missing === 1 ? 'Make 1 clip' : `Make ${missing} clips`}
          </Button>
        ) : null}
      </div>
      {capping ? <CapDialog film={summary} onClose={() => setCapping(false)} /> : null}
    </section>
  );
}

/** When the last clip that is at Kling should be here; nothing is promised for those that wait for a slot. */
function LongestLeft({ engine }: { engine: Engine }): ReactNode {
  let last: { timeLeftMs: number; heardAtMs: number } | undefined;
  for (const { status, timeLeftMs, heardAtMs } of useCards()) {
    if (status === 'polling' && timeLeftMs !== undefined && (last === undefined || timeLeftMs + heardAtMs > last.timeLeftMs + last.heardAtMs)) last = { timeLeftMs, heardAtMs };
  }
  if (last === undefined) return null;
  return (
    <span className="text-sm text-quiet">
      those {engine === 'kling' ? 'at Kling' : 'at the sandbox'}: <TimeLeft leftMs={last.timeLeftMs} heardAtMs={last.heardAtMs} />
    </span>
  );
}

/** Asks the browser once whether the desktop may be told when a film is done. */
function TellMe(): ReactNode {
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  if (permission !== 'default') return null;
  return (
    <Button look="quiet" icon={BellRing} onClick={() => void Notification.requestPermission().then(setPermission)}>
      Tell me when it is done
    </Button>
  );
}
