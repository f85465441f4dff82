import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Db } from './database.ts';
import { inTransaction } from './transaction.ts';
import { toGeneration, type Generation } from './generation-row.ts';
import { AT_KLING_STATUSES, FINISHED_STATUSES } from './generation-state.ts';
import { slateName } from './project-file-manager.ts';
import type { GenerationRow } from './schema.ts';

/** One paid or cached generation of a shot. Several takes, also of other shots, may stand on one generation. */
export interface Take {
  id: string;
  shotId: string;
  engine: Engine;
  /** Counted from 1 per shot and engine, in the order they were asked for. */
  number: number;
  /** Whether the film shows it; at most one a shot and engine. */
  selected: boolean;
  generation: Generation;
  /** What a person wrote about it. */
  note?: string;
  /** A person does not want it. */
  rejected?: true;
}

/** Where a take stands, for a person. */
export interface TakePlace {
  projectId: string;
  /** The project's name. */
  project: string;
  /** Its slate, `S02_SH05`. */
  shot: string;
  take: number;
}

interface NumberedTake {
  id: string;
  shot_id: string;
  number: number;
  generation_id: string;
}

/** Few enough that the sentences, which are kept prepared for every length, stay small. */
const TAKES_A_SENTENCE = 20;
const SHOTS_A_SENTENCE = 100;

/** The takes of shots: which generations belong to a shot, and which one the film shows. */
export class Takes {
  private readonly db: Db;
  private readonly clock: Clock;

  constructor(db: Db, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }

  /** The takes of a film's shots that are not over. */
  async listUnfinished(projectId: string, engine: Engine): Promise<Take[]> {
    const rows = await this.ofFilm(projectId, engine).where('shots.position', 'is not', null).where('generations.status', 'not in', FINISHED_STATUSES).execute();
    return rows.map((row) => toTake(row, engine));
  }

  /** The takes that are at Kling, or may be, of every shot a film has or had. */
  async listAtKling(projectId: string, engine: Engine): Promise<Take[]> {
    const rows = await this.ofFilm(projectId, engine).where('generations.status', 'in', AT_KLING_STATUSES).execute();
    return rows.map((row) => toTake(row, engine));
  }

  /** The takes of some shots on one engine, by number. */
  async list(shotIds: readonly string[], engine: Engine): Promise<Take[]> {
    const takes: Take[] = [];
    // SQLite takes 32,766 parameters at most; a film of that many shots is asked for in pieces.
    for (let start = 0; start < shotIds.length; start += 5_000) {
      const rows = await this.withGenerations()
        .where('takes.shot_id', 'in', shotIds.slice(start, start + 5_000))
        .where('takes.engine', '=', engine)
        .orderBy('takes.shot_id')
        .orderBy('takes.number')
        .execute();
      for (const row of rows) takes.push(toTake(row, engine));
    }
    return takes;
  }

  private ofFilm(projectId: string, engine: Engine) {
    return this.withGenerations().innerJoin('shots', 'shots.id', 'takes.shot_id').where('shots.project_id', '=', projectId).where('takes.engine', '=', engine);
  }

  private withGenerations() {
    return this.db
      .selectFrom('takes')
      .innerJoin('generations', 'generations.id', 'takes.generation_id')
      .selectAll('generations')
      .select(['takes.id as take_id', 'takes.shot_id', 'takes.number', 'takes.selected', 'takes.note', 'takes.rejected']);
  }

  /**
   * For each generation the take of the shot that stands on it; made with the shot's next number when missing.
   * `earlierId`: an earlier attempt at the same picture, whose take moves to this one. @returns in the order asked.
   */
  async attach<Asked extends { shotId: string; generationId: string; earlierId?: string }>(engine: Engine, asked: readonly Asked[]): Promise<{ asked: Asked; id: string; number: number }[]> {
    return await inTransaction(this.db, async (transaction) => {
      const shots = new Set(asked.map(({ shotId }) => shotId));
      const takes = await numberedTakes(transaction, [...shots], engine);
      const byPlace = new Map(takes.map((take) => [`${take.shot_id} ${take.generation_id}`, take]));
      const lastNumbers = new Map<string, number>();
      for (const { shot_id, number } of takes) lastNumbers.set(shot_id, Math.max(number, lastNumbers.get(shot_id) ?? 0));
      const made: NumberedTake[] = [];
      const attached = [];
      for (const each of asked) {
        let take = byPlace.get(`${each.shotId} ${each.generationId}`) ?? byPlace.get(`${each.shotId} ${each.earlierId}`);
        if (!take) {
          const number = (lastNumbers.get(each.shotId) ?? 0) + 1;
          lastNumbers.set(each.shotId, number);
          take = { id: randomUUID(), shot_id: each.shotId, number, generation_id: each.generationId };
          made.push(take);
        } else if (take.generation_id !== each.generationId) {
          take.generation_id = each.generationId;
          await transaction.updateTable('takes').set({ generation_id: each.generationId }).where('id', '=', take.id).execute();
        }
        attached.push({ asked: each, id: take.id, number: take.number });
      }
      for (let start = 0; start < made.length; start += TAKES_A_SENTENCE) {
        const rows = made.slice(start, start + TAKES_A_SENTENCE).map((take) => ({ ...take, engine, selected: 0 as const, created_at: this.clock.now() }));
        await transaction.insertInto('takes').values(rows).execute();
      }
      return attached;
    });
  }

