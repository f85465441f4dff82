import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import type { ShotSettings } from '../protocol/shot-settings.ts';
import { openStore, type AskedPicture, type Generation, type GenerationState, type Project, type Store } from './index.ts';

const SETTINGS: ShotSettings = { kind: 'text2video', model: 'kling-v2-5-turbo', mode: 'std', prompt: 'A boat', durationS: 5, aspectRatio: '16:9', sound: false };
const ACCOUNT = 'account-1';
const error = { code: 'TEST', message: 'a test' };

let home: string;
let nowMs: number;
let stores: Store[];
let store: Store;
let project: Project;

/** Another process on the same home, as far as the ledger can tell: a connection and a lease of its own. */
async function open(): Promise<Store> {
  const opened = await openStore({ home, clock: { ...systemClock, now: () => nowMs } });
  stores.push(opened);
  return opened;
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ledger-'));
  stores = [];
  nowMs = 1_000_000;
  store = await open();
  project = await store.projects.createProject({ name: 'film', engine: 'kling' });
});
afterEach(async () => {
  for (const each of stores) await each.close();
  await rm(home, { recursive: true, force: true });
});

function picture(name: string, estimateUnits = 1.5): AskedPicture {
  return { fingerprint: name, engine: 'kling', projectId: project.id, request: SETTINGS, estimateUnits, externalTaskId: (attempt) => `${name}-a${attempt}` };
}

const sending: GenerationState = { status: 'sending', startedAtMs: 1, tries: 0, posts: 1, unanswered: 0 };
const submitted = (taskId: string): GenerationState => ({ status: 'submitted', taskId, submittedAtMs: 1 });

async function asked(of: Store, name: string, estimateUnits?: number): Promise<Generation> {
  const row = (await of.ledger.ask([picture(name, estimateUnits)])).get(name);
  if (!row) throw new Error(`${name} has no row`);
  return row;
}

async function claimed(of: Store, name: string, estimateUnits?: number): Promise<Generation> {
  const row = await of.ledger.claim((await asked(of, name, estimateUnits)).id);
  if (!row) throw new Error(`${name} is driven by somebody else`);
  return row;
}

async function send(of: Store, generation: Generation) {
  return await of.ledger.beginSend(generation, { accountId: ACCOUNT, projectId: generation.projectId, state: sending });
}

describe('single flight', () => {
  it('gives everybody who asks for one picture the same row, and one of them the right to drive it', async () => {
    const other = await open();
    const first = await claimed(store, 'a');
    expect((await asked(store, 'a')).id).toBe(first.id);
    expect((await asked(other, 'a')).id).toBe(first.id);
    expect(await other.ledger.claim(first.id)).toBeUndefined();
    // Nor does a second run of the same process get it: the lease would not keep the two apart.
    expect(await store.ledger.claim(first.id)).toBeUndefined();
    await store.ledger.release(first);
    expect(await store.ledger.claim(first.id)).toMatchObject({ id: first.id });
  });

  it('hands a row on at once when the process that drove it is gone, and refuses what that one still writes', async () => {
    const other = await open();
    const mine = await claimed(store, 'a');
    stores.shift();
    await store.close();
    const theirs = (await other.ledger.claim(mine.id))!;
    expect(theirs.version).toBeGreaterThan(mine.version);
    store = await open();
    await expect(store.ledger.commit(mine, { state: { status: 'cancelled' }, event: 'cancel' })).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect((await other.ledger.find(mine.id))?.state.status).toBe('waiting');
  });

  it('knows which rows a living process drives, and that nobody drives those of a dead one', async () => {
    const other = await open();
    const rows = [await claimed(store, 'a'), await claimed(store, 'b'), await claimed(other, 'c'), await asked(store, 'd')];
    expect(other.ledger.drivenNow(rows)).toEqual(new Set(rows.slice(0, 3).map(({ id }) => id)));
    stores.shift();
    await store.close();
    // The rows still carry its lease, as after kill -9.
    const after = await Promise.all(rows.map(async ({ id }) => (await other.ledger.find(id))!));
    expect(after.map(({ lease }) => lease !== undefined)).toEqual([true, true, true, false]);
    expect(other.ledger.drivenNow(after)).toEqual(new Set([rows[2]!.id]));
    store = await open();
  });

  it('refuses a write that was decided on an older state of the row', async () => {
    const row = await claimed(store, 'a');
    const granted = await send(store, row);
    expect(granted.granted).toBe(true);
    await expect(store.ledger.commit(row, { state: sending, event: 'send' })).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect((await store.ledger.journal(row.id)).map(({ event }) => event)).toEqual(['asked', 'send']);
  });

  it('makes one new attempt when two ask again after the same failure', async () => {
    const row = await claimed(store, 'a');
    await store.ledger.commit(row, { state: { status: 'failed', cause: 'task-failed', error, charged: 'no', taskId: '1', posts: 1 }, event: 'task-failed' });
    const [one, two] = [await store.ledger.askAgain(picture('a'), row.id), await (await open()).ledger.askAgain(picture('a'), row.id)];
    expect(two.id).toBe(one.id);
    expect(one).toMatchObject({ attempt: 2, externalTaskId: 'a-a2' });
    // And a third that comes late, when the new one is over too, still joins it.
    const second = (await store.ledger.claim(one.id))!;
    await store.ledger.commit(second, { state: { status: 'completed', contentHash: 'x', sizeBytes: 1, taskId: '2', completedAtMs: 1 }, event: 'stored' });
    expect((await store.ledger.askAgain(picture('a'), row.id)).id).toBe(one.id);
  });
});

