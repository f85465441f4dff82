import type { ReactNode } from 'react';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { useAnswer } from '../api/use-api.ts';
import { SelectField } from '../ui/field.tsx';
import { FilmOptionsFields } from '../ui/film-options.tsx';
import type { NewFilmDraft } from './new-film-draft.ts';

export interface NewFilmOptionsProps {
  draft: NewFilmDraft;
  onChange: (changed: Partial<NewFilmDraft>) => void;
  engine: Engine;
  hasKey: boolean;
}

/** Who makes the clips, and behind "More" what they are made with. */
export function NewFilmOptions({ draft, onChange, engine, hasKey }: NewFilmOptionsProps): ReactNode {
  const preferences = useAnswer('getPreferences', {});
  const { options, capUnits, sandbox } = draft;
  const { fix, pace, ...chosen } = options;
  const ours = { ...(fix === undefined ? {} : { fix }), ...(pace === undefined ? {} : { pace }) };
  return (
    <>
      {hasKey ? (
        <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
          <legend className="mb-1 text-sm font-medium">Clips are made</legend>
          <Choice name="by Kling" hint="real clips, real money, after you agree to the price" checked={!sandbox} onChoose={() => onChange({ sandbox: false })} />
          <Choice name="in the sandbox" hint="practice clips, play money" checked={sandbox} onChoose={() => onChange({ sandbox: true })} />
        </fieldset>
      ) : (
        <p className="text-sm text-quiet">Made in the sandbox: practice clips, play money. With a Kling key in Settings films become real.</p>
      )}
      <details className="rounded-xl border border-line">
        <summary className="rounded-xl px-4 py-2.5 font-medium">More: model, length, shape, takes, cap, pace</summary>
        <div className="border-t border-line p-4">
          <FilmOptionsFields
            value={{ ...chosen, ...(capUnits === undefined ? {} : { capUnits }) }}
            engine={engine}
            otherwise={preferences.data ?? {}}
            onChange={({ capUnits: cap, ...others }) => onChange({ options: { ...others, ...ours }, capUnits: cap })}
          />
          <div className="mt-4">
            <SelectField
              label="Pace of a story or screenplay"
              hint="How often it is cut: brisk makes more and shorter shots."
              value={pace ?? ''}
              choices={[
                { value: '', words: 'As usual (even)' },
                { value: 'calm', words: 'Calm' },
                { value: 'brisk', words: 'Brisk' },
              ]}
              onChange={({ target }) => {
                const { pace: _, ...others } = options;
                onChange({ options: target.value === 'calm' || target.value === 'brisk' ? { ...others, pace: target.value } : others });
              }}
            />
          </div>
        </div>
      </details>
    </>
  );
}

function Choice({ name, hint, checked, onChoose }: { name: string; hint: string; checked: boolean; onChoose: () => void }): ReactNode {
  return (
    <label className="flex items-start gap-2">
      <input type="radio" name="engine" checked={checked} onChange={onChoose} className="mt-1 size-4 accent-(--accent)" />
      <span>
        {name} <span className="block text-sm text-quiet">{hint}</span>
      </span>
    </label>
  );
}
