import type { Db } from './database.ts';
import { SLOT_STATUSES } from './generation-state.ts';

/** A full account is asked this often whether it has more slots by now. */
const PROBE_INTERVAL_MS = 60_000;
/** A task is over by now, whatever its row says that nobody has looked after for so long. */
const FORGOTTEN_AFTER_MS = 30 * 60_000;

/** One account's slots for one model; what is at Kling is judged by who drives it. */
export interface SlotKey {
  accountId: string;
  model: string;
}

interface Now {
  nowMs: number;
  /** Whether the process behind a row's lease lives. */
  isAlive: (lease: string) => boolean;
}

/**
 * What is known about an account's slots for one model. Kling does not tell how many tasks may run at once; it answers
 * 1303, free of charge, to one too many. First contact doubles its batches until the first 1303; what ran then is the limit.
 */
interface SlotKnowledge {
  known_limit: number | null;
  batch_left: number;
  batch_size: number;
  probed_at: number;
}

/** Takes the right to send one more task, if one may be tried now. Call it inside the transaction that begins the send. */
export async function takeSlot(db: Db, key: SlotKey, now: Now): Promise<boolean> {
  const knowledge = await readKnowledge(db, key);
  const { active, sending } = await countActive(db, key, now);
  const next = decide(knowledge, active, sending, now.nowMs);
  if (next) await writeKnowledge(db, key, next);
  return next !== undefined;
}

/** The rule of {@link takeSlot} alone: the knowledge after one more send, or undefined when none may be tried now. */
export function decide(knowledge: SlotKnowledge, active: number, sending: number, nowMs: number): SlotKnowledge | undefined {
  if (knowledge.known_limit !== null) {
    if (active < knowledge.known_limit) return knowledge;
    // One look a minute for more room than we think there is.
    if (active === knowledge.known_limit && nowMs - knowledge.probed_at >= PROBE_INTERVAL_MS) return { ...knowledge, probed_at: nowMs };
    return undefined;
  }
  if (knowledge.batch_left > 0) return { ...knowledge, batch_left: knowledge.batch_left - 1 };
  if (sending > 0) return undefined;
  return { ...knowledge, batch_size: knowledge.batch_size * 2, batch_left: knowledge.batch_size * 2 - 1 };
}

/** Kling said "full": what runs now is what fits. Call it after the refused row has left its slot. */
export async function learnFull(db: Db, key: SlotKey, now: Now): Promise<void> {
  const { active, sending } = await countActive(db, key, now);
  const knowledge = await readKnowledge(db, key);
  await writeKnowledge(db, key, { ...knowledge, known_limit: Math.max(1, active - sending), batch_left: 0, probed_at: now.nowMs });
}

/** Kling took a task: if more run now than we thought fit, more fit. */
export async function learnAccepted(db: Db, key: SlotKey, now: Now): Promise<void> {
  const knowledge = await readKnowledge(db, key);
  if (knowledge.known_limit === null) return;
  const { active, sending } = await countActive(db, key, now);
  if (active - sending > knowledge.known_limit) await writeKnowledge(db, key, { ...knowledge, known_limit: active - sending });
}

/**
 * What holds slots. A row that a dead process left in `sending` waits for no answer, and one that nobody has looked after for
 * long holds no slot any more: a film must not stand still for another that was killed and is never resumed. Counting too
 * few is harmless: Kling's "full" costs nothing.
 */
async function countActive(db: Db, key: SlotKey, { nowMs, isAlive }: Now): Promise<{ active: number; sending: number }> {
  const rows = await db
    .selectFrom('generations')
    .select((expression) => ['status', 'lease', expression(expression.ref('updated_at'), '<', nowMs - FORGOTTEN_AFTER_MS).as('old'), expression.fn.countAll<number>().as('count')])
    .where('account_id', '=', key.accountId)
    .where('model', '=', key.model)
    .where('status', 'in', SLOT_STATUSES)
    .groupBy(['status', 'lease', 'old'])
    .execute();
  const driven = rows.map((row) => ({ ...row, driven: row.lease !== null && isAlive(row.lease) }));
  const count = (some: typeof driven) => some.reduce((sum, row) => sum + row.count, 0);
  return {
    active: count(driven.filter((row) => row.driven || !row.old)),
    sending: count(driven.filter((row) => row.driven && row.status === 'sending')),
  };
}

async function readKnowledge(db: Db, key: SlotKey): Promise<SlotKnowledge> {
  const row = await db.selectFrom('slots').selectAll().where('account_id', '=', key.accountId).where('model', '=', key.model).executeTakeFirst();
  return row ?? { known_limit: null, batch_left: 1, batch_size: 1, probed_at: 0 };
}

async function writeKnowledge(db: Db, key: SlotKey, knowledge: SlotKnowledge): Promise<void> {
  const { known_limit, batch_left, batch_size, probed_at } = knowledge;
  const values = { known_limit, batch_left, batch_size, probed_at };
  await db
    .insertInto('slots')
    .values({ account_id: key.accountId, model: key.model, ...values })
    .onConflict((conflict) => conflict.columns(['account_id', 'model']).doUpdateSet(values))
    .execute();
}