describe('money', () => {
  /** Every state with what it must hold of an estimate of 1.5 units, before the bill is known. */
  const HELD: [GenerationState, number][] = [
    [{ status: 'waiting', reason: 'slot', untilMs: 0, tries: 3, posts: 2 }, 0],
    [sending, 1.5],
    [{ status: 'unknown', lostAtMs: 1, looks: 9, nextLookAtMs: 1, tries: 0, idTaken: false, posts: 2, unanswered: 1, refusal: error }, 1.5],
    [submitted('1'), 1.5],
    [{ status: 'processing', taskId: '1', submittedAtMs: 1, processingAtMs: 2 }, 1.5],
    [{ status: 'downloading', taskId: '1', succeededAtMs: 1, tries: 0, nextTryAtMs: 1, again: false }, 1.5],
    [{ status: 'unobtainable', taskId: '1', succeededAtMs: 1, tries: 5, nextTryAtMs: 1, giveUpAtMs: 2, error }, 1.5],
    [{ status: 'completed', contentHash: 'a', sizeBytes: 1, taskId: '1', completedAtMs: 3 }, 1.5],
    [{ status: 'completed', contentHash: 'a', sizeBytes: 1, completedAtMs: 3 }, 0],
    [{ status: 'failed', cause: 'refused', error, charged: 'no', posts: 1 }, 0],
    [{ status: 'failed', cause: 'task-failed', error, charged: 'unknown', taskId: '1', posts: 1 }, 1.5],
    [{ status: 'failed', cause: 'unobtainable', error, charged: 'yes', taskId: '1', posts: 1 }, 1.5],
    [{ status: 'parked', why: 'other-account', error, resumeFrom: submitted('1') as Exclude<GenerationState, { status: 'parked' }> }, 1.5],
    [{ status: 'cancelled' }, 0],
  ];

  it.each(HELD)('holds for %j: %d units', async (state, units) => {
    const row = await claimed(store, 'a');
    expect((await store.ledger.commit(row, { state, event: 'test' })).reservedUnits).toBe(units);
    expect(await store.ledger.spentUnits(project.id, 'kling')).toBe(units);
    expect(await store.ledger.spentUnits(project.id, 'sandbox')).toBe(0);
  });

  it('counts the bill in place of the estimate as soon as it is known, never both', async () => {
    const row = await claimed(store, 'a');
    const bill = await store.ledger.commit(row, { state: submitted('1'), event: 'succeeded', billedUnits: 1.25 });
    expect(bill).toMatchObject({ reservedUnits: 0, billedUnits: 1.25 });
    const later = await store.ledger.commit(bill, { state: { status: 'completed', contentHash: 'a', sizeBytes: 1, taskId: '1', completedAtMs: 3 }, event: 'stored' });
    expect(later.billedUnits).toBe(1.25);
    expect(await store.ledger.spentUnits(project.id, 'kling')).toBe(1.25);
  });

  it('never sets more aside than the cap, whoever asks in whatever order', async () => {
    const other = await open();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 80 }),
        fc.array(fc.record({ second: fc.boolean(), tenths: fc.integer({ min: 1, max: 50 }), end: fc.constantFrom('stay', 'refused', 'billed', 'failed') }), { minLength: 1, maxLength: 15 }),
        async (capTenths, asks) => {
          round += 1;
          const name = `round-${round}`;
          project = await store.projects.createProject({ name, engine: 'kling' });
          const capUnits = capTenths / 10;
          await store.projects.updateProject(project.id, { capUnits });
          for (const [index, { second, tenths, end }] of asks.entries()) {
            const who = second ? other : store;
            const row = await claimed(who, `${name}-${index}`, tenths / 10);
            const account = `${name}-${index}`;
            const before = await store.ledger.spentUnits(project.id, 'kling');
            const grant = await who.ledger.beginSend(row, { accountId: account, projectId: row.projectId, state: sending });
            expect(grant.granted).toBe(before + tenths / 10 <= capUnits + 1e-9);
            if (grant.granted && end === 'refused') await who.ledger.commit(grant.generation, { state: { status: 'failed', cause: 'refused', error, charged: 'no', posts: 1 }, event: 'refused' });
            if (grant.granted && end === 'billed') await who.ledger.commit(grant.generation, { state: submitted('1'), event: 'succeeded', billedUnits: tenths / 10 });
            if (grant.granted && end === 'failed') await who.ledger.commit(grant.generation, { state: { status: 'failed', cause: 'task-failed', error, charged: 'unknown', taskId: '1', posts: 1 }, event: 'task-failed' });
            expect(await store.ledger.spentUnits(project.id, 'kling')).toBeLessThanOrEqual(capUnits + 1e-9);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('slots', () => {
  it('are shared by everybody on the store: nobody sends beyond what the account was seen to hold', async () => {
    const other = await open();
    // First contact: one, then two; the fourth is answered "full".
    const rows: Generation[] = [];
    for (const name of ['a', 'b', 'c']) {
      const grant = await send(store, await claimed(store, name));
      if (!grant.granted) throw new Error('no slot');
      rows.push(await store.ledger.commitAccepted(grant.generation, { state: submitted(name), event: 'accepted' }));
    }
    const fourth = await send(other, await claimed(other, 'd'));
    if (!fourth.granted) throw new Error('no slot');
    await other.ledger.commitFull(fourth.generation, { state: { status: 'waiting', reason: 'slot', untilMs: 0, tries: 1, posts: 1 }, event: 'deferred' });
    expect(await send(store, await claimed(store, 'e'))).toEqual({ granted: false, why: 'slot' });
    // One of ours ends: exactly one may go, whoever asks.
    await store.ledger.commit(rows[0]!, { state: { status: 'failed', cause: 'task-failed', error, charged: 'no', taskId: 'a', posts: 1 }, event: 'task-failed' });
    expect(await send(other, await claimed(other, 'f'))).toMatchObject({ granted: true });
    expect(await send(store, await claimed(store, 'g'))).toEqual({ granted: false, why: 'slot' });
  });

  it('do not wait for the answer to a POST whose process is dead', async () => {
    const dying = await open();
    expect(await send(dying, await claimed(dying, 'a'))).toMatchObject({ granted: true });
    stores.splice(stores.indexOf(dying), 1);
    await dying.close();
    // The first batch is used up and its only answer will never come; another project must not stand still for it.
    expect(await send(store, await claimed(store, 'b'))).toMatchObject({ granted: true });
  });

  it('are not held for ever by takes that nobody looks after', async () => {
    const accepted: Generation[] = [];
    for (const name of ['a', 'b']) {
      const grant = await send(store, await claimed(store, name));
      if (!grant.granted) throw new Error('no slot');
      accepted.push(await store.ledger.commitAccepted(grant.generation, { state: submitted(name), event: 'accepted' }));
    }
    const refused = await send(store, await claimed(store, 'c'));
    if (!refused.granted) throw new Error('no slot');
    await store.ledger.commitFull(refused.generation, { state: { status: 'waiting', reason: 'slot', untilMs: 0, tries: 1, posts: 1 }, event: 'deferred' });
    expect(await send(store, await claimed(store, 'd'))).toEqual({ granted: false, why: 'slot' });
    // The run that drove them was stopped; an hour later Kling has long finished them.
    for (const row of accepted) await store.ledger.release(row);
    nowMs += 3_600_000;
    expect(await send(store, await claimed(store, 'e'))).toMatchObject({ granted: true });
    nowMs += 2_001;
    expect(await send(store, await claimed(store, 'f'))).toMatchObject({ granted: true });
    nowMs += 2_001;
    // Two of ours hold both, whatever became of the old ones; one probe a minute asks for more.
    expect(await send(store, await claimed(store, 'g'))).toMatchObject({ granted: true });
    expect(await send(store, await claimed(store, 'h'))).toEqual({ granted: false, why: 'slot' });
  });
});
