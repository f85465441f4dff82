import { hasPlainLetters } from './text.ts';

/** What a text is written in. `und`: too little of it to tell, or a language that is not told apart here. */
export type LanguageCode = 'en' | 'zh' | 'ja' | 'ko' | 'ru' | 'ar' | 'he' | 'hi' | 'th' | 'el' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl' | 'und';

export const LANGUAGE_NAMES: Record<LanguageCode, string> = {
  en: 'English', zh: 'Chinese', ja: 'Japanese', ko: 'Korean', ru: 'Russian', ar: 'Arabic', he: 'Hebrew', hi: 'Hindi', th: 'Thai', el: 'Greek',
  de: 'German', fr: 'French', es: 'Spanish', it: 'Italian', pt: 'Portuguese', nl: 'Dutch', und: 'an unknown language',
};

const SCRIPTS: readonly (readonly [LanguageCode, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['el', /\p{Script=Greek}/gu],
];

/** Words too small to be borrowed: who uses them writes in that language. */
const SMALL_WORDS: Partial<Record<LanguageCode, string>> = {
  en: 'the a an of and in on at with to is are through from by into over under as her his its while for that this their it he she they we you i no not or as so do',
  de: 'der die das ein eine einer einem einen eines und im durch den dem des mit auf ist von zu sich über unter am nicht aus bei vor wird sie er ich wir ihr sein seine ihre zum zur',
  fr: 'le la les un une des du de et dans avec sur est qui au aux en par pour son sa ses elle il ils sous vers se une devant ne pas',
  es: 'el la los las un una unos unas de del y en con por que se su sus es al hacia sobre mientras ella como para bajo',
  it: 'il lo la gli le un una uno di del della dei delle e in con su che si nel nella per al alla sotto mentre è lei suo sua verso',
  pt: 'o a os as um uma de do da dos das e em no na nos nas com por que se seu sua ao à pela pelo enquanto ela ele para sob',
  nl: 'de het een van en in op met door is zijn haar naar uit aan bij die dat wordt onder over voor niet',
};
/** English first: of equal scores it is the first that counts. */
const TOLD_APART = Object.keys(SMALL_WORDS) as LanguageCode[];
/** Which languages a small word belongs to, as places in the list. */
const LANGUAGES_OF = new Map<string, number[]>();
for (const [place, code] of TOLD_APART.entries()) for (const word of new Set(SMALL_WORDS[code]?.split(' '))) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), place]);
/** Letters of scripts that are told apart by themselves. */
const OTHER_SCRIPT = /[\p{L}](?<!\p{Script=Latin})/u;

/** The language of a text, by its script, then by its small words. */
export function languageOf(text: string): LanguageCode {
  const plain = hasPlainLetters(text);
  if (!(plain ? /[a-z]/i : /\p{L}/u).test(text)) return 'und';
  if (!plain && OTHER_SCRIPT.test(text)) {
    const letters = (text.match(/\p{L}/gu) ?? []).length;
    for (const [code, script] of SCRIPTS) {
      const share = (text.match(script) ?? []).length / letters;
      if (share > (code === 'ja' ? 0.15 : 0.4)) return code;
    }
  }
  const words = text.toLowerCase().match(plain ? /[a-z']+/g : /[\p{L}']+/gu) ?? [];
  const scores = TOLD_APART.map(() => 0);
  const kinds = TOLD_APART.map(() => new Set<string>());
  for (const word of words) {
    for (const place of LANGUAGES_OF.get(word) ?? []) {
      scores[place] = (scores[place] ?? 0) + 1;
      kinds[place]?.add(word);
    }
  }
  const [english = 0] = scores;
  const hits = Math.max(...scores);
  const best = TOLD_APART[scores.indexOf(hits)] ?? 'und';
  // One small word may be a name, however often (`La Boca`, `Van Gogh`), and a letter alone is none; a language of its own shows in several.
  const different = [...(kinds[scores.indexOf(hits)] ?? [])];
  return best !== 'en' && different.length >= 2 && different.some(({ length }) => length > 1) && hits > english * 1.5 && hits / words.length > 0.15 ? best : 'en';
}

/** Time that words take when they are spoken, in seconds, at an actor's pace in that language. */
export function speechSeconds(text: string, language: LanguageCode = languageOf(text)): number {
  const spoken = text.includes('(') ? text.replaceAll(/\([^)]{0,60}\)/g, ' ') : text;
  if (hasPlainLetters(spoken)) return (spoken.match(PLAIN_SPOKEN_WORD) ?? []).length / (WORDS_PER_SECOND[language] ?? 2.5);
  const signs = (spoken.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu) ?? []).length;
  const others = (spoken.match(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Greek}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []).length;
  return signs / SIGNS_PER_SECOND[language === 'ja' || language === 'ko' || language === 'th' ? language : 'zh'] + others / (WORDS_PER_SECOND[language] ?? 2.5);
}

const PLAIN_SPOKEN_WORD = /[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*/g;

/** Reading pace of film dialogue; languages with longer words have fewer of them in a second. */
const WORDS_PER_SECOND: Partial<Record<LanguageCode, number>> = { en: 2.5, de: 2.2, fr: 2.7, es: 2.7, it: 2.6, pt: 2.6, nl: 2.5, ru: 2, ar: 2, hi: 2.4, el: 2.3, he: 2.1 };
const SIGNS_PER_SECOND = { zh: 4.3, ja: 6.5, ko: 4.8, th: 9 };
