import { allVerbs, SPEECH_VERBS } from './speech-verbs.ts';

/** Small words that a language uses all the time and its neighbours do not. */
const SMALL_WORDS: Record<string, readonly string[]> = {
  en: ['the', 'and', 'of', 'to', 'is', 'was', 'he', 'she', 'with', 'you', 'that', 'his', 'her', 'it', 'not', 'what', 'we', 'are', 'this', 'said', 'says', 'at', 'by', 'on', 'into', 'from', 'as', 'an', 'no', 'for', 'but', 'while', 'my', 'off', 'up', 'out', 'who', 'its', 'their', 'then', 'have', 'be', 'him', 'they', 'through', 'over', 'behind', 'i'],
  fr: ['le', 'les', 'et', 'des', 'est', 'une', 'pas', 'vous', 'je', 'il', 'elle', 'dans', 'du', 'qui', 'ne', 'au', 'avec', 'ce', 'sur', 'dit', 'mais', 'tu', 'nous', 'son', 'cette', 'être', 'un', 'trop', 'c', 'd', 'l', 'j', 'qu'],
  de: ['der', 'die', 'das', 'und', 'ist', 'nicht', 'ein', 'eine', 'ich', 'du', 'sie', 'wir', 'mit', 'den', 'dem', 'zu', 'auf', 'sagte', 'sagt', 'war', 'im', 'von', 'er', 'es', 'was', 'wie', 'warum', 'hier', 'fragte'],
  es: ['el', 'los', 'las', 'y', 'que', 'es', 'una', 'no', 'por', 'con', 'pero', 'su', 'del', 'al', 'yo', 'está', 'dijo', 'muy', 'qué', 'como', 'más', 'lo', 'un', 'en', 'usted', 'hay'],
  it: ['il', 'che', 'di', 'è', 'non', 'una', 'per', 'sono', 'gli', 'della', 'del', 'con', 'ma', 'io', 'disse', 'questo', 'ho', 'più', 'un', 'nel', 'perché', 'mi', 'ti', 'lo', 'la', 'alla', 'qui', 'le', 'e'],
  pt: ['o', 'os', 'não', 'uma', 'um', 'do', 'da', 'em', 'para', 'com', 'mas', 'ele', 'ela', 'disse', 'que', 'você', 'está', 'é', 'ao', 'na', 'no', 'seu', 'sua', 'eu', 'as'],
};

/** Letters and marks that only this language has among its neighbours. */
const LETTERS_AND_MARKS: Record<string, RegExp> = {
  fr: /[êœùû]|«[ \u00a0\u202f]/giu,
  de: /[äöüß„]|(?:^|\s)»\p{L}/giu,
  es: /[ñ¿¡]/giu,
  it: /(?<=\p{L})[òì](?!\p{L})/giu,
  pt: /[ãõ]/giu,
};

/** Languages in which a word is a small one, as places in the table; and how many times it stands there. */
const TOLD_APART = Object.keys(SMALL_WORDS);
const LANGUAGES_OF = new Map<string, number[]>();
/** Verbs of speech tell a language too, but for those that read as English words. */
const ENGLISH_TOO = new Set(['fit', 'fis', 'rise', 'ride', 'dice', 'sang', 'bat', 'conte', 'crie', 'nota', 'tornò', 'cite']);
const verbsOf = (language: string): string[] => (language === 'en' ? [] : allVerbs(language).split('|').filter((verb) => /^\p{Ll}{3,}$/u.test(verb) && !ENGLISH_TOO.has(verb)));
for (const [place, [language, words]] of Object.entries(SMALL_WORDS).entries()) for (const word of new Set([...words, ...verbsOf(language)])) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), place]);
/** Beside these no letter or mark is one language's own: what English and its typesetters write. */
const SPECIAL = /[^\u0000-\u007f\u2010-\u2019\u201c\u201d\u2026]/;

/** How much of a text is looked at: a language shows early. */
const SAMPLE_LETTERS = 6000;

/** The language of a text, as its code; English where nothing tells. */
export function languageOf(text: string, asked?: string): string {
  const wanted = asked?.toLowerCase().slice(0, 2);
  if (wanted !== undefined && Object.hasOwn(SPEECH_VERBS, wanted)) return wanted;
  const sample = text.slice(0, SAMPLE_LETTERS);
  const special = SPECIAL.test(sample);
  const count = (pattern: RegExp) => sample.match(pattern)?.length ?? 0;
  if (special) {
    const letters = count(/\p{L}/gu);
    if (count(/[\u3040-\u30ff]/g) > letters * 0.1) return 'ja';
    if (count(/[\u4e00-\u9fff]/g) > letters * 0.3) return 'zh';
    if (count(/\p{Script=Cyrillic}/gu) > letters * 0.3) return 'ru';
  }
  const words = sample.toLowerCase().match(special ? /\p{L}+/gu : /[a-z]+/g) ?? [];
  const said = countedBy(words);
  // In a short text one word said three times (`la la la`) tells less than three words.
  const different = countedBy(new Set(words));
  let [best, bestCount] = ['en', 0];
  for (const [place, language] of TOLD_APART.entries()) {
    const marks = special && LETTERS_AND_MARKS[language] !== undefined ? count(LETTERS_AND_MARKS[language]) : 0;
    const found = (said[place] ?? 0) / 20 + (different[place] ?? 0) + Math.min(4, 1.5 * marks);
    if (found > bestCount) [best, bestCount] = [language, found];
  }
  return best;
}

function countedBy(words: Iterable<string>): number[] {
  const counts = TOLD_APART.map(() => 0);
  for (const word of words) for (const place of LANGUAGES_OF.get(word) ?? []) counts[place] = (counts[place] ?? 0) + 1;
  return counts;
}
