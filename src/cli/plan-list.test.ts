import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pngBase64 } from '../sandbox/sandbox-under-test.ts';
import { openCliLab, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const SCRIPT = 'A lighthouse in a storm.\n\nAn old keeper, "alone", wipes the glass; he looks out.\n\n=1 is painted on a wall.';
const summary = (lines: Record<string, unknown>[]) => lines.at(-1) as Record<string, number>;

describe('plan -o', () => {
  it.each(['csv', 'md', 'json'])('writes a .%s list that is filmed without one clip being made again', async (ending) => {
    await lab.write('story.txt', SCRIPT);
    expect(summary((await lab.run(['film', 'story.txt', '--json', '--model', '1.6-pro'])).json())).toMatchObject({ generated: 3, exit: 0 });
    const planned = await lab.run(['plan', 'story.txt', '-o', `lists/shots.${ending}`]);
    expect(planned).toMatchObject({ exit: 0, out: expect.stringMatching(new RegExp(`Shot list: .*shots\\.${ending}, 3 shots\\. .*directorstudio film lists/shots\\.${ending} films it`)) as string });
    const filmed = await lab.run(['film', `lists/shots.${ending}`, '--json']);
    expect(summary(filmed.json())).toMatchObject({ shots: 3, completed: 3, generated: 0, cached: 3, billedUnits: 0, exit: 0 });
    // The list planned and written over itself is the same list: it says all there is to say.
    const before = await lab.read(`lists/shots.${ending}`);
    const target = ending === 'md' ? 'lists/again.md' : `lists/shots.${ending}`;
    const again = await lab.run(['plan', `lists/shots.${ending}`, '-o', target, '--json']);
    expect(again.json().find(({ type }) => type === 'list')).toMatchObject({ shots: 3 });
    expect((await lab.read(target)).equals(before)).toBe(true);
  });

  it('refuses what is no list, a folder, and a page whose words would be lost, before anything is planned or written', async () => {
    const script = await lab.write('story.txt', SCRIPT);
    await mkdir(join(lab.folder, 'folder.csv'));
    const page = await lab.write('page.md', 'Words of mine.\n\n| prompt |\n|---|\n| A fox. |\n');
    expect(await lab.run(['plan', 'story.txt', '-o', 'shots.xlsx'])).toMatchObject({ exit: 2, err: expect.stringContaining('must end in .csv, .md or .json') as string });
    expect(await lab.run(['plan', 'story.txt', '-o', 'story.txt'])).toMatchObject({ exit: 2, err: expect.stringContaining('must end in') as string });
    expect(await lab.run(['plan', 'story.txt', '-o', 'folder.csv'])).toMatchObject({ exit: 2, err: expect.stringContaining('that is a folder') as string });
    expect(await lab.run(['plan', 'page.md', '-o', 'page.md'])).toMatchObject({ exit: 2, err: expect.stringContaining('replace its own script') as string });
    expect(await lab.run(['plan', 'story.txt', '-o', 'story.txt/shots.csv'])).toMatchObject({ exit: 2, err: expect.stringContaining('cannot go to') as string });
    expect(await readFile(script, 'utf8')).toBe(SCRIPT);
    expect(await readFile(page, 'utf8')).toContain('Words of mine.');
    await expect(stat(join(lab.folder, 'shots.xlsx'))).rejects.toThrow('ENOENT');
  });
});

describe('plan -o of a film with cast and look', () => {
  const RECORDS = { cast: { Keeper: { words: 'an old man in oilskins', colour: '#c33', pictures: ['keeper.png'] } }, look: { style: 'noir' } };

  beforeEach(async () => {
    await lab.write('story.txt', 'The Keeper wipes the glass.\n\nThe sea.');
    await lab.write('keeper.png', Buffer.from(pngBase64(400, 300), 'base64'));
    await lab.write('story.cast.json', JSON.stringify(RECORDS));
  });

  it.each(['csv', 'md', 'json'])('writes them along with a .%s list, which films the same clips', async (ending) => {
    const planned = await lab.run(['plan', 'story.txt', '-o', `lists/shots.${ending}`]);
    expect(planned.out).toContain('Cast: Keeper (1 shot).');
    expect(planned.out).toContain('Pictures of Keeper are kept here and not sent: 2.5-turbo takes none.');
    expect(planned.out).toMatch(/\n {2}Keeper {2}an old man in oilskins; .*keeper\.png\n/);
    expect(planned.out).toContain('Look: style noir.');
    expect(planned.out).toMatch(/S01_SH01 .*sent with: Keeper, look +The Keeper wipes the glass\.\n/);
    expect(planned.out.includes('with its cast and look in')).toBe(ending !== 'json');
    expect(summary((await lab.run(['film', 'story.txt', '--json'])).json())).toMatchObject({ generated: 2, exit: 0 });
    expect(summary((await lab.run(['film', `lists/shots.${ending}`, '--json'])).json())).toMatchObject({ generated: 0, cached: 2, exit: 0 });
    expect((await lab.read(ending === 'json' ? 'lists/shots.json' : 'lists/shots.cast.json')).toString()).toContain('"../keeper.png"');
    // Beside the script, whose own file says the same, that file is left as it is and serves both.
    expect((await lab.run(['plan', 'story.txt', '-o', `story.${ending}`])).exit).toBe(0);
    expect((await lab.read('story.cast.json')).toString()).toBe(JSON.stringify(RECORDS));
    expect(summary((await lab.run(['film', `story.${ending}`, '-o', 'x.mp4', '--json'])).json())).toMatchObject({ generated: 0, exit: 0 });
  });

  it('replaces the file of the list it replaces, and no other', async () => {
    expect((await lab.run(['plan', 'story.txt', '-o', 'shots.csv'])).exit).toBe(0);
    await lab.write('story.cast.json', JSON.stringify({ look: { style: 'comedy' } }));
    expect((await lab.run(['plan', 'story.txt', '-o', 'shots.csv'])).exit).toBe(0);
    expect(JSON.parse((await lab.read('shots.cast.json')).toString())).toEqual({ cast: {}, look: { style: 'comedy' } });
    await lab.write('other.cast.json', JSON.stringify(RECORDS));
    for (const words of [['plan', 'story.txt', '-o', 'other.csv'], ['plan', 'story.txt', '--cast', 'none', '-o', 'shots.csv'], ['plan', 'story.txt', '-o', 'other.json']]) {
      expect(await lab.run(words)).toMatchObject({ exit: 2, err: expect.stringContaining('would be read with the shot list') as string });
    }
    expect((await lab.read('other.cast.json')).toString()).toBe(JSON.stringify(RECORDS));
    await expect(stat(join(lab.folder, 'other.csv'))).rejects.toThrow('ENOENT');
  });

  it('shows the price of a changed cast before it is spent, and a Kling film changes only with a yes', async () => {
    const env = lab.klingEnv;
    expect((await lab.run(['film', 'story.txt', '--yes'], { env })).exit).toBe(0);
    await lab.write('story.cast.json', JSON.stringify({ ...RECORDS, cast: { Keeper: { words: 'a young woman' } } }));
    const planned = await lab.run(['plan', 'story.txt'], { env });
    expect(planned.out).toContain('what is sent for S01_SH01; what is not there yet is filmed anew.');
    expect(planned.out).toMatch(/Filming it now would cost \$0\.21.*: 1 clip/);
    expect(await lab.run(['film', 'story.txt'], { env })).toMatchObject({ exit: 2 });
    expect(lab.kling.charges()).toHaveLength(2);
    expect((await lab.run(['film', 'story.txt', '--yes'], { env })).exit).toBe(0);
    expect(lab.kling.charges()).toHaveLength(3);
    expect(lab.kling.tasks().map(({ prompt }) => prompt)).toContain('The Keeper wipes the glass.\n\nKeeper: a young woman.\nStyle: noir.');
  });
});

describe('plan', () => {
  it('says what the film shows of each clip, and how long the film is on screen', async () => {
    await lab.write('shots.csv', 'prompt,in,out,screen\nA fox.,0.5,4,\nA hen.,,,6\nA boat.,,,\n');
    const { out } = await lab.run(['plan', 'shots.csv']);
    expect(out).toContain('3 shots, 14.5 s on screen');
    expect(out).toMatch(/S01_SH01 +new +3\.5 s: 0\.5 to 4 of 5 s/);
    expect(out).toMatch(/S01_SH02 +new +6 s: 0 to 6 of 10 s/);
    expect(out).toMatch(/S01_SH03 +new +5 s /);
    const lines = (await lab.run(['plan', 'shots.csv', '--json'])).json();
    expect(lines.filter(({ type }) => type === 'shot').map(({ inS, outS, screenS }) => [inS, outS, screenS])).toEqual([[0.5, 4, 3.5], [0, 6, 6], [0, null, 5]]);
    expect(lines.find(({ type }) => type === 'plan')).toMatchObject({ screenS: 14.5 });
  });

  it('refuses a shot that is longer on screen than its clip, with its row', async () => {
    await lab.write('shots.csv', 'prompt,duration,out\nA fox.,5,4\nA hen.,,12\n');
    expect(await lab.run(['plan', 'shots.csv'])).toMatchObject({ exit: 2, err: expect.stringMatching(/S01_SH02 \(line 3, row 3\): out 12 s is after the end of a clip of 5 s/) as string });
  });
});
