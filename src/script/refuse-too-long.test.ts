import { describe, expect, it } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { tooManyShots } from './build-shots.ts';
import { refuseTooLong } from './refuse-too-long.ts';
import type { ReadScript } from './script-shot.ts';

const book = 'A fisherman hauls a net.\n\n'.repeat(300_000);
const scriptOf = (count: number) => ({ shots: Array.from({ length: count }, () => ({})) }) as unknown as ReadScript;

describe('a text that is far too long', () => {
  it.each([
    ['its beginning is read', () => scriptOf(6_900)],
    ['its beginning is refused itself', () => { throw tooManyShots('6900', 'book.md', 6_900); }],
  ])('is refused after its beginning, to the end of a paragraph: %s', async (_, read) => {
    const seen: string[] = [];
    await expect(refuseTooLong(book, 'book.md', (words) => { seen.push(words); return read(); })).rejects.toMatchObject({ code: 'SCRIPT_TOO_LARGE', message: 'book.md has more than 6900 shots; one project takes at most 5000.', next: 'Part the script into several files, by acts or reels, one project each.' });
    expect(seen).toHaveLength(1);
    expect(seen[0]!.length).toBeLessThan(book.length / 4);
    expect(seen[0]!.endsWith('net.')).toBe(true);
  });

  it('is read whole where its beginning is not certainly too much, or cannot be read alone', async () => {
    await expect(refuseTooLong(book, 'book.md', () => scriptOf(5_900))).resolves.toBeUndefined();
    await expect(refuseTooLong(book, 'book.md', () => { throw new StudioError('SCRIPT_EMPTY', 'x', { next: 'y' }); })).resolves.toBeUndefined();
  });

  it('is the only one that is looked into', async () => {
    await expect(refuseTooLong(book.slice(0, 2_300_000), 'story.md', () => { throw new Error('read'); })).resolves.toBeUndefined();
  });
});
