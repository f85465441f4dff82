import { StudioError } from '../lib/errors.ts';

/**
 * A key as it was pasted, outer white space off. The message names where the key came from and what is wrong with it, never the key.
 * @throws StudioError KEY_MALFORMED
 */
export function checkKey(pasted: string, origin: string): string {
  const key = pasted.trim();
  const problem = problemOf(key);
  if (problem === undefined) return key;
  throw new StudioError('KEY_MALFORMED', `${origin} ${problem}.`, { next: 'Copy the key again from the Kling console (kling.ai/dev/api-key), alone and whole.', detail: { origin } });
}

function problemOf(key: string): string | undefined {
  if (key === '') return 'is blank';
  if (/^["'`“‘].*["'`”’]$/su.test(key)) return 'has quotation marks around it';
  if (/^bearer\s/i.test(key)) return 'begins with the word "Bearer", which is not part of the key';
  if (/[\r\n]/.test(key)) return 'runs over several lines';
  if (/\s/.test(key)) return 'has white space inside';
  if (/^[A-Z_]+=/.test(key)) return 'begins with the name of a variable, which is not part of the key';
  if (!/^[\x21-\x7e]+$/.test(key)) return 'has characters that no key has (a bullet, a dash from a text, an accent)';
  if (/["'`]/.test(key)) return 'has a quotation mark inside';
  return undefined;
}
