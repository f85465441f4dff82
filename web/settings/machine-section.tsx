import { CircleAlert, CircleCheck, ClipboardCopy, ExternalLink, LogOut, RefreshCw, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { useAnswer, useChange, useWholeList } from '../api/use-api.ts';
import { useToast } from '../app/toasts.tsx';
import { Button } from '../ui/button.tsx';
import { TextArea } from '../ui/field.tsx';
import { Failure, Loading } from '../ui/notes.tsx';
import { Section } from './section.tsx';

type Finding = ApiCalls['diagnostics']['answer']['items'][number];

const MARKS: Record<Finding['state'], { icon: LucideIcon; text: string; words: string }> = {
  ok: { icon: CircleCheck, text: 'text-good-text', words: 'good' },
  note: { icon: TriangleAlert, text: 'text-caution-text', words: 'worth a look' },
  problem: { icon: CircleAlert, text: 'text-bad-text', words: 'a problem' },
};

/** What works here, to read and to copy for whoever mends it; and what this studio is. */
export function MachineSection(): ReactNode {
  const findings = useWholeList('diagnostics', {});
  const about = useAnswer('about', {});
  const toast = useToast();
  const [toCopy, setToCopy] = useState<string>();
  const logOut = useChange('logout', { onDone: () => location.reload() });
  const copy = (found: readonly Finding[]) => {
    const text = reportOf(found, about.data?.version);
    // A page that comes over plain http from another machine may not write the clipboard: then it is shown, to copy by hand.
    const written = 'clipboard' in navigator ? navigator.clipboard.writeText(text) : Promise.reject(new Error('no clipboard'));
    written.then(
      () => toast({ words: 'Copied. No key and no password is in it.' }),
      () => setToCopy(text),
    );
  };
  return (
    <Section id="machine" title="This machine" about="What works and what does not. No key and no password is shown or copied.">
      {findings.error ? <Failure failure={findings.error} /> : null}
      {findings.isPending ? <Loading words="Looking at this machine" /> : null}
      <ul className="flex flex-col gap-2">
        {findings.data?.map(({ what, state, words, next }, index) => {
          const { icon: Icon, text, words: mark } = MARKS[state];
          return (
            <li key={index} className="flex gap-3">
              <Icon size={17} aria-label={mark} className={`mt-1 shrink-0 ${text}`} />
              <p className="min-w-0 wrap-anywhere">
                <span className="font-medium">{what}:</span> {words}
                {next === undefined ? null : <span className="block text-sm text-quiet">{next}</span>}
              </p>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap gap-3">
        <Button icon={ClipboardCopy} disabled={!findings.data} onClick={() => copy(findings.data ?? [])}>
          Copy
        </Button>
        <Button icon={RefreshCw} busy={findings.isFetching} onClick={() => void findings.refetch()}>
          Look again
        </Button>
        {about.data?.passwordNeeded === true ? (
          <Button icon={LogOut} busy={logOut.isPending} onClick={() => logOut.mutate({})}>
            Log out
          </Button>
        ) : null}
      </div>
      {toCopy === undefined ? null : <TextArea label="To copy" readOnly rows={8} value={toCopy} onFocus={({ target }) => target.select()} />}
      <p className="flex flex-wrap items-center gap-x-5 gap-y-1 text-quiet">
        <span>DirectorStudio {about.data?.version}</span>
        <a href="/api/reference" target="_blank" rel="noreferrer" className="inline-flex items-center gap-1.5 text-accent-text underline">
          The interface for programs
          <ExternalLink size={15} aria-hidden />
        </a>
        <a href="/api/openapi.json" target="_blank" rel="noreferrer" className="inline-flex items-center gap-1.5 text-accent-text underline">
          as OpenAPI
          <ExternalLink size={15} aria-hidden />
        </a>
      </p>
    </Section>
  );
}

function reportOf(findings: readonly Finding[], version: string | undefined): string {
  const lines = findings.map(({ what, state, words, next, code }) => `${MARKS[state].words.toUpperCase()} ${what}: ${words}${code === undefined ? '' : ` (${code})`}${next === undefined ? '' : `\n  ${next}`}`);
  return [`DirectorStudio ${version ?? ''}, ${new Date().toISOString()}`, `Browser: ${navigator.userAgent}, ${window.innerWidth} x ${window.innerHeight}`, ...lines].join('\n');
}
