import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';
import { readShotList } from './read-shot-list.ts';
import { SHOT_FIELDS } from './shot-fields.ts';
import { WRITTEN_COLUMNS, writeShotList, type ShotListFormat, type WrittenShot } from './write-shot-list.ts';

const FORMATS: readonly ShotListFormat[] = ['csv', 'md', 'json'];

/** Pieces of text that tables, spreadsheets, Markdown or editors do something to. */
const nastyPieces = fc.constantFrom(
  '"', '""', ',', ';', '\t', '\n', '\n\n', '|', '\\|', '\\', '\\\\', '`', '```', '=', '+', '-', '@', '=SUM(A1)', '\'', "'=", "''-", '16:9', '007', '1e5', 'TRUE', '<br>', '<b>', '&amp;', '&', '*', '**x**', '~', '_', '#', '[', ']', '["a"]', '{', '}', 'sep=;', '---', ':-:',
  'ä', 'ß', 'é', 'e\u0301', '🦊', '👩‍👩‍👧', '語', '猫が歩く', 'שלום', 'مرحبا', '\u202e', '\ufeff', '\u200b', '\u00a0', 'prompt', ' ', 'a', 'Anna', '1', '/', '.', '$', '%',
);
const nasty = fc.array(nastyPieces, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join('').trim()).filter((text) => text !== '');
const short = nasty.map((text) => text.slice(0, 60).trim()).filter((text) => text !== '' && !/[\ud800-\udbff]$/.test(text));
const seconds = fc.constantFrom(0.1, 0.25, 1.5, 2, 3.333_333, 1e-7);
const camera = fc.constantFrom<NonNullable<WrittenShot['cameraControl']>>({ type: 'forward_up' }, { type: 'simple', config: { zoom: 5 } }, { type: 'simple', config: { pan: -0.5 } }, { type: 'simple', config: { roll: 2, zoom: 0 } });
const frame = fc.oneof(short.map((text) => `frames/x${text}`).filter((path) => !path.includes('://')), fc.constant('https://example.com/a.png?x=1|2,3'));

const anyShot = fc.record(
  {
    sceneHeading: short,
    prompt: nasty,
    inS: seconds,
    outS: fc.constantFrom(4, 4.5, 5),
    model: fc.constantFrom('2.5-turbo', 'kling-v2-6'),
    mode: fc.constantFrom('std' as const, 'pro' as const, '4k' as const),
    durationS: fc.constantFrom(5, 10),
    aspectRatio: fc.constantFrom('16:9' as const, '9:16' as const, '1:1' as const),
    cameraControl: camera,
    endFrame: frame,
    cast: fc.array(short, { minLength: 1, maxLength: 4 }),
    line: nasty,
    takes: fc.integer({ min: 1, max: 99 }),
    negativePrompt: nasty,
    cfgScale: fc.constantFrom(0, 0.5, 1, 1e-7),
    sound: fc.boolean(),
    notes: nasty,
  },
  { requiredKeys: ['prompt'] },
);
/** Start frame and continuity exclude each other, the first shot continues nothing, and a scene keeps its heading from shot to shot. */
const anyList = fc
  .array(fc.tuple(anyShot, fc.integer({ min: 1, max: 9_999 }), fc.constantFrom('continues', 'frame', 'neither'), frame), { minLength: 1, maxLength: 5 })
  .map((rows): WrittenShot[] => rows.map(([shot, scene, begin, startFrame], index) => ({
    ...shot,
    slate: `S01_SH0${index + 1}`,
    scene,
    ...(begin === 'frame' ? { startFrame } : begin === 'continues' && index > 0 ? { continues: true } : {}),
  })))
  .map((shots) => {
    for (const [index, shot] of shots.entries()) {
      const before = shots[index - 1];
      if (before?.scene === shot.scene && before.sceneHeading !== undefined) shot.sceneHeading ??= before.sceneHeading;
    }
    return shots;
  });

const read = (list: string, format: ShotListFormat) => readShotList(decodeText(Buffer.from(list), 'a list'), `shots.${format}`, { format, origin: `.${format}` })!;
const fieldsOf = (list: string, format: ShotListFormat) => read(list, format).shots.map(({ source: _source, text: _text, place: _place, ...fields }) => fields);

