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
