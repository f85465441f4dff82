import { StudioError } from '../lib/errors.ts';
import type { ProjectPrompt } from '../store/index.ts';

/** As much of a shot as names it; it may be one that is only planned. */
type NamedShot = Pick<ProjectPrompt, 'index' | 'name'>;

/** The shot a person means: its number in the film (`7`) or its slate (`S02_SH05`). @throws StudioError SHOT_UNKNOWN. */
export function findShot<Shot extends NamedShot>(word: string, prompts: readonly Shot[]): Shot {
  const wanted = word.trim().toUpperCase();
  const found = prompts.find(({ index, name }) => String(index) === wanted || name === wanted);
  if (found) return found;
  throw new StudioError('SHOT_UNKNOWN', `There is no shot "${word.trim()}" in this film.`, {
    next: `Shots are 1 to ${prompts.length}${prompts[0] ? `, or by slate, such as ${prompts[0].name}` : ''}. directorstudio status lists them.`,
  });
}

/**
 * The shots of `3,7-9` or `S01_SH03,S02_SH01`, in film order, none twice.
 * @throws StudioError SHOT_UNKNOWN, SHOT_SELECTION_INVALID (a backward range, an empty part).
 */
export function parseShotSelection<Shot extends NamedShot>(words: string, prompts: readonly Shot[]): Shot[] {
  const chosen = new Set<Shot>();
  for (const part of words.split(',')) {
    const range = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(part);
    if (!range) {
      if (part.trim() === '') throw invalid(words, 'a part is empty');
      chosen.add(findShot(part, prompts));
      continue;
    }
    const from = findShot(range[1] ?? '', prompts);
    const to = findShot(range[2] ?? '', prompts);
    if (from.index > to.index) throw invalid(words, `${part.trim()} runs backwards`);
    for (const prompt of prompts) if (prompt.index >= from.index && prompt.index <= to.index) chosen.add(prompt);
  }
  return prompts.filter((prompt) => chosen.has(prompt));
}

/** The slates of `--shots` among shots that are planned; `undefined` where nothing was chosen. @throws as {@link parseShotSelection}. */
export function slatesChosen(words: string | undefined, planned: readonly { name: string }[]): string[] | undefined {
  if (words === undefined) return undefined;
  return parseShotSelection(words, planned.map(({ name }, place) => ({ name, index: place + 1 }))).map(({ name }) => name);
}

function invalid(words: string, why: string): StudioError {
  return new StudioError('SHOT_SELECTION_INVALID', `"${words}" does not name shots: ${why}.`, { next: 'Write numbers and ranges with commas: --shots 3,7-9' });
}
