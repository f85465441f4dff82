import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
  await lab.write('story.txt', scriptOf(3));
  await lab.run(['film', 'story.txt']);
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const CUT = ['TITLE: CUT', '1 S01_SH03_T01 V C 00:00:01:00 00:00:02:00 01:00:00:00 01:00:01:00', '2 S01_SH01_T01 V C 00:00:00:00 00:00:05:01 01:00:01:00 01:00:06:01'].join('\n');

describe('handoff', () => {
  it('writes a folder beside you, named for the film, and says what is in it and how it comes back', async () => {
    const run = await lab.run(['handoff']);
    expect({ exit: run.exit, err: run.err }).toEqual({ exit: 0, err: 'Writing the hand-off.\n' });
    expect(run.out).toContain(`Hand-off: ${join(lab.folder, 'story.handoff')}`);
    expect(run.out).toContain('3 clips in 15.13 s of film at 24 frames a second; 3 takes as files, otio, fcpxml, edl, xml, a contact sheet');
    expect(run.out).toContain('handoff --read');
    expect(await readdir(join(lab.folder, 'story.handoff'))).toContain('story.fcpxml');
  });

  it('goes to the folder of -o, of the film of --project, and tells programs everything on a line', async () => {
    await lab.write('other.txt', scriptOf(1));
    await lab.run(['film', 'other.txt']);
    const run = await lab.run(['handoff', '--project', 'story.txt', '-o', 'to/edit', '--json']);
    const line = run.json().find(({ type }) => type === 'handoff');
    expect(line).toMatchObject({ folder: join(lab.folder, 'to', 'edit'), clips: 3, takes: 3, thumbnails: 3, frameCount: 363, frameRate: 24, missing: [], notes: [] });
    expect((line?.['files'] as string[]).map((path) => path.split('.').at(-1))).toEqual(['otio', 'fcpxml', 'edl', 'xml']);
  });

  it('ends with 1 where slates stand in, and with 2 where nothing was written', async () => {
    await lab.write('story.txt', `${scriptOf(3)}\n\nA shot that nobody has made.`);
    await lab.run(['film', 'story.txt', '--shots', '1']);
    const refused = await lab.run(['handoff']);
    expect(refused.exit).toBe(2);
    expect(refused.err).toContain('1 shot of the film has no clip: S01_SH04. Nothing was handed off.');
    const partial = await lab.run(['handoff', '--partial']);
    expect({ exit: partial.exit, said: partial.out.includes('Not filmed yet, so drawn: S01_SH04.') }).toEqual({ exit: 1, said: true });
  });

  it('shows a bar on a terminal', async () => {
    const run = await lab.run(['handoff'], { terminal: { columns: 80, rows: 20 } });
    expect(run.err).toMatch(/Writing the hand-off {2}━*─* \d+ %/);
  });
});

