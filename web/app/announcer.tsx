import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';

/** Between two sentences for a screen reader: what comes meanwhile replaces what waits, so that nobody is talked over. */
const PAUSE_MS = 4_000;

const AnnounceContext = createContext<(words: string) => void>(() => {});

/** Says things to people who listen: at most one sentence every few seconds, the newest. */
export function AnnouncerProvider({ children }: { children: ReactNode }): ReactNode {
  const [said, setSaid] = useState('');
  const [announcer] = useState(() => new Announcer(setSaid));
  useEffect(() => () => announcer.close(), [announcer]);
  return (
    <AnnounceContext value={announcer.say}>
      {children}
      <p role="status" aria-live="polite" className="sr-only">
        {said}
      </p>
    </AnnounceContext>
  );
}

/** A function that says a sentence. */
export const useAnnounce = (): ((words: string) => void) => useContext(AnnounceContext);

class Announcer {
  private waiting: string | undefined;
  private timer: number | undefined;
  private readonly show: (words: string) => void;

  constructor(show: (words: string) => void) {
    this.show = show;
  }

  readonly say = (words: string): void => {
    this.waiting = words;
    this.timer ??= window.setTimeout(this.next, 50);
  };

  close(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
  }

  private readonly next = (): void => {
    this.timer = undefined;
    if (this.waiting === undefined) return;
    this.show(this.waiting);
    this.waiting = undefined;
    this.timer = window.setTimeout(this.next, PAUSE_MS);
  };
}
