import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScript } from '../read-script.ts';
import type { ScriptReading } from '../script-shot.ts';
import { proseOfText } from './prose-of-text.ts';

const told = (text: string) => {
  const prose = proseOfText(text);
  return { paragraphs: prose.paragraphs.map(({ start, end }) => prose.text.slice(start, end)), divisions: prose.divisions.map(({ start, end, kind }) => `${kind}: ${prose.text.slice(start, end)}`) };
};
/** What the script says of a shot, without what a picture needs beside it. */
const ownWords = (prompt: string): string => prompt.split(/ (?:Interior|Exterior|Setting|Medium|Wide|Close-up|Full|The camera)/u)[0] ?? '';
const read = async (text: string, name: string, as?: ScriptReading) => await readScript(Buffer.from(text), { name, ...(as === undefined ? {} : { as }) });

describe('prose as plain text', () => {
  it('is parted by blank lines, and by headings and stars that are no paragraph', () => {
    expect(told('CHAPTER I.\n\nThe old dog\nslept.\n\n* * *\n\nIt woke.\n\nIV.\n\nIt ran.')).toEqual({ paragraphs: ['The old dog\nslept.', 'It woke.', 'It ran.'], divisions: ['heading: CHAPTER I.', 'break: * * *', 'heading: IV.'] });
    expect(told('Chapter 2\n\nOut to Sea\n\nThe ship left.').divisions).toEqual(['heading: Chapter 2', 'heading: Out to Sea']);
    expect(told('Kapitel 3: Der Hafen\n\nNebel.\n\nPart of the crew left.').divisions).toEqual(['heading: Kapitel 3: Der Hafen']);
  });

  it('has its title above it, which is no paragraph', () => {
    expect(told('The Orchard\n\nIt had rained all night, and Clara walked between the rows.')).toEqual({ paragraphs: ['It had rained all night, and Clara walked between the rows.'], divisions: ['heading: The Orchard'] });
    expect(told('Le dernier train\n\nJeanne attendait, assise sur sa valise, les mains croisées.').divisions).toEqual(['heading: Le dernier train']);
    expect(told('Rain on a window\n\nA woman waits beside it, and nobody comes.').divisions).toEqual([]);
    expect(told('A man walks in\n\nA woman waits beside him, and nobody comes.').divisions).toEqual([]);
  });

  it('is parted by the ends of lines where an editor wraps them, and by indents where lines are set by hand', () => {
    const long = 'The sea was calm and the boats lay still along the pier. '.repeat(3).trim();
    expect(told(`${long}\nHe said nothing.\n${long}`).paragraphs).toEqual([long, 'He said nothing.', long]);
    expect(told('  The sea was calm\nand grey.\n  He said\nnothing.').paragraphs).toEqual(['The sea was calm\nand grey.', 'He said\nnothing.']);
    expect(told('A short line\nand one more').paragraphs).toEqual(['A short line\nand one more']);
  });

  it('loses no word and points at each paragraph, whatever the text', () => {
    const line = fc.stringMatching(/^ {0,3}[A-Za-zäß,.'" *-]{0,40}$/);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const text = lines.join('\n');
        const { paragraphs, divisions } = proseOfText(text);
        const spans = [...paragraphs, ...divisions].sort((a, b) => a.start - b.start);
        expect(spans.map(({ start, end }) => text.slice(start, end)).join(' ').split(/\s+/).join(' ').trim()).toBe(text.split(/\s+/).join(' ').trim());
        for (const { start, end } of spans) expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
      }),
    );
  });
});

