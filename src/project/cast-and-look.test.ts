import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprintOf } from '../generation/fingerprint.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { StudioError } from '../lib/errors.ts';
import type { CastRecord, Look } from '../protocol/cast-and-look.ts';
import { pngBase64 } from '../sandbox/sandbox-under-test.ts';
import { openStore, type Store } from '../store/index.ts';
import { whoIsIn, composePrompt, sentWith } from './compose-prompt.ts';
import { keepFrames } from './frames.ts';
import { planProject, type FilmPlan, type PlanRequest } from './plan-project.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cast-'));
  store = await openStore({ home: join(folder, 'home') });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const STORY = 'Anna opens the door.\n\nThe street, empty.\n\nBEN waits for Anna\'s train.';
const RECORDS = { cast: { Anna: { words: 'a woman of forty, green coat' }, Ben: { words: 'a tall man.' } }, look: { style: 'noir', lens: '35 mm' } };

async function plan(content = STORY, more: Partial<PlanRequest> = {}, name = 'story.txt'): Promise<FilmPlan> {
  return await planProject(store, { script: { name, path: join(folder, name), bytes: Buffer.from(content) }, ...more });
}

const beside = async (content: unknown, name = 'story.cast.json') => await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

async function save(planned: FilmPlan): Promise<void> {
  const project = planned.project ?? (await store.projects.createProject({ name: planned.projectName, engine: 'sandbox' }));
  await store.projects.updateProject(project.id, { filmSettings: planned.filmSettings });
  await store.projects.savePromptList(project.id, planned.shots, planned);
}

const changes = (planned: FilmPlan) => planned.shots.map(({ change }) => change);
const sent = (planned: FilmPlan) => planned.shots.map(({ settings }) => settings.prompt);
const refusal = async (work: Promise<unknown>) => await work.then(() => expect.fail('was planned, not refused'), (error: unknown) => error as StudioError);

describe('a film without cast and look', () => {
  it('has the settings and the fingerprints it always had, also where it was planned by an earlier version', async () => {
    const planned = await plan('A boat at dawn');
    expect(canonicalJson(planned.shots[0]!.settings)).toBe('{"aspectRatio":"16:9","durationS":5,"kind":"text2video","mode":"std","model":"kling-v2-5-turbo","prompt":"A boat at dawn","sound":false}');
    expect(fingerprintOf(planned.shots[0]!.settings, 'kling', 1)).toBe('be0a3aab6fc6c5903d8fa0abc120a0acda284ff9d2b2a595fafad785facc56a9');
    // As an earlier version saved it: no words of its own beside the settings, no cast.
    const project = await store.projects.createProject({ name: planned.projectName, engine: 'kling' });
    const { text, startLine, endLine, settings } = planned.shots[0]!;
    await store.projects.savePromptList(project.id, [{ sceneNumber: 1, text, startLine, endLine, settings, inS: 0, takesWanted: 1 }]);
    const again = await plan('A boat at dawn');
    expect(again.shots[0]).toMatchObject({ change: 'kept', prompt: 'A boat at dawn', sentWith: [] });
    expect(again.shots[0]?.settings).toEqual(settings);
    expect(again.notes).toEqual([]);
  });

  it('keeps them with names that have no records, and with records that have no words', async () => {
    const list = JSON.stringify({ cast: { Anna: { colour: '#c33' } }, shots: [{ prompt: 'Anna waits.', cast: ['Anna', 'Zoe'] }] });
    const planned = await plan(list, {}, 'list.json');
    expect(planned.shots[0]).toMatchObject({ cast: ['Anna', 'Zoe'], sentWith: [], settings: { prompt: 'Anna waits.' } });
    expect(planned.castAndLook.cast).toEqual([{ name: 'Anna', colour: '#cc3333' }]);
  });
});

