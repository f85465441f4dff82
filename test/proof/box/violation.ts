/** What a schedule may be found guilty of; each is one promise, broken. */
export const CHECKS = {
  'paid-twice': 'a picture was charged more often than it was wanted',
  'not-delivered': 'a take that was paid for, or could be had, did not come to its end',
  'wrong-clip': 'a completed take has no file, or another than the one Kling made for it',
  'withdrawn-charged': 'a take that was withdrawn is at Kling all the same',
  books: 'what the store says was spent is not what Kling charged',
  cap: 'charged and running together went above the cap',
  'key-to-cdn': 'a request for a clip carried the key',
  'two-drivers': 'a process took a row from one that was alive',
  'stuck-lease': 'a row is held by a process that is gone',
  litter: 'files are left that no sweep takes',
  'never-ends': 'a run neither came to its end nor to a rest',
  bug: 'something was thrown that no person can act on',
} as const;

export type Check = keyof typeof CHECKS;

export interface Violation {
  check: Check;
  what: string;
}

/** Says that a promise was broken, and how. */
export type Broke = (check: Check, what: string) => void;
