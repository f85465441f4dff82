import { useEffect, useRef, useState } from 'react';
import type { Job } from '../../src/protocol/api/index.ts';
import { useJobs } from '../live/live-context.tsx';
import { downloadNow } from '../ui/download-link.tsx';

/** Something that is made anew when it is asked for, and kept as a file as soon as it is there. */
export function useMadeToKeep(href: string): { begun: (job: Job) => void; running: Job | undefined } {
  const [wanted, setWanted] = useState<Job>();
  const job = useJobs().find(({ jobId }) => jobId === wanted?.jobId) ?? wanted;
  const isOver = job?.endedAt !== undefined;
  const isDone = job?.state === 'done';
  const keptId = useRef<string>(undefined);
  const jobId = job?.jobId;
  useEffect(() => {
    if (!isDone || keptId.current === jobId) return;
    keptId.current = jobId;
    downloadNow(href);
  }, [isDone, jobId, href]);
  return { begun: setWanted, running: isOver ? undefined : job };
}
