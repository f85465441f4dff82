import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprintOf } from '../generation/fingerprint.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { pngBase64 } from '../sandbox/sandbox-under-test.ts';
import type { ShotListFormat } from '../script/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { keepFrames } from './frames.ts';
import { planProject, type FilmPlan, type PlanRequest } from './plan-project.ts';
import { shotListOfPlan } from './shot-list-of-plan.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lists-'));
  store = await openStore({ home: join(folder, 'home') });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function plan(name: string, content: string, more: Partial<PlanRequest> = {}): Promise<FilmPlan> {
  return await planProject(store, { script: { name, path: join(folder, name), bytes: Buffer.from(content) }, ...more });
}

async function save(planned: FilmPlan): Promise<void> {
  const project = planned.project ?? (await store.projects.createProject({ name: planned.projectName, engine: 'sandbox' }));
  await store.projects.updateProject(project.id, { filmSettings: planned.filmSettings });
  await store.projects.savePromptList(project.id, planned.shots, planned);
}

/** The list of a plan, at another place than the script. */
const listOf = (planned: FilmPlan, format: ShotListFormat) => shotListOfPlan(planned, { path: join(folder, 'lists', `shots.${format}`), format, withCast: format === 'json' }, { folder: join(folder, 'kept'), isGone: (path) => !existsSync(path) });
/** A shot that continues another is known by what it continues: here by the fact. */
const pictures = (planned: FilmPlan) => planned.shots.map(({ settings }) => (settings.startFrame && 'lastFrameOf' in settings.startFrame ? canonicalJson(settings) : fingerprintOf(settings, 'kling', 1)));
/** Everything of a shot that has to do with the film, and not with where it was read. */
const facts = (planned: FilmPlan) => planned.shots.map(({ name, sceneNumber, sceneHeading, settings, inS, outS, line, takesWanted, estimateUnits }) => ({ name, sceneNumber, sceneHeading, settings, inS, outS, line, takesWanted, estimateUnits }));

const STORY = 'A lighthouse, "alone" in a storm.\nIts beam turns.\n\n=1+1 is painted on a wall.\n\n- a fox | a hen -';
const LIST = JSON.stringify({
  defaults: { model: '2.6', mode: 'pro', negative: 'rain' },
  shots: [
    { scene: 'INT. LAMP ROOM - NIGHT', prompt: 'An old keeper wipes the glass.', out: 3, cast: ['Keeper', 'Smith, John'], line: 'Not tonight.' },
    { scene: 7, prompt: 'The sea.', screen: 7, in: 1, takes: 3, notes: '@home' },
    { prompt: 'The beam goes on.', continues: true, duration: 10, aspect: '9:16', sound: true, negative: 'people' },
    { scene: 7, prompt: 'A boat.', startFrame: 'frames/boat.png', aspect: '1:1' },
  ],
});

async function addFrame(): Promise<void> {
  await mkdir(join(folder, 'frames'), { recursive: true });
  await writeFile(join(folder, 'frames/boat.png'), Buffer.from(pngBase64(400, 300), 'base64'));
}

describe.each<ShotListFormat>(['csv', 'md', 'json'])('a plan written as %s', (format) => {
  it('is planned as the same shots with the same pictures, so nothing would be bought again', async () => {
    await addFrame();
    for (const [name, content, more] of [['story.txt', STORY, { model: '1.6-pro', aspectRatio: '9:16', negativePrompt: 'fog', takes: 2 }], ['list.json', LIST, {}]] as const) {
      const first = await plan(name, content, more);
      const again = await plan(`lists/shots.${format}`, listOf(first, format));
      expect(facts(again)).toEqual(facts(first));
      expect(pictures(again)).toEqual(pictures(first));
      expect(again.shots.map(({ cast, said }) => [cast, said.notes, said.continues])).toEqual(first.shots.map(({ cast, said }) => [cast, said.notes, said.continues]));
    }
  });

  it('keeps every shot when the film goes on under the list instead of the script', async () => {
    const first = await plan('story.txt', STORY, { projectName: 'film' });
    await save(first);
    const stored = await plan('story.txt', STORY, { projectName: 'film' });
    const list = listOf(stored, format);
    const again = await plan(`lists/shots.${format}`, list, { projectName: 'film' });
    expect(again.shots.map(({ change, id }) => [change, id])).toEqual(stored.shots.map(({ id }) => ['kept', id]));
  });
});

