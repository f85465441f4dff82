import { isFigure } from '../../prompt/reading/figures.ts';
import { verbReading } from '../../prompt/reading/verbs.ts';
import type { Gender } from './mention.ts';

/** How a text introduces somebody: `MARA (40s, scar on her chin)`, `IDA, a girl of nine, runs`. */
export interface Introduction {
  /** As written, without the marks around it. */
  words: string;
  /** Behind the name; UTF-16 offsets in the sentence. */
  start: number;
  end: number;
}

const AGE_WORD = String.raw`(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen`;
const DECADE = String.raw`(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)`;
const AGE = new RegExp(String.raw`^(?:(?:about|around|maybe|perhaps|just|barely|aged?|is|in (?:his|her|their))\s+)*(?:(early|mid|late)[\s-]+)?(?:(\d{1,2}0)['’]?s|(\d{1,3})(?:[\s-]years?[\s-]old|\+)?|(${AGE_WORD})(?:[\s-]years?[\s-]old|ish)?|(${DECADE}))$`, 'iu');
const DECADES: Record<string, string> = { 10: 'teens', 20: 'twenties', 30: 'thirties', 40: 'forties', 50: 'fifties', 60: 'sixties', 70: 'seventies', 80: 'eighties', 90: 'nineties' };
const NOT_LOOKS = /^(?:v\.?\s?o\.?|o\.?\s?[sc]\.?|cont['’]?d|off|continuing|beat|pre-?lap|on (?:the )?(?:phone|radio|tv)|into phone|to \p{L}+|subtitled?|in \p{Lu}\p{L}+|smiling|whisper\p{L}*|quietly|softly)$/iu;
const DESCRIBES = new RegExp(String.raw`^(?:an?|the|his|her|their|with|in|wearing|dressed|clad|aged?|about|around|early|mid|late|once|all|no|${AGE_WORD}|${DECADE}|\d)(?![\p{L}])`, 'iu');
/** Adjectives that stand alone behind a name. */
const LOOKS = /^(?:(?:very|rather|quite|still|too|so)\s)?(?:[\p{L}-]+(?:-(?:haired|eyed|faced|shouldered|skinned|bearded|year-old|legged|handed|dressed)|ed|y|ful|ish|less|ous|al|ic|ive|ent|ant)|tall|short|thin|fat|slim|old|young|gaunt|lean|stout|plump|bald|blonde?|dark|pale|small|big|large|huge|frail|strong|grey|gray|white|black|blind|deaf|lame|stern|grim|handsome|pretty|elegant|worn|tanned)(?:\s(?:and|but)\s[\p{L}-]+)?$/iu;

/** What stands behind a name at `at` and says how its owner looks. */
export function introductionAt(sentence: string, at: number): Introduction | undefined {
  const rest = sentence.slice(at);
  const inParentheses = /^\s*\(([^()]{2,200})\)/u.exec(rest);
  if (inParentheses !== null) {
    const words = (inParentheses[1] ?? '').trim();
    return words.split(/\s*[,;]\s*/).every((part) => NOT_LOOKS.test(part)) ? undefined : { words, start: at, end: at + inParentheses[0].length };
  }
  return afterComma(rest, at);
}

/** `, forty, a scar on her chin, files`: up to the comma behind which the verb comes. */
function afterComma(rest: string, at: number): Introduction | undefined {
  if (!/^,\s/.test(rest)) return undefined;
  const clause = /^[^.!?;:“"—]*/u.exec(rest)?.[0] ?? '';
  const taken: string[] = [];
  let end = 0;
  for (const match of clause.matchAll(/,\s*([^,]+)/gu)) {
    const part = (match[1] ?? '').trim();
    const first = part.split(/\s/)[0]?.toLowerCase() ?? '';
    const closes = clause.charAt(match.index + match[0].length) === ',';
    const describes = (DESCRIBES.test(part) || LOOKS.test(part) || namesALook(part)) && !(verbReading(first)?.forms.has('s') === true) && !/^(?:a|the) (?:moment|second|minute|little|bit)\b/i.test(part);
    // Without a comma behind it the part runs on into what is done.
    if (!describes || !closes) break;
    taken.push(part);
    end = match.index + match[0].length;
  }
  if (taken.length === 0) return undefined;
  // `Tom, in the kitchen, cooks` says where; somebody looks like something only where one of the parts says so.
  if (!taken.some((part) => looksLikeSomething(part))) return undefined;
  return { words: taken.join(', '), start: at, end: at + end + (rest.charAt(end) === ',' ? 1 : 0) };
}

/** `red boots`, `shaved head`. */
function namesALook(part: string): boolean {
  const words = part.toLowerCase().split(/\s+/);
  const last = words.at(-1) ?? '';
  return words.length > 1 && words.length <= 4 && (LOOK_NOUN.test(last) || BODY.test(last)) && !(words[0] ?? '').endsWith('ing');
}
const BODY = /^(?:head|arms?|forearms?|hands?|legs|feet|neck|brows?|eyebrows|cheeks?|lips|mouth|ears?)$/u;

function looksLikeSomething(part: string): boolean {
  if (AGE.test(part) || LOOKS.test(part)) return true;
  const words = part.toLowerCase().match(/[\p{L}-]+/gu) ?? [];
  return (/^an?\s/iu.test(part) && (words.some((word) => isFigure(word)) || words.some((word) => LOOK_NOUN.test(word)))) || /^(?:with|in|wearing|dressed|clad)\s/iu.test(part) && words.some((word) => LOOK_NOUN.test(word));
}
export const LOOK_NOUN = /^(?:hair|beard|moustache|mustache|scar|scars|eyes|eye|face|glasses|spectacles|coat|overcoat|raincoat|dress|suit|hat|cap|cloak|hood|hoodie|jacket|shirt|blouse|skirt|uniform|apron|scarf|gloves|boots|shoes|jeans|trousers|robe|gown|shawl|veil|sweater|jumper|vest|waistcoat|tie|sari|kimono|helmet|mask|limp|tattoo|tattoos|freckles|braid|braids|ponytail|wig|crown|rags|denim|leather|silk|wool|tweed|velvet|fur|overalls|pyjamas|pajamas|tracksuit|tuxedo|oilskins|oilskin|turban|bonnet|nose|chin|jaw|teeth|smile|build|shoulders|skin|beanie|headscarf|parka|anorak)$/u;

export function genderOfWords(words: string): Gender {
  if (/\b(?:her|she|woman|girl|lady|mother|daughter|sister|wife|widow|grandmother|aunt|queen|princess|waitress|actress|nun|female|mrs|miss|ms)\b/iu.test(words)) return 'female';
  if (/\b(?:his|he|man|boy|gentleman|father|son|brother|husband|grandfather|uncle|king|prince|waiter|monk|priest|male|mr|sir|lord|bearded|beard|moustache)\b/iu.test(words)) return 'male';
  return 'unknown';
}

/** Words for every shot of somebody: what the script says of the looks, as a phrase a model can draw. */
export function castWords(introduction: string | undefined, gender: Gender): string | undefined {
  if (introduction === undefined) return undefined;
  const parts = introduction.split(/\s*[,;]\s*/).filter((part) => part !== '' && !NOT_LOOKS.test(part));
  const ages = parts.map((part) => AGE.exec(part));
  const age = ages.find((found) => found !== null) ?? undefined;
  const others = parts.filter((_, index) => ages[index] === null);
  const named = others.findIndex((part) => /^(?:an?|the)\s/iu.test(part) && (part.toLowerCase().match(/[\p{L}-]+/gu) ?? []).some((word) => isFigure(word)));
  const years = age === undefined ? undefined : yearsOf(age);
  const phrase = age === undefined ? undefined : agePhrase(age, gender);
  // `a girl of nine`, `a wiry electrician`: the script has the noun.
  if (named >= 0) return [others[named], ...(phrase === undefined ? [] : [phrase]), ...others.filter((_, index) => index !== named)].join(', ');
  const noun = nounFor(gender, years);
  if (phrase === undefined && gender === 'unknown') return others.join(', ');
  return [phrase === undefined ? noun : `${noun} ${phrase}`, ...others].join(', ');
}

function nounFor(gender: Gender, years: number | undefined): string {
  const child = years !== undefined && years < 13;
  const teen = years !== undefined && years >= 13 && years < 18;
  if (gender === 'female') return child ? 'a girl' : teen ? 'a teenage girl' : 'a woman';
  if (gender === 'male') return child ? 'a boy' : teen ? 'a teenage boy' : 'a man';
  return child ? 'a child' : teen ? 'a teenager' : 'a person';
}

function yearsOf([, , , years, words]: RegExpExecArray): number | undefined {
  if (years !== undefined) return Number(years);
  const small = ['eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen'].indexOf(words?.toLowerCase() ?? '');
  return small < 0 ? undefined : small + 8;
}

function agePhrase([, when, tens, years, words, decade]: RegExpExecArray, gender: Gender): string {
  const whose = gender === 'female' ? 'her' : gender === 'male' ? 'his' : 'their';
  const named = decade?.toLowerCase() ?? (tens === undefined ? undefined : DECADES[tens]);
  if (named !== undefined) return `in ${whose} ${when === undefined ? '' : `${when.toLowerCase()} `}${named}`;
  return `of ${words?.toLowerCase() ?? years ?? ''}`;
}