describe('cast and look', () => {
  it('go with every shot that carries them, and the shot keeps its own words', async () => {
    await beside(RECORDS);
    const planned = await plan();
    expect(sent(planned)).toEqual([
      'Anna opens the door.\n\nAnna: a woman of forty, green coat.\nStyle: noir. Lens: 35 mm.',
      'The street, empty.\n\nStyle: noir. Lens: 35 mm.',
      "BEN waits for Anna's train.\n\nAnna: a woman of forty, green coat.\nBen: a tall man.\nStyle: noir. Lens: 35 mm.",
    ]);
    expect(planned.shots.map(({ prompt, cast, sentWith: whose }) => [prompt, cast, whose])).toEqual([
      ['Anna opens the door.', ['Anna'], ['Anna', 'look']],
      ['The street, empty.', undefined, ['look']],
      ["BEN waits for Anna's train.", ['Anna', 'Ben'], ['Anna', 'Ben', 'look']],
    ]);
    await save(planned);
    const [first, second] = await store.projects.loadPromptList((await store.projects.listProjects())[0]!.id);
    expect(first).toMatchObject({ prompt: 'Anna opens the door.', cast: ['Anna'], text: 'Anna opens the door.', settings: planned.shots[0]!.settings });
    expect(second).not.toHaveProperty('cast');
    expect((await store.projects.listProjects())[0]?.castAndLook).toEqual({ cast: [{ name: 'Anna', words: 'a woman of forty, green coat' }, { name: 'Ben', words: 'a tall man.' }], look: { style: 'noir', lens: '35 mm' } });
    const again = await plan();
    expect(changes(again)).toEqual(['kept', 'kept', 'kept']);
    expect(again.notes).toEqual([]);
  });

  it('that change, change exactly the shots that carry them, whose other settings stay', async () => {
    await beside(RECORDS);
    await save(await plan(STORY, { model: '1.6-pro' }));
    await beside({ ...RECORDS, cast: { ...RECORDS.cast, Ben: { words: 'a short man', colour: '#00f' } } });
    const changed = await plan();
    expect(changes(changed)).toEqual(['kept', 'kept', 'edited']);
    expect(changed.shots[2]?.settings).toMatchObject({ model: 'kling-v1-6', mode: 'pro', prompt: expect.stringContaining('Ben: a short man.') as string });
    expect(changed.notes.join(' ')).toContain('what is sent for S01_SH03; what is not there yet is filmed anew.');
    // A colour or the order of the records changes no picture.
    await beside({ look: RECORDS.look, cast: { Ben: { ...RECORDS.cast.Ben, colour: '#00f' }, Anna: RECORDS.cast.Anna } });
    expect(changes(await plan())).toEqual(['kept', 'kept', 'kept']);
    await beside({ ...RECORDS, look: { style: 'noir' } });
    expect(changes(await plan())).toEqual(['edited', 'edited', 'edited']);
  });

  it('are saved with their shots or not at all: what breaks off in between leaves the old plan whole', async () => {
    await beside(RECORDS);
    await save(await plan());
    const project = (await store.projects.listProjects())[0]!;
    const before = { project, shots: await store.projects.loadPromptList(project.id) };
    await beside({ look: { style: 'comedy' } });
    const changed = await plan();
    const broken = changed.shots.with(2, { ...changed.shots[2]!, text: null as unknown as string });
    await expect(store.projects.savePromptList(project.id, broken, changed)).rejects.toThrow(/constraint/i);
    expect({ project: await store.projects.getProject(project.id), shots: await store.projects.loadPromptList(project.id) }).toEqual(before);
  });

  it('that go away leave the shots with their own words, and say so', async () => {
    await beside(RECORDS);
    await save(await plan());
    await rm(join(folder, 'story.cast.json'));
    const without = await plan();
    expect(sent(without)).toEqual(STORY.split('\n\n'));
    expect(changes(without)).toEqual(['edited', 'edited', 'edited']);
    expect(without.notes.join(' ')).toContain('has none now');
  });

  it('are read from the file that --cast named, then and from then on; "none" goes without, also from then on', async () => {
    await beside(RECORDS);
    await mkdir(join(folder, 'people'));
    await beside({ look: { light: 'low' } }, 'people/other.json');
    await save(await plan(STORY, { castFile: join(folder, 'people/other.json') }));
    expect(sent(await plan())[1]).toBe('The street, empty.\n\nLight: low.');
    await rm(join(folder, 'people/other.json'));
    const gone = await plan();
    expect(sent(gone)[1]).toBe('The street, empty.\n\nLight: low.');
    expect(gone.notes.join(' ')).toContain('is not there any more; cast and look are as they were');
    await save(await plan(STORY, { castFile: 'none' }));
    expect(sent(await plan())).toEqual(STORY.split('\n\n'));
    expect(await refusal(plan(STORY, { castFile: join(folder, 'nowhere.json') }))).toMatchObject({ code: 'CAST_MISSING' });
    await mkdir(join(folder, 'folder.json'));
    expect(await refusal(plan(STORY, { castFile: join(folder, 'folder.json') }))).toMatchObject({ code: 'CAST_UNREADABLE', message: expect.stringContaining('it is a folder') as string });
  });

  it('stand in a list or in a file beside it, not in both', async () => {
    const list = JSON.stringify({ ...RECORDS, shots: ['Anna opens the door.'] });
    expect(sent(await plan(list, {}, 'list.json'))[0]).toContain('Anna: a woman');
    await beside(RECORDS, 'list.cast.json');
    expect(await refusal(plan(list, {}, 'list.json'))).toMatchObject({ code: 'CAST_TWICE' });
  });

  it('keep their pictures by content, though no model takes them, and no picture is another clip', async () => {
    await writeFile(join(folder, 'anna.png'), Buffer.from(pngBase64(400, 300), 'base64'));
    await beside({ cast: { Anna: { words: 'a woman', pictures: 'anna.png' } } });
    const planned = await plan();
    expect(planned.castAndLook.cast[0]?.pictures).toMatchObject([{ path: join(folder, 'anna.png'), frame: { format: 'png', name: 'anna.png' } }]);
    await keepFrames(join(folder, 'frames'), planned.frames);
    expect(await readdir(join(folder, 'frames'))).toHaveLength(1);
    await save(planned);
    await rm(join(folder, 'anna.png'));
    const again = await plan();
    expect(changes(again)).toEqual(['kept', 'kept', 'kept']);
    expect(again.castAndLook).toEqual(planned.castAndLook);
    await beside({ cast: { Anna: { words: 'a woman' } } });
    expect(changes(await plan())).toEqual(['kept', 'kept', 'kept']);
  });

  it('too long for the model are refused with the shot, and with how much of it is whose', async () => {
    await beside({ cast: { Anna: 'x'.repeat(1000) }, look: { style: 'y'.repeat(300) } });
    const error = await refusal(plan(`Anna ${'z'.repeat(1500)}\n\nA street.`));
    expect(error).toMatchObject({ code: 'SHOTS_REFUSED', message: expect.stringMatching(/S01_SH01 \(line 1\): the prompt has 28\d\d characters and 2\.5-turbo takes 2500: 1505 are its own, 13\d\d those of cast and look; shorten it by 3\d\d/) as string });
    expect(error.message).not.toContain('S01_SH02');
    // Also where only the cast grew, and the shot is as it was.
    await beside({ cast: { Anna: 'x' } });
    await save(await plan(`Anna ${'z'.repeat(2000)}`));
    await beside({ cast: { Anna: 'x'.repeat(900) } });
    expect(await refusal(plan(`Anna ${'z'.repeat(2000)}`))).toMatchObject({ code: 'SHOTS_REFUSED' });
  });

  it('say slips in names, and who is in no shot', async () => {
    await beside({ cast: { Anna: 'a woman', Ben: 'a man' } }, 'list.cast.json');
    const { notes } = await plan(JSON.stringify([{ prompt: 'A door.', cast: 'Ana' }, { prompt: 'anna waits.' }]), {}, 'list.json');
    expect(notes).toEqual(['S01_SH01 names Ana, who has no record in the cast; did you mean Anna?', 'In no shot: Anna, Ben.']);
  });

  it('are refused whole, with everything that is wrong at once, and nothing is saved', async () => {
    await writeFile(join(folder, 'letter.png'), 'Dear grandmother');
    const wrong = {
      cast: {
        'A, B': {},
        Anna: { words: 5, colour: 'red', pictures: [], wrods: 'x' },
        ' ANNA': 'x'.repeat(1001),
        Ben: 7,
      },
      look: { lense: '35 mm', light: '' },
      crew: {},
    };
    await beside(wrong);
    const error = await refusal(plan());
    expect(error).toMatchObject({ code: 'CAST_INVALID' });
    expect(error.detail['problems']).toHaveLength(11);
    for (const words of ['"crew": is not known here', '"A, B": is no name', 'cast, Anna, words: got 5', 'colour: got "red", takes a colour such as', 'pictures: got [], takes 1 to 7', '"wrods": is not known here; did you mean "words"?', '" ANNA": is the same name as "Anna"', 'Ben, record: got 7', 'look, "lense": is not known here; did you mean "lens"?']) {
      expect(error.message).toContain(words);
    }
    const inList = await refusal(plan(JSON.stringify({ ...wrong, crew: undefined, shots: [{ prompt: 'a', takes: 0 }] }), {}, 'list.json'));
    expect(inList).toMatchObject({ code: 'SCRIPT_SHOTS_INVALID' });
    expect(inList.detail['problems']).toHaveLength(11);
    for (const content of ['{"cast": {}', '[]', '"x"', '{"cast": {}, "cast": {}}', 'x'.repeat(1_100_000)]) {
      await beside(content);
      expect(await refusal(plan()), content.slice(0, 20)).toMatchObject({ code: 'CAST_INVALID' });
    }
    await beside({ cast: { Anna: { pictures: ['nowhere.png', 'letter.png'] } } });
    expect((await refusal(plan())).message).toMatch(/story\.cast\.json, Anna: picture nowhere\.png does not exist[\s\S]*letter\.png/);
    expect(await store.projects.listProjects()).toEqual([]);
    expect(await readFile(join(folder, 'letter.png'), 'utf8')).toContain('Dear');
  });
});