  /** Takes a take off its shot; its generation stays for the others that stand on it. */
  async leave(takeId: string): Promise<void> {
    await this.db.deleteFrom('takes').where('id', '=', takeId).execute();
  }

  /** Moves a take to a newer attempt at the same picture. */
  async moveTo(takeId: string, generationId: string): Promise<void> {
    await this.db.updateTable('takes').set({ generation_id: generationId }).where('id', '=', takeId).execute();
  }

  /** The same for every take that stands on an earlier attempt. */
  async moveAllTo(earlierId: string, generationId: string): Promise<void> {
    await this.db.updateTable('takes').set({ generation_id: generationId }).where('generation_id', '=', earlierId).execute();
  }

  /** The film, shot and engine of a take. */
  async placeOfTake(takeId: string): Promise<{ projectId: string; shotId: string; engine: Engine } | undefined> {
    return await this.db
      .selectFrom('takes')
      .innerJoin('shots', 'shots.id', 'takes.shot_id')
      .select(['shots.project_id as projectId', 'shots.id as shotId', 'takes.engine'])
      .where('takes.id', '=', takeId)
      .executeTakeFirst();
  }

  /** The takes that stand on one generation, in any project: equal pictures share it. */
  async placesOf(generationId: string): Promise<TakePlace[]> {
    const rows = await this.db
      .selectFrom('takes')
      .innerJoin('shots', 'shots.id', 'takes.shot_id')
      .innerJoin('scenes', 'scenes.id', 'shots.scene_id')
      .innerJoin('projects', 'projects.id', 'shots.project_id')
      .select(['projects.id as project_id', 'projects.name as project', 'scenes.number as scene_number', 'shots.number_in_scene', 'takes.number as take'])
      .where('takes.generation_id', '=', generationId)
      .orderBy('projects.name')
      .orderBy('shots.position')
      .execute();
    return rows.map((row) => ({ projectId: row.project_id, project: row.project, shot: slateName(row.scene_number, row.number_in_scene), take: row.take }));
  }

  /** Makes one take the one that the film shows. @throws StudioError TAKE_UNKNOWN. */
  async select(shotId: string, engine: Engine, number: number): Promise<void> {
    await inTransaction(this.db, async (transaction) => {
      const shot = () => transaction.updateTable('takes').where('shot_id', '=', shotId).where('engine', '=', engine);
      await shot().set({ selected: 0 }).execute();
      const result = await shot().set({ selected: 1 }).where('number', '=', number).executeTakeFirst();
      if (result.numUpdatedRows !== 1n) {
        throw new StudioError('TAKE_UNKNOWN', `This shot has no take ${number}.`, { next: 'directorstudio status shows the takes of every shot.' });
      }
    });
  }

  /** A person's note on a take, an empty one takes it away; and whether the person does not want it. */
  async mark(takeId: string, { note, rejected }: { note?: string; rejected?: boolean }): Promise<void> {
    const change = { ...(note === undefined ? {} : { note: note === '' ? null : note }), ...(rejected === undefined ? {} : { rejected: rejected ? (1 as const) : (0 as const) }) };
    if (Object.keys(change).length > 0) await this.db.updateTable('takes').set(change).where('id', '=', takeId).execute();
  }

  /** Fingerprints of every picture that some shot of some project stands on. */
  async fingerprintsInUse(): Promise<Set<string>> {
    const rows = await this.db
      .selectFrom('takes')
      .innerJoin('generations', 'generations.id', 'takes.generation_id')
      .select('generations.fingerprint')
      .distinct()
      .execute();
    return new Set(rows.map((row) => row.fingerprint));
  }
}

/** The takes of each shot, in the order given. */
export function takesByShot(takes: Iterable<Take>): Map<string, Take[]> {
  const byShot = new Map<string, Take[]>();
  for (const take of takes) {
    const own = byShot.get(take.shotId);
    if (own) own.push(take);
    else byShot.set(take.shotId, [take]);
  }
  return byShot;
}

function toTake(row: GenerationRow & { take_id: string; shot_id: string; number: number; selected: number; note: string | null; rejected: number }, engine: Engine): Take {
  return { id: row.take_id, shotId: row.shot_id, engine, number: row.number, selected: row.selected === 1, generation: toGeneration(row), ...(row.note === null ? {} : { note: row.note }), ...(row.rejected === 1 ? { rejected: true } : {}) };
}

async function numberedTakes(db: Db, shotIds: readonly string[], engine: Engine): Promise<NumberedTake[]> {
  const takes: NumberedTake[] = [];
  for (let start = 0; start < shotIds.length; start += SHOTS_A_SENTENCE) {
    const some = shotIds.slice(start, start + SHOTS_A_SENTENCE);
    takes.push(...(await db.selectFrom('takes').select(['id', 'shot_id', 'number', 'generation_id']).where('shot_id', 'in', some).where('engine', '=', engine).execute()));
  }
  return takes;
}
