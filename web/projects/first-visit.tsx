import { useNavigate } from '@tanstack/react-router';
import { ArrowRight, Clapperboard, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useChange, useWholeList } from '../api/use-api.ts';
import { useFailureToast } from '../app/toasts.tsx';
import { Button } from '../ui/button.tsx';
import { Failure, Loading } from '../ui/notes.tsx';
import { ChooseFile } from './script-source.tsx';

/** No film yet: what this is for, an example in one click, and the way to one's own. */
export function FirstVisit({ onNew, onFile }: { onNew: () => void; onFile: (file: File) => void }): ReactNode {
  const examples = useWholeList('listExamples', {});
  const navigate = useNavigate();
  const create = useChange('createProject', {
    onFailed: useFailureToast(),
    onDone: ({ project }) => void navigate({ to: '/films/$projectId/script', params: { projectId: project.projectId } }),
  });
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col items-center gap-8 py-6 sm:py-12">
      <div className="flex max-w-xl flex-col items-center gap-3 text-center">
        <Clapperboard size={44} aria-hidden className="text-warm-text" />
        <h2 className="text-2xl font-semibold">From a script to a film, shot by shot</h2>
        <p className="text-quiet">Give a script. Every shot gets a card, a drawing and a price; you film what you like, choose among its takes, and cut. Nothing is spent before you say so.</p>
        <div className="mt-2 flex flex-wrap justify-center gap-3">
          <Button look="primary" icon={Plus} onClick={onNew}>
            Paste a script
          </Button>
          <ChooseFile small={false} onFile={onFile} />
        </div>
        <p className="text-sm text-quiet">Or drop a file anywhere on this page.</p>
      </div>
      <section aria-labelledby="examples" className="w-full">
        <h3 id="examples" className="mb-3 text-center font-semibold">
          Or look at an example, one click
        </h3>
        {examples.error ? <Failure failure={examples.error} /> : null}
        {examples.isPending ? <Loading words="Looking for examples" /> : null}
        <ul className="grid gap-4 sm:grid-cols-3">
          {examples.data?.map(({ name, title, words }) => (
            <li key={name}>
              <button
                type="button"
                disabled={create.isPending}
                onClick={() => create.mutate({ body: { title, script: { example: name } } })}
                className="group flex h-full w-full flex-col gap-2 rounded-xl border border-line bg-panel p-5 text-left transition-colors hover:border-edge disabled:opacity-55"
              >
                <span className="flex items-center gap-2 font-semibold">
                  {title}
                  <ArrowRight size={17} aria-hidden className="ml-auto text-quiet transition-transform group-hover:translate-x-0.5" />
                </span>
                <span className="text-sm text-warm-text">{KIND_WORDS[name.split('.').at(-1) ?? ''] ?? 'A script'}</span>
                <span className="line-clamp-4 text-sm text-quiet">{words}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

const KIND_WORDS: Readonly<Record<string, string>> = { txt: 'Shots in plain text', fountain: 'A screenplay', csv: 'A table of shots', json: 'A list of shots' };
