import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Db } from './database.ts';
import { afterFull, decide, expectRoom, takeSlot, type SlotKnowledge } from './slots.ts';

const unlearned: SlotKnowledge = { known_limit: null, batch_left: 1, batch_size: 1, climbing: 0, probed_at: 0 };
const learned = (limit: number, probedAt = 0): SlotKnowledge => ({ known_limit: limit, batch_left: 0, batch_size: 4, climbing: 0, probed_at: probedAt });

describe('the right to send one more task', () => {
  it('doubles at first contact up to twelve, and each batch waits until the one before was answered', () => {
    let knowledge = unlearned;
    const batches: number[] = [];
    for (let active = 0; batches.length < 6; ) {
      let sending = 0;
      for (let next = decide(knowledge, { active, sending }, 0); next; next = decide(knowledge, { active, sending }, 0)) {
        knowledge = next;
        sending += 1;
        active += 1;
      }
      batches.push(sending);
    }
    expect(batches).toEqual([1, 2, 4, 8, 12, 12]);
  });

  it('asks a full account for more room once a minute, not sooner', () => {
    expect(decide(learned(5, 1_000), { active: 5, sending: 0 }, 60_999)).toBeUndefined();
    expect(decide(learned(5, 1_000), { active: 5, sending: 0 }, 61_000)).toEqual(learned(5, 61_000));
    expect(decide(learned(5, 61_000), { active: 5, sending: 0 }, 61_001)).toBeUndefined();
  });

  it('sends one by one once the limit is known, so that a smaller one costs one refusal', () => {
    expect(decide(learned(5), { active: 1, sending: 1 }, 0)).toBeUndefined();
    expect(decide(learned(5), { active: 1, sending: 0 }, 0)).toEqual(learned(5));
  });

  it('climbs without waiting while more is accepted, and stops at the first refusal', () => {
    const climbing = { ...learned(5, 9_000), climbing: 1 };
    expect(decide(climbing, { active: 5, sending: 0 }, 9_001)).toEqual(climbing);
    const full = afterFull(climbing, { active: 5, sending: 0 }, 9_500);
    expect(full).toMatchObject({ known_limit: 5, probed_at: 9_500 });
    expect(decide(full, { active: 5, sending: 0 }, 9_501)).toBeUndefined();
  });

  it('keeps its slots when a task had ended unnoticed while room was asked for: that room was no new one', () => {
    // Twenty slots; we count twenty tasks and Kling nineteen, so a question for more room is answered yes, and the next one no.
    const asked = decide(learned(20), { active: 20, sending: 0 }, 60_000)!;
    const accepted = { ...asked, known_limit: 21, climbing: 1 };
    const full = afterFull(accepted, { active: 21, sending: 0 }, 60_100);
    // Now the end is noticed: one slot seems free, and is not.
    expect(decide(full, { active: 20, sending: 0 }, 60_800)).toEqual(full);
    const again = afterFull(full, { active: 20, sending: 0 }, 60_850);
    expect(again.known_limit).toBe(20);
    // The next refusal in the same minute is a limit that falls.
    expect(afterFull(again, { active: 19, sending: 0 }, 61_500).known_limit).toBe(10);
  });

  it('keeps its slots when that happened at first contact', () => {
    const full = afterFull({ ...unlearned, batch_left: 0, batch_size: 12 }, { active: 21, sending: 0 }, 1_000);
    expect(afterFull(full, { active: 20, sending: 0 }, 1_700).known_limit).toBe(20);
  });
});

/** An account as Kling keeps it, and a film that always wants one more slot. One step is a second. */
function live(changes: ReadonlyMap<number, number>, durations: () => number, seconds: number) {
  let knowledge = unlearned;
  let limit = changes.get(0) ?? 1;
  const endsAt: number[] = [];
  const refusedAt: number[] = [];
  let unused = 0;
  for (let second = 0; second < seconds; second += 1) {
    limit = changes.get(second) ?? limit;
    for (let place = endsAt.length - 1; place >= 0; place -= 1) if ((endsAt[place] ?? 0) <= second) endsAt.splice(place, 1);
    let full = false;
    const batch: number[] = [];
    const answer = () => {
      for (const _ of batch.splice(0)) {
        if (endsAt.length < limit) {
          endsAt.push(second + durations());
          if (knowledge.known_limit !== null && endsAt.length > knowledge.known_limit) knowledge = { ...knowledge, known_limit: endsAt.length, climbing: 1 };
        } else {
          refusedAt.push(second);
          full = true;
          knowledge = afterFull(knowledge, { active: endsAt.length, sending: 0 }, second * 1000);
        }
      }
    };
    for (;;) {
      const next = full ? undefined : decide(knowledge, { active: endsAt.length + batch.length, sending: batch.length }, second * 1000);
      if (next) {
        knowledge = next;
        batch.push(second);
      } else if (batch.length > 0) answer();
      else break;
    }
    unused += Math.max(0, limit - endsAt.length);
  }
  return { refusedAt, unused, knowledge };
}