describe.each(FORMATS)('a list written as %s', (format) => {
  it('is read back as the very same shots, whatever is in them', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anyList, (shots) => {
        expect(fieldsOf(writeShotList(shots, format), format)).toEqual(shots.map(({ slate: _slate, ...fields }) => fields));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same list when it is read and written again', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anyList, (shots) => {
        const list = writeShotList(shots, format);
        const again = read(list, format).shots.map((shot, index) => ({ ...shot, slate: shots[index]!.slate }));
        expect(writeShotList(again, format)).toBe(list);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a written table', () => {
  it('has a column for every field but "screen", which says what "out" says', () => {
    expect([...WRITTEN_COLUMNS, 'screen', 'size', 'move'].toSorted()).toEqual(SHOT_FIELDS.map(({ name }) => name).toSorted());
  });

  it('holds no formula for a spreadsheet', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anyList, (shots) => {
        for (const cell of parse(writeShotList(shots, 'csv'), { bom: true }).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
      { numRuns: 50 },
    );
    expect(writeShotList([{ slate: 'S01_SH01', scene: 1, prompt: '=HYPERLINK("http://x")', notes: '-1' }], 'csv').split('\n')[1]).toBe('1,,S01_SH01,"\'=HYPERLINK(""http://x"")",,,,,,,,,,,,,,,,,\'-1');
  });

  it('in Markdown shows only columns that say something', () => {
    expect(writeShotList([{ slate: 'S01_SH01', scene: 1, prompt: 'A fox | a hen.\nThey *talk*.', takes: 2 }], 'md')).toBe(
      '| scene | shot | prompt | takes |\n| --- | --- | --- | --- |\n| 1 | S01_SH01 | A fox \\| a hen.<br>They \\*talk\\*. | 2 |\n',
    );
  });
});

describe('a shot list in Markdown', () => {
  const page = `# The film

Some words about it.

| Scene | **Prompt** | Duration |
|:--|---|--:|
| Lighthouse | A lighthouse \\| in a storm.<br/>Waves. | 5 s |
|  | The beam. |

| who | role |
|---|---|
| Anna | director |

\`\`\`md
| prompt |
|---|
| an example |
\`\`\`

Prompt | Takes
--- | ---
An old keeper. | 2
`;

  it('is every table with a prompt column, and nothing else of the page', () => {
    const script = read(page, 'md');
    expect(script.shots.map(({ prompt, durationS, takes, sceneHeading, source }) => [prompt, durationS, takes, sceneHeading, source.startLine])).toEqual([
      ['A lighthouse | in a storm.\nWaves.', 5, undefined, 'Lighthouse', 7],
      ['The beam.', undefined, undefined, 'Lighthouse', 8],
      ['An old keeper.', undefined, 2, 'Lighthouse', 22],
    ]);
    expect(script).toMatchObject({ reading: 'shot-list', format: 'md', origin: 'a table in .md' });
    expect(script.notes.join(' ')).toContain('not the words around them');
    for (const { source } of script.shots) expect(script.text.slice(source.start, source.end).split('\n')).toHaveLength(1);
  });

  it('names the line of what is wrong', () => {
    const wrong = (table: string) => () => read(table, 'md');
    expect(wrong('| prompt | takes |\n|---|---|\n| A fox. | many |')).toThrow(/line 3, takes: got "many"/);
    expect(wrong('| prompt | takes |\n|---|---|\n| A fox | a hen. | 2 |')).toThrow(/line 3 has 3 cells, but the table names 2 columns/);
    expect(wrong('| prompt | modell |\n|---|---|\n| A fox. | wet |')).toThrow(/modell: is no field/);
    expect(wrong('| prompt | takes |\n|---|---|\n')).toThrow(/lists no shots/);
  });

  it('without such a table is no list', () => {
    for (const prose of ['# Film\n\nA fox.', '| who | role |\n|---|---|\n| Anna | x |', 'prompt | takes\nno line below', '```\n| prompt |\n|---|\n| x |\n```']) {
      expect(read(prose, 'md')).toBeUndefined();
    }
  });
});

describe('seconds on screen', () => {
  const list = (shot: object, defaults: object = {}) => read(JSON.stringify({ defaults, shots: [{ prompt: 'a', ...shot }] }), 'json').shots[0]!;

  it('are "out" said from "in" on', () => {
    expect(list({ screen: 1.5 })).toMatchObject({ outS: 1.5 });
    expect(list({ in: 0.1, 'time on screen': 0.2 })).toMatchObject({ inS: 0.1, outS: 0.3 });
    expect(list({ onScreen: 2 }, { out: 4 })).toMatchObject({ outS: 2 });
    expect(list({ out: 3 }, { screen: 4 })).toMatchObject({ outS: 3 });
    expect(read('prompt,screen\na,"2,5 s"', 'csv').shots[0]).toMatchObject({ outS: 2.5 });
    expect(list({ screen: 1.5 }).text).toBe(list({ out: 1.5 }).text);
  });

  it('are refused beside "out", and beyond the clip', () => {
    expect(() => list({ screen: 1, out: 2 })).toThrow(/shot 1, screen: got 1, but "out" \(2\) says when the shot ends already/);
    expect(() => list({ screen: 6, duration: 5 })).toThrow(/shot 1, screen: got 6, but the clip has only 5 s/);
    expect(() => list({ screen: 4, in: 2, duration: 5 })).toThrow(/shot 1, screen: got 4 from 2 s on, but the clip has only 5 s/);
    expect(() => list({ screen: 0 })).toThrow(/screen: got 0, takes a number of seconds above 0/);
  });
});
