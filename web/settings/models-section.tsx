import { Check } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { useAnswer } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import { modeWords } from '../ui/film-options.tsx';
import { Money } from '../ui/money.tsx';
import { Failure, Loading } from '../ui/notes.tsx';
import { Section } from './section.tsx';
import type { PreferencesInHand } from './use-preferences.ts';

type Model = ApiCalls['listModels']['answer']['items'][number];

const FEATURE_WORDS: Readonly<Record<string, string>> = { imageToVideo: 'start frame', endFrame: 'end frame', negativePrompt: 'negative prompt', cameraControl: 'camera control', sound: 'sound' };

/** What Kling offers and what it costs by its price list. */
export function ModelsSection({ preferences }: { preferences: PreferencesInHand }): ReactNode {
  const [all, setAll] = useState(false);
  const models = useAnswer('listModels', { query: { limit: 1000, ...(all ? { all: 'true' } : {}) } }, { keepPrevious: true });
  const { value } = preferences;
  return (
    <Section id="models" title="Models" about="Kling's models with their list prices, each for its shortest clip.">
      {models.error ? <Failure failure={models.error} /> : null}
      {models.isPending ? <Loading /> : null}
      {models.data ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
        <div role="region" aria-label="Table of models" tabIndex={0} className="relative overflow-x-auto rounded-lg border border-line">
          <table className="w-full min-w-2xl border-collapse text-left text-sm">
            <thead className="bg-panel text-quiet">
              <tr>
                {['Model', 'Price', 'Lengths', 'Knows'].map((words) => (
                  <th key={words} scope="col" className="px-4 py-2 font-medium">
                    {words}
                  </th>
                ))}
                <th scope="col" className="px-4 py-2">
                  <span className="sr-only">New films</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {models.data.items.map((model) => (
                <ModelRow key={model.name} model={model} isUsual={value?.model === model.word} onUse={value === undefined ? undefined : () => preferences.change(withModel(value, model.word))} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <CheckField label="Also those that Kling no longer offers" checked={all} onChange={({ target }) => setAll(target.checked)} />
    </Section>
  );
}

function ModelRow({ model: { word, name, prices, durationsS, features, lifecycle, callable }, isUsual, onUse }: { model: Model; isUsual: boolean; onUse: (() => void) | undefined }): ReactNode {
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="px-4 py-3 font-medium">
        {word}
        <span className="block font-mono text-xs font-normal text-quiet">{name}</span>
        {lifecycle === 'active' ? null : <span className="block text-xs font-normal text-caution-text">{lifecycle}</span>}
      </th>
      <td className="px-4 py-3">
        {prices.length === 0 ? <span className="text-quiet">not told</span> : null}
        {prices.map(({ mode, durationS, units }) => (
          <span key={mode ?? ''} className="block whitespace-nowrap">
            <span className="text-quiet">{mode === undefined ? `${durationS} s` : `${modeWords(mode)}, ${durationS} s`}:</span> <Money units={units} engine="kling" />
          </span>
        ))}
      </td>
      <td className="px-4 py-3 tabular-nums">{lengthWords(durationsS)}</td>
      <td className="px-4 py-3 text-quiet">{features.map((feature) => FEATURE_WORDS[feature] ?? feature).join(', ') || 'words alone'}</td>
      <td className="px-4 py-3 text-right">
        {isUsual ? (
          <span className="inline-flex items-center gap-1.5 text-good-text">
            <Check size={15} aria-hidden />
            new films
          </span>
        ) : callable && onUse && lifecycle === 'active' ? (
          <Button small onClick={onUse} aria-label={`New films with ${word}`}>
            Use
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

/** `5 or 10 s`; `3 to 15 s` where every second between is offered. */
function lengthWords(lengthsS: readonly number[]): string {
  const [first, last] = [lengthsS[0], lengthsS.at(-1)];
  if (first === undefined || last === undefined) return 'not told';
  const isRange = lengthsS.length > 2 && last - first === lengthsS.length - 1;
  return isRange ? `${first} to ${last} s` : `${lengthsS.join(' or ')} s`;
}

/** Another model may have other modes and lengths, so those go back to the usual. */
function withModel(preferences: NonNullable<PreferencesInHand['value']>, model: string) {
  const { mode: _, durationS: __, ...others } = preferences;
  return { ...others, model };
}
