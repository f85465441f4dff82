import { sql, type Kysely, type Migration } from 'kysely';
import { FINISHED_STATUSES } from './generation-state.ts';

/**
 * How the tables came to be, oldest first. A migration that has been released is never edited: add the next one.
 */
export const MIGRATIONS: Record<string, Migration> = {
  '0001-first': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('projects')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull().unique())
        .addColumn('script_path', 'text')
        .addColumn('engine', 'text', (column) => column.notNull())
        .addColumn('cap_units', 'real')
        .addColumn('film_settings', 'text', (column) => column.notNull())
        .addColumn('output_path', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('scenes')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('project_id', 'text', (column) => column.notNull().references('projects.id').onDelete('cascade'))
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('heading', 'text')
        .execute();
      await db.schema
        .createTable('shots')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('project_id', 'text', (column) => column.notNull().references('projects.id').onDelete('cascade'))
        .addColumn('scene_id', 'text', (column) => column.notNull())
        .addColumn('position', 'integer')
        .addColumn('number_in_scene', 'integer', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('start_line', 'integer', (column) => column.notNull())
        .addColumn('end_line', 'integer', (column) => column.notNull())
        .addColumn('settings', 'text', (column) => column.notNull())
        .addColumn('in_s', 'real', (column) => column.notNull())
        .addColumn('out_s', 'real')
        .addColumn('line', 'text')
        .addColumn('takes_wanted', 'integer', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('shots_by_project').on('shots').columns(['project_id', 'position']).execute();
      await db.schema
        .createTable('generations')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('engine', 'text', (column) => column.notNull())
        .addColumn('account_id', 'text')
        .addColumn('project_id', 'text', (column) => column.notNull())
        .addColumn('model', 'text', (column) => column.notNull())
        .addColumn('mode', 'text', (column) => column.notNull())
        .addColumn('duration_s', 'real', (column) => column.notNull())
        .addColumn('request', 'text', (column) => column.notNull())
        .addColumn('attempt', 'integer', (column) => column.notNull())
        .addColumn('external_task_id', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('estimate_units', 'real', (column) => column.notNull())
        .addColumn('reserved_units', 'real', (column) => column.notNull())
        .addColumn('billed_units', 'real')
        .addColumn('lease', 'text')
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute();
      // Single flight: a second asker of the same picture finds the unfinished row instead of buying it again.
      await sql`create unique index generations_single_flight on generations (fingerprint)
        where status not in (${sql.join(FINISHED_STATUSES.map((status) => sql.lit(status)))})`.execute(db);
      await db.schema.createIndex('generations_by_attempt').unique().on('generations').columns(['fingerprint', 'attempt']).execute();
      await db.schema.createIndex('generations_by_status').on('generations').columns(['status', 'account_id', 'model']).execute();
      await db.schema.createIndex('generations_by_project').on('generations').columns(['project_id', 'engine']).execute();
      await db.schema
        .createTable('takes')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('shot_id', 'text', (column) => column.notNull().references('shots.id').onDelete('cascade'))
        .addColumn('engine', 'text', (column) => column.notNull())
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('generation_id', 'text', (column) => column.notNull().references('generations.id'))
        .addColumn('selected', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('takes_by_number').unique().on('takes').columns(['shot_id', 'engine', 'number']).execute();
      await db.schema.createIndex('takes_by_generation').on('takes').column('generation_id').execute();
      await sql`create unique index takes_one_selected on takes (shot_id, engine) where selected = 1`.execute(db);
      await db.schema
        .createTable('journal')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('generation_id', 'text', (column) => column.notNull().references('generations.id').onDelete('cascade'))
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('event', 'text', (column) => column.notNull())
        .addColumn('detail', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('journal_by_generation').on('journal').columns(['generation_id', 'id']).execute();
      await db.schema
        .createTable('metrics')
        .addColumn('generation_id', 'text', (column) => column.primaryKey().references('generations.id').onDelete('cascade'))
        .addColumn('engine', 'text', (column) => column.notNull())
        .addColumn('model', 'text', (column) => column.notNull())
        .addColumn('mode', 'text', (column) => column.notNull())
        .addColumn('duration_s', 'real', (column) => column.notNull())
        .addColumn('queue_wait_ms', 'real', (column) => column.notNull())
        .addColumn('generation_ms', 'real', (column) => column.notNull())
        .addColumn('download_ms', 'real', (column) => column.notNull())
        .addColumn('local_ms', 'real', (column) => column.notNull())
        .addColumn('size_bytes', 'bigint', (column) => column.notNull())
        .addColumn('billed_units', 'real')
        .addColumn('completed_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('metrics_by_model').on('metrics').columns(['engine', 'model', 'mode', 'duration_s', 'completed_at']).execute();
      await db.schema
        .createTable('accounts')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('engine', 'text', (column) => column.notNull())
        .addColumn('base_url', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('credentials')
        .addColumn('digest', 'text', (column) => column.primaryKey())
        .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
        .execute();
      await db.schema
        .createTable('slots')
        .addColumn('account_id', 'text', (column) => column.notNull())
        .addColumn('model', 'text', (column) => column.notNull())
        .addColumn('known_limit', 'integer')
        .addColumn('batch_left', 'integer', (column) => column.notNull())
        .addColumn('batch_size', 'integer', (column) => column.notNull())
        .addColumn('climbing', 'integer', (column) => column.notNull())
        .addColumn('probed_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('slots_pk', ['account_id', 'model'])
        .execute();
      await db.schema
        .createTable('recovered_bills')
        .addColumn('external_task_id', 'text', (column) => column.primaryKey())
        .addColumn('task_id', 'text', (column) => column.notNull())
        .addColumn('billed_units', 'real', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('slot_demands')
        .addColumn('lease', 'text', (column) => column.notNull())
        .addColumn('project_id', 'text', (column) => column.notNull())
        .addColumn('account_id', 'text', (column) => column.notNull())
        .addColumn('model', 'text', (column) => column.notNull())
        .addColumn('priority', 'integer', (column) => column.notNull())
        .addColumn('asked_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('slot_demands_pk', ['lease', 'project_id', 'account_id', 'model'])
        .execute();
      await db.schema
        .createTable('films')
        .addColumn('path', 'text', (column) => column.primaryKey())
        .addColumn('project_id', 'text', (column) => column.notNull().references('projects.id').onDelete('cascade'))
        .addColumn('plan_digest', 'text', (column) => column.notNull())
        .addColumn('size_bytes', 'bigint', (column) => column.notNull())
        .addColumn('mtime_ms', 'real', (column) => column.notNull())
        .addColumn('facts', 'text', (column) => column.notNull())
        .execute();
    },
  },
  '0002-edits': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('edits')
        .addColumn('project_id', 'text', (column) => column.primaryKey().references('projects.id').onDelete('cascade'))
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('read_at', 'bigint', (column) => column.notNull())
        .addColumn('parts', 'text', (column) => column.notNull())
        .addColumn('left_out', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('hand_offs')
        .addColumn('project_id', 'text', (column) => column.primaryKey().references('projects.id').onDelete('cascade'))
        .addColumn('made_at', 'bigint', (column) => column.notNull())
        .addColumn('slates', 'text', (column) => column.notNull())
        .addColumn('frame_rate', 'real', (column) => column.notNull())
        .execute();
    },
  },
  '0003-cast': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('projects').addColumn('cast_and_look', 'text').execute();
      await db.schema.alterTable('projects').addColumn('cast_file', 'text').execute();
      await db.schema.alterTable('shots').addColumn('prompt', 'text').execute();
      await db.schema.alterTable('shots').addColumn('cast_names', 'text').execute();
    },
  },
  '0004-findings': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('shots').addColumn('findings', 'text').execute();
    },
  },
  '0005-notes-and-requests': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('takes').addColumn('note', 'text').execute();
      await db.schema.alterTable('takes').addColumn('rejected', 'integer', (column) => column.notNull().defaultTo(0)).execute();
      await db.schema
        .createTable('requests')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('job_id', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
  '0006-by-hand': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('shots').addColumn('by_hand', 'text').execute();
    },
  },
};