describe('a story as a script', () => {
  const STORY = '# The Lamp\n\nThe **lamp** went out. [Anna](https://example.com) waited\nin the dark.\n\n- She counted to *ten*.\n- A door creaked.\n\n## Morning\n\n> The light <b>came</b> back.\n';

  it('is prose in Markdown, a scene for each heading, each shot at its lines of the file', async () => {
    const script = await read(STORY, 'lamp.md');
    expect(script).toMatchObject({ reading: 'prose', format: 'md', origin: '.md' });
    expect(script.shots.map(({ scene, sceneHeading, prompt, source }) => [scene, sceneHeading, ownWords(prompt), source.startLine, source.endLine])).toEqual([
      [1, 'The Lamp', 'The lamp went out. Anna waited in the dark.', 3, 4],
      [1, 'The Lamp', 'Anna counted to ten.', 6, 6],
      [1, 'The Lamp', 'A door creaked.', 7, 7],
      [2, 'Morning', 'The light came back.', 11, 11],
    ]);
    for (const { source, prompt } of script.shots) expect(script.text.slice(source.start, source.end).replaceAll('\n', ' ')).toBe(ownWords(prompt).replace('Anna counted', 'She counted'));
  });

  it('is prose in a .txt only when asked, since a .txt is a shot a paragraph', async () => {
    expect((await read('One.\n\nTwo.', 'a.txt')).reading).toBe('paragraphs');
    expect(await read('CHAPTER I\n\nOne.\n\n***\n\nTwo.', 'a.txt', 'prose')).toMatchObject({ reading: 'prose', format: 'txt', shots: [{ scene: 1, sceneHeading: 'CHAPTER I' }, { scene: 2, source: { startLine: 7 } }] });
    expect((await read('One.\n\nTwo.', '-', 'prose')).reading).toBe('prose');
  });

  it('refuses a text that tells nothing', async () => {
    for (const text of ['# Film', '---\ntitle: x\n---\n', '```js\ncode()\n```', '<!-- a\n\nnote -->', '[a]: https://example.com']) {
      await expect(read(text, 'film.md'), text).rejects.toMatchObject({ code: 'SCRIPT_EMPTY', next: expect.any(String) });
    }
    await expect(read('a'.repeat(100_001), 'film.md')).rejects.toMatchObject({ code: 'SCRIPT_TOO_LARGE', message: expect.stringContaining('line 1') });
  });

  it('says what it left out', async () => {
    const script = await read('---\ntitle: x\n---\nA fox.[^1]\n\n| who | role |\n|---|---|\n| Anna | x |\n\n```js\ncode()\n```\n\n~~A wolf.~~ A hen.\n\n[^1]: Not seen.', 'film.md');
    expect(script.shots.map(({ prompt, source }) => [ownWords(prompt), source.startLine])).toEqual([['A fox.', 4], ['A hen.', 14]]);
    expect(script.notes).toEqual([expect.stringMatching(/a table \(line 6\), code \(line 10\), a footnote \(line 16\)/)]);
  });

  it('reads every Markdown text or refuses it with one error, in time that grows with its length', async () => {
    const mark = fc.constantFrom('*', '**', '_', '#', '# ', '> ', '- ', '1. ', '`', '```', '[', '](', ')', '<', '<b>', '<!--', '-->', '|', '\\', '&amp;', '~~', '\n', '\n\n', '    ', 'word ', 'ANNA\n', 'INT. DEN - DAY\n\n');
    await fc.assert(
      fc.asyncProperty(fc.array(mark, { maxLength: 60 }), async (marks) => {
        const script = await read(`A fox runs.\n\n${marks.join('')}`, 'a.md');
        expect(script.shots.length).toBeGreaterThan(0);
        for (const { source } of script.shots) expect(script.text.slice(0, source.start).split('\n')).toHaveLength(source.startLine);
      }),
    );
    for (const sign of ['*', '[', '> ', '- ', '`', '"', '(', '<a ', '**a ']) await read(`A fox runs.\n\n${sign.repeat(100_000 / sign.length).slice(0, 99_000)}\n`, 'a.md', 'prose').catch((error: unknown) => expect(error).toMatchObject({ code: 'SCRIPT_TOO_LARGE' }));
  });
});

describe('a page of prompts', () => {
  const PAGE = '# Spring\n\nA woman in a raincoat walks through a greenhouse. Slow tracking shot, soft light.\n\n1. Macro shot of a bee, dreamy bokeh.\n2. A fox says "Hello." The camera pans left.\n\n## Autumn\n\nUn anciano toca el acordeón, plano medio,\ncámara fija.\n';

  it('is left word for word, a shot each, a scene for each heading', async () => {
    const script = await read(PAGE, 'page.md');
    expect(script).toMatchObject({ reading: 'paragraphs', format: 'md', notes: [expect.stringContaining('--as prose')] });
    expect(script.shots.map(({ scene, sceneHeading, prompt, outS, source }) => [scene, sceneHeading, prompt, outS, source.startLine])).toEqual([
      [1, 'Spring', 'A woman in a raincoat walks through a greenhouse. Slow tracking shot, soft light.', undefined, 3],
      [1, 'Spring', 'Macro shot of a bee, dreamy bokeh.', undefined, 5],
      [1, 'Spring', 'A fox says "Hello." The camera pans left.', undefined, 6],
      [2, 'Autumn', 'Un anciano toca el acordeón, plano medio, cámara fija.', undefined, 10],
    ]);
    expect((await read(PAGE, 'page.md', 'prose')).reading).toBe('prose');
  });

  it('loses the numbers of its list, and takes a time behind the words as time on screen', async () => {
    const script = await read('Scene 1: Drone shot over a terrace, 4 seconds.\n\nScene 2: Close-up of a frog. 35mm, 3s\n\nScene 3: Wide shot of 12 seconds hands.\n', 'page.md');
    expect(script.shots.map(({ prompt, outS }) => [prompt, outS])).toEqual([['Drone shot over a terrace.', 4], ['Close-up of a frog. 35mm.', 3], ['Wide shot of 12 seconds hands.', undefined]]);
  });

  it('is no story in which somebody takes a picture', async () => {
    expect((await read('Anna lifted the camera.\n\nThe fox looked at her.\n\nShe ran home.', 'story.md')).reading).toBe('prose');
  });
});

