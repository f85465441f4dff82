import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Preferences } from '../../src/protocol/api/index.ts';
import { useAnswer } from '../api/use-api.ts';
import { FilmOptionsFields, type FilmOptions } from '../ui/film-options.tsx';
import { Failure, Loading } from '../ui/notes.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { Section } from './section.tsx';
import type { PreferencesInHand } from './use-preferences.ts';

/** What new films begin with, and how runs go. */
export function NewFilmsSection({ preferences: { value, change, state, failure } }: { preferences: PreferencesInHand }): ReactNode {
  const about = useAnswer('about', {});
  const put = (name: 'retries' | 'concurrency') => (number: number | undefined) => {
    const { [name]: _, ...others } = value ?? {};
    change(number === undefined ? others : { ...others, [name]: number });
  };
  return (
    <Section id="new-films" title="New films" about="What new films begin with. A film keeps what it was made with, and each can be told otherwise when it is begun.">
      {failure ? <Failure failure={failure} /> : null}
      {value === undefined ? (
        failure ? null : <Loading />
      ) : (
        <div className="flex max-w-2xl flex-col gap-4">
          <FilmOptionsFields value={optionsOf(value)} engine={about.data?.engine ?? 'sandbox'} onChange={(options) => change({ ...runOf(value), ...options })} />
          <div className="grid gap-4 sm:grid-cols-2">
            <NumberField label="New attempts after a failure at Kling" value={value.retries} least={0} most={9} whole placeholder="0" onNumber={put('retries')} hint="For each take. Each may cost again, beyond the price that was shown." />
            <NumberField label="At Kling at once" value={value.concurrency} least={1} most={1000} whole placeholder="As many as the account allows" onNumber={put('concurrency')} hint="The account has its own limit, which the studio learns." />
          </div>
          <p role="status" className="flex min-h-6 items-center gap-2 text-sm text-quiet">
            {state === 'saving' ? 'Saving …' : state === 'saved' ? (
              <>
                <Check size={15} aria-hidden className="text-good-text" />
                Saved
              </>
            ) : null}
          </p>
        </div>
      )}
    </Section>
  );
}

function optionsOf(preferences: Preferences): FilmOptions {
  const { retries: _, concurrency: __, ...options } = preferences;
  return options;
}

function runOf({ retries, concurrency }: Preferences): Preferences {
  return { ...(retries === undefined ? {} : { retries }), ...(concurrency === undefined ? {} : { concurrency }) };
}