describe('who is in a shot', () => {
  const cast = (prompt: string, records: string[], named?: string[]) => whoIsIn({ prompt, ...(named ? { cast: named } : {}) }, records.map((name) => ({ name }))).names;

  it.each<[string, string, string[]]>([
    ['Anna runs.', 'Anna', ['Anna']],
    ["ANNA'S HOUSE", 'Anna', ['Anna']],
    ['"Anna?"', 'Anna', ['Anna']],
    ['Johanna runs.', 'Anna', []],
    ['Anna-Lena runs.', 'Anna', ['Anna']],
    ['a rose on a table', 'Rose', []],
    ['Annas Haus', 'Anna', []],
    ['Old  Man\nsits', 'Old Man', ['Old Man']],
    ['Zoe\u0308 waits', 'Zoë', ['Zoë']],
    ['安娜走进房间', '安娜', ['安娜']],
    ['안나는 기다린다', '안나', ['안나']],
    ['R2-D2 beeps (C-3PO).', 'C-3PO', ['C-3PO']],
    ['Mr. X? [he]', 'Mr. X?', ['Mr. X?']],
    ['a+b', 'a+b', ['a+b']],
  ])('%j with a record for %s: %j', (prompt, name, expected) => {
    expect(cast(prompt, [name])).toEqual(expected);
  });

  it('is whom the list names, in the spelling of the record, and whoever else is found, each once', () => {
    expect(cast('Ben and Anna meet.', ['Anna', 'Ben', 'Zoe'], ['BEN', 'Somebody'])).toEqual(['Ben', 'Somebody', 'Anna']);
  });
});

