import type { FixedWords } from '../protocol/prompt-findings.ts';
import type { ShotSettings } from '../protocol/shot-settings.ts';
import type { IssueCode, ValidationInput, ValidationIssue } from '../prompt/validation/index.ts';
import { changedSettings, inputOf, type PromptChecks, type WordsToCheck } from './prompt-checks.ts';

/** Settings that somebody gave, in the script or as an option: they hold, also against a fix. */
export interface GivenSettings {
  durationS: boolean;
  sound: boolean;
}

export interface WordsFixed {
  own: string;
  /** What the fixes changed of the clip. */
  settings: Partial<Pick<ShotSettings, 'negativePrompt' | 'durationS' | 'sound'>>;
  by: FixedWords['by'];
}

/** Only who wrote the script knows what belongs there; the fix of these shows a form, not the answer. */
const LEFT_TO_A_PERSON: ReadonlySet<IssueCode> = new Set<IssueCode>(['PLACEHOLDER_UNRESOLVED', 'NO_SUBJECT', 'LANGUAGE']);
const STEPS_MAX = 12;

/**
 * Applies the fixes of errors and warnings, one after the other, each code once. Left to a person: what would take a part of
 * the shot away (`newShots`: it becomes a shot of its own, and that is written in the script), what would be made up, and
 * settings that were given. `undefined`: nothing to fix.
 */
export function fixWords(checks: PromptChecks, words: WordsToCheck, given: GivenSettings): WordsFixed | undefined {
  const start = inputOf(words);
  let current = start;
  const by: FixedWords['by'] = [];
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const done = new Set(by.map(({ code }) => code));
    const [next] = checks.found(current, words.cast).filter((issue) => issue.severity !== 'info' && !done.has(issue.code) && isForUs(issue, current, given));
    if (next?.fix === undefined) break;
    current = checks.applied(current, next.fix);
    by.push({ code: next.code, label: next.fix.label });
  }
  if (by.length === 0) return undefined;
  const { durationS, sound } = changedSettings(start.clip, current.clip);
  return {
    own: current.prompt,
    settings: {
      ...(current.negativePrompt === start.negativePrompt ? {} : { negativePrompt: current.negativePrompt }),
      ...(durationS === undefined ? {} : { durationS }),
      ...(sound === undefined ? {} : { sound }),
    },
    by,
  };
}

function isForUs({ code, fix }: ValidationIssue, { clip }: ValidationInput, given: GivenSettings): boolean {
  if (fix === undefined || LEFT_TO_A_PERSON.has(code) || fix.isMadeUp === true || (fix.newShots ?? []).length > 0) return false;
  if (fix.replacement.clip === undefined) return true;
  const { model, mode, durationS, sound } = changedSettings(clip, fix.replacement.clip);
  return model === undefined && mode === undefined && !(given.durationS && durationS !== undefined) && !(given.sound && sound !== undefined);
}
