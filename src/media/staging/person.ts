import type { Gender } from './person-nouns.ts';

/** Somebody that the words put into the picture. */
export interface Person {
  /** What makes two mentions one person: the name in small letters, or the noun. */
  key: string;
  /** `Mara`, or for somebody without a name `Sailor`. */
  name: string;
  named: boolean;
  gender: Gender;
  child: boolean;
  /** The words about this person: from here to the next mention of anybody. UTF-16 offsets in the text. */
  from: number;
  to: number;
}

/** What is said of how somebody looks, as far as it surely is about him: the words right before him and those up to the next one or the end of the sentence. */
export function wordsAbout(text: string, { from, to }: Pick<Person, 'from' | 'to'>): string {
  const at = Math.floor(from);
  const before = /(?:[\p{L}-]+[ -]){0,4}$/u.exec(text.slice(Math.max(0, at - 40), at))?.[0] ?? '';
  const own = text.slice(at, Math.max(at, to));
  return `${/\b(?:and|with|at|to|on|of|by|than|behind|over|in)\s+(?:the\s+|a\s+)?(?!.*\b(?:an?|the)\b)/iu.test(before) ? before.replace(/^.*\b(?:and|with|at|to|on|of|by|than|behind|over|in)\s/iu, '') : before}${/^[^.;!?:\n]*/u.exec(own)?.[0] ?? own}`;
}
