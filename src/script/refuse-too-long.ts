import type { LaidOutDocument } from '../documents/index.ts';
import { StudioError } from '../lib/errors.ts';
import { tooManyShots } from './build-shots.ts';
import { MAX_SHOTS, type ReadScript } from './script-shot.ts';

/** So much of a long text is looked into before all of it is read, and twice as much while that is not enough: no film holds the shots of a library. */
const BEGINNING_LETTERS = 1_500_000;
/** A text that is less than so many times its beginning is read at once. */
const WORTH_A_LOOK = 1.6;
/** So many times more shots than a project takes are too many, wherever the beginning was cut off. */
const CERTAINLY = 1.25;

/**
 * Refuses a very long text after its beginning, where that alone is too many shots: reading the rest took a quarter of a minute.
 * @param cut the longest beginning of the text that can be read alone and has at most so many letters.
 * @throws StudioError SCRIPT_TOO_LARGE.
 */
export async function refuseTooLong(text: string, name: string, read: (beginning: string) => ReadScript | Promise<ReadScript>, cut: (text: string, letters: number) => string = toEndOfParagraph): Promise<void> {
  for (let letters = BEGINNING_LETTERS; letters * WORTH_A_LOOK <= text.length; letters *= 2) {
    const beginning = cut(text, letters);
    refuse(await (async () => await read(beginning))().then(countOf, countThatFailed), name);
  }
}

/** The same for a document, whose reader hands over its beginning while it opens the rest. */
export function refusesTooLong(name: string, read: (beginning: LaidOutDocument) => ReadScript): (beginning: LaidOutDocument) => void {
  return (beginning) => {
    let count = 0;
    try {
      count = countOf(read(beginning));
    } catch (error) {
      count = countThatFailed(error);
    }
    refuse(count, name);
  };
}

function refuse(shots: number, name: string): void {
  if (shots > MAX_SHOTS * CERTAINLY) throw tooManyShots(`more than ${shots}`, name, shots);
}

const countOf = ({ shots }: ReadScript): number => shots.length;

/** 0 where a beginning cannot be read, since what is wrong with the whole is said of the whole. */
function countThatFailed(error: unknown): number {
  if (!(error instanceof StudioError)) throw error;
  const { count } = error.detail ?? {};
  return error.code === 'SCRIPT_TOO_LARGE' && typeof count === 'number' ? count : 0;
}

/** To the end of a paragraph, where one ends. */
function toEndOfParagraph(text: string, letters: number): string {
  const beginning = text.slice(0, letters);
  const end = Math.max(beginning.lastIndexOf('\n\n'), beginning.lastIndexOf('\n\r\n'));
  return end > 0 ? beginning.slice(0, end) : beginning;
}