/** Pieces of text that tables, spreadsheets, Markdown and editors do something to. */
const nasty = fc
  .array(fc.constantFrom('"', ',', ';', '\t', '\n', '|', '\\', '`', '=', '+', '-', '@', "'", '16:9', '007', '<br>', '&amp;', '*', 'ä', 'e\u0301', '🦊', '語', 'שלום', '\ufeff', '\u200b', ' ', 'a', 'Anna'), { minLength: 1, maxLength: 10 })
  .map((pieces) => pieces.join('').trim())
  .filter((text) => text !== '');
const anyShot = fc.record(
  {
    scene: fc.integer({ min: 1, max: 3 }),
    heading: nasty,
    prompt: nasty,
    negative: nasty,
    in: fc.constantFrom(0, 0.5, 1.25),
    screen: fc.constantFrom(1, 2.5, 3.75),
    duration: fc.constantFrom(5, 10),
    aspect: fc.constantFrom('16:9', '9:16', '1:1'),
    cfg: fc.constantFrom(0, 0.5, 1),
    takes: fc.integer({ min: 1, max: 9 }),
    line: nasty,
    cast: fc.array(nasty, { minLength: 1, maxLength: 3 }),
    notes: nasty,
    startFrame: fc.constant('frames/boat.png'),
  },
  { requiredKeys: ['prompt'] },
);
const anyList = fc.record({ model: fc.constantFrom('1.6', '1.6-pro'), cast: fc.constantFrom({}, { Anna: { words: 'a woman', colour: '#c33' } }), look: fc.constantFrom({}, { style: 'noir' }), shots: fc.array(anyShot, { minLength: 1, maxLength: 5 }) });

describe.each<ShotListFormat>(['csv', 'md', 'json'])('any plan written as %s', (format) => {
  it('is planned as the same shots with the same pictures', async () => {
    expect.hasAssertions();
    await addFrame();
    await mkdir(join(folder, 'lists'));
    await fc.assert(
      fc.asyncProperty(anyList, async ({ model, cast, look, shots }) => {
        const first = await plan('list.json', JSON.stringify({ defaults: { model }, cast, look, shots }));
        const beside = join(folder, 'lists/shots.cast.json');
        if (format === 'json') await rm(beside, { force: true });
        else await writeFile(beside, JSON.stringify({ cast, look }));
        const again = await plan(`lists/shots.${format}`, listOf(first, format));
        expect(facts(again)).toEqual(facts(first));
        expect(pictures(again)).toEqual(pictures(first));
        expect(again.castAndLook).toEqual(first.castAndLook);
      }),
      { numRuns: 60 },
    );
  });
});

it('writes its pictures as they are found from the list, and says what a table cannot hold', async () => {
  await addFrame();
  const planned = await plan('list.json', LIST);
  expect(parse<{ startFrame: string }>(listOf(planned, 'csv'), { bom: true, columns: true })[3]?.startFrame).toBe('../frames/boat.png');
  const strange = await plan('strange.json', String.raw`["One\u2028two."]`);
  expect(() => listOf(strange, 'csv')).toThrow(expect.objectContaining({ code: 'LIST_NOT_EXACT', message: expect.stringContaining('S01_SH01, prompt') as string }) as Error);
  expect((await plan('lists/strange.json', listOf(strange, 'json'))).shots[0]?.settings.prompt).toBe('One\u2028two.');
});

