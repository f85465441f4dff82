import { modelNamed, retirement } from '../kling/index.ts';
import type { PromptFindings } from '../protocol/prompt-findings.ts';
import { isLastFrame, type ShotSettings } from '../protocol/shot-settings.ts';
import { pictureKey } from '../store/index.ts';

interface NamedSettings {
  name: string;
  settings: ShotSettings;
}

/** Two equal shots show one clip; a film maker who wanted two pictures must hear it before, not after. */
export function equalShots(shots: readonly NamedSettings[]): string[] {
  const groups = new Map<string, string[]>();
  for (const shot of shots) {
    const { startFrame } = shot.settings;
    // What it starts from is another clip, as a rule.
    if (isLastFrame(startFrame)) continue;
    const key = pictureKey(shot.settings);
    addTo(groups, key, shot.name);
  }
  return [...groups.values()]
    .filter((names) => names.length > 1)
    .map((names) => `${names.join(' and ')} are equal: they show the same clip, paid for once. Change a word in one to get another picture.`);
}

export function addTo<Key>(groups: Map<Key, string[]>, key: Key, name: string): void {
  const names = groups.get(key);
  if (names) names.push(name);
  else groups.set(key, [name]);
}

export type Shape = 'wide' | 'upright' | 'square';

export function shapeOf(ratio: number): Shape {
  return ratio > 1.1 ? 'wide' : ratio < 0.9 ? 'upright' : 'square';
}

export function shapeOfRatio(ratio: ShotSettings['aspectRatio']): Shape | undefined {
  return ratio && ({ '16:9': 'wide', '9:16': 'upright', '1:1': 'square' } as const)[ratio];
}

/** A clip takes the shape of its start frame, and a film that of its first clip; the others are shown between bars. */
export function mixedShapes(shapes: ReadonlyMap<Shape, readonly string[]>): string[] {
  if (shapes.size < 2) return [];
  const parts = [...shapes].map(([shape, names]) => `${shape}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`);
  return [`The shots have different shapes (${parts.join('; ')}). A clip takes the shape of its start frame; the film takes that of its first shot and shows the others between bars.`];
}

export function retiredModels(shots: readonly NamedSettings[]): string[] {
  return [
    ...new Set(
      shots.flatMap(({ settings }) => {
        const model = modelNamed(settings.model);
        const { kind, durationS, sound, mode } = settings;
        const warning = model && retirement(model, { kind, durationS, sound, ...(mode ? { mode } : {}) });
        return warning ? [warning.message] : [];
      }),
    ),
  ];
}

/** What of the words is said once for the film. */
export function wordNotes(shots: readonly { name: string; findings: PromptFindings }[], leftAsFilmed: readonly string[], backToScript: readonly string[]): string[] {
  const foreign = shots.filter(({ findings }) => findings.issues.some(({ code }) => code === 'LANGUAGE'));
  const [first] = foreign.flatMap(({ findings }) => findings.issues.filter(({ code }) => code === 'LANGUAGE'));
  const many = leftAsFilmed.length > 1;
  return [
    ...(first === undefined ? [] : [`${foreign.length === shots.length ? 'Every shot' : `${foreign.length} of ${shots.length} shots`}: ${first.message}. Translate the prompts, or film them as they are.`]),
    ...(leftAsFilmed.length === 0 ? [] : [`${listed(leftAsFilmed)} ${many ? 'are' : 'is'} filmed already, and a fix would pay for ${many ? 'new clips' : 'a new clip'}: ${many ? 'their words stay as they are' : 'its words stay as they are'}. To film ${many ? 'them' : 'it'} anew with fixes, add --replan.`]),
    ...(backToScript.length === 0 ? [] : [`Back to the script's own words, without the fixes of before: ${listed(backToScript)}. With --fix they are applied again.`]),
  ];
}

function listed(names: readonly string[]): string {
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;
}
