import { useState, type ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { useChange } from '../api/use-api.ts';
import { useToast } from '../app/toasts.tsx';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/notes.tsx';
import { REGIONS } from './regions.ts';

type Kind = 'api-key' | 'key-pair';
const OTHER = 'other';

/** Puts a key in. What is written stays in this form alone, and is gone from it once it is kept. */
export function KeyForm({ onKept }: { onKept: () => void }): ReactNode {
  const [kind, setKind] = useState<Kind>('api-key');
  const [apiKey, setApiKey] = useState('');
  const [pair, setPair] = useState({ accessKey: '', secretKey: '' });
  const [region, setRegion] = useState(REGIONS[0]?.name ?? OTHER);
  const [address, setAddress] = useState('');
  const [where, setWhere] = useState<'' | 'keychain' | 'file'>('');
  const toast = useToast();
  const keep = useChange('setKey', {
    onDone({ source, masked, environmentWins }) {
      toast({
        words: `${masked} is kept ${source === 'keychain' ? 'in the keychain' : 'in a file that only you can read'}.`,
        ...(environmentWins ? { next: 'The environment has a key as well, and that one is used: unset it where the studio is started to use this one.' } : {}),
      });
      onKept();
    },
  });
  const baseUrl = region === OTHER ? address : REGIONS.find(({ name }) => name === region)?.baseUrl;
  const places = { ...(baseUrl === undefined ? {} : { baseUrl }), ...(where === '' ? {} : { where }) };
  const body: ApiCalls['setKey']['body'] = kind === 'api-key' ? { apiKey, ...places } : { ...pair, ...places };
  const secret = { type: 'password', autoComplete: 'off', spellCheck: false, required: true } as const;
  return (
    <form
      aria-label="Put in a key"
      className="flex max-w-2xl flex-col gap-4 rounded-xl border border-line bg-panel p-5"
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate({ body });
      }}
    >
      <SelectField
        label="Kind"
        value={kind}
        onChange={({ target }) => setKind(target.value === 'key-pair' ? 'key-pair' : 'api-key')}
        choices={[
          { value: 'api-key', words: 'API key' },
          { value: 'key-pair', words: 'Key pair: access key and secret key' },
        ]}
        hint="As the Kling console gave it to you (kling.ai/dev/api-key)."
      />
      {kind === 'api-key' ? (
        <TextField label="API key" {...secret} value={apiKey} onChange={({ target }) => setApiKey(target.value)} />
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Access key" {...secret} value={pair.accessKey} onChange={({ target }) => setPair({ ...pair, accessKey: target.value })} />
          <TextField label="Secret key" {...secret} value={pair.secretKey} onChange={({ target }) => setPair({ ...pair, secretKey: target.value })} />
        </div>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="Region" value={region} onChange={({ target }) => setRegion(target.value)} choices={[...REGIONS.map(({ name, words }) => ({ value: name, words })), { value: OTHER, words: 'Another address' }]} hint="A key works only where it was made." />
        <SelectField
          label="Kept in"
          value={where}
          onChange={({ target }) => setWhere(target.value === 'keychain' || target.value === 'file' ? target.value : '')}
          choices={[
            { value: '', words: 'The keychain, else a file' },
            { value: 'keychain', words: 'The keychain of this machine' },
            { value: 'file', words: 'A file that only you can read' },
          ]}
        />
      </div>
      {region === OTHER ? <TextField label="Address" type="url" required value={address} placeholder="https://" onChange={({ target }) => setAddress(target.value)} /> : null}
      {keep.error ? <Failure failure={keep.error} /> : null}
      <div className="flex flex-wrap items-center gap-4">
        <Button look="primary" type="submit" busy={keep.isPending}>
          Keep and check it
        </Button>
        <p className="text-sm text-quiet">It goes to this studio and to Kling, nowhere else.</p>
      </div>
    </form>
  );
}
