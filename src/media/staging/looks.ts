import { personNoun } from './person-nouns.ts';

export type Hat = 'brim' | 'cone' | 'cap' | 'hood';

/** How somebody looks, as far as words say and a mannequin can show. Colours are `#rrggbb`. */
export interface Looks {
  gender?: 'man' | 'woman';
  child?: boolean;
  old?: boolean;
  hair?: string;
  bald?: boolean;
  longHair?: boolean;
  beard?: boolean;
  hat?: Hat;
  /** Down to the knees: a coat, a dress, a robe. */
  coat?: boolean;
  /** Of what is worn. */
  cloth?: string;
}

const COLOURS: Readonly<Record<string, string>> = {
  red: '#c63a34', scarlet: '#cf2f2a', crimson: '#a8233a', burgundy: '#7c2436', maroon: '#6e2630', rust: '#a8562f', orange: '#e2711d', yellow: '#e3b71a', mustard: '#c79a2a', gold: '#c9a13a', golden: '#d8b04a',
  green: '#2f8f58', olive: '#6f7a34', emerald: '#1f8f62', khaki: '#9a8f62', teal: '#1f8a8a', turquoise: '#2fb0b0', blue: '#2f6fd0', navy: '#27406f', indigo: '#454a9c', purple: '#7d4bb0', violet: '#8b5fc0', lilac: '#b39ad0', pink: '#d9579b',
  brown: '#7a5236', tan: '#b08d62', beige: '#cbb894', camel: '#b98f5a', cream: '#e6dcc4', white: '#e8e8e6', ivory: '#e6e0cf', grey: '#878c94', gray: '#878c94', silver: '#b4bac2', charcoal: '#4a4f58', black: '#33363e',
};
const COLOUR_WORDS = Object.keys(COLOURS).join('|');
const GARMENTS = '(?:rain|over|great|trench|lab|tail|dinner|house|bath|turtle)?[ -]?(?:coat|jacket|cloak|cape|robe|gown|dress|frock|skirt|sari|kimono|cassock|habit|tunic|sweater|pullover|cardigan|jumper|shirt|blouse|t-shirt|tee|vest|waistcoat|suit|uniform|overalls|dungarees|boiler suit|jumpsuit|apron|parka|anorak|hoodie|poncho|shawl|oilskins?|scrubs|tracksuit|leotard|pyjamas|nightgown|wool|denim|velvet|silk|linen)s?';
const CLOTH = new RegExp(`\\b(${COLOUR_WORDS})\\b(?:[ -](?!and\\b|with\\b|eyes?\\b|hair)[\\p{L}-]+){0,2}?[ -]${GARMENTS}\\b|\\bin (?:all )?(black|white|red|green|blue|yellow|grey|gray|pink|purple)\\b(?! (?:light|and white|room|paint|letters))`, 'iu');
const HAIR_COLOURS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:white|silver|snow-?white|silvery)\b/iu, '#d9dbde'],
  [/\b(?:gr[ae]y|gr[ae]ying|greying|salt-and-pepper|iron)\b/iu, '#9a9a9e'],
  [/\b(?:blonde?|fair|golden|flaxen|straw|sandy|honey)\b/iu, '#d3a94e'],
  [/\b(?:red|ginger|auburn|copper|titian)\b/iu, '#a8482a'],
  [/\b(?:black|raven|jet|dark)\b/iu, '#24242c'],
  [/\b(?:brown|chestnut|brunette|mousy)\b/iu, '#5d3f2a'],
];
const HAIR = /\b((?:[\p{L}-]+[ -]){0,3}?)(?:hair(?:ed)?|curls|braids?|plaits?|pigtails?|ponytail|bun|locks|bob|topknot|mane|beard|moustache|mustache|whiskers)\b/giu;
const GARB = /\b(?:coat|overcoat|raincoat|greatcoat|trenchcoat|cloak|cape|robes?|gown|dress|frock|skirt|sari|kimono|cassock|habit|oilskins?|nightgown|toga|parka)\b/iu;
const TAKEN_OFF = /\b(?:without|no|takes? off|hangs? up|removes?|drops?|holds?|folds?|folded|carr(?:ies|ying)|over (?:his|her|the) arm)\s+(?:\p{L}+\s+){0,3}$/iu;

