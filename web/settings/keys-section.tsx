import { CircleCheck, KeyRound, ShieldCheck, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { useAnswer, useChange, useWholeList } from '../api/use-api.ts';
import { useToast } from '../app/toasts.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure, Loading, Note } from '../ui/notes.tsx';
import { KeyCheckResult } from './key-check-result.tsx';
import { KeyForm } from './key-form.tsx';
import { regionWords } from './regions.ts';
import { Section } from './section.tsx';

type Place = ApiCalls['listKeys']['answer']['items'][number];

const SOURCE_WORDS: Record<Place['source'], string> = { environment: 'in the environment', keychain: 'in the keychain of this machine', file: 'in a file that only you can read' };

/** The key that pays: where it is kept, whether Kling takes it, what is left on the account. */
export function KeysSection(): ReactNode {
  const places = useWholeList('listKeys', {});
  const about = useAnswer('about', {});
  const check = useChange('checkKey');
  const [adding, setAdding] = useState(false);
  const hasKey = about.data?.key !== undefined;
  const none = (places.data?.length ?? 0) === 0;
  return (
    <Section id="keys" title="Kling key" about="With a key films are made by Kling, for money and after you agree to the price. Without one everything works in the sandbox, with practice clips and play money. A key goes in and is never shown again.">
      {places.error ? <Failure failure={places.error} /> : null}
      {places.isPending ? <Loading words="Looking for keys" /> : null}
      {places.data && none ? <Note kind="info">No key is kept. Films are made in the sandbox.</Note> : null}
      <ul className="flex flex-col gap-3">
        {places.data?.map((place) => (
          <li key={place.source}>
            <KeyPlace place={place} />
          </li>
        ))}
      </ul>
      {check.error ? <Failure failure={check.error} /> : null}
      {check.data ? <KeyCheckResult checked={check.data} /> : null}
      <div className="flex flex-wrap gap-3">
        {hasKey ? (
          <Button look="primary" icon={ShieldCheck} busy={check.isPending} onClick={() => check.mutate({})}>
            Check it with Kling, free of charge
          </Button>
        ) : null}
        <Button look={none ? 'primary' : 'plain'} icon={KeyRound} aria-expanded={adding} onClick={() => setAdding(!adding)}>
          {none ? 'Put in a key' : 'Another key'}
        </Button>
        {places.data?.some(({ source }) => source !== 'environment') === true ? <RemoveKeys onRemoved={() => check.reset()} /> : null}
      </div>
      {adding ? (
        <KeyForm
          onKept={() => {
            setAdding(false);
            check.mutate({});
          }}
        />
      ) : null}
    </Section>
  );
}

function KeyPlace({ place }: { place: Place }): ReactNode {
  if ('problem' in place) return <Failure failure={place.problem} />;
  const { source, active, kind, masked, baseUrl } = place;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line bg-panel px-4 py-3">
      <KeyRound size={18} aria-hidden className={active ? 'text-good-text' : 'text-quiet'} />
      <div className="min-w-0 flex-1 basis-52">
        <p>
          {kind === 'api-key' ? 'API key' : 'Key pair'} <code className="font-mono text-sm">{masked}</code>
        </p>
        <p className="text-sm text-quiet">
          {SOURCE_WORDS[source]}
          {baseUrl === undefined ? '' : `, ${regionWords(baseUrl)}`}
        </p>
      </div>
      {active ? (
        <span className="flex items-center gap-1.5 text-sm text-good-text">
          <CircleCheck size={16} aria-hidden />
          in use
        </span>
      ) : (
        <span className="text-sm text-quiet">not in use: another one wins</span>
      )}
    </div>
  );
}

/** A key that is forgotten cannot be brought back from here, so this is asked. */
function RemoveKeys({ onRemoved }: { onRemoved: () => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  const toast = useToast();
  const remove = useChange('removeKeys', {
    onDone() {
      setAsking(false);
      onRemoved();
      toast({ words: 'The key is forgotten here. At Kling it still exists.' });
    },
  });
  return (
    <>
      <Button icon={Trash2} onClick={() => setAsking(true)}>
        Remove the kept key
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title="Remove the kept key?"
        about="It cannot be shown or brought back from here; you would copy it from Kling again."
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button look="danger" icon={Trash2} busy={remove.isPending} onClick={() => remove.mutate({})}>
              Remove
            </Button>
          </>
        }
      >
        <p>Films go on in the sandbox. Clips and bills stay. A key in the environment is not touched: it is unset where the studio is started.</p>
        {remove.error ? <Failure failure={remove.error} className="mt-4" /> : null}
      </Dialog>
    </>
  );
}
