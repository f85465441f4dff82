import { createHash } from 'node:crypto';
import { chmod, copyFile, readdir, readFile, realpath, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cut, openLab, planFilm, run, shoot, shotsOf, type Lab } from '../../test/money/lab.ts';
import { probeVideo } from '../media/index.ts';
import { missingShots, planCut, shotsToDraw } from './cut-plan.ts';
import type { Studio } from '../studio.ts';

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

const hashOf = async (path: string) => createHash('sha256').update(await readFile(path)).digest('hex');

describe('a film', () => {
  it('is not cut again while its plan and its file are unchanged, and is when either is not', async () => {
    const { project } = await shoot(studio, shotsOf(3));
    const first = await cut(studio, project, lab);
    expect(first).toMatchObject({ method: 'copied', frameCount: 3 * FRAMES_A_CLIP, missing: [] });
    const { mtimeMs } = await stat(first.path);
    expect(await cut(studio, project, lab)).toMatchObject({ method: 'unchanged', frameCount: 3 * FRAMES_A_CLIP });
    expect((await stat(first.path)).mtimeMs).toBe(mtimeMs);

    await rm(first.path);
    expect((await cut(studio, project, lab)).method).toBe('copied');
    await writeFile(first.path, 'somebody wrote a letter over it');
    expect((await cut(studio, project, lab)).method).toBe('copied');
    expect((await probeVideo(first.path)).frameCount).toBe(3 * FRAMES_A_CLIP);
    // Another order is another film.
    await planFilm(studio, shotsOf(3).toReversed());
    expect((await cut(studio, project, lab)).method).toBe('copied');
  });

  it('is cut again when its bytes were changed behind its size and date', async () => {
    const { project } = await shoot(studio, shotsOf(3));
    const { path } = await cut(studio, project, lab);
    // A date without parts of a millisecond, which can be set again exactly.
    const date = new Date(2020, 1, 2);
    const backdate = async () => {
      await utimes(path, date, date);
      const record = await studio.store.films.find(await realpath(path));
      await studio.store.films.save({ ...record!, mtimeMs: date.getTime() });
    };
    await backdate();
    expect((await cut(studio, project, lab)).method).toBe('unchanged');
    const bytes = await readFile(path);
    bytes[bytes.length - 100]! ^= 1;
    await writeFile(path, bytes);
    await utimes(path, date, date);
    const damaged = await hashOf(path);
    expect((await cut(studio, project, lab)).method).toBe('copied');
    expect(await hashOf(path)).not.toBe(damaged);

    // Another file put in its place, of the same size and date.
    await backdate();
    await writeFile(`${path}.other`, bytes);
    await utimes(`${path}.other`, date, date);
    await rename(`${path}.other`, path);
    expect((await cut(studio, project, lab)).method).toBe('copied');
    expect(await hashOf(path)).not.toBe(damaged);
  });

  it('is not cut again when only its date or its place on the disk changed', async () => {
    const { project } = await shoot(studio, shotsOf(3));
    const { path, durationS } = await cut(studio, project, lab);
    const longAgo = new Date(2001, 1, 1);
    await utimes(path, longAgo, longAgo);
    expect(await cut(studio, project, lab)).toEqual(expect.objectContaining({ method: 'unchanged', durationS }));
    // Restored from a backup.
    await copyFile(path, `${path}.backup`);
    await rm(path);
    await rename(`${path}.backup`, path);
    expect((await cut(studio, project, lab)).method).toBe('unchanged');
    expect((await cut(studio, project, lab)).method).toBe('unchanged');
  });

  it('is cut again when what this home wrote down about it does not tell its bytes', async () => {
    const { project } = await shoot(studio, shotsOf(3));
    const { path } = await cut(studio, project, lab);
    const { frameCount, durationS, width, height, frameRate, audio } = await cut(studio, project, lab);
    const record = await studio.store.films.find(await realpath(path));
    // As versions before this one wrote it.
    await studio.store.films.save({ ...record!, facts: { frameCount, durationS, width, height, frameRate, audio } });
    expect((await cut(studio, project, lab)).method).toBe('copied');
    expect((await cut(studio, project, lab)).method).toBe('unchanged');
  });

  it('shows the take that was selected, and puts every take beside it to choose from', async () => {
    const { project, prompts } = await shoot(studio, shotsOf(2), { takes: 2 });
    const first = await cut(studio, project, lab);
    expect((await readdir(first.clipsFolder)).sort()).toEqual(['S01_SH01_T01.mp4', 'S01_SH01_T02.mp4', 'S01_SH02_T01.mp4', 'S01_SH02_T02.mp4']);
    await studio.store.takes.select(prompts[0]!.id, 'kling', 2);
    expect((await cut(studio, project, lab)).method).toBe('copied');
    // A later run leaves the choice alone.
    await run(studio, project.id);
    expect((await cut(studio, project, lab)).method).toBe('unchanged');
  });

  it('never shows a clip that was damaged on the disk, whatever its date says', async () => {
    const { project, prompts } = await shoot(studio, shotsOf(2));
    const [take] = await studio.store.takes.list([prompts[1]!.id], 'kling');
    const clip = await studio.cache.find(take!.generation.fingerprint);
    const { atime, mtime } = await stat(clip!.path);
    const bytes = await readFile(clip!.path);
    bytes[bytes.length - 100]! ^= 1;
    await chmod(clip!.path, 0o600);
    await writeFile(clip!.path, bytes);
    await utimes(clip!.path, atime, mtime);
    await expect(cut(studio, project, lab)).rejects.toMatchObject({ code: 'CLIP_LOST' });
    // Fetched again by its task, free of charge.
    await run(studio, project.id);
    expect(await cut(studio, project, lab)).toMatchObject({ frameCount: 2 * FRAMES_A_CLIP, missing: [] });
    expect(lab.kling.charges()).toHaveLength(2);
  });

  it('is refused while shots are missing, and the old one is not touched', async () => {
    const { project } = await shoot(studio, shotsOf(2));
    const old = await cut(studio, project, lab);
    const before = await hashOf(old.path);
    lab.kling.failNext('status-1301', { times: 2 });
    await shoot(studio, shotsOf(4));
    await expect(cut(studio, project, lab)).rejects.toMatchObject({ code: 'FILM_INCOMPLETE', detail: { missing: ['S01_SH03', 'S01_SH04'] } });
    expect(await hashOf(old.path)).toBe(before);
    expect((await readdir(lab.folder)).filter((name) => name.endsWith('.tmp') || name.startsWith('.'))).toEqual([]);
  });

  it('with --partial has drawings of the right length for what is missing, and copies the clips beside them', async () => {
    lab.kling.failNext('status-1301', { prompt: 'puddle number 2' });
    const { project } = await shoot(studio, shotsOf(3));
    const film = await cut(studio, project, lab, { partial: true });
    expect(film).toMatchObject({ missing: ['S01_SH02'], drawn: ['S01_SH02'] });
    expect(film.frameCount).toBe(3 * FRAMES_A_CLIP);
    expect((await probeVideo(film.path)).frameCount).toBe(film.frameCount);
    expect((await cut(studio, project, lab, { partial: true })).method).toBe('unchanged');
    // Filmed since: the drawing goes.
    await run(studio, project.id);
    expect(await cut(studio, project, lab, { partial: true })).toMatchObject({ method: 'copied', missing: [], drawn: [], frameCount: 3 * FRAMES_A_CLIP });
  });

  it('says that there is nothing to cut when no shot has a clip; with --partial it is the film of drawings', async () => {
    const shots = [{ prompt: 'A wide shot of the sea. The camera pans left.', out: 0.5 }, { prompt: 'A close-up of Mara.', in: 1, out: 1.5, line: 'Now.' }];
    const plan = async (list: readonly object[]) => await studio.savePlan(await studio.plan({ script: { name: 'film.json', bytes: Buffer.from(JSON.stringify(list)) }, projectName: 'drawn' }), 'kling');
    const { project } = await plan(shots);
    await expect(cut(studio, project, lab)).rejects.toMatchObject({ code: 'FILM_EMPTY' });
    const film = await cut(studio, project, lab, { partial: true });
    expect(film).toMatchObject({ drawn: ['S01_SH01', 'S01_SH02'], frameCount: 24, width: 1280, height: 720, frameRate: 24 });
    expect((await cut(studio, project, lab, { partial: true })).method).toBe('unchanged');
    // Another line is another drawing, and so another film.
    await plan([shots[0]!, { ...shots[1], line: 'Never.' }]);
    expect((await cut(studio, project, lab, { partial: true })).method).not.toBe('unchanged');
  });

  it('with --partial names a shot whose clip is still that of its earlier words', async () => {
    await shoot(studio, shotsOf(2));
    lab.kling.failNext('status-1301');
    const { project } = await shoot(studio, shotsOf(2).with(1, `${shotsOf(2)[1]} Snow falls.`));
    expect(await cut(studio, project, lab, { partial: true })).toMatchObject({ missing: [], drawn: [], outdated: ['S01_SH02'] });
    await run(studio, project.id, { retries: 1 });
    expect(await cut(studio, project, lab, { partial: true })).toMatchObject({ outdated: [] });
  });

  it('with --partial shows another take while the selected one is being fetched again', async () => {
    const { project, prompts } = await shoot(studio, shotsOf(1), { takes: 2 });
    await studio.store.takes.select(prompts[0]!.id, 'kling', 2);
    const takes = await studio.store.takes.list([prompts[0]!.id], 'kling');
    const without = takes.map((take) => (take.number === 2 ? { ...take, generation: { ...take.generation, state: { status: 'cancelled' as const } } } : take));
    const pieces = planCut({ prompts, takes: without, edit: undefined, cast: [] });
    expect(pieces).toMatchObject([{ otherTake: { number: 1 } }]);
    expect({ missing: missingShots(pieces), drawn: shotsToDraw(pieces) }).toEqual({ missing: ['S01_SH01'], drawn: [] });
    expect((await cut(studio, project, lab)).missing).toEqual([]);
  });

  it('shows each shot from its in to its out', async () => {
    const shots = [{ prompt: 'One', in: 1, out: 3 }, { prompt: 'Two' }, { prompt: 'Three', out: 1.5 }];
    const plan = await studio.plan({ script: { name: 'film.json', bytes: Buffer.from(JSON.stringify(shots)) }, projectName: 'trimmed' });
    const { project } = await studio.savePlan(plan, 'kling');
    await run(studio, project.id);
    const film = await cut(studio, project, lab);
    expect(film).toMatchObject({ frameCount: 48 + FRAMES_A_CLIP + 36 });
    expect((await probeVideo(film.path)).frameCount).toBe(48 + FRAMES_A_CLIP + 36);
    // Another out is another film, and no other clip.
    const longer = await studio.plan({ script: { name: 'film.json', bytes: Buffer.from(JSON.stringify(shots.with(0, { prompt: 'One', in: 1, out: 4 }))) }, projectName: 'trimmed' });
    await studio.savePlan(longer, 'kling');
    expect((await run(studio, project.id)).report.summary).toMatchObject({ generated: 0, cached: 3 });
    expect((await cut(studio, project, lab)).frameCount).toBe(72 + FRAMES_A_CLIP + 36);
    expect(lab.kling.charges()).toHaveLength(3);
  });

  it('names a clip that went away since, and says that it costs nothing to have it again', async () => {
    const { project } = await shoot(studio, shotsOf(2));
    await rm(join(lab.home, 'clips'), { recursive: true });
    await expect(cut(studio, project, lab)).rejects.toMatchObject({ code: expect.stringMatching(/^CLIP_/) as string, next: expect.stringMatching(/again.*(free|not paid)/) as string });
  });

  it("is cut in an edit's order with its trims, black and repeats, through every run of the same script, until that is given up", async () => {
    const { project, prompts } = await shoot(studio, shotsOf(3));
    const scripted = await cut(studio, project, lab);
    const [one, , three] = prompts;
    const parts = [{ shotId: three!.id, inS: 1, outS: 2 }, { blackS: 0.5 }, { shotId: one!.id, inS: 0 }, { shotId: three!.id, inS: 4.5 }];
    await studio.store.edits.save(project.id, { source: 'cut.edl', parts, leftOut: [prompts[1]!.id] });
    const edited = await cut(studio, project, lab);
    expect(edited).toMatchObject({ method: 'mixed', editedBy: 'cut.edl', frameCount: 24 + 12 + FRAMES_A_CLIP + 13, missing: [] });
    expect((await probeVideo(edited.path)).frameCount).toBe(edited.frameCount);
    expect(await cut(studio, project, lab)).toMatchObject({ method: 'unchanged', editedBy: 'cut.edl' });

    await shoot(studio, shotsOf(3));
    expect((await cut(studio, project, lab)).method).toBe('unchanged');
    expect(lab.kling.charges()).toHaveLength(3);

    await studio.store.edits.remove(project.id);
    expect(await cut(studio, project, lab)).toEqual({ ...scripted, method: 'copied' });
  });

  it('needs no clip of a shot that the edit leaves out', async () => {
    lab.kling.failNext('status-1301', { prompt: 'puddle number 2' });
    const { project, prompts } = await shoot(studio, shotsOf(3));
    await expect(cut(studio, project, lab)).rejects.toMatchObject({ code: 'FILM_INCOMPLETE' });
    const parts = [{ shotId: prompts[2]!.id, inS: 0 }, { shotId: prompts[0]!.id, inS: 0 }];
    await studio.store.edits.save(project.id, { source: 'cut.edl', parts, leftOut: [prompts[1]!.id] });
    expect(await cut(studio, project, lab)).toMatchObject({ method: 'copied', missing: [], frameCount: 2 * FRAMES_A_CLIP });
  });
});
