import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { CirclePause, CirclePlay, Clapperboard, Keyboard, Settings } from 'lucide-react';
import { useCallback, type ReactNode } from 'react';
import type { PageEvent } from '../../src/protocol/events.ts';
import { useAnswer, useChange } from '../api/use-api.ts';
import { LiveProvider, useConnection, usePaused } from '../live/live-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { Loading, Note } from '../ui/notes.tsx';
import { JobWatch } from './job-watch.tsx';
import { LogIn } from './log-in.tsx';
import { useShortcuts } from './shortcuts.tsx';
import { useFailureToast, useToast } from './toasts.tsx';

/** What stands around every screen: where one is, who makes the clips, whether the studio is heard. */
export function StudioFrame(): ReactNode {
  const { projectId } = useParams({ strict: false });
  const about = useAnswer('about', {});
  const toast = useToast();
  const onEvent = useCallback(
    (event: PageEvent) => {
      if (event.type === 'notice') toast({ words: event.data.message, next: event.data.next });
    },
    [toast],
  );
  if (about.error?.status === 401) return <LogIn />;
  return (
    <LiveProvider projectId={projectId} onEvent={onEvent}>
      <a href="#main" className="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:left-3 focus:top-3">
        To the content
      </a>
      <div className="flex min-h-dvh flex-col">
        <TopBar />
        <ConnectionNote />
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          {about.data ? <Outlet /> : about.error ? null : <Loading />}
        </main>
      </div>
      <JobWatch />
    </LiveProvider>
  );
}

function TopBar(): ReactNode {
  const navigate = useNavigate();
  useShortcuts('Everywhere', [
    { key: 'h', words: 'To the films', onPress: () => void navigate({ to: '/' }) },
    { key: ',', words: 'To the settings', onPress: () => void navigate({ to: '/settings' }) },
    { key: '?', words: 'Show these keys', onPress: () => {} },
  ]);
  return (
    <header className="flex h-14 items-center gap-2 border-b border-line bg-panel px-3 sm:px-5">
      <Link to="/" className="flex items-center gap-2 rounded-lg px-1 font-semibold">
        <Clapperboard size={20} aria-hidden className="text-warm-text" />
        DirectorStudio
      </Link>
      <EngineMark />
      <div className="ml-auto flex items-center gap-1">
        <PauseButton />
        <IconButton icon={Keyboard} label="Keys" shortcut="?" className="max-sm:hidden" onClick={() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))} />
        <IconButton icon={Settings} label="Settings" shortcut="," onClick={() => void navigate({ to: '/settings' })} />
      </div>
    </header>
  );
}

/** Whether money is real here. */
function EngineMark(): ReactNode {
  const about = useAnswer('about', {});
  if (!about.data) return null;
  return about.data.engine === 'sandbox' ? (
    <span className="rounded-md border border-line px-2 py-0.5 text-sm text-caution-text" title="No Kling key: films are made in the sandbox, with practice clips and play money.">
      Sandbox<span className="max-sm:hidden">, play money</span>
    </span>
  ) : (
    <span className="rounded-md border border-line px-2 py-0.5 text-sm text-good-text">Kling</span>
  );
}

function PauseButton(): ReactNode {
  const paused = usePaused();
  const onFailed = useFailureToast();
  const toast = useToast();
  const pause = useChange('pause', { onFailed, onDone: () => toast({ words: 'Paused: nothing new is sent. What is at Kling goes on there and is fetched.' }) });
  const goOn = useChange('goOn', { onFailed });
  return paused ? (
    <IconButton icon={CirclePlay} label="Go on sending" className="text-caution-text" busy={goOn.isPending} onClick={() => goOn.mutate({})} />
  ) : (
    <IconButton icon={CirclePause} label="Pause all" busy={pause.isPending} onClick={() => pause.mutate({})} />
  );
}

function ConnectionNote(): ReactNode {
  const connection = useConnection();
  if (connection !== 'lost') return null;
  return (
    <Note kind="warning" className="m-3">
      The studio does not answer. What you see is how it was; it goes on by itself once the studio is back. If you closed it, start it again with <code>npm start</code>. What is at Kling goes on there.
    </Note>
  );
}
