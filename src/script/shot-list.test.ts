import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { decodeText } from './decode-text.ts';
import { JsonScanError, jsonValueOf, scanJson } from './json-scan.ts';
import { readShotList } from './read-shot-list.ts';
import { SHOT_FIELDS } from './shot-fields.ts';

const read = (content: string, name = 'shots.json') => readShotList(decodeText(new TextEncoder().encode(content), name), name, { format: name.endsWith('.csv') ? 'csv' : 'json', origin: name })!;
const shots = (content: string, name?: string) => read(content, name).shots.map(({ source: _source, text: _text, place: _place, ...fields }) => fields);

function refusal(content: string, name?: string): StudioError {
  try {
    read(content, name);
  } catch (error) {
    if (StudioError.is(error)) return error;
    throw error;
  }
  throw new Error('was read, not refused');
}

const FULL = {
  prompt: 'A lighthouse in a storm.',
  negative: 'people',
  model: '2.5-turbo',
  mode: 'Pro',
  duration: 10,
  aspect: '9:16',
  cfg: 0.5,
  sound: false,
  camera: 'zoom 5',
  startFrame: 'frames/lighthouse.png',
  endFrame: 'https://example.com/end.jpg',
  in: 0.5,
  out: 4,
  takes: 2,
  scene: 3,
  heading: 'Harbour',
  line: 'Hold on!',
  cast: 'Anna, Ben',
  shot: '3A',
  notes: 'the long one',
};
const FULL_READ = {
  scene: 3,
  sceneHeading: 'Harbour',
  prompt: 'A lighthouse in a storm.',
  negativePrompt: 'people',
  model: '2.5-turbo',
  mode: 'pro',
  durationS: 10,
  aspectRatio: '9:16',
  cfgScale: 0.5,
  sound: false,
  cameraControl: { type: 'simple', config: { zoom: 5 } },
  startFrame: 'frames/lighthouse.png',
  endFrame: 'https://example.com/end.jpg',
  inS: 0.5,
  outS: 4,
  takes: 2,
  line: 'Hold on!',
  cast: ['Anna', 'Ben'],
  notes: 'the long one',
};

