import type { LanguageCode } from '../../prompt/reading/language.ts';
import { isSomebody } from './people.ts';

const SMALL = /^(?:a|an|and|at|by|de|der|du|for|from|in|la|of|on|the|to|van|von|with)$/i;
const STAYS = /^(?:[ivx]{2,4}|[a-z]{1,2}\d+|\d.*|ceo|fbi|cia|dj|mc|tv|vip)$/i;

/** A cue as people write a name: `OLD TOM` is Old Tom, `TOM'S WIFE` Tom's wife, `DR. McCOY` Dr. McCoy. */
export function spelledName(cue: string): string {
  return cue
    .trim()
    .split(/\s+/)
    .map((word, index) => {
      if (word !== word.toUpperCase() || STAYS.test(word)) return word;
      const small = word.toLowerCase();
      if (index > 0 && (SMALL.test(small) || isSomebody(small.replace(/['’]s$/, '')))) return small;
      return small.replaceAll(/(?<![\p{L}\p{M}])(?!['’]s\b)\p{L}|(?<=^o['’])\p{L}|(?<=-)\p{L}/gu, (letter, at: number) => (/['’]$/.test(small.slice(0, at)) && !/^o['’]/.test(small) ? letter : letter.toUpperCase()));
    })
    .join(' ');
}

/** Cues of several or of nobody in particular: they speak, and no record describes them. */
const NO_ONE = /^(?:all|both|everyone|everybody|together|others?|the others|crowd|people|group|various|(?:\p{L}+['’]s\s)?voices?|(?:a |another |male |female |man['’]s |woman['’]s |radio |phone )*voice|narrator|announcer|chorus|p\.?a\.?|tv|radio|television|computer|intercom|title|super|caption|subtitle)(?:\s#?\d+)?$/iu;

export function isOnePerson(name: string): boolean {
  return /\p{L}/u.test(name) && name.length <= 60 && !NO_ONE.test(name) && !/[,;/&+]|\sand\s/iu.test(name);
}

const ACRONYM = /^(?:AI|AK|AM|ATM|BBC|BMW|CCTV|CD|CIA|CU|DJ|DNA|DVD|ECU|ER|FBI|GPS|HQ|ICU|ID|II|III|IV|IT|LA|LAPD|LED|MCU|MRI|MS|MTV|NASA|NATO|NYC|NYPD|OK|OTS|PC|PM|POV|RV|SOS|SUV|SWAT|TNT|TV|UFO|UK|UN|US|USA|USB|VHS|VIP|WS|XCU)S?$/;

export const isAcronym = (word: string): boolean => ACRONYM.test(word);

/** Words of two letters that are no acronym. */
const TWO_LETTERS = /^(?:AN|AS|AT|BE|BY|DO|GO|HE|IF|IN|IS|ME|MY|NO|OF|ON|OR|SO|TO|UP|WE)$/;

const ARTICLE = /^(?:LA|LE|EL|IL|LO|DE|DU|DI|DA|AU|UN|EN|ET|IM|AM|ZU)$/;

/** Small in German; what scripts write in capitals is a noun else. */
const SMALL_IN_GERMAN = /^(?:der|die|das|den|dem|des|ein|eine|einem|einer|und|oder|in|im|am|an|auf|aus|vor|hinter|bei|beim|von|vom|zum|zur|mit|ohne|neben|unter|über|zwischen|nach|sein|seine|seiner|ihr|ihre|ihrer|zwei|drei|nicht|ist|sind|es|er|sie|wie|so)$/u;

/** `TELEFON` as German writes it in a sentence: nouns have a capital. */
export function germanWord(low: string): string {
  return SMALL_IN_GERMAN.test(low) ? low : low.charAt(0).toUpperCase() + low.slice(1);
}

/** Capitals that shout become plain words (`The PHONE RINGS.`): a video model paints what is in capitals as writing. */
export function calmed(text: string, language: LanguageCode = 'en'): string {
  const all = !/\p{Ll}/u.test(text);
  // In a line of capitals LA is an article as often as a city.
  const stays = (word: string): boolean => (ACRONYM.test(word) && !(all && ARTICLE.test(word))) || (word.length < 3 && !TWO_LETTERS.test(word) && !(all && ARTICLE.test(word)));
  const calm = text.replaceAll(/(?<![\p{L}\p{N}.#&'’-])\p{Lu}[\p{Lu}\p{M}'’-]+(?![\p{L}\p{N}])/gu, (word) => (stays(word) ? word : language === 'de' ? germanWord(word.toLowerCase()) : word.toLowerCase()));
  return calm === text ? text : (all ? calm.replaceAll(/(?<!^)(?<=\s)A(?=\s)/gu, 'a') : calm).replaceAll(/(^|[.!?…:]\s+)(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}
