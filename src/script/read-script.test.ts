import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { readScript } from './read-script.ts';
import { MAX_PARAGRAPH_LENGTH, MAX_SCRIPT_BYTES, MAX_SHOTS } from './script-shot.ts';
import type { ScriptReading } from './script-shot.ts';

const read = (content: string | Uint8Array, name = 'story.txt', as?: ScriptReading) =>
  readScript(typeof content === 'string' ? new TextEncoder().encode(content) : content, { name, ...(as === undefined ? {} : { as }) });
const prompts = async (content: string | Uint8Array, name?: string, as?: ScriptReading) => (await read(content, name, as)).shots.map((shot) => shot.prompt);

async function refusal(content: string | Uint8Array, name?: string, as?: ScriptReading): Promise<StudioError> {
  try {
    await read(content, name, as);
  } catch (error) {
    if (StudioError.is(error)) return error;
    throw error;
  }
  throw new Error('was read, not refused');
}

describe('a shot per paragraph', () => {
  it('keeps the words as they are, inner lines included', async () => {
    const script = await read('\n\n  A fox runs.\nIt stops.  \n \t \n\nSnow falls —  "slowly".\n');
    expect(script).toMatchObject({ reading: 'paragraphs', format: 'txt' });
    expect(script.shots.map(({ prompt, scene, text }) => ({ prompt, scene, text }))).toEqual([
      { prompt: 'A fox runs.\nIt stops.', scene: 1, text: 'A fox runs.\nIt stops.' },
      { prompt: 'Snow falls —  "slowly".', scene: 1, text: 'Snow falls —  "slowly".' },
    ]);
    expect(script.shots.map((shot) => [shot.source.startLine, shot.source.endLine])).toEqual([[3, 4], [7, 7]]);
  });

  it.each([
    ['CRLF', 'one\r\ntwo\r\n\r\nthree'],
    ['lone CR', 'one\rtwo\r\rthree'],
    ['a byte order mark', '\ufeffone\ntwo\n\nthree'],
    ['line and paragraph separators', 'one\u2028two\u2029three'],
    ['soft line ends and page ends', 'one\vtwo\fthree'],
    ['the end mark of DOS', 'one\ntwo\n\nthree\u001a'],
    ['a zero-width space on the blank line', 'one\ntwo\n\u200b\nthree'],
  ])('reads %s like any line end', async (_, content) => {
    expect(await prompts(content)).toEqual(['one\ntwo', 'three']);
  });

  it('reads UTF-16 that says so', async () => {
    const utf16 = Buffer.from('\ufeffein Fuchs\n\nläuft', 'utf16le');
    expect(await prompts(utf16)).toEqual(['ein Fuchs', 'läuft']);
    expect(await prompts(Buffer.from(utf16).swap16())).toEqual(['ein Fuchs', 'läuft']);
  });

  it('leaves out a line of stars between scenes, and says so', async () => {
    const script = await read('One.\n\n* * *\n\nTwo.');
    expect(script.shots).toHaveLength(2);
    expect(script.notes.join(' ')).toContain('Line 3');
    expect(await prompts('🌋🌊\n\n火山')).toEqual(['🌋🌊', '火山']);
  });

  it('loses no word, whatever the text, and its offsets point at the words', async () => {
    const paragraph = fc.array(fc.stringMatching(/^[a-z0-9äß,.!'"\- ]{0,20}[a-z]$/), { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
    await fc.assert(
      fc.asyncProperty(fc.array(paragraph, { minLength: 1, maxLength: 12 }), fc.constantFrom('\n\n', '\r\n\r\n', '\n \n\n', '\r\r'), async (paragraphs, gap) => {
        const script = await read(paragraphs.join(gap));
        expect(script.shots.map((shot) => shot.prompt)).toEqual(paragraphs.map((words) => words.trim()));
        for (const { source, prompt } of script.shots) {
          expect(script.text.slice(source.start, source.end)).toBe(prompt);
          expect(script.text.split('\n').slice(source.startLine - 1, source.endLine).join('\n').trim()).toBe(prompt);
        }
      }),
    );
  });

  it('reads a file whose ending says nothing like .txt, and says so', async () => {
    const script = await read('A fox.', 'script');
    expect(script.format).toBe('txt');
    expect(script.notes[0]).toContain('like .txt');
    expect(await prompts('A fox.', 'my.fox.draft2')).toEqual(['A fox.']);
  });
});

describe('standard input', () => {
  it('is paragraphs, unless it begins as a JSON list', async () => {
    expect((await read('A fox.\n\nA hen.', '-')).format).toBe('txt');
    expect((await read('[{"prompt":"A fox."}]', '-')).format).toBe('json');
    expect((await read(' {"shots":["A fox."]}', '-')).format).toBe('json');
    expect(await prompts('[wide shot] A fox.\n\n{ he waits }', '-')).toEqual(['[wide shot] A fox.', '{ he waits }']);
    expect(await refusal('[{"prompt":"A fox."}', '-')).toMatchObject({ code: 'SCRIPT_BAD_JSON', message: expect.stringContaining('standard input') as string });
  });
});

describe('what is no script', () => {
  it.each([
    ['a PDF', Buffer.from('%PDF-1.7 ...')],
    ['zip archive', Buffer.from('504b030414000600', 'hex')],
    ['MP4', Buffer.concat([Buffer.from([0, 0, 0, 32]), Buffer.from('ftypisom'), Buffer.alloc(20)])],
    ['JPEG', Buffer.from('ffd8ffe000104a46', 'hex')],
    ['PNG', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['WAV', Buffer.from('RIFF\u0001\u0002\u0003\u0004WAVEfmt ')],
    ['RTF', Buffer.from('{\\rtf1 hello}')],
    ['database', Buffer.from('SQLite format 3\0 ')],
  ])('says that it looks like %s', async (kind, bytes) => {
    expect(await refusal(bytes)).toMatchObject({ code: 'SCRIPT_NOT_TEXT', message: expect.stringContaining(kind) as string });
  });

  it.each(['The old WAVE breaks.', 'ID3 tags on a screen.', 'GIF89 painted on a wall', 'PNG, they say', 'PK and Ella dance'])('takes words for words: %s', async (words) => {
    expect(await prompts(words)).toEqual([words]);
  });

  it('names the byte that is not UTF-8, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ maxLength: 40 }), async (before, after) => {
        const head = Buffer.from(before.replaceAll(/\p{Cc}|\p{Surrogate}/gu, ' '));
        const tail = Buffer.from(after.replaceAll(/\p{Cc}|\p{Surrogate}/gu, ' '));
        const error = await refusal(Buffer.concat([head, Buffer.from([0xe4]), Buffer.from(' '), tail]));
        expect(error).toMatchObject({ code: 'SCRIPT_NOT_TEXT', detail: { byte: head.length } });
      }),
    );
    expect(await refusal(Buffer.from('e4f6', 'hex'))).toMatchObject({ detail: { byte: 0 } });
    expect(await refusal(Buffer.from('616263e282', 'hex'))).toMatchObject({ detail: { byte: 3 } });
    expect((await refusal(Buffer.from('a fox\n\nL\u00e4uft', 'latin1'))).message).toContain('byte 9 (0xe4, line 3)');
  });

  it('says what zeros and control characters mean', async () => {
    expect((await refusal(Buffer.from('A fox', 'utf16le'))).message).toContain('UTF-16 without');
    expect((await refusal('A fox\0')).message).toContain('byte 6 is zero');
    expect(await refusal('A fox\n\nruns\u001b[0m')).toMatchObject({ code: 'SCRIPT_NOT_TEXT', message: expect.stringContaining('line 3 holds the control character U+001B') as string });
    expect((await refusal(Buffer.from('fffe41', 'hex'))).code).toBe('SCRIPT_NOT_TEXT');
  });

  it.each(['', ' \n\t\n', '\ufeff', '***\n\n---'])('says that %j is empty', async (content) => {
    expect((await refusal(content)).code).toBe('SCRIPT_EMPTY');
  });

  it('holds its limits', async () => {
    expect((await refusal(new Uint8Array(MAX_SCRIPT_BYTES + 1).fill(97))).code).toBe('SCRIPT_TOO_LARGE');
    expect((await refusal('a'.repeat(MAX_PARAGRAPH_LENGTH + 1))).code).toBe('SCRIPT_TOO_LARGE');
    expect((await refusal('a\n\n'.repeat(MAX_SHOTS + 1))).code).toBe('SCRIPT_TOO_LARGE');
    expect(await prompts('a\n\n'.repeat(MAX_SHOTS))).toHaveLength(MAX_SHOTS);
    expect((await refusal(`prompt\n${'a\n'.repeat(MAX_SHOTS + 1)}`, 'a.csv')).code).toBe('SCRIPT_TOO_LARGE');
    expect((await refusal(JSON.stringify(Array.from({ length: MAX_SHOTS + 1 }, () => 'a')), 'a.json')).code).toBe('SCRIPT_TOO_LARGE');
  });

  it.each(['film.doc', 'film.pages', 'film.rtf', 'shots.xlsx', 'shots.yaml'])('names what can be read instead of %s', async (name) => {
    expect(await refusal('Some words.', name)).toMatchObject({ code: 'SCRIPT_FORMAT_UNSUPPORTED', message: expect.stringMatching(/\.txt .*\.fountain .*\.md .*\.json and \.csv/) as string });
    expect((await refusal('Some words.', name)).next).toBeTruthy();
  });

  it('takes paragraphs of Markdown and Fountain when told to, and of nothing sealed', async () => {
    expect(await prompts('A fox.\n\nA hen.', 'film.md', 'shots')).toEqual(['A fox.', 'A hen.']);
    expect(await prompts('INT. DEN - DAY\n\nA fox.', 'film.fountain', 'shots')).toEqual(['INT. DEN - DAY', 'A fox.']);
  });

  it.each([
    ['A fox.', 'film.txt', '.txt'],
    ['A fox.', 'film.fountain', '.fountain'],
    ['# A fox.', 'film.MD', '.md'],
    ['A fox.', 'film.draft', '.draft'],
    ['A fox.', 'film', 'no file ending'],
    ['A fox.', '-', 'standard input'],
    ['prompt\nA fox.', 'shots.csv', '.csv'],
    ['prompt\tmode\nA fox.\tpro', 'shots.tsv', '.tsv'],
    ['["A fox."]', 'shots.json', '.json'],
    ['[{"prompt":"A fox."}]', '-', 'JSON from standard input'],
  ])('says what it was read from: %j of %s is %s', async (text, name, origin) => {
    expect((await read(text, name, 'shots')).origin).toBe(origin);
    expect((await refusal('A fox.', 'film.fdx', 'shots')).code).toBe('SCRIPT_FORMAT_UNSUPPORTED');
    expect((await refusal('["A fox."]', 'film.json', 'prose')).code).toBe('SCRIPT_FORMAT_UNSUPPORTED');
    expect((await refusal('["A fox."]', 'film.json', 'screenplay')).code).toBe('SCRIPT_FORMAT_UNSUPPORTED');
  });

  it('reads screenplays by their ending, and any text as one when told to', async () => {
    const fountain = 'INT. DEN - DAY\n\nA hen sleeps.\n\nFOX\nZzz.';
    const fdx = '<?xml version="1.0"?>\n<FinalDraft><Content><Paragraph Type="Action"><Text>A fox.</Text></Paragraph></Content></FinalDraft>';
    expect(await read(fountain, 'film.fountain')).toMatchObject({ reading: 'screenplay', format: 'fountain', origin: '.fountain', shots: [{ scene: 1, sceneHeading: 'INT. DEN - DAY' }, { line: 'Zzz.', cast: ['Fox'] }] });
    expect((await read(fountain, 'film.txt', 'screenplay')).shots).toEqual((await read(fountain, 'film.fountain')).shots);
    expect((await read(fountain, '-', 'screenplay')).origin).toBe('standard input');
    expect(await read(fdx, 'film.fdx')).toMatchObject({ reading: 'screenplay', format: 'fdx', shots: [{ prompt: expect.stringMatching(/^A fox\. /) as string }] });
    expect((await read(fdx, '-', 'screenplay')).format).toBe('fdx');
    expect((await refusal('> THE END <', 'film.fountain')).code).toBe('SCRIPT_EMPTY');
    expect(await refusal('Words.', 'film.fdx')).toMatchObject({ code: 'SCRIPT_BAD_FDX', message: expect.stringContaining('film.fdx') as string });
  });

  it('answers every input with shots or one StudioError', async () => {
    const names = fc.constantFrom('a.txt', 'a.json', 'a.csv', 'a.fountain', 'a.fdx', '-', 'a');
    const listText = fc.stringMatching(/^[[\]{}",:;\n a-e0-9\\prompt]{0,80}$/);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string().map((text) => Buffer.from(text)), listText.map((text) => Buffer.from(text))), names, async (bytes, name) => {
        try {
          expect((await readScript(bytes, { name })).shots.length).toBeGreaterThan(0);
        } catch (error) {
          expect(StudioError.is(error), String(error)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
