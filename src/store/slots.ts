import type { Db } from './database.ts';
import { SLOT_STATUSES } from './generation-state.ts';

/** A full account is asked this often whether it has more slots by now. */
const PROBE_INTERVAL_MS = 60_000;
/** Refusals that came sooner than one a minute put the next question off, but never further than this. */
const LONGEST_PROBE_WAIT_MS = 5 * 60_000;
/** First contact doubles its batches up to this: so many may be refused at once. */
const LARGEST_BATCH = 12;
/** An answer that takes longer than this is not waited for by the next send. */
const SLOW_ANSWER_MS = 2_000;
/** A task is over by now, whatever its row says that nobody has looked after for so long. */
const FORGOTTEN_AFTER_MS = 30 * 60_000;
/** A project that wanted a slot and has not asked again for so long does not want it any more. */
const DEMAND_LASTS_MS = 3_000;

/** One account's slots for one model; what is at Kling is judged by who drives it. */
export interface SlotKey {
  accountId: string;
  model: string;
}

/** Who wants a slot. */
export interface SlotAsker {
  projectId: string;
  /** The process that asks. */
  lease: string;
  /** Higher goes first; equal ones share evenly. */
  priority: number;
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
export interface SlotKnowledge {
  known_limit: number | null;
  batch_left: number;
  batch_size: number;
  /**
   * 1: a question for more room was answered yes, so go on asking, one by one, until the next 1303. 2: that 1303 has come, and
   * what was accepted last may have had the room of a task whose end nobody had noticed.
   */
  climbing: number;
  /** When the last question for more room was asked, in wall-clock milliseconds; ahead of now when too many were refused. */
  probed_at: number;
}

/** What holds an account's slots for one model now. */
interface Running {
  active: number;
  /** Of those, POSTs whose answer is still expected any moment. */
  sending: number;
}

/** Takes the right to send one more task, if one may be tried now. Call it inside the transaction that begins the send. */
export async function takeSlot(db: Db, key: SlotKey, asker: SlotAsker, now: Now): Promise<boolean> {
  const knowledge = await readKnowledge(db, key);
  const { running, byProject } = await countActive(db, key, now);
  const next = decide(knowledge, running, now.nowMs);
  // Where room is not known to be short nobody has to stand back.
  const othersFirst = knowledge.known_limit !== null && (await standsBack(db, key, asker, byProject, now));
  if (!next || othersFirst) {
    await wantSlot(db, key, asker, now.nowMs);
    return false;
  }
  await db.deleteFrom('slot_demands').where('lease', '=', asker.lease).where('project_id', '=', asker.projectId).where('account_id', '=', key.accountId).where('model', '=', key.model).execute();
  if (next !== knowledge) await writeKnowledge(db, key, next);
  return true;
}

/**
 * The rule of {@link takeSlot} alone: the knowledge after one more send, or undefined when none may be tried now. Once a
 * limit is known the sends go one by one: when it has become smaller meanwhile, one refusal tells.
 */
export function decide(knowledge: SlotKnowledge, { active, sending }: Running, nowMs: number): SlotKnowledge | undefined {
  if (knowledge.known_limit !== null) {
    if (sending > 0) return undefined;
    if (active < knowledge.known_limit) return knowledge;
    if (active > knowledge.known_limit) return undefined;
    if (knowledge.climbing === 1) return knowledge;
    // One look a minute for more room than we think there is.
    return nowMs - knowledge.probed_at >= PROBE_INTERVAL_MS ? { ...knowledge, probed_at: nowMs } : undefined;
  }
  if (knowledge.batch_left > 0) return { ...knowledge, batch_left: knowledge.batch_left - 1 };
  if (sending > 0) return undefined;
  const size = Math.min(LARGEST_BATCH, knowledge.batch_size * 2);
  return { ...knowledge, batch_size: size, batch_left: size - 1 };
}

/** Kling said "full": what runs now is what fits. Call it after the refused row has left its slot. */
export async function learnFull(db: Db, key: SlotKey, now: Now): Promise<void> {
  const { running } = await countActive(db, key, now);
  await writeKnowledge(db, key, afterFull(await readKnowledge(db, key), running, now.nowMs));
}

/**
 * The rule of {@link learnFull} alone. A limit that has fallen shows as refusals of slots that we thought free: the second
 * within a minute halves what we think there is, and each of them costs a minute without a question for more room. One of
 * them is forgiven to a limit that was just learned, for a task that had ended unnoticed made it look one too high.
 */
export function afterFull(knowledge: SlotKnowledge, { active, sending }: Running, nowMs: number): SlotKnowledge {
  const fits = Math.max(1, active - sending);
  const justLearned = knowledge.known_limit === null || knowledge.climbing === 1;
  const fellAgain = knowledge.known_limit !== null && knowledge.climbing !== 2 && fits < knowledge.known_limit && nowMs - knowledge.probed_at < PROBE_INTERVAL_MS;
  return {
    ...knowledge,
    known_limit: fellAgain ? Math.ceil(fits / 2) : fits,
    batch_left: 0,
    climbing: justLearned ? 2 : 0,
    probed_at: fellAgain ? Math.min(knowledge.probed_at + PROBE_INTERVAL_MS, nowMs + LONGEST_PROBE_WAIT_MS) : nowMs,
  };
}

/** Kling took a task: if more run now than we thought fit, more fit. */
export async function learnAccepted(db: Db, key: SlotKey, now: Now): Promise<void> {
  const knowledge = await readKnowledge(db, key);
  if (knowledge.known_limit === null) return;
  const { running } = await countActive(db, key, now);
  const fit = running.active - running.sending;
  if (fit > knowledge.known_limit) await writeKnowledge(db, key, { ...knowledge, known_limit: fit, climbing: 1 });
}

/** The next question for more room need not wait for its minute, unless one was asked in the last `noticedMs`: others notice the same. */
export async function expectRoom(db: Db, accountId: string, { nowMs, noticedMs }: { nowMs: number; noticedMs: number }): Promise<void> {
  await db
    .updateTable('slots')
    .set({ probed_at: 0 })
    .where('account_id', '=', accountId)
    .where((row) => row.not(row.between('probed_at', nowMs - noticedMs, nowMs)))
    .execute();
}

/** Whether the slot is another's: of a project with a higher priority, or with fewer tasks at Kling. */
async function standsBack(db: Db, key: SlotKey, asker: SlotAsker, byProject: ReadonlyMap<string, number>, { nowMs, isAlive }: Now): Promise<boolean> {
  const demands = await db
    .selectFrom('slot_demands')
    .select(['project_id', 'lease', 'priority'])
    .where('account_id', '=', key.accountId)
    .where('model', '=', key.model)
    .where('project_id', '!=', asker.projectId)
    .where('asked_at', '>', nowMs - DEMAND_LASTS_MS)
    .execute();
  const mine = byProject.get(asker.projectId) ?? 0;
  return demands.some(({ project_id, lease, priority }) => {
    const first = priority > asker.priority || (priority === asker.priority && (byProject.get(project_id) ?? 0) < mine);
    return first && isAlive(lease);
  });
}

/** Writes down that a project waits for a slot; not at every question, because each writing waits for the disk. */
async function wantSlot(db: Db, key: SlotKey, asker: SlotAsker, nowMs: number): Promise<void> {
  const values = { priority: asker.priority, asked_at: nowMs };
  const same = { lease: asker.lease, project_id: asker.projectId, account_id: key.accountId, model: key.model };
  const known = await db
    .selectFrom('slot_demands')
    .select(['priority', 'asked_at'])
    .where('lease', '=', same.lease)
    .where('project_id', '=', same.project_id)
    .where('account_id', '=', same.account_id)
    .where('model', '=', same.model)
    .executeTakeFirst();
  if (known?.priority === asker.priority && nowMs - known.asked_at < DEMAND_LASTS_MS / 2) return;
  await db
    .insertInto('slot_demands')
    .values({ ...same, ...values })
    .onConflict((conflict) => conflict.columns(['lease', 'project_id', 'account_id', 'model']).doUpdateSet(values))
    .execute();
}

/**
 * What holds slots. A row that a dead process left in `sending` waits for no answer, and one that nobody has looked after for
 * long holds no slot any more: a film must not stand still for another that was killed and is never resumed. Counting too
 * few is harmless: Kling's "full" costs nothing.
 */
async function countActive(db: Db, key: SlotKey, { nowMs, isAlive }: Now): Promise<{ running: Running; byProject: Map<string, number> }> {
  const rows = await db
    .selectFrom('generations')
    .select((expression) => [
      'status',
      'lease',
      'project_id',
      expression(expression.ref('updated_at'), '<', nowMs - FORGOTTEN_AFTER_MS).as('old'),
      expression(expression.ref('updated_at'), '>', nowMs - SLOW_ANSWER_MS).as('new'),
      expression.fn.countAll<number>().as('count'),
    ])
    .where('account_id', '=', key.accountId)
    .where('model', '=', key.model)
    .where('status', 'in', SLOT_STATUSES)
    .groupBy(['status', 'lease', 'project_id', 'old', 'new'])
    .execute();
  const running: Running = { active: 0, sending: 0 };
  const byProject = new Map<string, number>();
  for (const row of rows) {
    const driven = row.lease !== null && isAlive(row.lease);
    if (!driven && row.old) continue;
    running.active += row.count;
    byProject.set(row.project_id, (byProject.get(row.project_id) ?? 0) + row.count);
    if (driven && row.status === 'sending' && row.new) running.sending += row.count;
  }
  return { running, byProject };
}

async function readKnowledge(db: Db, key: SlotKey): Promise<SlotKnowledge> {
  const row = await db.selectFrom('slots').selectAll().where('account_id', '=', key.accountId).where('model', '=', key.model).executeTakeFirst();
  return row ?? { known_limit: null, batch_left: 1, batch_size: 1, climbing: 0, probed_at: 0 };
}

async function writeKnowledge(db: Db, key: SlotKey, knowledge: SlotKnowledge): Promise<void> {
  const { known_limit, batch_left, batch_size, climbing, probed_at } = knowledge;
  const values = { known_limit, batch_left, batch_size, climbing, probed_at };
  await db
    .insertInto('slots')
    .values({ account_id: key.accountId, model: key.model, ...values })
    .onConflict((conflict) => conflict.columns(['account_id', 'model']).doUpdateSet(values))
    .execute();
}