/** Reads words about one person: "a bearded old man in a long green coat". What they do not say is left out. */
export function readLooks(words: string): Looks {
  const looks: Looks = {};
  const says = (pattern: RegExp): boolean => {
    const match = pattern.exec(words);
    return match !== null && !TAKEN_OFF.test(words.slice(0, match.index));
  };
  const noun = words.toLowerCase().split(/[^\p{L}-]+/u).map(personNoun).find((found) => found && !found.plural);
  if (noun && noun.gender !== 'unknown') looks.gender = noun.gender;
  else if (/\b(?:she|her|hers|herself)\b/iu.test(words) !== /\b(?:he|his|him|himself)\b/iu.test(words)) looks.gender = /\b(?:she|her|hers|herself)\b/iu.test(words) ? 'woman' : 'man';
  if (noun?.child === true) looks.child = true;
  const age = ageOf(words);
  if (age !== undefined) looks.child = age < 14;
  if (/\b(?:old|elderly|aged|ancient|wrinkled|weathered|gr[ae]y-haired|white-haired|eldest|oldest)\b(?! (?:coat|hat|jacket|dress|cap|suit|friend|uniform|sweater|boots?|clothes|book|photo|camera|car|house)\b)/iu.test(words) || (age ?? 0) >= 62 || /\b(?:grand(?:mother|father|ma|pa|dad)|granny|nonn[ao]|abuel[ao]|babushka)\b(?!['’]s)/iu.test(words)) looks.old = true;
  if (says(/\b(?:bald(?:ing)?|shaven[ -]head(?:ed)?|shaved head)\b/iu)) looks.bald = true;
  if (says(/\b(?:beard(?:ed)?|whiskers|goatee|stubbl[ey]\p{L}*|moustached?|mustached?)\b/iu)) Object.assign(looks, { beard: true }, looks.gender === undefined ? { gender: 'man' as const } : {});
  for (const [, lead = ''] of words.matchAll(HAIR)) {
    const hair = HAIR_COLOURS.find(([pattern]) => pattern.test(lead))?.[1];
    if (hair !== undefined) looks.hair ??= hair;
    if (/\b(?:long|flowing|waist-length|braided|loose)\b/iu.test(lead)) looks.longHair = true;
    if (/\b(?:short|cropped|close-cropped|shorn|bobbed|spiky|buzz)\b/iu.test(lead)) looks.longHair = false;
  }
  if (/\b(?:blonde?|redhead|brunette)\b/iu.test(words)) looks.hair ??= /redhead/iu.test(words) ? '#a8482a' : /brunette/iu.test(words) ? '#5d3f2a' : '#d3a94e';
  if (/\b(?:braids?|plaits?|pigtails?|ponytail|waist-length)\b/iu.test(words)) looks.longHair ??= true;
  if (says(/\b(?:crew cut|buzz cut|bob)\b/iu)) looks.longHair ??= false;
  if (says(/\bconical (?:straw )?hat\b|\bn[oó]n l[aá]\b/iu)) looks.hat = 'cone';
  else if (says(/\b(?:hats?|fedora|stetson|sombrero|panama|bowler|top hat|trilby|boater|bonnet|sou'?wester)\b/iu)) looks.hat = 'brim';
  else if (says(/\b(?:(?:peaked |flat |baseball |wool(?:len|ly)? |knitted |nurse's )?cap|beret|beanie|helmet|turban|k[eé]pi)\b/iu)) looks.hat = 'cap';
  else if (says(/\b(?:hood(?:ed)?|headscarf|head scarf|veil|wimple|hijab)\b/iu)) looks.hat = 'hood';
  if (says(GARB)) looks.coat = true;
  const cloth = CLOTH.exec(words);
  const colour = (cloth?.[1] ?? cloth?.[2])?.toLowerCase();
  if (cloth && colour !== undefined && !TAKEN_OFF.test(words.slice(0, cloth.index))) looks.cloth = COLOURS[colour] ?? '#878c94';
  return looks;
}

const TENS: Readonly<Record<string, number>> = { four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 };

/** In years: "a woman of forty", "eight-year-old", "(70s)", ", 12,". */
function ageOf(words: string): number | undefined {
  const number = `(\\d{1,2}|${Object.keys(TENS).join('|')}|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)(?=ies))`;
  const match = new RegExp(`\\b(?:of|aged|about|around|barely|in (?:his|her|their))\\s+(?:(?:about|around|early|mid|late)[ -]?)?${number}(?:s|ies)?\\b|\\b${number}[ -]years?[ -]old\\b|[(,]\\s*${number}s?\\s*[,)]`, 'iu').exec(words);
  const word = (match?.[1] ?? match?.[2] ?? match?.[3])?.toLowerCase();
  if (word === undefined) return undefined;
  return TENS[word] ?? TENS[`${word}y`] ?? Number(word);
}
