import { StudioError } from '../lib/errors.ts';
import { MAX_SHOTS, type ReadScript } from './script-shot.ts';
import { tooManyShots } from './build-shots.ts';

/** A text longer than this is looked into before it is read: no film holds the shots of a whole novel. */
const LONG_LETTERS = 1_000_000;
const BEGINNING_LETTERS = 600_000;
/** So many times more shots than a project takes are too many, wherever the beginning was cut off. */
const CERTAINLY = 1.25;

/**
 * Refuses a very long text after its beginning, where that alone is too many shots: reading the rest took a quarter of a minute.
 * @throws StudioError SCRIPT_TOO_LARGE.
 */
export async function refuseTooLong(text: string, name: string, read: (beginning: string) => ReadScript | Promise<ReadScript>): Promise<void> {
  if (text.length <= LONG_LETTERS) return;
  const shots = await shotsOf(read, beginningOf(text));
  if (shots > MAX_SHOTS * CERTAINLY) throw tooManyShots(`more than ${shots}`, name, shots);
}

/** How many shots a text would be; 0 where it cannot be read, since what is wrong with the whole is said of the whole. */
async function shotsOf(read: (beginning: string) => ReadScript | Promise<ReadScript>, beginning: string): Promise<number> {
  try {
    return (await read(beginning)).shots.length;
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    const { count } = error.detail ?? {};
    return error.code === 'SCRIPT_TOO_LARGE' && typeof count === 'number' ? count : 0;
  }
}

/** To the end of a paragraph, where one ends. */
function beginningOf(text: string): string {
  const beginning = text.slice(0, BEGINNING_LETTERS);
  const end = Math.max(beginning.lastIndexOf('\n\n'), beginning.lastIndexOf('\n\r\n'));
  return end > 0 ? beginning.slice(0, end) : beginning;
}