describe('what is sent', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((words) => `w${words}w`);
  const anyRecords = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[A-Z][a-z]{2,6}$/), fc.option(text, { nil: undefined })), { selector: ([name]) => name, maxLength: 4 }).map((rows) => rows.map(([name, words]): CastRecord => ({ name, ...(words === undefined ? {} : { words }) })));
  const anyLook: fc.Arbitrary<Look> = fc.record({ style: text, lens: text, light: text, palette: text }, { requiredKeys: [] });

  it('begins with the own words, has every carried word, and does not depend on the order of the records', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(text, anyRecords, anyLook, (own, records, look) => {
        const named = records.map(({ name }) => name);
        const composed = composePrompt(own, whoIsIn({ prompt: own, cast: named }, records), look);
        expect(composed.startsWith(own)).toBe(true);
        for (const { words } of records) expect(composed).toContain(words ?? '');
        for (const words of Object.values(look)) expect(composed).toContain(words);
        expect(composePrompt(own, whoIsIn({ prompt: own, cast: named.toReversed() }, records.toReversed()), look)).toBe(composed);
        const nobody = composePrompt(own, whoIsIn({ prompt: own }, []), {});
        expect(nobody).toBe(own);
        expect(sentWith(whoIsIn({ prompt: own, cast: named }, records), look)).toHaveLength(records.filter(({ words }) => words !== undefined).length + (Object.keys(look).length > 0 ? 1 : 0));
      }),
    );
  });

  it('stays worded as it was when films were paid for under it', () => {
    const records = [{ name: 'Ben', words: 'a tall man!' }, { name: 'Anna', words: 'a woman' }];
    // A change here means that every film with a cast or a look would be bought again.
    expect(composePrompt('Anna meets Ben.', whoIsIn({ prompt: 'Anna meets Ben.' }, records), { palette: 'teal', light: 'low key', lens: '35 mm', style: 'noir' })).toMatchInlineSnapshot(`
      "Anna meets Ben.

      Anna: a woman.
      Ben: a tall man!
      Style: noir. Lens: 35 mm. Light: low key. Palette: teal."
    `);
  });
});