describe('an account whose limit changes', () => {
  it('is asked no more often in vain than once a minute and a change, after at most twelve at first contact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }), fc.infiniteStream(fc.integer({ min: 5, max: 90 })), (first, later, stream) => {
        const changes = new Map([[0, first], ...later.map((limit, index) => [(index + 1) * 300, limit] as const)]);
        const { refusedAt } = live(changes, () => Number(stream.next().value), (later.length + 1) * 300);
        const contact = refusedAt.filter((second) => second === refusedAt[0]).length;
        expect(contact).toBeLessThanOrEqual(12);
        // The limit may fall in steps as its tasks end: each step beyond the first is paid for with a minute without a question.
        expect(refusedAt.length - contact).toBeLessThanOrEqual(later.length + (later.length + 1) * 5);
      }),
    );
  });

  it('is used whole within a minute of growing, and no slot of a steady one stays empty', () => {
    expect(live(new Map([[0, 7]]), () => 30, 600).unused).toBe(0);
    const grown = live(new Map([[0, 2], [200, 10]]), () => 8, 400);
    expect(grown.knowledge.known_limit).toBe(10);
    expect(grown.unused).toBeLessThanOrEqual(8 * 60);
  });
});

describe('projects that share an account', () => {
  let home: string;
  let db: Db;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'slots-'));
    db = await openDatabase(join(home, 'studio.sqlite'));
    await db.insertInto('slots').values({ account_id: 'a', model: 'm', ...learned(4) }).execute();
  });
  afterEach(async () => {
    await db.destroy();
    await rm(home, { recursive: true, force: true });
  });

  const key = { accountId: 'a', model: 'm' };
  let nowMs = 1_000;
  const dead = new Set<string>();
  const ask = (projectId: string, priority = 0) => takeSlot(db, key, { projectId, lease: `of ${projectId}`, priority }, { nowMs, isAlive: (lease) => !dead.has(lease) });
  let rows = 0;
  async function run(projectId: string, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      rows += 1;
      const id = `row ${rows}`;
      await db
        .insertInto('generations')
        .values({ id, fingerprint: id, engine: 'kling', account_id: 'a', project_id: projectId, model: 'm', mode: '', duration_s: 5, request: '{}', attempt: 1, external_task_id: id, status: 'processing', state: '{}', estimate_units: 1, reserved_units: 1, billed_units: null, lease: `of ${projectId}`, version: 1, created_at: 0, updated_at: nowMs })
        .execute();
    }
  }
  const finish = async (projectId: string) => {
    const one = await db.selectFrom('generations').select('id').where('project_id', '=', projectId).where('status', '=', 'processing').limit(1).executeTakeFirstOrThrow();
    await db.updateTable('generations').set({ status: 'completed' }).where('id', '=', one.id).execute();
  };

  it('share it evenly: the one that came first gives its freed slots to the one that has fewer', async () => {
    await run('long film', 4);
    expect(await ask('short film')).toBe(false);
    await finish('long film');
    expect(await ask('long film')).toBe(false);
    expect(await ask('short film')).toBe(true);
    await run('short film', 1);
    await finish('long film');
    expect(await ask('short film')).toBe(true);
  });

  it('let a higher priority go first until it wants nothing more', async () => {
    await run('long film', 3);
    await run('urgent', 1);
    expect(await ask('urgent', 5)).toBe(false);
    await finish('long film');
    expect(await ask('long film')).toBe(false);
    nowMs += 3_001;
    expect(await ask('long film')).toBe(true);
  });

  it('do not stand back for a process that is dead', async () => {
    await run('long film', 4);
    expect(await ask('killed film')).toBe(false);
    dead.add('of killed film');
    await finish('long film');
    expect(await ask('long film')).toBe(true);
    dead.clear();
  });

  it('may ask for a slot before the minute is over when there is reason to, once for all who notice it', async () => {
    nowMs += 10_000_000;
    await run('film', 4);
    const asks = async (probedAt: number) => {
      await db.updateTable('slots').set({ probed_at: probedAt }).execute();
      await expectRoom(db, 'a', { nowMs, noticedMs: 10_000 });
      return await ask('film');
    };
    expect(await asks(nowMs - 20_000)).toBe(true);
    expect(await asks(nowMs - 5_000)).toBe(false);
    // Put off because too many were refused: the reason is a new one.
    expect(await asks(nowMs + 90_000)).toBe(true);
  });

  it('do not stand back at all where room is not known to be short', async () => {
    await db.updateTable('slots').set({ known_limit: null, batch_left: 3 }).execute();
    await run('long film', 2);
    await db.insertInto('slot_demands').values({ lease: 'of short film', project_id: 'short film', account_id: 'a', model: 'm', priority: 9, asked_at: nowMs }).execute();
    expect(await ask('long film')).toBe(true);
  });
});
