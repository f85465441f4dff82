import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countRequests, openLab, paidTimes, planFilm, run, shoot, shotsOf, type Lab } from '../../test/money/lab.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { openDatabase } from '../store/database.ts';
import type { ErrorFacts, GenerationState } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import type { RecoveredClip, RecoverReport } from './recover.ts';

const SHOTS = shotsOf(3);
const DAY_MS = 24 * 3_600_000;

/** The system's time, and as many days later as a test says. */
function calendar(): Clock & { pass(ms: number): void } {
  let laterMs = 0;
  return { ...systemClock, now: () => Date.now() + laterMs, pass: (ms) => (laterMs += ms) };
}

let lab: Lab;
let clock: ReturnType<typeof calendar>;
beforeEach(async () => {
  clock = calendar();
  lab = await openLab({ clock });
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const posts = () => countRequests(lab.kling, 'POST', /./);
const hows = ({ clips }: RecoverReport) => clips.map(({ how }) => how).sort();

async function loseClips(): Promise<void> {
  await rm(join(lab.home, 'clips'), { recursive: true, force: true });
}

/** Writes into the store as an older backup, a kill or a disk would leave it. */
async function rewrite(change: (write: (text: string, ...values: unknown[]) => Promise<void>) => Promise<void>): Promise<void> {
  const db = await openDatabase(join(lab.home, 'studio.sqlite'));
  try {
    await change(async (text, ...values) => {
      const pieces = text.split('?');
      await sql.join(pieces.map((piece, index) => (index < values.length ? sql`${sql.raw(piece)}${values[index]}` : sql.raw(piece))), sql.raw('')).execute(db);
    });
  } finally {
    await db.destroy();
  }
}

describe('a home that was lost', () => {
  it('gets every clip of its films back without a cent, and the next film finds them', async () => {
    const first = await lab.studio({ clock });
    await shoot(first, SHOTS);
    await first.close();
    await rm(lab.home, { recursive: true });
    const studio = await lab.studio({ clock });
    const seen: string[] = [];
    const report = await studio.recover('kling', { onProgress: (progress) => seen.push(progress.step) });
    expect(report).toMatchObject({ seen: 3, billedUnits: 4.5, stopped: false });
    expect(report.clips).toEqual(SHOTS.map(() => expect.objectContaining({ how: 'fetched', known: false, places: [], billedUnits: 1.5 }) as RecoveredClip));
    expect(seen).toEqual(['looking', 'fetching', 'fetching', 'fetching']);
    const { report: film, project } = await shoot(studio, SHOTS);
    expect(film.summary).toMatchObject({ completed: 3, cached: 3, generated: 0, billedUnits: 0 });
    expect(posts()).toBe(3);
    // What they cost is the film's: its cap and its status must not forget it.
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(4.5);
  });

  it.each([400, 31, -400])('gets them back also on a machine whose clock is %i days ahead: Kling’s clock says what is 30 days old', async (days) => {
    await shoot(await lab.studio(), SHOTS);
    await rm(lab.home, { recursive: true });
    const wrong: Clock = { ...systemClock, now: () => Date.now() + days * DAY_MS };
    const report = await (await lab.studio({ clock: wrong })).recover('kling');
    expect(report).toMatchObject({ seen: 3, billedUnits: 4.5 });
    expect(hows(report)).toEqual(['fetched', 'fetched', 'fetched']);
    clock.pass(32 * DAY_MS);
    expect(await (await lab.studio({ clock: wrong })).recover('kling')).toMatchObject({ seen: 0, clips: [] });
  });

  it('is told what every attempt cost, also the one that failed before the clip was made', async () => {
    const first = await lab.studio({ clock });
    lab.kling.failNext('task-failed-charged');
    await shoot(first, SHOTS.slice(0, 1), { retries: 1 });
    await first.close();
    expect(lab.kling.tasks().map(({ chargedUnits }) => chargedUnits)).toEqual([1.5, 1.5]);
    await rm(lab.home, { recursive: true });
    const studio = await lab.studio({ clock });
    await studio.recover('kling');
    const { report, project } = await shoot(studio, SHOTS.slice(0, 1));
    expect(report.summary).toMatchObject({ completed: 1, cached: 1, generated: 0 });
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(3);
    // No film of this home asks for the others' pictures: their cost is nobody's.
    const { project: other } = await planFilm(studio, SHOTS.slice(1, 2), { name: 'another' });
    expect(await studio.store.ledger.spentUnits(other.id, 'kling')).toBe(0);
  });

  it('fetches them again, and sends nothing, when their files are lost before a film asks for them', async () => {
    const first = await lab.studio({ clock });
    await shoot(first, SHOTS);
    await first.close();
    await rm(lab.home, { recursive: true });
    const studio = await lab.studio({ clock });
    await studio.recover('kling');
    await studio.cache.clearCache();
    const { report, project } = await shoot(studio, SHOTS);
    expect(report.summary).toMatchObject({ completed: 3, billedUnits: 0 });
    expect(posts()).toBe(3);
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(4.5);
  });

  it('says the second time that everything is here, and downloads nothing', async () => {
    const first = await lab.studio({ clock });
    await shoot(first, SHOTS);
    await first.close();
    await rm(lab.home, { recursive: true });
    const studio = await lab.studio({ clock });
    await studio.recover('kling');
    const downloads = countRequests(lab.kling, 'GET', /^\/clips\//);
    expect(hows(await studio.recover('kling'))).toEqual(['here', 'here', 'here']);
    expect(countRequests(lab.kling, 'GET', /^\/clips\//)).toBe(downloads);
  });

  it('leaves alone what other programs made on the account, in whatever order it is listed', async () => {
    await using busy = await openLab({ clock, foreignTasks: 230, listOrder: 'shuffled' });
    const first = await busy.studio({ clock });
    await shoot(first, SHOTS);
    await first.close();
    await rm(busy.home, { recursive: true });
    const studio = await busy.studio({ clock });
    const report = await studio.recover('kling');
    expect(report.seen).toBeGreaterThan(100);
    expect(hows(report)).toEqual(['fetched', 'fetched', 'fetched']);
    expect((await studio.cache.cacheSize()).clips).toBe(3);
  });

  it('keeps no clip that does not play, and says why it could not be had', async () => {
    const first = await lab.studio({ clock });
    await shoot(first, SHOTS);
    await first.close();
    await rm(lab.home, { recursive: true });
    lab.kling.failNext('download-garbage', { times: Number.POSITIVE_INFINITY, prompt: 'puddle number 2' });
    lab.kling.failNext('download-404', { times: Number.POSITIVE_INFINITY, prompt: 'puddle number 3' });
    const studio = await lab.studio({ clock });
    const report = await studio.recover('kling');
    expect(hows(report)).toEqual(['fetched', 'gone', 'gone']);
    for (const clip of report.clips.filter(({ how }) => how === 'gone')) expect(clip.error?.message).toMatch(/\w/);
    expect((await studio.cache.cacheSize()).clips).toBe(1);
    lab.kling.clearFaults();
    expect(hows(await studio.recover('kling'))).toEqual(['fetched', 'fetched', 'here']);
  });

  it('finds only what Kling still keeps: 30 days', async () => {
    const studio = await lab.studio({ clock });
    await shoot(studio, SHOTS);
    await loseClips();
    clock.pass(32 * DAY_MS);
    expect(await studio.recover('kling')).toMatchObject({ seen: 0, clips: [] });
    expect(posts()).toBe(3);
  });
});

const error: ErrorFacts = { code: 'TEST', message: 'a test' };
const unknown = { status: 'unknown', lostAtMs: 1_000, looks: 0, nextLookAtMs: 1_000, tries: 0, idTaken: false, posts: 1, unanswered: 1 } as const;

/** A row's state as a kill, a backup or a mistake may leave it, given the task that Kling has. */
const LEFT: Record<string, (taskId: string) => GenerationState> = {
  'waiting: the home is an older backup': () => ({ status: 'waiting', reason: 'slot', untilMs: 0, tries: 0, posts: 0 }),
  'sending: killed before the answer came': () => ({ status: 'sending', startedAtMs: 1_000, tries: 0, posts: 1, unanswered: 0 }),
  'unknown: the answer was lost': () => unknown,
  'unknown: the id is taken': () => ({ ...unknown, idTaken: true, unanswered: 0 }),
  'unknown: absent after the wait': () => ({ ...unknown, absentAtMs: 20_000 }),
  submitted: (taskId) => ({ status: 'submitted', taskId, submittedAtMs: 1_000 }),
  processing: (taskId) => ({ status: 'processing', taskId, submittedAtMs: 1_000, processingAtMs: 2_000 }),
  downloading: (taskId) => ({ status: 'downloading', taskId, submittedAtMs: 1_000, succeededAtMs: 3_000, tries: 2, nextTryAtMs: 3_000, again: false, error }),
  unobtainable: (taskId) => ({ status: 'unobtainable', taskId, succeededAtMs: 3_000, tries: 5, nextTryAtMs: 3_000, giveUpAtMs: 9e15, error }),
  'failed: no file could be had': (taskId) => ({ status: 'failed', cause: 'unobtainable', error, charged: 'yes', taskId, posts: 1 }),
  'failed: refused': () => ({ status: 'failed', cause: 'refused', error, charged: 'no', posts: 1 }),
  'parked: cannot be known': () => ({ status: 'parked', why: 'cannot-know', error, resumeFrom: { ...unknown, idTaken: true } }),
  'parked: needs another key': (taskId) => ({ status: 'parked', why: 'other-account', error, resumeFrom: { status: 'submitted', taskId, submittedAtMs: 1_000 } }),
  cancelled: () => ({ status: 'cancelled' }),
  'completed, and the file is lost': (taskId) => ({ status: 'completed', contentHash: 'a', sizeBytes: 1, taskId, succeededAtMs: 3_000, completedAtMs: 4_000 }),
  'completed out of a cache that is lost': () => ({ status: 'completed', contentHash: 'a', sizeBytes: 1, completedAtMs: 4_000 }),
};

describe('a take that the ledger knows', () => {
  it.each(Object.keys(LEFT))('is brought to its clip and its true bill without a POST when it stands at "%s"', async (name) => {
    const first = await lab.studio({ clock });
    const { project } = await shoot(first, SHOTS.slice(0, 1));
    await first.close();
    await loseClips();
    const [task] = lab.kling.tasks();
    const state = LEFT[name]!(task!.taskId);
    await rewrite((write) => write('update generations set status = ?, state = ?, billed_units = null, reserved_units = 0, lease = null', state.status, JSON.stringify(state)));

    const studio = await lab.studio({ clock });
    const report = await studio.recover('kling');
    expect(report.clips).toEqual([expect.objectContaining({ how: 'fetched', known: true, billedUnits: 1.5, places: [expect.objectContaining({ project: 'film', shot: 'S01_SH01', take: 1 })] })]);
    const [row] = await studio.store.ledger.listPicture((await wanted(studio, project.id))[0]!);
    expect(row).toMatchObject({ state: { status: 'completed', taskId: task!.taskId }, billedUnits: 1.5, reservedUnits: 0 });
    expect(row?.lease).toBeUndefined();
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(1.5);
    expect((await run(studio, project.id)).report.summary).toMatchObject({ completed: 1, cached: 1, generated: 0 });
    expect(posts()).toBe(1);
  });

  it('is selected, so that the film can be cut', async () => {
    const first = await lab.studio({ clock });
    const { project, prompts } = await shoot(first, SHOTS);
    await first.close();
    await loseClips();
    await rewrite(async (write) => {
      await write('update takes set selected = 0');
      await write('update generations set status = ?, state = ?', 'unknown', JSON.stringify(unknown));
    });
    const studio = await lab.studio({ clock });
    await studio.recover('kling');
    expect((await studio.store.takes.list(prompts.map(({ id }) => id), 'kling')).map(({ selected }) => selected)).toEqual([true, true, true]);
    expect((await studio.film({ projectId: project.id, engine: 'kling', outputPath: join(lab.folder, 'film.mp4'), partial: false })).missing).toEqual([]);
  });

  it('stays at Kling when it is not finished there, and is fetched once it is', async () => {
    await using slow = await openLab({ clock, speed: 1, random: () => 0.5 });
    const first = await slow.studio({ clock });
    const { project } = await planFilm(first, SHOTS);
    const stop = new AbortController();
    const orchestrator = await first.orchestrator('kling');
    orchestrator.on((event) => {
      if (event.type === 'clip' && event.stage === 'submitted' && slow.kling.tasks().length === 3) stop.abort(new Error('enough'));
    });
    await orchestrator.generateAll({ projectId: project.id, signal: stop.signal });
    expect(hows(await first.recover('kling'))).toEqual(['atKling', 'atKling', 'atKling']);
    await first.close();
    await rm(slow.home, { recursive: true });
    const studio = await slow.studio({ clock });
    expect((await studio.recover('kling')).clips).toEqual(SHOTS.map(() => expect.objectContaining({ how: 'atKling', known: false }) as RecoveredClip));
    clock.pass(3_600_000);
    await slow.kling.idle();
    expect(hows(await studio.recover('kling'))).toEqual(['fetched', 'fetched', 'fetched']);
  });

  it('has failed when Kling says so, with what is known of its bill, whatever the row hoped for', async () => {
    const first = await lab.studio({ clock });
    lab.kling.failNext('task-failed-charged', { prompt: 'puddle number 2' });
    const { project } = await shoot(first, SHOTS);
    await first.close();
    await rewrite((write) => write('update generations set status = ?, state = ?, billed_units = null, reserved_units = 1.5', 'unknown', JSON.stringify(unknown)));
    const studio = await lab.studio({ clock });
    const report = await studio.recover('kling');
    expect(hows(report)).toEqual(['failed', 'here', 'here']);
    expect(report.clips.find(({ how }) => how === 'failed')).toMatchObject({ billedUnits: 1.5, error: { message: expect.stringMatching(/\w/) as string } });
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(4.5);
    expect(posts()).toBe(3);
  });

  it('goes on to a later attempt that an older backup knows nothing of', async () => {
    const first = await lab.studio({ clock });
    lab.kling.failNext('task-failed-moderation');
    const { project } = await shoot(first, SHOTS.slice(0, 1), { retries: 1 });
    await first.close();
    await loseClips();
    const [failed, made] = lab.kling.tasks();
    expect([failed?.status, made?.status]).toEqual(['failed', 'succeed']);
    for (const state of [{ status: 'submitted', taskId: failed!.taskId, submittedAtMs: 1_000 }, unknown] satisfies GenerationState[]) {
      await rewrite(async (write) => {
        await write('update takes set generation_id = (select id from generations where attempt = 1)');
        await write('delete from journal where generation_id in (select id from generations where attempt = 2)');
        await write('delete from metrics');
        await write('delete from generations where attempt = 2');
        await write('update generations set status = ?, state = ?, billed_units = null, lease = null', state.status, JSON.stringify(state));
      });
      await loseClips();
      const studio = await lab.studio({ clock });
      const report = await studio.recover('kling');
      expect(hows(report)).toEqual(['failed', 'fetched']);
      const rows = await studio.store.ledger.listPicture((await wanted(studio, project.id))[0]!);
      expect(rows.map((row) => [row.attempt, row.state.status])).toEqual([[1, 'failed'], [2, 'completed']]);
      expect((await run(studio, project.id)).report).toMatchObject({ summary: { completed: 1, generated: 0 }, takes: [{ take: 1 }] });
      expect(posts()).toBe(2);
      await studio.close();
    }
  });

  it('is not taken from the account that was asked for it first', async () => {
    const other = await lab.otherAccount({ clock });
    const first = await lab.studio({ clock });
    await shoot(first, SHOTS.slice(0, 1));
    await first.close();
    await loseClips();
    // The same picture, made on another account: this row's answer is still open there, and nobody but it can tell.
    await rewrite(async (write) => {
      await write("insert into accounts (id, engine, base_url, created_at) values ('another', 'kling', ?, 1)", other.baseUrl);
      await write("update generations set account_id = 'another', status = ?, state = ?", 'unknown', JSON.stringify(unknown));
    });
    const studio = await lab.studio({ clock });
    const report = await studio.recover('kling');
    expect(report.clips).toEqual([expect.objectContaining({ how: 'fetched', known: false })]);
    const [row] = await studio.store.ledger.listPicture(await fingerprintInCache(studio));
    expect(row).toMatchObject({ state: { status: 'unknown' }, accountId: 'another' });
  });
});

describe('recovering', () => {
  it('in two processes at once brings each clip once and pays nothing', async () => {
    const first = await lab.studio({ clock });
    const { project } = await shoot(first, SHOTS);
    await first.close();
    await loseClips();
    await rewrite((write) => write('update generations set status = ?, state = ?, lease = null', 'unknown', JSON.stringify(unknown)));
    const [here, there] = [await lab.studio({ clock }), await lab.studio({ clock })];
    const reports = await Promise.all([here.recover('kling'), there.recover('kling')]);
    for (const report of reports) for (const clip of report.clips) expect(['fetched', 'here', 'busy']).toContain(clip.how);
    expect(hows(await here.recover('kling'))).toEqual(['here', 'here', 'here']);
    expect(await here.store.ledger.spentUnits(project.id, 'kling')).toBe(4.5);
    expect(posts()).toBe(3);
  });

  it('beside a run that drives the same takes leaves them to it', async () => {
    const studio = await lab.studio({ clock });
    const other = await lab.studio({ clock });
    const { project } = await planFilm(studio, SHOTS);
    const orchestrator = await studio.orchestrator('kling');
    const [{ summary }, report] = await Promise.all([orchestrator.generateAll({ projectId: project.id }), other.recover('kling')]);
    expect(summary).toMatchObject({ completed: 3, failed: 0, waiting: 0 });
    expect(report.clips.length).toBeLessThanOrEqual(3);
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1]);
    expect(hows(await other.recover('kling'))).toEqual(['here', 'here', 'here']);
  });

  it.each(['before', 'after'] as const)('is harmless to repeat when it died %s any of its commits', async (when) => {
    const first = await lab.studio({ clock });
    const { project } = await shoot(first, SHOTS.slice(0, 1));
    await first.close();
    let deaths = 0;
    for (let dieAt = 1; dieAt <= 6; dieAt += 1) {
      await loseClips();
      await rewrite((write) => write('update generations set status = ?, state = ?, billed_units = null, lease = null', 'unknown', JSON.stringify(unknown)));
      const mortal = await lab.studio({ clock });
      const commit = mortal.store.ledger.commit.bind(mortal.store.ledger);
      let commits = 0;
      let die: (died: true) => void = () => {};
      const death = new Promise<true>((resolve) => (die = resolve));
      const dead = async () => {
        die(true);
        return await new Promise<never>(() => {});
      };
      mortal.store.ledger.commit = async (...args) => {
        commits += 1;
        if (commits === dieAt && when === 'before') return await dead();
        const written = await commit(...args);
        return commits === dieAt ? await dead() : written;
      };
      const died = await Promise.race([death, mortal.recover('kling').then(() => false)]);
      deaths += died ? 1 : 0;
      await mortal.close();
      const studio = await lab.studio({ clock });
      expect((await studio.recover('kling')).clips[0]?.how).toMatch(/^(?:fetched|here)$/);
      expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(1.5);
      await studio.close();
      if (!died) break;
    }
    expect(deaths).toBeGreaterThanOrEqual(3);
    expect(posts()).toBe(1);
  });

  it('stops when it is told to, and goes on the next time', async () => {
    const first = await lab.studio({ clock });
    await shoot(first, shotsOf(8));
    await first.close();
    await rm(lab.home, { recursive: true });
    const studio = await lab.studio({ clock });
    const stop = new AbortController();
    const report = await studio.recover('kling', { signal: stop.signal, onProgress: ({ step }) => step === 'fetching' && stop.abort(new Error('enough')) });
    expect(report.stopped).toBe(true);
    expect(report.clips.length).toBeLessThan(8);
    expect(hows(await studio.recover('kling'))).toHaveLength(8);
    expect((await studio.cache.cacheSize()).clips).toBe(8);
  });
});

/** The fingerprints that the film's takes stand on. */
async function wanted(studio: Studio, projectId: string): Promise<string[]> {
  const prompts = await studio.store.projects.loadPromptList(projectId);
  return (await studio.store.takes.list(prompts.map(({ id }) => id), 'kling')).map(({ generation }) => generation.fingerprint);
}

async function fingerprintInCache(studio: Studio): Promise<string> {
  const [fingerprint] = await studio.store.takes.fingerprintsInUse();
  expect(await studio.cache.find(fingerprint!)).toBeDefined();
  return fingerprint!;
}