describe('handoff --read', () => {
  it("gives the film an editor's order and trims through every later run, is seen in status, and is given up by one option", async () => {
    await lab.write('cut.edl', CUT);
    const read = await lab.run(['handoff', '--read', 'cut.edl', '--json']);
    expect(read.exit).toBe(0);
    expect(read.json().find(({ type }) => type === 'edit')).toMatchObject({
      source: 'cut.edl',
      inForce: true,
      parts: [{ shot: 'S01_SH03', inS: 1, outS: 2 }, { shot: 'S01_SH01', inS: 0, outS: null }],
      leftOut: ['S01_SH02'],
      added: [],
    });
    // What it left out would be paid for and not be seen: said where the cost is.
    expect((await lab.run(['plan', 'story.txt'])).out).toMatch(/Cut: as in cut\.edl, read .* \(2 parts, 6 s\), not as the script has it\.\n {2}Left out there: S01_SH02\./);
    const film = await lab.run(['film', 'story.txt']);
    expect(film.out.indexOf('Left out there: S01_SH02.')).toBeLessThan(film.out.indexOf('Nothing to pay for'));
    expect(film.out).toContain('145 frames');
    expect(film.out).toContain('Order and trims: as in cut.edl');
    expect(film.out).toContain('Nothing generated');
    const again = await lab.run(['film', 'story.txt']);
    expect(again.out).toContain('nothing cut');
    expect((await lab.run(['resume'])).out).toContain('Nothing is unfinished');

    const status = await lab.run(['status']);
    expect(status.out).toMatch(/Cut: as in cut\.edl, read 20\d\d-\d\d-\d\d \d\d:\d\d \(2 parts, 6 s\), not as the script has it\.\n {2}Left out there: S01_SH02\.\n {2}Back to the script: directorstudio handoff --script-order/);
    expect(status.out).not.toContain('out of date');

    const back = await lab.run(['handoff', '--script-order']);
    expect(back.out).toContain('cut.edl is given up');
    expect((await lab.run(['status'])).out).toMatch(/out of date/);
    expect((await lab.run(['resume'])).out).toContain('363 frames');
    expect((await lab.run(['status'])).out).not.toContain('Cut:');
    expect((await lab.run(['handoff', '--script-order'])).out).toContain('already');
  });

  it('is cut by resume too', async () => {
    await lab.write('cut.edl', CUT);
    await lab.run(['handoff', '--read', 'cut.edl']);
    const resumed = await lab.run(['resume']);
    expect({ exit: resumed.exit, frames: resumed.out.includes('145 frames') }).toEqual({ exit: 0, frames: true });
  });

  it('says what is new in the script since, and where it stands', async () => {
    await lab.write('cut.edl', CUT);
    await lab.run(['handoff', '--read', 'cut.edl']);
    await lab.write('story.txt', `${scriptOf(3)}\n\nA new shot at the end.`);
    await lab.run(['film', 'story.txt']);
    const status = await lab.run(['status', '--json']);
    expect(status.json().find(({ type }) => type === 'edit')).toMatchObject({ parts: [{ shot: 'S01_SH03' }, { shot: 'S01_SH04' }, { shot: 'S01_SH01' }], added: ['S01_SH04'] });
    expect(status.err).toContain('New in the script since, each behind the shot before it: S01_SH04.');
  });

  it('refuses a file with a foreign clip whole, in German too, and changes nothing', async () => {
    await lab.write('cut.edl', `${CUT}\n3 LOGO V C 00:00:00:00 00:00:01:00 01:00:06:01 01:00:07:01`);
    const run = await lab.run(['handoff', '--read', 'cut.edl'], { env: { LANG: 'de_DE.UTF-8' } });
    expect(run.exit).toBe(2);
    expect(run.err).toContain('Fehler: ');
    expect(run.err).toContain('"LOGO" (line 4) is no clip of this film');
    expect((await lab.run(['status'])).out).not.toContain('Cut:');
  });

  it.each([
    ['there is none', 'gone.otio', 'EDIT_MISSING'],
    ['it is a folder', 'folder', 'EDIT_NO_FILE'],
    ['it is no timeline', 'story.txt', 'EDIT_UNREADABLE'],
  ])('ends with 2 and one error when %s', async (_, name, code) => {
    await mkdir(join(lab.folder, 'folder'));
    const run = await lab.run(['handoff', '--read', name, '--json']);
    expect(run.exit).toBe(2);
    expect(run.json().filter(({ type }) => type === 'error')).toMatchObject([{ code }]);
  });

  it("reads Final Cut's bundles, and a hand-off of its own back without a change", async () => {
    await lab.run(['handoff']);
    await mkdir(join(lab.folder, 'cut.fcpxmld'));
    await lab.write('cut.fcpxmld/Info.fcpxml', await lab.read('story.handoff/story.fcpxml'));
    for (const name of ['cut.fcpxmld', 'story.handoff/story.otio']) {
      const run = await lab.run(['handoff', '--read', name]);
      expect({ exit: run.exit, notes: run.out.includes('Note:') }).toEqual({ exit: 0, notes: false });
      expect((await lab.run(['film', 'story.txt'])).out).toContain('nothing cut');
    }
  });

  it('does not go with the options of writing', async () => {
    for (const words of [['--read', 'x', '-o', 'y'], ['--read', 'x', '--partial'], ['--script-order', '--read', 'x']]) {
      const run = await lab.run(['handoff', ...words]);
      expect({ exit: run.exit, said: run.err.includes('cannot be used with') }).toEqual({ exit: 2, said: true });
    }
  });
});
