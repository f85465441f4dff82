import { afterEach, describe, expect, it, vi } from 'vitest';
import { docxOf } from '../documents/docx-under-test.ts';
import { readScript } from './read-script.ts';
import * as words from '../documents/word-lines.ts';

const TOO_LONG = { code: 'SCRIPT_TOO_LARGE', message: expect.stringMatching(/^film\.\w+ has more than \d+ shots; one project takes at most 5000\.$/), next: expect.stringContaining('by acts or reels') };
const sentence = (number: number) => `Kim opens door ${number} and looks into the room behind it.`;
const read = async (bytes: Uint8Array, name: string) => await readScript(bytes, { name });

afterEach(() => vi.restoreAllMocks());

describe('a document that is far too long', () => {
  it('is refused after the beginning of a Word document, and the rest of it becomes no lines', async () => {
    const taken = vi.spyOn(words.WordLines.prototype, 'takeAll');
    const bytes = docxOf(Array.from({ length: 60_000 }, (_, index) => ({ text: sentence(index) })));
    await expect(read(bytes, 'film.docx')).rejects.toMatchObject(TOO_LONG);
    expect(taken).toHaveBeenCalledTimes(1);
  });

  it('is refused after the beginning of a Final Draft file', async () => {
    const paragraphs = Array.from({ length: 60_000 }, (_, index) => `<Paragraph Type="Action"><Text>${sentence(index)}</Text></Paragraph>`).join('\n');
    const file = (end: string) => Buffer.from(`<?xml version="1.0"?>\n<FinalDraft Version="5"><Content>\n${paragraphs}\n${end}`);
    await expect(read(file('</Content></FinalDraft>'), 'film.fdx')).rejects.toMatchObject(TOO_LONG);
    // So early that what is wrong at its end is not seen.
    await expect(read(file('<broken'), 'film.fdx')).rejects.toMatchObject(TOO_LONG);
  });
});