it('names a picture where the home keeps it once it is gone from its place, so that the list can be filmed', async () => {
  await addFrame();
  const list = JSON.stringify([{ prompt: 'A boat.', startFrame: 'frames/boat.png' }]);
  const first = await plan('list.json', list);
  await keepFrames(join(folder, 'kept'), first.frames);
  await save(first);
  await rm(join(folder, 'frames'), { recursive: true });
  const again = await plan('lists/shots.csv', listOf(await plan('list.json', list), 'csv'));
  expect(again.shots[0]?.said.startFrame).toMatch(/^\.\.\/kept\/[0-9a-f]{64}\.png$/);
  expect(pictures(again)).toEqual(pictures(first));
});

it('keeps every shot that stays when the list of a filmed script is edited by rows', async () => {
  await save(await plan('story.txt', STORY, { projectName: 'film' }));
  const stored = await plan('story.txt', STORY, { projectName: 'film' });
  const [header, first, second, third] = csvLines(listOf(stored, 'csv'));
  const added = await plan('lists/shots.csv', [header, third, '1,,,A swan.', '1,,,A crow.', first].join('\n'), { projectName: 'film' });
  expect(added.shots.map(({ change, id }) => [change, id])).toEqual([['kept', stored.shots[2]!.id], ['new', undefined], ['new', undefined], ['kept', stored.shots[0]!.id]]);
  await save(added);
  const back = await plan('lists/shots.csv', [header, first, second, third].join('\n'), { projectName: 'film' });
  expect(back.shots.map(({ change, id }) => [change, id])).toEqual(stored.shots.map(({ id }) => ['kept', id]));
});

/** The rows of a table, as text; quoted cells may hold line ends. */
function csvLines(list: string): string[] {
  return list.split(/\n(?=(?:[^"]*"[^"]*")*[^"]*$)/).filter((line) => line !== '');
}

describe('a changed cell', () => {
  /** Other values for each column that is a shot's own; a scene and its heading are shared. */
  const OTHER: Record<string, fc.Arbitrary<string>> = {
    prompt: nasty,
    in: fc.constantFrom('0.5', '1'),
    out: fc.constantFrom('2.5', '4'),
    model: fc.constantFrom('2.6', 'kling-v1-6'),
    mode: fc.constant('pro'),
    duration: fc.constant('10'),
    aspect: fc.constantFrom('1:1', '9:16'),
    startFrame: fc.constant('../frames/boat.png'),
    cast: nasty.map((name) => `A${name}`),
    line: nasty,
    takes: fc.integer({ min: 2, max: 99 }).map(String),
    negative: nasty,
    notes: nasty,
    shot: nasty,
  };
  /** Columns of what a picture is made with; the others leave the clip as it is. */
  const PICTURE = new Set(['prompt', 'model', 'mode', 'duration', 'aspect', 'startFrame', 'negative']);
  const change = fc.constantFrom(...Object.keys(OTHER)).chain((column) => fc.tuple(fc.constant(column), OTHER[column]!));

  it('changes exactly that shot: all others are kept, and a picture changes only with what makes it', async () => {
    await addFrame();
    const shots = ['A fox, "red".', '=A hen.', 'A boat | a ship.', 'A tower.'].map((prompt) => ({ prompt, mode: 'std' }));
    const list = listOf(await plan('list.json', JSON.stringify(shots)), 'csv');
    const before = await plan('lists/shots.csv', list);
    await save(before);
    const rows = parse<Record<string, string>>(list, { bom: true, columns: true });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3 }), change, async (row, [column, value]) => {
        const edited = rows.map((cells, index) => (index === row ? { ...cells, [column]: value } : cells));
        const after = await plan('lists/shots.csv', csvOf(edited));
        expect(after.shots.map(({ id }) => id)).toEqual((await store.projects.loadPromptList(after.project!.id)).map(({ id }) => id));
        for (const [index, shot] of after.shots.entries()) {
          const changed = index === row;
          expect(shot.change, `${column} of row ${row}, shot ${index}`).toBe(changed && PICTURE.has(column) ? 'edited' : 'kept');
          if (!changed) expect(facts(after)[index]).toEqual(facts(before)[index]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

function csvOf(rows: readonly Record<string, string>[]): string {
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  return [line(Object.keys(rows[0]!)), ...rows.map((row) => line(Object.values(row)))].join('\n');
}
