import { kindOfWords } from '../prompt/dialogue/heard-as.ts';
import { isPerson } from '../prompt/dialogue/labels-of-nobody.ts';
import type { ShotFields, ShotSpeech } from './script-shot.ts';
import { spelledName } from './segment/name-words.ts';

/** `BOY: Can I do one?`, `Mara (V.O.): I waited.` */
const LABELLED = /^(\p{L}[^:：()"“„«\n]{0,40}?)\s*(?:[（(]([^()（）\n]{1,60})[)）])?\s*[:：]\s*(?=\S)(.+)$/u;
const AROUND = /^["“„«]\s*(.*?)\s*["”“»]$/u;

/**
 * Who says what in the line of a shot, where every row begins with a name: one in capitals, or one that the shot's own words or
 * cast have. `Remember: never trust a cat` is all said.
 */
export function speechesOfLine({ line, prompt = '', cast = [] }: Partial<ShotFields>): ShotSpeech[] | undefined {
  const speeches: ShotSpeech[] = [];
  for (const row of (line ?? '').split('\n').filter((words) => words.trim() !== '')) {
    const [, label = '', manner, words = ''] = LABELLED.exec(row.trim()) ?? [];
    const known = cast.find((name) => name.toLowerCase() === label.toLowerCase());
    const isName = known !== undefined || (isPerson(label) && ((/^[^\p{Ll}]*$/u.test(label) && /\p{Lu}{2}/u.test(label)) || (/^\p{Lu}/u.test(label) && prompt.includes(label))));
    if (!isName) return undefined;
    speeches.push({ speaker: known ?? spelledName(label), kind: kindOfWords(`${label} (${manner ?? ''})`), text: words.replace(AROUND, '$1') });
  }
  return speeches.length === 0 ? undefined : speeches;
}
