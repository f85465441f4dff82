import { randomUUID } from 'node:crypto';
import type { Engine, ShotSettings } from '../protocol/shot-settings.ts';
import type { Db } from './database.ts';
import { someRows, toRow, type Generation } from './generation-row.ts';
import { lastRememberedAttempts, rememberedBills } from './recovered-bills.ts';

export interface AskedPicture {
  fingerprint: string;
  engine: Engine;
  projectId: string;
  request: ShotSettings;
  estimateUnits: number;
  externalTaskId: (attempt: number) => string;
}

/** Enough to be fast, and few enough that the sentences, which are kept prepared for every length, stay small. */
const ROWS_A_SENTENCE = 20;

/** The newest row of each picture, by fingerprint; one that has none gets its first. Part of the transaction it is given. */
export async function askPictures(transaction: Db, pictures: readonly AskedPicture[], nowMs: number): Promise<Map<string, Generation>> {
  const rows = new Map((await someRows(transaction, 'fingerprint', pictures.map(({ fingerprint }) => fingerprint))).map((row) => [row.fingerprint, row]));
  const missing = new Map<string, AskedPicture>();
  for (const picture of pictures) if (!rows.has(picture.fingerprint) && !missing.has(picture.fingerprint)) missing.set(picture.fingerprint, picture);
  // Of a picture that a lost home had asked for several times, the clip that was recovered is the last one's.
  const attempts = await lastRememberedAttempts(transaction, [...missing.values()].map((picture) => picture.externalTaskId(1)));
  const made = [...missing.values()].map((picture) => ({ picture, attempt: attempts.get(picture.externalTaskId(1)) ?? 1 }));
  for (const row of await insertRows(transaction, made, nowMs)) rows.set(row.fingerprint, row);
  return rows;
}

/** New rows, each with its first line in the journal. A film's are written with a few sentences, not a few for each. */
export async function insertRows(transaction: Db, asked: readonly { picture: AskedPicture; attempt: number }[], nowMs: number): Promise<Generation[]> {
  const made: Generation[] = [];
  for (let start = 0; start < asked.length; start += ROWS_A_SENTENCE) {
    const some = asked.slice(start, start + ROWS_A_SENTENCE).map(({ picture, attempt }) => newGeneration(picture, attempt, nowMs));
    // A clip that was recovered before its film was known here was paid for all the same: its bill is the film's.
    const bills = await rememberedBills(transaction, some.map(({ externalTaskId }) => externalTaskId));
    for (const generation of some) {
      const bill = bills.get(generation.externalTaskId);
      if (bill) generation.billedUnits = bill.billedUnits;
    }
    await transaction.insertInto('generations').values(some.map(toRow)).execute();
    const lines = some.map(({ id, attempt, estimateUnits, externalTaskId }) => {
      const detail = { attempt, estimateUnits, ...bills.get(externalTaskId) };
      return { generation_id: id, at: nowMs, event: 'asked', detail: JSON.stringify(detail) };
    });
    await transaction.insertInto('journal').values(lines).execute();
    made.push(...some);
  }
  return made;
}

/** Whoever claims it first drives it: a take far behind in one process's queue may be nearer in another's. */
function newGeneration(picture: AskedPicture, attempt: number, nowMs: number): Generation {
  return {
    id: randomUUID(),
    fingerprint: picture.fingerprint,
    engine: picture.engine,
    projectId: picture.projectId,
    request: picture.request,
    attempt,
    externalTaskId: picture.externalTaskId(attempt),
    state: { status: 'waiting', reason: 'slot', untilMs: 0, tries: 0, posts: 0 },
    estimateUnits: picture.estimateUnits,
    reservedUnits: 0,
    version: 1,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}
