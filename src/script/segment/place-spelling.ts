import type { LanguageCode } from '../../prompt/reading/language.ts';
import { germanWord, isAcronym } from './name-words.ts';
import { isSomebody } from './people.ts';

/** How a script writes the words that stand in capitals in its headings. */
export type PlaceSpelling = (words: string) => string;

/** Cities and countries that a heading may name and nothing else does. Others are names where the script writes them as such. */
const KNOWN = new Set(
  'africa america amsterdam antarctica asia athens atlanta australia austria bangkok barcelona beijing belgium berlin bombay boston brazil britain brooklyn brussels budapest cairo california canada chicago china cologne copenhagen cuba dallas delhi denmark detroit dresden dublin edinburgh egypt england europe finland florence florida france geneva germany greece hamburg havana hollywood iceland india iran iraq ireland israel istanbul italy jakarta japan jerusalem kenya kiev kyiv kyoto lisbon london lyon madrid manhattan manila marseille melbourne mexico miami milan moscow mumbai munich nairobi naples netherlands nevada norway odessa oslo oxford paris peru poland portugal prague rome russia scotland seattle seoul shanghai sicily siberia singapore spain stockholm sweden switzerland sydney syria texas tokyo toronto turkey ukraine venice vienna vietnam wales warsaw washington zurich'.split(' '),
);
const WORD = /[\p{L}\p{M}]+(?:[’'][\p{L}\p{M}]+)*/gu;
/** `the Blue Parrot`: words with capitals in the middle of a sentence. */
const NAMED = /(?<=[\p{Ll}\p{N},;’'”"]\s)\p{Lu}[\p{Ll}\p{M}]+(?:[’'-][\p{L}]+)*(?:\s(?:(?:of|the|de|du|del|della|la|le)\s){0,2}\p{Lu}[\p{Ll}\p{M}]+(?:[’'-][\p{L}]+)*)*/gu;
const SMALL = /(?<![\p{L}’'-])\p{Ll}[\p{L}\p{M}’'-]*/gu;

/** In words; a place has no longer name. */
const LONGEST_NAME = 5;

/**
 * Common words small, names with capitals: names are what the script writes so in the middle of its sentences (`the Blue Parrot`),
 * whose something is (`JOE'S DINER`), cities and countries. Words that a heading has in small letters stay as they are.
 * @param texts what the script tells and what is said in it, not its headings.
 */
export function placeSpelling(texts: readonly string[], language: LanguageCode): PlaceSpelling {
  const names = new Map<string, string>();
  const small = new Set<string>();
  for (const text of texts) {
    for (const [name] of text.matchAll(NAMED)) names.set(name.toUpperCase().replaceAll(/\s+/g, ' '), name.replaceAll(/\s+/g, ' '));
    for (const [word] of text.matchAll(SMALL)) small.add(word.toLowerCase());
  }
  let longest = 1;
  for (const name of names.keys()) longest = Math.max(longest, Math.min(LONGEST_NAME, name.split(' ').length));
  const wordAsWritten = (word: string): string => {
    const low = word.toLowerCase();
    const named = small.has(low) ? undefined : names.get(word);
    if (named !== undefined) return named;
    const capital = low.charAt(0).toUpperCase() + low.slice(1);
    if (language === 'de') return small.has(low) && !names.has(word) ? low : germanWord(low);
    const owner = /^(.+)[’']s$/u.exec(low)?.[1];
    return KNOWN.has(low) || (owner !== undefined && !isSomebody(owner) && !small.has(owner)) ? capital : low;
  };
  return (words) => {
    const parts = words.split(/(\s+)/u);
    let written = '';
    for (let at = 0; at < parts.length; at += 1) {
      const part = parts[at] ?? '';
      // The longest name that stands here; its words have every second place.
      let taken = 0;
      for (let count = longest; count > 1 && taken === 0; count -= 1) {
        const name = names.get(parts.slice(at, at + 2 * count - 1).join('').replaceAll(/\s+/g, ' '));
        if (name === undefined) continue;
        written += name;
        taken = 2 * count - 2;
      }
      if (taken > 0) at += taken;
      else if (/\p{Ll}/u.test(part)) written += smallWhereCommon(part, small, names);
      else written += part.replaceAll(WORD, (word) => (isAcronym(word) ? word : wordAsWritten(word)));
    }
    return written;
  };
}

/** `Kitchen` of a heading in small letters, where the script says `kitchen`. */
function smallWhereCommon(word: string, small: ReadonlySet<string>, names: ReadonlyMap<string, string>): string {
  const low = word.toLowerCase();
  return small.has(low) && !names.has(word.toUpperCase()) ? low : word;
}
