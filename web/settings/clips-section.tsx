import { CloudDownload, ScanSearch, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Job } from '../../src/protocol/api/index.ts';
import { sizeWords } from '../../src/protocol/amount-words.ts';
import { useAnswer, useChange } from '../api/use-api.ts';
import { useFailureToast } from '../app/toasts.tsx';
import { useJobs } from '../live/live-context.tsx';
import { Button } from '../ui/button.tsx';
import { Failure } from '../ui/notes.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { agoWords } from '../ui/time-words.ts';
import { useNowMs } from '../ui/use-now.ts';
import { PruneClips } from './prune-clips.tsx';
import { Section } from './section.tsx';

/** The clips on this disk: how large, whether sound, and what could go; and those on the account that are not here. */
export function ClipsSection(): ReactNode {
  const size = useAnswer('cacheSize', {});
  const about = useAnswer('about', {});
  return (
    <Section id="clips" title="Clips" about="Every clip is kept once, by what it shows, so that no clip is ever paid for twice.">
      {size.error ? <Failure failure={size.error} /> : null}
      {size.data ? (
        <p>
          <span className="text-lg font-semibold tabular-nums">{size.data.clips === 1 ? '1 clip' : `${size.data.clips} clips`}, {sizeWords(size.data.sizeBytes)}</span>
          <span className="block text-sm text-quiet wrap-anywhere">in {size.data.folder}</span>
        </p>
      ) : null}
      <Work kind="verifyCache" route="verifyCache" icon={ScanSearch} words="Read every clip" hint="Finds what is damaged; it is fetched again when its film is made." doing="Reading the clips" />
      <Work
        kind="recover"
        route="recover"
        icon={CloudDownload}
        words="Recover clips from the account"
        hint={`Brings what ${about.data?.engine === 'kling' ? 'Kling' : 'the sandbox'} made for this studio in the last 30 days here. Spends nothing.`}
        doing="Looking through the account"
      />
      <PruneClips />
    </Section>
  );
}

/** Work on the whole home: begun, watched, stopped, and what came of it. */
function Work({ kind, route, icon, words, hint, doing }: { kind: Job['kind']; route: 'verifyCache' | 'recover'; icon: typeof Square; words: string; hint: string; doing: string }): ReactNode {
  const job = useJobs().find((each) => each.kind === kind);
  const onFailed = useFailureToast();
  const begin = useChange(route, { onFailed });
  const stop = useChange('stopJob', { onFailed });
  const nowMs = useNowMs();
  const running = job !== undefined && job.endedAt === undefined;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-panel px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{words}</p>
        <p className="text-sm text-quiet">{hint}</p>
        {running ? (
          <ProgressBar label={doing} done={job.done === 0 ? undefined : job.done} className="mt-2" />
        ) : job?.error ? (
          <p className="mt-1 text-sm text-bad-text">
            {job.error.message} {job.error.next}
          </p>
        ) : job ? (
          <p className="mt-1 text-sm">
            {job.state === 'stopped' ? 'Stopped.' : job.words} <span className="text-quiet">{agoWords(job.endedAt ?? job.startedAt, nowMs)}</span>
          </p>
        ) : null}
      </div>
      {running ? (
        <Button small icon={Square} busy={stop.isPending || job.state === 'stopping'} onClick={() => stop.mutate({ params: { jobId: job.jobId } })}>
          Stop
        </Button>
      ) : (
        <Button small icon={icon} busy={begin.isPending} onClick={() => begin.mutate({})} aria-label={words}>
          Begin
        </Button>
      )}
    </div>
  );
}
