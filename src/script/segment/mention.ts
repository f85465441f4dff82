export type Gender = 'female' | 'male' | 'unknown';

/** Words of a sentence that mean somebody. */
export interface Mention {
  /** The same for all mentions of one: a name, or `the old sailor`. */
  who: string;
  gender: Gender;
  kind: 'name' | 'figure' | 'pronoun';
  start: number;
  end: number;
  /** `Mara's`, `her`. */
  possessive: boolean;
}
