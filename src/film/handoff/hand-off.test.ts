import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cut, openLab, planFilm, run, shoot, shotsOf, type Lab } from '../../../test/money/lab.ts';
import { probeVideo } from '../../media/index.ts';
import type { Project } from '../../store/index.ts';
import type { Studio } from '../../studio.ts';
import type { HandOffRequest } from './hand-off.ts';
import { elementsNamed, readXml } from './read-xml.ts';

const FRAMES_A_CLIP = 121;
let lab: Lab;
let studio: Studio;
beforeEach(async () => {
  lab = await openLab();
  studio = await lab.studio();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const handOff = async (project: Project, more: Partial<HandOffRequest> = {}) => await studio.handOff({ projectId: project.id, engine: 'kling', name: 'film', folder: join(lab.folder, 'film.handoff'), partial: false, ...more });
const readBack = async (project: Project, name: string, text: string) => await studio.readEdit({ projectId: project.id, engine: 'kling', file: { name, bytes: Buffer.from(text) } });
/** An EDL of takes (`S01_SH01_T01`) from one frame to another, one behind the other. */
const edl = (...parts: [take: string, inFrame: number, outFrame: number][]) => {
  const code = (frame: number) => [0, Math.floor(frame / 24 / 60), Math.floor(frame / 24) % 60, frame % 24].map((part) => String(part).padStart(2, '0')).join(':');
  let at = 0;
  return ['TITLE: X', ...parts.map(([take, inFrame, outFrame], index) => `${index + 1} ${take} V C ${code(inFrame)} ${code(outFrame)} ${code(at)} ${code((at += outFrame - inFrame))}`)].join('\n');
};

describe('a hand-off', () => {
  it('is a folder with every take as a file, four timelines, a contact sheet and thumbnails; it makes and costs nothing', async () => {
    const { project } = await shoot(studio, shotsOf(3), { takes: 2 });
    const film = await cut(studio, project, lab);
    const result = await handOff(project);
    expect(result).toMatchObject({ clips: 3, takes: 6, thumbnails: 6, frameCount: film.frameCount, frameRate: 24, missing: [], notes: [] });
    const takes = ['S01_SH01_T01', 'S01_SH01_T02', 'S01_SH02_T01', 'S01_SH02_T02', 'S01_SH03_T01', 'S01_SH03_T02'];
    expect((await readdir(result.folder)).sort()).toEqual(['contact-sheet.png', 'film.edl', 'film.fcpxml', 'film.otio', 'film.xml', 'media', 'thumbnails']);
    expect((await readdir(join(result.folder, 'media'))).sort()).toEqual(takes.map((name) => `${name}.mp4`));
    expect((await readdir(join(result.folder, 'thumbnails'))).sort()).toEqual(takes.map((name) => `${name}.jpg`));
    expect(await probeVideo(join(result.folder, 'media', 'S01_SH02_T01.mp4'))).toMatchObject({ frameCount: FRAMES_A_CLIP });
    expect(lab.kling.charges()).toHaveLength(6);
    // The same again changes nothing.
    const before = await readFile(join(result.folder, 'film.fcpxml'), 'utf8');
    expect(await handOff(project)).toEqual(result);
    expect(await readFile(join(result.folder, 'film.fcpxml'), 'utf8')).toBe(before);
  });

  it('has what lies under the film beside the takes and under the timelines, and takes it for the film\u2019s own when it comes back', async () => {
    const music = join(lab.folder, 'Theme: one.WAV');
    const file = Buffer.alloc(44 + 16_000 * 3);
    file.write('RIFF', 0);
    file.writeUInt32LE(file.length - 8, 4);
    file.write('WAVEfmt ', 8);
    for (const [at, value] of [[16, 16], [24, 8000], [28, 16_000], [40, 48_000]] as const) file.writeUInt32LE(value, at);
    for (const [at, value] of [[20, 1], [22, 1], [32, 2], [34, 16]] as const) file.writeUInt16LE(value, at);
    file.write('data', 36);
    await writeFile(music, file);
    const { project } = await shoot(studio, shotsOf(2));
    await studio.store.projects.updateProject(project.id, { filmSettings: { ...project.filmSettings, under: { path: music } } });
    expect((await cut(studio, project, lab)).audio).toBe(true);
    const { folder, files } = await handOff(project);
    expect(await readdir(join(folder, 'media'))).toContain('under_Theme_ one.wav');
    const written = async (ending: string) => await readFile(files.find((path) => path.endsWith(ending))!, 'utf8');
    // Three seconds at 24 frames a second.
    const { tracks } = JSON.parse(await written('.otio')) as { tracks: { children: { kind: string; children: { source_range: { duration: { value: number } }; media_references: { DEFAULT_MEDIA: { target_url: string } } }[] }[] } };
    const sound = tracks.children.find(({ kind }) => kind === 'Audio')!.children[0]!;
    expect([sound.source_range.duration.value, sound.media_references.DEFAULT_MEDIA.target_url]).toEqual([72, 'media/under_Theme_%20one.wav']);
    const clips = elementsNamed(readXml(await written('.fcpxml'), 'film.fcpxml'), 'asset-clip').filter(({ attributes }) => attributes.get('lane') === '-1');
    expect(clips.map(({ attributes }) => [attributes.get('duration'), attributes.get('audioRole')])).toEqual([['3s', 'music']]);
    for (const ending of ['otio', 'fcpxml', 'edl']) expect((await readBack(project, `film.${ending}`, await written(`.${ending}`))).notes, ending).toEqual([]);
  });

  it.each(['otio', 'fcpxml', 'edl'])('that comes back as it went out (%s) leaves the film as it is: nothing is cut', async (ending) => {
    const shots = [{ prompt: 'One', in: 1, out: 3 }, { prompt: 'Two', line: 'Here.' }, { prompt: 'Three', in: 0.37, out: 1.51 }, { prompt: 'Four', out: 5 }];
    const plan = await studio.plan({ script: { name: 'film.json', bytes: Buffer.from(JSON.stringify(shots)) }, projectName: 'trimmed' });
    const { project } = await studio.savePlan(plan, 'kling');
    await run(studio, project.id);
    const film = await cut(studio, project, lab);
    const { folder, frameCount } = await handOff(project);
    expect(frameCount).toBe(film.frameCount);
    const { edit, notes, selections } = await readBack(project, `film.${ending}`, await readFile(join(folder, `film.${ending}`), 'utf8'));
    expect(edit.parts.map((part) => ('shotId' in part ? [part.inS, part.outS] : []))).toEqual([[1, 3], [0, undefined], [0.37, 1.51], [0, 5]]);
    expect({ notes, selections, leftOut: edit.leftOut }).toEqual({ notes: [], selections: [], leftOut: [] });
    expect(await cut(studio, project, lab)).toMatchObject({ method: 'unchanged', editedBy: `film.${ending}` });
  });

  it('has subtitles over the shots that speak, where the edit puts them', async () => {
    const shots = [{ prompt: 'One', line: 'Is anybody there?' }, { prompt: 'Two', in: 1, out: 1.5, line: 'Nobody at all, and nobody ever was in all the years since.' }];
    const plan = await studio.plan({ script: { name: 'film.json', bytes: Buffer.from(JSON.stringify(shots)) }, projectName: 'spoken' });
    const { project, prompts } = await studio.savePlan(plan, 'kling');
    await run(studio, project.id);
    await studio.store.edits.save(project.id, { source: 'x', parts: [{ shotId: prompts[1]!.id, inS: 1, outS: 1.5 }, { blackS: 1 }, { shotId: prompts[0]!.id, inS: 0 }, { shotId: prompts[1]!.id, inS: 2 }], leftOut: [] });
    const { folder } = await handOff(project);
    expect(await readFile(join(folder, 'film.srt'), 'utf8')).toBe('1\n00:00:00,000 --> 00:00:00,500\nNobody at all, and nobody ever was\nin all the years since.\n\n2\n00:00:01,500 --> 00:00:02,714\nIs anybody there?\n');
    expect(await readFile(join(folder, 'film.vtt'), 'utf8')).toMatch(/^WEBVTT\n/);
  });

  it('is refused while shots are missing, and with --partial has slates in their place that can be moved and come back', async () => {
    lab.kling.failNext('status-1301', { prompt: 'puddle number 2' });
    const { project, prompts } = await shoot(studio, shotsOf(3));
    await expect(handOff(project)).rejects.toMatchObject({ code: 'HANDOFF_INCOMPLETE', detail: { missing: ['S01_SH02'] } });
    await expect(stat(join(lab.folder, 'film.handoff'))).rejects.toMatchObject({ code: 'ENOENT' });
    const { folder, missing, frameCount } = await handOff(project, { partial: true });
    expect({ missing, frameCount }).toEqual({ missing: ['S01_SH02'], frameCount: 3 * FRAMES_A_CLIP });
    expect(await probeVideo(join(folder, 'media', 'S01_SH02_SLATE.mp4'))).toMatchObject({ frameCount: FRAMES_A_CLIP, frameRate: 24 });
    const { edit } = await readBack(project, 'cut.edl', edl(['S01_SH02_SLATE', 0, 24], ['S01_SH01_T01', 0, 121], ['S01_SH03_T01', 0, 121]));
    expect(edit.parts).toEqual([{ shotId: prompts[1]!.id, inS: 0, outS: 1 }, { shotId: prompts[0]!.id, inS: 0 }, { shotId: prompts[2]!.id, inS: 0 }]);
    await expect(cut(studio, project, lab)).rejects.toMatchObject({ code: 'FILM_INCOMPLETE' });
    expect(await cut(studio, project, lab, { partial: true })).toMatchObject({ frameCount: 24 + 2 * FRAMES_A_CLIP });
  });

  it('says that there is nothing to hand off when no shot has a clip; with --partial everything is drawn', async () => {
    const { project } = await planFilm(studio, shotsOf(2));
    await expect(handOff(project)).rejects.toMatchObject({ code: 'FILM_EMPTY' });
    expect(await handOff(project, { partial: true })).toMatchObject({ drawn: ['S01_SH01', 'S01_SH02'], takes: 0, frameCount: 2 * 121, frameRate: 24 });
  });

  it('finds its media whatever folder and title are called, and whatever the words of the film are', async () => {
    const paragraphs = ['Ein "Kessel" & <Tee> #1, 100 % heiß ]]> ☕', 'She said: -- > & "no" \\ / *'];
    const { project } = await shoot(studio, paragraphs);
    const folder = join(lab.folder, `Ünter "Wegs" #1 100% & a;b'c [x] %41`);
    const { files } = await handOff(project, { folder, name: ' A/B: "Ü" <#1> 100% ? \u202e' });
    const [otio = '', fcpxml = '', , xmeml = ''] = files;
    expect(otio).toBe(join(folder, 'A_B_ _Ü_ _#1_ 100% _ _.otio'));
    const addresses = elementsNamed(readXml(await readFile(fcpxml, 'utf8'), 'x'), 'media-rep').map(({ attributes }) => fileURLToPath(attributes.get('src') ?? ''));
    const paths = elementsNamed(readXml(await readFile(xmeml, 'utf8'), 'x'), 'pathurl').map(({ text }) => fileURLToPath(text));
    expect(addresses).toEqual(paths);
    expect(addresses).toHaveLength(2);
    for (const path of addresses) expect((await stat(path)).isFile()).toBe(true);
    const targets = [...(await readFile(otio, 'utf8')).matchAll(/"target_url": "([^"]+)"/g)].map(([, url = '']) => join(folder, decodeURIComponent(url)));
    for (const path of targets) expect((await stat(path)).isFile()).toBe(true);
  });

  it('never puts another clip under a name that an editor may be using, and writes nothing then', async () => {
    const { project } = await shoot(studio, shotsOf(2));
    const { folder } = await handOff(project);
    const edited = join(folder, 'media', 'S01_SH02_T01.mp4');
    const before = await readFile(edited);
    await rm(join(folder, 'film.edl'));
    // A shot more at the head: every number is another shot's now.
    await shoot(studio, [...shotsOf(1, 9), ...shotsOf(2)]);
    await expect(handOff(project)).rejects.toMatchObject({ code: 'HANDOFF_WOULD_REPLACE', detail: { files: ['S01_SH01_T01.mp4', 'S01_SH02_T01.mp4'] } });
    expect(await readFile(edited)).toEqual(before);
    expect(await readdir(folder)).not.toContain('film.edl');
    expect(await handOff(project, { folder: `${folder}-2` })).toMatchObject({ clips: 3 });
  });

  it('takes the place of a copy of the same clip without a word, whatever its date', async () => {
    const { project } = await shoot(studio, shotsOf(1));
    const { folder } = await handOff(project);
    const path = join(folder, 'media', 'S01_SH01_T01.mp4');
    const bytes = await readFile(path);
    await rm(path);
    await writeFile(path, bytes);
    await utimes(path, 1, 1);
    expect(await handOff(project)).toMatchObject({ takes: 1 });
  });

  it('is refused with a word where it cannot be written, and names a clip that is gone', async () => {
    const { project } = await shoot(studio, shotsOf(2));
    await writeFile(join(lab.folder, 'taken'), 'a letter');
    await expect(handOff(project, { folder: join(lab.folder, 'taken') })).rejects.toMatchObject({ code: 'HANDOFF_FOLDER_TAKEN' });
    await expect(handOff(project, { folder: join(lab.folder, 'taken', 'below') })).rejects.toMatchObject({ code: 'HANDOFF_NOT_WRITABLE' });
    await rm(join(lab.home, 'clips'), { recursive: true });
    await expect(handOff(project)).rejects.toMatchObject({ code: 'HANDOFF_CLIP_LOST', message: expect.stringContaining('S01_SH01_T01') as string, next: expect.stringContaining('free of charge') as string });
  });

  it('says which clips have another rate, and has the frames that the film has', async () => {
    const shots = [{ prompt: 'One' }, { prompt: 'Two' }, { prompt: 'Three', in: 1, out: 2 }];
    const plan = await studio.plan({ script: { name: 'film.json', bytes: Buffer.from(JSON.stringify(shots)) }, projectName: 'mixed' });
    const { project, prompts } = await studio.savePlan(plan, 'kling');
    await run(studio, project.id);
    // One of 30 frames a second, as some models make them, in the place of the second clip.
    const [take] = await studio.store.takes.list([prompts[1]!.id], 'kling');
    const { makeTinyClip } = await import('../../media/index.ts');
    const temporary = await studio.cache.temporaryFile();
    await writeFile(temporary, await makeTinyClip({ uniqueText: 'thirty', frameRate: 30, frameCount: 153 }));
    await studio.cache.add(take!.generation.fingerprint, temporary);
    const film = await cut(studio, project, lab);
    const result = await handOff(project);
    expect(result.notes).toEqual([expect.stringMatching(/another rate than the film's 24 .*S01_SH02_T01 \(30\)/)]);
    expect(result.frameCount).toBe(film.frameCount);
    const { edit } = await readBack(project, 'film.otio', await readFile(join(result.folder, 'film.otio'), 'utf8'));
    expect(edit.parts).toEqual([{ shotId: prompts[0]!.id, inS: 0 }, { shotId: prompts[1]!.id, inS: 0 }, { shotId: prompts[2]!.id, inS: 1, outS: 2 }]);
  });
});

describe('an edit that comes back', () => {
  it('re-ordered, trimmed, repeated and with a shot left out is how the film is cut, and costs nothing', async () => {
    const { project, prompts } = await shoot(studio, shotsOf(3));
    await handOff(project);
    const { edit } = await readBack(project, 'cut.edl', edl(['S01_SH03_T01', 24, 48], ['S01_SH01_T01', 0, 121], ['S01_SH03_T01', 100, 121]));
    const [one, two, three] = prompts.map(({ id }) => id);
    expect(edit).toEqual({ source: 'cut.edl', leftOut: [two], parts: [{ shotId: three, inS: 1, outS: 2 }, { shotId: one, inS: 0 }, { shotId: three, inS: 100 / 24 }] });
    expect(await cut(studio, project, lab)).toMatchObject({ editedBy: 'cut.edl', frameCount: 24 + 121 + 21 });
    expect((await run(studio, project.id)).report.summary).toMatchObject({ generated: 0 });
    expect(lab.kling.charges()).toHaveLength(3);
  });

  it('means the shots by the names that it went out with, although the script numbers them anew since', async () => {
    const { project } = await shoot(studio, shotsOf(2));
    await handOff(project);
    const { prompts } = await shoot(studio, [...shotsOf(1, 9), ...shotsOf(2)]);
    const [added, one, two] = prompts;
    expect(prompts.map(({ name }) => name)).toEqual(['S01_SH01', 'S01_SH02', 'S01_SH03']);
    const { edit } = await readBack(project, 'cut.edl', edl(['S01_SH02_T01', 0, 24], ['S01_SH01_T01', 0, 24]));
    expect(edit.parts).toEqual([{ shotId: two!.id, inS: 0, outS: 1 }, { shotId: one!.id, inS: 0, outS: 1 }]);
    // The editor never saw the new one, so it was not left out.
    expect(edit.leftOut).toEqual([]);
    expect(await cut(studio, project, lab)).toMatchObject({ frameCount: 24 + 24 + FRAMES_A_CLIP });
    expect(added!.name).toBe('S01_SH01');
  });

  it('shows the take that the editor used, and says so; one of earlier words is not shown', async () => {
    const { project, prompts } = await shoot(studio, shotsOf(2), { takes: 2 });
    await handOff(project);
    const { selections } = await readBack(project, 'cut.edl', edl(['S01_SH02_T02', 0, 24], ['S01_SH01_T01', 0, 24]));
    expect(selections).toEqual([{ shotId: prompts[1]!.id, slate: 'S01_SH02', take: 2 }]);
    const shown = (await studio.store.takes.list([prompts[1]!.id], 'kling')).filter(({ selected }) => selected);
    expect(shown.map(({ number }) => number)).toEqual([2]);

    await shoot(studio, [shotsOf(1)[0]!, 'Quite another picture.'], { takes: 1 });
    const again = await readBack(project, 'cut.edl', edl(['S01_SH02_T02', 0, 24]));
    expect(again.selections).toEqual([]);
    expect(again.notes).toEqual([expect.stringContaining('S01_SH02_T02 is there, made when the shot had other words')]);
  });

  it.each([
    ['a foreign clip', edl(['S01_SH01_T01', 0, 24], ['VFX_SHOT', 0, 24]), '"VFX_SHOT" (line 3) is no clip of this film'],
    ['a shot that there never was', edl(['S07_SH01_T01', 0, 24]), 'is no shot of this film'],
    ['two takes of one shot', edl(['S01_SH01_T01', 0, 24], ['S01_SH01_T02', 0, 24]), 'with takes 1 and 2'],
    ['more of a clip than there is', edl(['S01_SH01_T01', 100, 148]), 'runs to frame 148 of a clip that has 121'],
    ['nothing of a clip', edl(['S01_SH01_T01', 130, 140]), 'begins at frame 130 of a clip that has 121'],
    ['another speed', `${edl(['S01_SH01_T01', 0, 24])}\nM2 S01_SH01_T01 012.0 00:00:00:00`, 'plays at 50 %'],
    ['hours of black', '1 S01_SH01_T01 V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n2 S01_SH01_T01 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00', 'minutes without a picture'],
  ])('with %s is refused whole: nothing is saved', async (_, text, reason) => {
    const { project, prompts } = await shoot(studio, shotsOf(2), { takes: 2 });
    await studio.store.takes.select(prompts[0]!.id, 'kling', 2);
    await readBack(project, 'good.edl', edl(['S01_SH02_T01', 0, 24]));
    const before = await studio.store.edits.find(project.id);
    await expect(readBack(project, 'bad.edl', text)).rejects.toMatchObject({ code: 'EDIT_REFUSED', message: expect.stringContaining(reason) as string, next: expect.stringContaining('Nothing was changed') as string });
    expect(await studio.store.edits.find(project.id)).toEqual(before);
    expect((await studio.store.takes.list([prompts[0]!.id], 'kling')).find(({ selected }) => selected)?.number).toBe(2);
  });

  it.each([
    ['', 'it is empty'],
    ['dear editor', 'it is neither'],
    ['<xmeml/>', 'not read'],
    ['{"OTIO_SCHEMA": "Timeline.1"}', 'no video track'],
  ])('that is none is refused: %j', async (text, reason) => {
    const { project } = await shoot(studio, shotsOf(1));
    await expect(readBack(project, 'x.otio', text)).rejects.toMatchObject({ code: 'EDIT_UNREADABLE', message: expect.stringContaining(reason) as string });
  });

  it('is read also in UTF-16 and in the letters of an older machine, with black between the clips', async () => {
    const { project, prompts } = await shoot(studio, shotsOf(2));
    const lines = ['TITLE: Sch\u00f6n', '1 S01_SH02_T01 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00', '* COMMENT: sch\u00f6n', '2 S01_SH01_T01 V C 00:00:00:00 00:00:01:00 01:00:03:00 01:00:04:00'].join('\r\n');
    const parts = [{ shotId: prompts[1]!.id, inS: 0, outS: 1 }, { blackS: 2 }, { shotId: prompts[0]!.id, inS: 0, outS: 1 }];
    for (const bytes of [Buffer.from(lines, 'latin1'), Buffer.from(`\ufeff${lines}`, 'utf16le'), Buffer.from(`\ufeff${lines}`)]) {
      const { edit } = await studio.readEdit({ projectId: project.id, engine: 'kling', file: { name: 'old.edl', bytes } });
      expect(edit.parts).toEqual(parts);
    }
    expect(await cut(studio, project, lab)).toMatchObject({ frameCount: 24 + 48 + 24 });
  });

  it('with a shot that left the script since is the film without it, and with it again when it is back', async () => {
    const { project, prompts } = await shoot(studio, shotsOf(3));
    await handOff(project);
    await planFilm(studio, shotsOf(2));
    const { notes } = await readBack(project, 'cut.edl', edl(['S01_SH03_T01', 0, 24], ['S01_SH01_T01', 0, 24]));
    expect(notes).toEqual([expect.stringContaining('No longer in the script, so not in the film until they are again: S01_SH03')]);
    expect((await cut(studio, project, lab)).frameCount).toBe(24);
    await planFilm(studio, shotsOf(3));
    expect((await cut(studio, project, lab)).frameCount).toBe(48);
    expect(prompts).toHaveLength(3);
  });
});