function csvOf(rows: readonly (readonly string[])[], delimiter = ',', lineEnd = '\n'): string {
  return rows.map((row) => row.map((cell) => (/[",;\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)).join(lineEnd);
}

describe('a shot list in JSON', () => {
  it('says everything about a shot', () => {
    expect(shots(JSON.stringify([FULL]))).toEqual([FULL_READ]);
    // A shot that continues has no start frame, and seconds on screen are another word for "out", size and move go into the prompt: they are read elsewhere.
    expect([...Object.keys(FULL), 'continues', 'screen', 'size', 'move'].toSorted()).toEqual(SHOT_FIELDS.map((field) => field.name).toSorted());
  });

  it('takes a shot that continues the one before it; "false" is the same as nothing', () => {
    const [first, second, third] = read('prompt,continues\nA fox.,no\nIt runs.,yes\nIt rests.,', 'shots.csv').shots;
    expect([first!.continues, second!.continues, third!.continues]).toEqual([undefined, true, undefined]);
    const [plain, said] = read('[{"prompt":"a"},{"prompt":"a","continues":false}]').shots;
    expect(said!.text).toBe(plain!.text);
  });

  it('takes defaults, which a shot overrides, and shots that are only their prompt', () => {
    const list = { defaults: { model: '2.6', duration: 5, startFrame: 'a.png' }, shots: ['A fox.', { prompt: 'A hen.', duration: 10 }] };
    expect(shots(JSON.stringify(list))).toEqual([
      { scene: 1, prompt: 'A fox.', model: '2.6', durationS: 5, startFrame: 'a.png' },
      { scene: 1, prompt: 'A hen.', model: '2.6', durationS: 10, startFrame: 'a.png' },
    ]);
  });

  it('counts scenes by number or by heading', () => {
    const scene = (content: unknown[]) => shots(JSON.stringify(content)).map((shot) => [shot.scene, shot.sceneHeading]);
    expect(scene([{ prompt: 'a' }, { prompt: 'b', scene: 2 }, { prompt: 'c' }, { prompt: 'd', scene: 1 }])).toEqual([[1, undefined], [2, undefined], [2, undefined], [1, undefined]]);
    expect(scene([{ prompt: 'a', scene: 'Kitchen' }, { prompt: 'b', scene: 'Kitchen' }, { prompt: 'c' }, { prompt: 'd', scene: 'Street' }])).toEqual([
      [1, 'Kitchen'],
      [1, 'Kitchen'],
      [1, 'Kitchen'],
      [2, 'Street'],
    ]);
  });

  it.each([
    ['a move by its name', 'forward_up', { type: 'forward_up' }],
    ['an axis with an amount', 'pan -3', { type: 'simple', config: { pan: -3 } }],
    ['Kling\'s own shape', { type: 'simple', config: { roll: 2, zoom: 0 } }, { type: 'simple', config: { roll: 2, zoom: 0 } }],
  ])('reads a camera as %s', (_, camera, expected) => {
    expect(shots(JSON.stringify([{ prompt: 'a', camera }]))[0]!.cameraControl).toEqual(expected);
  });

  it('points at each shot in the file', () => {
    const content = '{\n "shots": [\n  {"prompt": "A fox."},\n\n  {"prompt":\n   "A hen."}\n ]\n}';
    const script = read(content);
    expect(script.shots.map(({ source }) => content.slice(source.start, source.end))).toEqual(['{"prompt": "A fox."}', '{"prompt":\n   "A hen."}']);
    expect(script.shots.map(({ source }) => [source.startLine, source.endLine])).toEqual([[3, 3], [5, 6]]);
  });

  it('gives equal shots equal words however they are written, and other words when anything changes', () => {
    const [a, b, c] = read('[{"prompt":"A fox.","duration":5},{"Duration": 5.0, "prompt":"A fox. "},{"prompt":"A fox.","duration":10}]').shots;
    expect(a!.text).toBe(b!.text);
    expect(a!.text).not.toBe(c!.text);
  });

  it('gives a shot the words it was stored under by earlier versions, or every film of a list would be planned anew', () => {
    expect(read(JSON.stringify([FULL])).shots[0]!.text).toBe(
      '{"aspectRatio":"9:16","cameraControl":{"config":{"zoom":5},"type":"simple"},"cast":["Anna","Ben"],"cfgScale":0.5,"durationS":10,"endFrame":"https://example.com/end.jpg","inS":0.5,"line":"Hold on!","mode":"pro","model":"2.5-turbo","negativePrompt":"people","outS":4,"prompt":"A lighthouse in a storm.","scene":3,"sceneHeading":"Harbour","sound":false,"startFrame":"frames/lighthouse.png","takes":2}',
    );
  });

  it('keeps notes, which make no other shot of it', () => {
    const [plain, noted, numbered] = read('[{"prompt":"A fox."},{"prompt":"A fox.","notes":" the long one\\u0007 "},{"prompt":"A fox.","notes":7}]').shots;
    expect([plain!.notes, noted!.notes, numbered!.notes]).toEqual([undefined, 'the long one', '7']);
    expect(new Set([plain!.text, noted!.text, numbered!.text]).size).toBe(1);
  });

  it.each<[string, unknown, RegExp]>([
    ['unknown field', { prompt: 'a', promt: 'b' }, /shot 1, promt: is no field of a shot; did you mean "prompt"\?/],
    ['no prompt', { model: '2.6' }, /shot 1, prompt: is missing/],
    ['blank prompt', { prompt: ' ' }, /shot 1, prompt: got " ", takes words/],
    ['a prompt with a control character', { prompt: 'a\u0007' }, /prompt: got "a\\u0007"/],
    ['a text for a number', { prompt: 'a', duration: 'five' }, /duration: got "five", takes a number of seconds from 1 to 60/],
    ['too long', { prompt: 'a', duration: 61 }, /duration: got 61/],
    ['unknown mode', { prompt: 'a', mode: 'ultra' }, /mode: got "ultra", takes "std", "pro" or "4k"/],
    ['unknown shape', { prompt: 'a', aspect: '4:3' }, /aspect: got "4:3"/],
    ['cfg beyond 1', { prompt: 'a', cfg: 1.1 }, /cfg: got 1.1/],
    ['a word for sound', { prompt: 'a', sound: 'yes' }, /sound: got "yes"/],
    ['two camera moves at once', { prompt: 'a', camera: { type: 'simple', config: { pan: 1, zoom: 1 } } }, /camera: got/],
    ['a camera beyond its range', { prompt: 'a', camera: 'zoom 11' }, /camera: got "zoom 11"/],
    ['a frame over http', { prompt: 'a', startFrame: 'http://example.com/a.png' }, /startFrame: got "http:/],
    ['a frame as data', { prompt: 'a', endFrame: 'data:image/png;base64,AAAA' }, /endFrame: got "data:/],
    ['a frame as file URL', { prompt: 'a', endFrame: 'file:///etc/passwd' }, /endFrame: got "file:/],
    ['no take', { prompt: 'a', takes: 0 }, /takes: got 0/],
    ['half a take', { prompt: 'a', takes: 1.5 }, /takes: got 1.5/],
    ['out before in', { prompt: 'a', in: 3, out: 2 }, /out: got 2, must come after "in" \(3\)/],
    ['out beyond the clip', { prompt: 'a', duration: 5, out: 6 }, /out: got 6, must lie within the clip of 5 s/],
    ['a first shot that continues', { prompt: 'a', continues: true }, /shot 1, continues: is the first shot/],
    ['a shot that continues and has a start frame', { prompt: 'a', continues: true, startFrame: 'a.png' }, /shot 1, continues: .*cannot begin with "startFrame" \("a.png"\)/],
    ['a word for continues', { prompt: 'a', continues: 'perhaps' }, /continues: got "perhaps", takes true or false/],
    ['the same said twice', { prompt: 'a', negative: 'x', negativePrompt: 'y' }, /negativePrompt: says the same as "negative"/],
    ['null', { prompt: 'a', model: null }, /model: got null/],
  ])('refuses %s', (_, shot, message) => {
    expect(refusal(JSON.stringify([shot]))).toMatchObject({ code: 'SCRIPT_SHOTS_INVALID', message: expect.stringMatching(message) as string });
  });

  it('says everything that is wrong at once, the first ten in words and all in detail', () => {
    const error = refusal(JSON.stringify({ defaults: { prompt: 'x' }, shots: Array.from({ length: 14 }, (_, shot) => ({ prompt: 'a', takes: -shot })) }));
    expect(error.detail['problems']).toHaveLength(15);
    expect(error.message.split('\n')).toHaveLength(12);
    expect(error.message).toContain('15 things');
    expect(error.message).toContain('defaults, prompt: cannot be a default');
    expect(error.message).toContain('... and 5 more');
  });

  it('says once what is wrong alike in many shots, and with how many', () => {
    const wrongColumn = refusal(['prompt,durration,takes', ...Array.from({ length: 40 }, (_, row) => `A fox.,5,${row === 20 ? 'many' : 1}`)].join('\n'), 'shots.csv');
    expect(wrongColumn.message.split('\n')).toEqual([
      'shots.csv has 2 things to put right:',
      '  row 2 and 39 more rows, durration: is no field of a shot; did you mean "duration"?',
      '  row 22, takes: got "many", takes a whole number from 1 to 99',
    ]);
    expect(wrongColumn.detail['problems']).toHaveLength(41);
    expect(refusal('prompt,wether,modell\nA fox.,wet,x\nA hen.,dry,x', 'shots.csv').message).toContain('shots.csv has one thing to put right:\n  row 2 and 1 more row, modell: is no field');
    const inDefaultsToo = refusal(JSON.stringify({ defaults: { mode: 'ultra' }, shots: [{ prompt: 'a', mode: 'ultra' }, { prompt: 'b', mode: 'ultra' }] }));
    expect(inDefaultsToo.message.split('\n').slice(1)).toEqual([expect.stringContaining('  defaults, mode: got "ultra"'), expect.stringContaining('  shot 1 and 1 more shot, mode: got "ultra"')]);
  });

  it.each([
    ['{"shots": [\n {"prompt": "a"},\n]}', 'line 3, column 1: there is a comma before "]"'],
    ['[{"prompt": \'a\'}]', 'line 1, column 13'],
    ['[{"prompt": "a"}', 'line 1, column 17: found the end of the file'],
    ['[{"prompt": "a\nb"}]', 'runs over the end of its line'],
    ['[{"prompt": "a", "prompt": "b"}]', '"prompt" is given twice'],
    ['[{"prompt": "C:\\fox"}]'.replace('\\f', '\\x'), 'write a backslash'],
    ['[] []', 'after the end of the list'],
    ['['.repeat(100), 'more than 64 levels'],
    ['"a"', 'is no shot list'],
    ['{"scenes": []}', '"scenes"'],
    ['{"shots": {}}', '"shots" is not a list'],
    ['{}', 'no "shots"'],
    ['[1]', 'shot 1 is 1'],
    ['{"defaults": "x", "shots": ["a"]}', '"defaults" is "x"'],
  ])('says where %j is no shot list', (content, message) => {
    expect(refusal(content)).toMatchObject({ code: 'SCRIPT_BAD_JSON', message: expect.stringContaining(message) as string });
  });

  it('refuses a list of nothing', () => {
    expect(refusal('[]').code).toBe('SCRIPT_EMPTY');
    expect(refusal('prompt,model\n,\n', 'a.csv').code).toBe('SCRIPT_EMPTY');
  });
});

describe('reading JSON with positions', () => {
  it('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(jsonValueOf(scanJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const broken = fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '\\', '\n', '0', '-', 'e', 'tru')).map(([json, at, insert]) => {
      const index = at % (json.length + 1);
      return json.slice(0, index) + insert + json.slice(index + (insert === '' ? 1 : 0));
    });
    fc.assert(
      fc.property(broken, (text) => {
        const theirs = (() => {
          try {
            return { value: JSON.parse(text) as unknown };
          } catch {
            return undefined;
          }
        })();
        try {
          expect({ value: jsonValueOf(scanJson(text)) }).toEqual(theirs);
        } catch (error) {
          if (!(error instanceof JsonScanError)) throw error;
          if (!/twice|larger number/.test(error.message)) expect(theirs).toBeUndefined();
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a shot list as a table', () => {
  it('takes the columns of the trade, and keeps what nobody knows as notes that are not sent', () => {
    const table = 'Shot #,Scene,Size,Move,Action,Dialogue,Dur (s),Lens,Sound,Notes\n1A,Kitchen,WS,static,A cook kneads.,,5,50 mm,a bell rings,soft\n1B,Kitchen,,push in,"Close-up, her hands.",BOY: Me!,10,,rain,';
    const script = read(table, 'shots.csv');
    expect(script.shots.map(({ prompt, durationS, line, notes }) => [prompt, durationS, line, notes])).toEqual([
      ['Wide shot, static camera. A cook kneads.', 5, undefined, 'soft\nLens: 50 mm\nSound: a bell rings'],
      ['Push in. Close-up, her hands.', 10, 'BOY: Me!', 'Sound: rain'],
    ]);
    expect(script.notes).toEqual(['Kept as notes and not sent to Kling, because a shot has no such field: the columns "Lens", "Sound".']);
    // Columns that only begin like one of ours are no slips of it, and props are no prompt.
    expect(read('prompt,INT/EXT,Intention,Outfit,Props\nA fox.,EXT,calm,,a hat', 'shots.csv').shots[0]!.notes).toBe('INT/EXT: EXT\nIntention: calm\nProps: a hat');
  });

  it('takes a camera in words for a move, and refuses a slip in one of ours', () => {
    expect(read('prompt,camera\nA fox.,slow pan left\nA hen.,', 'shots.csv').shots.map(({ prompt }) => prompt)).toEqual(['Slow pan left. A fox.', 'A hen.']);
    expect(refusal('prompt,camera\nA fox.,zoom 11', 'shots.csv').message).toContain('camera: got "zoom 11"');
    expect(refusal('prompt,sound\nA fox.,perhaps', 'shots.csv').message).toContain('sound: got "perhaps"');
  });

  it('says everything about a shot, like JSON', () => {
    const table = csvOf([Object.keys(FULL), Object.values(FULL).map((value) => (value === false ? 'no' : String(value)))]);
    expect(shots(table, 'shots.csv')).toEqual([FULL_READ]);
  });

  it('reads any words from its cells, whatever parts them', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '"', "'", ',', ';', '\t', '\n', 'ä', '語', '🦊'), maxLength: 12 }).map((text) => `x${text}x`);
    const lineEnd = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), fc.constantFrom(',', ';', '\t'), lineEnd, fc.boolean(), fc.boolean(), (rows, delimiter, end, bom, lastEnd) => {
        const table = `${bom ? '\ufeff' : ''}${csvOf([['Prompt', 'Negative prompt'], ...rows], delimiter, end)}${lastEnd ? end : ''}`;
        const script = read(table, 'shots.csv');
        expect(script.shots.map((shot) => [shot.prompt, shot.negativePrompt])).toEqual(rows);
        for (const { source, prompt } of script.shots) expect(script.text.slice(source.start, source.end)).toContain(prompt.replaceAll('"', '""'));
      }),
    );
  });

  it('knows its columns in any spelling, and what spreadsheets do to values', () => {
    const table = 'sep=;\nPROMPT;Start_frame;aspect ratio;CFG;Duration;Sound;Takes;;\nA fox.;frames\\a.png;16:09:00;0,5;5 s;TRUE;2;;\n;;;;;;;;\nA hen.;;;;;;;;';
    expect(shots(table, 'shots.csv')).toEqual([
      { scene: 1, prompt: 'A fox.', startFrame: 'frames\\a.png', aspectRatio: '16:9', cfgScale: 0.5, durationS: 5, sound: true, takes: 2 },
      { scene: 1, prompt: 'A hen.' },
    ]);
  });

  it('counts rows as a spreadsheet does', () => {
    expect(refusal('prompt,takes\n"two\nlines",1\n\nb,many', 'shots.csv').message).toContain('row 4, takes: got "many", takes a whole number');
    expect(read('prompt,takes\n"two\nlines",1\n\nb,2', 'shots.csv').shots.map(({ source }) => [source.startLine, source.endLine])).toEqual([[2, 3], [5, 5]]);
  });

  it.each([
    ['A fox.\nA hen.', 'must name the columns'],
    ['prompt,model\n"A fox', 'never closed'],
    ['prompt\nA "big" fox', 'inside a cell'],
    ['prompt\n"A" fox', 'follow the closing quote'],
    ['takes,prompt\nmany,A fox,red,x', 'row 2 (line 2) has 4 cells'],
  ])('says what is wrong with %j', (table, message) => {
    expect(refusal(table, 'shots.csv')).toMatchObject({ code: 'SCRIPT_BAD_CSV', message: expect.stringContaining(message) as string });
  });

  it.each([
    ['behind the last column', 'prompt,model\nA fox, red,2.6', '"A fox, red"'],
    ['that shifts cells into columns that do not take them', 'scene,prompt,duration,model,mode,aspect,line,notes\nA,A dog runs, barks, and jumps,5,2.5-turbo,std,16:9,Woof,', '"A dog runs, barks, and jumps"'],
    ['that leaves one wrong cell only', 'scene,prompt,duration,model,line\nA,A dog runs, barks,5,2.5-turbo', '"A dog runs, barks"'],
    ['of a table with semicolons', 'prompt;takes;mode\nHe waits; she nods;2;pro', '"He waits; she nods"'],
  ])('calls a delimiter in a cell without quotes by its name, once: %s', (_, table, cell) => {
    const { code, message } = refusal(table, 'shots.csv');
    expect({ code, lines: message.split('\n').length }).toEqual({ code: 'SCRIPT_SHOTS_INVALID', lines: 2 });
    expect(message).toMatch(/\n {2}row 2, prompt: has a (?:comma|semicolon) in it/);
    expect(message).toContain(`put the cell in quotes: ${cell}`);
  });

  it.each([
    ['scene,prompt,line,notes\n1,Mara runs,Go, now!', 'line: seems to go on behind a comma, in notes; put the cell in quotes: "Go, now!"'],
    ['prompt,duration,line,cast\nA,5,Yes, Mara', 'line: seems to go on behind a comma, in cast; put the cell in quotes: "Yes, Mara"'],
    ['prompt;line;notes\nA;Go; now!', 'line: seems to go on behind a semicolon'],
    ['scene,heading,prompt,notes\n1,INT. KITCHEN - DAY,Mara runs, turns', 'prompt: seems to go on'],
  ])('finds words that a delimiter parts although each piece fits: %j', (table, message) => {
    expect(refusal(table, 'shots.csv').message).toContain(message);
  });

  it('takes blanks behind delimiters for the way a table is written, where it has them everywhere', () => {
    expect(shots('prompt, line, notes\nMara runs, Go!, fast\nA fox, , at dusk', 'shots.csv')).toMatchObject([{ line: 'Go!', notes: 'fast' }, { notes: 'at dusk' }]);
    expect(shots('prompt,line\nMara runs, Go!', 'shots.csv')).toMatchObject([{ line: 'Go!' }]);
    expect(shots('scene,prompt,line\n1,"Mara runs, turns","Go, now!"', 'shots.csv')).toMatchObject([{ line: 'Go, now!' }]);
  });

  it('says of a cell that is only wrong what it takes, whatever commas stand beside it', () => {
    expect(refusal('scene,prompt,duration,line\nA,A dog runs,five,', 'shots.csv').message).toContain('row 2, duration: got "five"');
    expect(refusal('scene,prompt,duration,line\nA, A dog runs, five,', 'shots.csv').message).toContain('row 2, duration: got "five"');
  });

  it('refuses what is on screen for less than a picture, and a number beyond all counting, as they were written', () => {
    expect(refusal('prompt,in,out,screen\nA,,0.001,\nB,2,2.01,\nC,,,0.01', 'shots.csv').message.split('\n').slice(1)).toEqual([
      '  row 2, out: got 0.001; a shot is on screen for at least 0.04 s, a single picture',
      '  row 3, out: got 2.01, 0.01 s after "in"; a shot is on screen for at least 0.04 s, a single picture',
      '  row 4, screen: got 0.01; a shot is on screen for at least 0.04 s, a single picture',
    ]);
    expect(shots('prompt,out\nA,0.04', 'shots.csv')).toMatchObject([{ outS: 0.04 }]);
    expect(refusal('prompt,duration\nA,1e309 s', 'shots.csv').message).toContain('duration: got "1e309 s", takes a number');
    expect(refusal('[{"prompt":"A","duration":1e309}]', 'shots.json').message).toContain('line 1, column 27: 1e309 is a larger number than can be counted with');
  });

  it('refuses a column with a slip in its name, once for each row, with the nearest', () => {
    expect(refusal('prompt,durration\nA fox.,5', 'shots.csv')).toMatchObject({ code: 'SCRIPT_SHOTS_INVALID', message: expect.stringContaining('did you mean "duration"') as string });
    expect(refusal('prompt,durration\nA fox.,', 'shots.csv').code).toBe('SCRIPT_SHOTS_INVALID');
  });
});

describe('the line of a shot', () => {
  it('has its speaker where it begins with a name in capitals, or one that the shot has', () => {
    const said = (line: string, prompt = 'A boy peers over the table edge.') => shots(JSON.stringify([{ prompt, line }]))[0];
    expect(said('BOY: Can I do one?')).toMatchObject({ line: 'BOY: Can I do one?', speeches: [{ speaker: 'Boy', kind: 'spoken', text: 'Can I do one?' }] });
    expect(said('MARA (V.O.): I waited.\nTOM: "Why?"')?.speeches).toEqual([{ speaker: 'Mara', kind: 'vo', text: 'I waited.' }, { speaker: 'Tom', kind: 'spoken', text: 'Why?' }]);
    expect(said('Mara: Now.', 'Mara waits.')?.speeches).toMatchObject([{ speaker: 'Mara' }]);
    expect(said('Remember: never trust a cat.')?.speeches).toBeUndefined();
  });
});
