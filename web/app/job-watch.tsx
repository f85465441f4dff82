import { useEffect, useRef, type ReactNode } from 'react';
import type { Job } from '../../src/protocol/api/index.ts';
import { useJobs, useLiveStore } from '../live/live-context.tsx';
import { useAnnounce } from './announcer.tsx';
import { useToast } from './toasts.tsx';

const DONE_WORDS: Record<Job['kind'], string> = { generate: 'The clips are made', film: 'The film is cut', animatic: 'The animatic is drawn', handoff: 'The hand-off is ready', recover: 'The account was looked through', verifyCache: 'The clips were read' };

/** Tells the end of work that began earlier: as a toast, aloud, and on the desktop when nobody looks at the page. */
export function JobWatch(): ReactNode {
  const jobs = useJobs();
  const store = useLiveStore();
  const toast = useToast();
  const announce = useAnnounce();
  const running = useRef(new Set<string>());
  useEffect(() => {
    for (const job of jobs) {
      if (job.endedAt === undefined) {
        running.current.add(job.jobId);
        continue;
      }
      if (!running.current.delete(job.jobId)) continue;
      const title = store.projects?.find(({ projectId }) => projectId === job.projectId)?.title;
      const words = job.error?.message ?? job.words ?? `${DONE_WORDS[job.kind]}.`;
      toast({ words: title === undefined ? words : `${title}: ${words}`, next: job.error?.next, kind: job.state === 'failed' ? 'failed' : 'done' });
      announce(words);
      tellDesktop(title ?? 'DirectorStudio', words);
    }
  }, [jobs, store, toast, announce]);
  return null;
}

function tellDesktop(title: string, body: string): void {
  if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return;
  const shown = new Notification(title, { body });
  shown.addEventListener('click', () => window.focus());
}