describe('notes for a film', () => {
  it('make shots of what is told, and none of what is for the people who make it', async () => {
    const script = await read('# The Lift\n\n## Idea\n\nA liftboy goes to work.\n\n## Beats\n\n- Victor buttons his jacket.\n- A girl laughs.\n\n## Open questions\n\n- Music: none?\n\nEnding: sand runs over the floor.\n', 'notes.md');
    expect(script.shots.map(({ prompt }) => ownWords(prompt))).toEqual(['Victor buttons his jacket.', 'A girl laughs.', 'Sand runs over the floor.']);
    expect(script.notes).toEqual([expect.stringContaining('"A liftboy goes to work."')]);
    expect((await read('# Idea\n\nA liftboy goes to work.\n', 'notes.md')).shots).toHaveLength(1);
  });
});

describe('a treatment', () => {
  it('films neither what the page says of itself nor its look, and says where a look belongs', async () => {
    const script = await read("# Nocturne\n\n*Director's treatment, v3. Client: Maison Aubert.*\n\n## Look\n\nDeep blacks, one colour.\n\n## Story\n\nA woman runs up a staircase.\n\nShe stops before a door.\n", 'a.md');
    expect(script.shots.map(({ prompt }) => ownWords(prompt))).toEqual(['A woman runs up a staircase.', expect.stringContaining('stops before a door')]);
    expect(script.notes).toEqual([expect.stringContaining('treatment'), expect.stringMatching(/under "Look" \(line 5\) .*`look`/)]);
  });
});

describe('a text filmed word for word', () => {
  it('says once that a story may be read as one, and that numbers and times are sent', async () => {
    const story = '"You are late," said the old man.\n\nClara set down the basket.\n\n"I know," she answered.';
    expect((await read(story, 'a.txt')).notes).toEqual([expect.stringContaining('--as prose')]);
    expect((await read('Scene 1: A fox runs.\n\nScene 2: A hen.', 'a.txt')).notes).toEqual([expect.stringMatching(/line 1\).*shots\.csv/)]);
    expect((await read('A fox runs, 4 seconds.\n\n[2-5s] A hen.', 'a.txt')).notes).toHaveLength(1);
    expect((await read('Close-up of Anna. Anna says: "Go."\n\nWide shot. Ben says: "No."', 'a.txt')).notes).toEqual([]);
    expect((await read('A fox.\n\nA hen.', 'a.txt')).notes).toEqual([]);
  });
});

describe('a screenplay in Markdown', () => {
  it('is read as one by its headings and cues, whatever marks stand around them', async () => {
    const script = await read('# Night Watch\n\n### INT. DEN - DAY\n\nA hare sleeps.\n\n**FOX**\n\n*(dreaming)*\n\nNot the hens.\n\n**EXT. YARD - NIGHT**\n\nHens run.\n\nHEN\nHelp!\n', 'watch.md');
    expect(script).toMatchObject({ reading: 'screenplay', format: 'md', origin: '.md' });
    expect(script.shots.map(({ scene, sceneHeading, line, cast, source }) => [scene, sceneHeading, line, cast, source.startLine])).toEqual([
      [1, 'INT. DEN - DAY', undefined, undefined, 3],
      [1, 'INT. DEN - DAY', 'Not the hens.', ['Fox'], 9],
      [2, 'EXT. YARD - NIGHT', undefined, undefined, 13],
      [2, 'EXT. YARD - NIGHT', 'Help!', ['Hen'], 17],
    ]);
  });

  it('is prose when told so, and prose is a screenplay when told so', async () => {
    const text = 'INT. DEN - DAY\n\nA fox.\n\nFOX\nZzz.';
    expect((await read(text, 'a.md', 'prose')).reading).toBe('prose');
    expect((await read('A fox runs.', 'a.md', 'screenplay')).reading).toBe('screenplay');
    expect((await read(text, 'a.fountain', 'prose')).reading).toBe('prose');
  });
});
