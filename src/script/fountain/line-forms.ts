import { isCameraDirection } from '../screenplay/camera-direction.ts';
import { cueOf, isParenthetical, parenthesesOf } from '../screenplay/cue.ts';
import { plainLine } from '../screenplay/emphasis.ts';

/** What a line could be by its form alone; what stands around it decides too. Every form takes the line without outer blanks. */

/** INT, EXT, INT/EXT, I/E with a dot or a blank behind, in any case; EST without a dot only in capitals (French begins sentences with it). */
const HEADING = /^(?:(?:int|ext|i|e)\.?\s?\/\s?(?:int|ext|i|e)(?:\.|\s)|(?:int|ext)(?:\.|\s)|est\.)\s*\S/iu;
const BARE_EST = /^EST\s+\S/;
const LETTER_OR_FIGURE = /^[\p{L}\p{N}]/u;
const CAPITAL = /\p{Lu}/u;
/** The one small letter that words in capitals have kept. */
const SMALL = /(?!ß)\p{Ll}/u;
const SCENE_NUMBER = /#([\p{L}\p{N}.-]+)#$/u;

export function isHeading(line: string): boolean {
  const plain = plainLine(line).text;
  return HEADING.test(plain) || (BARE_EST.test(plain) && !SMALL.test(plain));
}

/** A dot before a letter or figure; `...and` is none. */
export function isForcedHeading(line: string): boolean {
  return line.startsWith('.') && LETTER_OR_FIGURE.test(plainLine(line.slice(1)).text);
}

export function isInCapitals(line: string): boolean {
  return CAPITAL.test(line) && !SMALL.test(line);
}

/** A blank behind the colon keeps it from being one; so an author says that he means the words. */
export function isTransition(line: string): boolean {
  const plain = plainLine(line).text;
  return plain.endsWith('TO:') && isInCapitals(plain);
}

/** A name in capitals, with at least one letter; what stands in parentheses may be small. `CLOSE ON THE RADIO` is none. */
export function isCue(line: string): boolean {
  if (line.startsWith('(') || isHeading(line) || isCameraDirection(plainLine(line).text)) return false;
  const { name, dual } = cueOf(plainLine(line).text);
  return isInCapitals(name) && !name.includes('^') && !(name.endsWith('TO:') && !dual);
}

/** `@McAvoy`: any name with a letter or figure. */
export function isForcedCue(line: string): boolean {
  return line.startsWith('@') && /[\p{L}\p{N}]/u.test(cueOf(plainLine(line.slice(1)).text).name);
}

export { isParenthetical };

/** Opens a parenthesis that closes on a later line. */
export function opensParenthetical(line: string): boolean {
  return line.startsWith('(') && parenthesesOf(line).groups.length === 1 && !line.includes(')');
}

export const isPageBreak = (line: string): boolean => /^={3,}$/.test(line);
export const isSynopsis = (line: string): boolean => line.startsWith('=') && !isPageBreak(line);
export const isCentered = (line: string): boolean => line.length >= 2 && line.startsWith('>') && line.endsWith('<');
/** A heading of the outline: `## Act two`. */
export const isSection = (line: string): boolean => /^#+(?=[^#])/.test(line);

/** `INT. VAULT - DAY #12A#` taken apart. */
export function sceneNumberOf(line: string): { words: string; sceneNumber?: string } {
  const found = SCENE_NUMBER.exec(line);
  const sceneNumber = found?.[1];
  return found === null || sceneNumber === undefined ? { words: line } : { words: line.slice(0, found.index).trimEnd(), sceneNumber };
}
