import type { Gender } from './first-names.ts';

export interface Person {
  /** As the speaker of a line reads: the name that the text has first, or the description. */
  name: string;
  gender: Gender;
  /** Given by the caller. */
  fromCast: boolean;
}

export interface Mention {
  at: number;
  person: Person;
  /** At the head of its sentence, where subjects stand. */
  subject: boolean;
  /** Behind a preposition: `in front of Tom he paused` is about somebody else. */
  oblique: boolean;
}

const OBLIQUE = /(?<!\p{L})(?:of|to|with|at|for|from|on|upon|into|in|beside|behind|before|toward|towards|against|about)\s$/iu;

export const opensSentence = (narration: string, at: number): boolean => at === 0 || /[.!?\n”"»]\s*$/u.test(narration.slice(Math.max(0, at - 3), at));
export const opensClause = (narration: string, at: number): boolean => opensSentence(narration, at) || /(?:,|\b(?:when|as|while|entered))\s$/u.test(narration.slice(Math.max(0, at - 9), at));
export const isOblique = (narration: string, at: number): boolean => OBLIQUE.test(narration.slice(Math.max(0, at - 12), at));

/** How many of these, in the order of the text, stand before a place. */
export function countBefore(mentions: readonly Mention[], at: number): number {
  let [low, high] = [0, mentions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((mentions[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
