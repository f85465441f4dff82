import { genderOfFirstName } from './first-names.ts';
import type { PeoplePatterns } from './people-patterns.ts';

/** Words that begin with a capital and are nobody: they open sentences or name what a camera does. */
export const NOBODY = /^(?:truth|pretty|very|upon|therefore|whether|however|nobody|somebody|someone|everyone|everybody|nothing|something|everything|although|though|because|since|until|never|not|perhaps|maybe|only|even|just|still|yet|also|again|soon|later|meanwhile|presently|finally|whoever|whatever|the|a|an|and|but|so|then|now|yes|no|oh|ah|well|if|when|as|at|in|on|it|this|that|there|here|what|who|why|how|not|for|with|from|to|of|or|his|her|my|our|their|its|he|she|i|we|they|you|chapter|book|part|volume|act|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|new-year|new-year's|midsummer|easter|halloween|god|heaven|lord|shot|scene|camera|close-up|closeup|close|medium|wide|extreme|long|full|over|pov|cut|fade|style|mood|lighting|audio|sound|music|dialogue|setting|location|english|french|german|american|christmas|sunday|english|illustration|after|before|while|once|two|three|one|another|some|all|every|each|both|suddenly|slow|slowly|handheld|aerial|tracking|dolly|pan|zoom|interior|exterior|int|ext|day|night)$/i;

const PLACE_BEFORE = /(?<!\p{L})(?:in|at|from|near|through|toward|towards|into|across|(?:village|town|city|county|parish)\sof|(?:get|got|came|come|went|way|road|train|journey|returned|travelled)\sto|à|en|de|vers|dans|nach|aus|en|hacia|di|da|em)\s$/iu;

/** What stands behind the name of somebody, rather than behind an adjective or a place. */
const PERSON_AHEAD = /^(?:[’']s?\s|[,.;:!?—–-]|\s(?:was|were|had|did|would|could|should|might|must|has|is|and|who|said|says|went|came|took|saw|sat|stood|knew|felt|began|thought|gave|made|put|ran|left|spoke|\p{L}+ed|\p{L}{3,}(?:a|it|ut|ait|ó|ò|ou)|sagte|war|hatte)(?!\p{L}))/u;
/** A verb of its own: of towns people talk too, but towns do nothing. */
const ACTS_AHEAD = /^\s(?:did|would|could|should|might|must|who|said|says|went|came|took|saw|sat|stood|knew|felt|began|thought|gave|made|put|ran|left|spoke|\p{L}+ed|\p{L}{3,}(?:a|it|ut|ait|ó|ò|ou)|sagte)(?!\p{L})/u;

/** `The old man` and `Strether’s new acquaintance` begin with a capital and are descriptions. */
export const isProperName = (words: string): boolean => /^\p{Lu}/u.test(words) && !/^(?:The|A|An|His|Her|My|Our|Their|One|This|That|Another|Some)\s|[’']s\s\p{Ll}/u.test(words);

/**
 * What is somebody's name in a text, and from where on it stands, by name in the order of the text: words with capitals in
 * the middle of sentences, that people have rather than places and things.
 * @param narration the text with what is spoken blanked out.
 */
export function findNames(text: string, narration: string, { names, titled }: PeoplePatterns): Map<string, number[]> {
  let lower: Set<string> | undefined;
  const isWord = (word: string) => (lower ??= new Set(narration.match(/(?<![\p{L}’'-])\p{Ll}{2,}/gu) ?? [])).has(word);
  const seen = new Map<string, { at: number; middle: boolean; place: boolean; inPlace: boolean; acts: boolean }[]>();
  for (const match of text.matchAll(names)) {
    const name = match[0].replaceAll(/\s+/g, ' ').replace(/[’']s$/u, '');
    const head = text.slice(Math.max(0, match.index - 18), match.index);
    const middle = /[\p{L},;][^\S\n]*\n?[^\S\n]*$/u.test(head);
    if (NOBODY.test(name) || name.length < 2) continue;
    const opener = name.includes(' ') && NOBODY.test(name.split(' ', 1)[0] ?? '');
    const stripped = opener ? name.slice(name.indexOf(' ') + 1) : name;
    const list = seen.get(stripped) ?? [];
    // In Holmes’s hand is in nobody’s town.
    const inPlace = PLACE_BEFORE.test(head) && !/[’']s$/u.test(match[0]);
    const behind = text.slice(match.index + match[0].length, match.index + match[0].length + 24);
    const noPerson = inPlace || /(?<!\p{L})(?:the|an?|its|this|that|every|les?|la|der|die|das|el|il)\s$/iu.test(head) || !PERSON_AHEAD.test(behind);
    list.push({ at: match.index, middle: middle || opener, place: noPerson, inPlace, acts: ACTS_AHEAD.test(behind) });
    seen.set(stripped, list);
  }
  return new Map([...seen].filter(([name, list]) => {
    if (titled.test(name)) return true;
    const word = name.toLowerCase();
    // Capitals throughout are emphasis or a heading, and what only opens sentences is a word.
    const isFirstName = list.some(({ acts }) => acts) && genderOfFirstName(name) !== 'unknown';
    if (!/\p{Ll}/u.test(name) || (!word.includes(' ') && !list.some(({ middle }) => middle) && list.length < 3 && !isFirstName)) return false;
    if (!list.some(({ middle }) => middle) && isWord(word)) return false;
    if (list.some(({ inPlace }) => inPlace) && !list.some(({ acts }) => acts)) return false;
    return list.filter(({ place }) => place).length * 2 <= list.length;
  }).map(([name, uses]) => [name, uses.map(({ at }) => at)]));
}
