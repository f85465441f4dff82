import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import type { Db } from './database.ts';

const editPartSchema = z.union([
  z.strictObject({ shotId: z.string(), inS: z.number(), outS: z.number().optional() }),
  z.strictObject({ blackS: z.number() }),
]);

/** A shot from in to out within its clip (no `outS`: to the clip's end), or black. In seconds. */
export type EditPart = z.infer<typeof editPartSchema>;

/** What an editor made of a film: it cuts these parts in this order, whatever order and trims the script has. */
export interface Edit {
  /** The name of the file it was read from, for people. */
  source: string;
  readAtMs: number;
  /** A shot may be there more than once. */
  parts: EditPart[];
  /** Shots that were in the film when it was read and that it does not use. */
  leftOut: string[];
}

const slatesSchema = z.record(z.string(), z.string());

/** What a film's shots were called when it was last handed to an editor: scripts change, and with them the numbers. */
export interface HandOff {
  madeAtMs: number;
  /** Shot ids by slate (`S02_SH05`). */
  slates: Record<string, string>;
  /** Frames a second of that film: time codes that come back count in them. */
  frameRate: number;
}

/** How a film is cut when not as its script has it, and the names under which it went to an editor. One of each a project. */
export class Edits {
  private readonly db: Db;
  private readonly clock: Clock;

  constructor(db: Db, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }

  async find(projectId: string): Promise<Edit | undefined> {
    const row = await this.db.selectFrom('edits').selectAll().where('project_id', '=', projectId).executeTakeFirst();
    return row && { source: row.source, readAtMs: row.read_at, parts: z.array(editPartSchema).parse(JSON.parse(row.parts)), leftOut: z.array(z.string()).parse(JSON.parse(row.left_out)) };
  }

  /** In place of an earlier one. */
  async save(projectId: string, edit: Omit<Edit, 'readAtMs'>): Promise<void> {
    const values = { source: edit.source, read_at: this.clock.now(), parts: JSON.stringify(edit.parts), left_out: JSON.stringify(edit.leftOut) };
    await this.db
      .insertInto('edits')
      .values({ project_id: projectId, ...values })
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet(values))
      .execute();
  }

  /** Back to the script's order and trims. */
  async remove(projectId: string): Promise<void> {
    await this.db.deleteFrom('edits').where('project_id', '=', projectId).execute();
  }

  async findHandOff(projectId: string): Promise<HandOff | undefined> {
    const row = await this.db.selectFrom('hand_offs').selectAll().where('project_id', '=', projectId).executeTakeFirst();
    return row && { madeAtMs: row.made_at, slates: slatesSchema.parse(JSON.parse(row.slates)), frameRate: row.frame_rate };
  }

  /** In place of an earlier one. */
  async saveHandOff(projectId: string, handOff: Omit<HandOff, 'madeAtMs'>): Promise<void> {
    const values = { made_at: this.clock.now(), slates: JSON.stringify(handOff.slates), frame_rate: handOff.frameRate };
    await this.db
      .insertInto('hand_offs')
      .values({ project_id: projectId, ...values })
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet(values))
      .execute();
  }
}
