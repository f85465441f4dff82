import type { ReactNode } from 'react';
import type { Preferences } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { useWholeList } from '../api/use-api.ts';
import { SelectField } from './field.tsx';
import { useMoneyWords } from './money.tsx';
import { NumberField } from './number-field.tsx';

export type FilmOptions = Pick<Preferences, 'model' | 'mode' | 'durationS' | 'aspectRatio' | 'takes' | 'capUnits'>;

export interface FilmOptionsFieldsProps {
  value: FilmOptions;
  onChange: (value: FilmOptions) => void;
  engine: Engine;
  /** What holds where nothing is chosen. */
  otherwise?: FilmOptions;
}

const MODE_WORDS: Readonly<Record<string, string>> = { std: 'Standard', pro: 'Pro', '4k': '4K' };
export const modeWords = (mode: string): string => MODE_WORDS[mode] ?? mode;
const SHAPE_WORDS = { '16:9': 'Wide, 16:9', '9:16': 'Upright, 9:16', '1:1': 'Square, 1:1' } as const;
type Shape = keyof typeof SHAPE_WORDS;

/** What a film is made with: model, mode, length, shape, takes, cap. What is left open is said with what holds then. */
export function FilmOptionsFields({ value, onChange, engine, otherwise = {} }: FilmOptionsFieldsProps): ReactNode {
  const models = useWholeList('listModels', {});
  const money = useMoneyWords(engine);
  const { model, mode, durationS, aspectRatio, takes, capUnits } = value;
  const chosen = models.data?.find(({ word }) => word === (model ?? otherwise.model ?? '2.5-turbo'));
  const modes = chosen?.modes ?? ['std', 'pro'];
  const lengths = chosen?.durationsS ?? [5, 10];
  const put = (change: { [Name in keyof FilmOptions]?: FilmOptions[Name] | undefined }) => onChange(withoutUndefined({ ...value, ...change }));
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="Model"
        value={model ?? ''}
        onChange={({ target }) => put({ model: target.value || undefined, mode: undefined, durationS: undefined })}
        choices={[
          { value: '', words: `As usual (${otherwise.model === 'auto' ? 'what is advised' : (otherwise.model ?? '2.5-turbo')})` },
          { value: 'auto', words: 'What is advised for the words' },
          ...(models.data ?? []).filter(({ callable }) => callable).map(({ word }) => ({ value: word, words: word })),
        ]}
      />
      <SelectField label="Mode" value={mode ?? ''} onChange={({ target }) => put({ mode: modeOf(target.value) })} choices={[{ value: '', words: `As usual (${modeWords(otherwise.mode ?? 'std')})` }, ...modes.map((each) => ({ value: each, words: modeWords(each) }))]} />
      <SelectField
        label="Length of a clip"
        value={durationS?.toString() ?? ''}
        onChange={({ target }) => put({ durationS: target.value === '' ? undefined : Number(target.value) })}
        choices={[{ value: '', words: otherwise.durationS === undefined ? 'As each shot needs' : `As usual (${otherwise.durationS} s)` }, ...lengths.map((each) => ({ value: String(each), words: `${each} s` }))]}
      />
      <SelectField label="Shape" value={aspectRatio ?? ''} onChange={({ target }) => put({ aspectRatio: shapeOf(target.value) })} choices={[{ value: '', words: `As usual (${otherwise.aspectRatio ?? '16:9'})` }, ...Object.entries(SHAPE_WORDS).map(([each, words]) => ({ value: each, words }))]} />
      <NumberField label="Takes of each shot" value={takes} least={1} most={99} whole placeholder={String(otherwise.takes ?? 1)} onNumber={(number) => put({ takes: number })} hint="Kling has no seed: people shoot two to four and choose." />
      <NumberField
        label="Cap, in units"
        value={capUnits}
        least={0}
        most={1_000_000}
        placeholder={otherwise.capUnits === undefined ? 'No cap' : String(otherwise.capUnits)}
        onNumber={(number) => put({ capUnits: number })}
        hint={capUnits === undefined ? 'The most the film may ever spend.' : `The film never spends more than ${money(capUnits)}.`}
      />
    </div>
  );
}

function modeOf(value: string): FilmOptions['mode'] {
  return value === 'std' || value === 'pro' || value === '4k' ? value : undefined;
}

function shapeOf(value: string): Shape | undefined {
  return value in SHAPE_WORDS ? (value as Shape) : undefined;
}

function withoutUndefined(value: { [Name in keyof FilmOptions]?: FilmOptions[Name] | undefined }): FilmOptions {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as FilmOptions;
}
