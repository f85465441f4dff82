import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import { byHandSchema } from '../protocol/by-hand.ts';
import { castAndLookSchema } from '../protocol/cast-and-look.ts';
import { promptFindingsSchema } from '../protocol/prompt-findings.ts';
import { filmSettingsSchema, shotSettingsSchema } from '../protocol/shot-settings.ts';
import type { Db } from './database.ts';
import { inTransaction } from './transaction.ts';
import { settingsText } from './project-file-manager.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
const text = z.string().max(200_000);
const engine = z.enum(['kling', 'sandbox']);

/** A project without its clips: all that `removeProject` forgets. */
const archiveSchema = z.strictObject({
  project: z.strictObject({ id, name: text, scriptPath: text.optional(), engine, capUnits: z.number().min(0).optional(), filmSettings: filmSettingsSchema, castAndLook: castAndLookSchema, castFile: text.optional(), createdAtMs: z.number() }),
  scenes: z.array(z.strictObject({ id, number: z.number().int(), heading: text.nullable() })).max(20_000),
  shots: z
    .array(z.strictObject({ id, sceneId: id, position: z.number().int().nullable(), numberInScene: z.number().int(), text, startLine: z.number().int(), endLine: z.number().int(), settings: shotSettingsSchema, inS: z.number(), outS: z.number().nullable(), line: text.nullable(), prompt: text.nullable(), castNames: z.array(text).nullable(), findings: promptFindingsSchema.nullable(), takesWanted: z.number().int().min(1).max(99), byHand: byHandSchema.optional() }))
    .max(20_000),
  takes: z.array(z.strictObject({ id, shotId: id, engine, number: z.number().int().min(1), fingerprint: z.string().regex(/^[0-9a-f]{64}$/), selected: z.boolean(), note: text.nullable(), rejected: z.boolean(), createdAtMs: z.number() })).max(200_000),
  edit: z.strictObject({ source: text, readAtMs: z.number(), parts: z.array(z.union([z.strictObject({ shotId: id, inS: z.number(), outS: z.number().optional() }), z.strictObject({ blackS: z.number() })])).max(50_000), leftOut: z.array(id).max(20_000) }).optional(),
});

export type ProjectArchive = z.infer<typeof archiveSchema>;

/** @throws StudioError PROJECT_FILE_INVALID. */
export function readArchive(value: unknown): ProjectArchive {
  const read = archiveSchema.safeParse(value);
  if (read.success) return read.data;
  const problems = read.error.issues.slice(0, 5).map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw new StudioError('PROJECT_FILE_INVALID', `This is no project as DirectorStudio writes it: ${problems.join('; ')}.`, { next: 'Export the film again, with this version or an older one.' });
}

/** Projects as one piece, to take away, to copy, to bring back. */
export class ProjectArchives {
  private readonly db: Db;
  private readonly clock: Clock;

  constructor(db: Db, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }

  /** @throws StudioError PROJECT_UNKNOWN. */
  async take(projectId: string): Promise<ProjectArchive> {
    return await inTransaction(this.db, async (db) => {
      const project = await db.selectFrom('projects').selectAll().where('id', '=', projectId).executeTakeFirst();
      if (!project) throw new StudioError('PROJECT_UNKNOWN', `There is no project with id ${projectId}.`, { next: 'directorstudio project list shows them.' });
      const scenes = await db.selectFrom('scenes').selectAll().where('project_id', '=', projectId).execute();
      const shots = await db.selectFrom('shots').selectAll().where('project_id', '=', projectId).execute();
      const takes = await db
        .selectFrom('takes')
        .innerJoin('shots', 'shots.id', 'takes.shot_id')
        .innerJoin('generations', 'generations.id', 'takes.generation_id')
        .selectAll('takes')
        .select('generations.fingerprint')
        .where('shots.project_id', '=', projectId)
        .execute();
      const edit = await db.selectFrom('edits').selectAll().where('project_id', '=', projectId).executeTakeFirst();
      return readArchive({
        project: {
          id: project.id,
          name: project.name,
          ...(project.script_path === null ? {} : { scriptPath: project.script_path }),
          engine: project.engine,
          ...(project.cap_units === null ? {} : { capUnits: project.cap_units }),
          filmSettings: JSON.parse(project.film_settings) as unknown,
          castAndLook: project.cast_and_look === null ? { cast: [], look: {} } : (JSON.parse(project.cast_and_look) as unknown),
          ...(project.cast_file === null ? {} : { castFile: project.cast_file }),
          createdAtMs: project.created_at,
        },
        scenes: scenes.map(({ id: sceneId, number, heading }) => ({ id: sceneId, number, heading })),
        shots: shots.map((shot) => ({
          id: shot.id,
          sceneId: shot.scene_id,
          position: shot.position,
          numberInScene: shot.number_in_scene,
          text: shot.text,
          startLine: shot.start_line,
          endLine: shot.end_line,
          settings: JSON.parse(shot.settings) as unknown,
          inS: shot.in_s,
          outS: shot.out_s,
          line: shot.line,
          prompt: shot.prompt,
          castNames: shot.cast_names === null ? null : (JSON.parse(shot.cast_names) as unknown),
          findings: shot.findings === null ? null : (JSON.parse(shot.findings) as unknown),
          takesWanted: shot.takes_wanted,
          ...(shot.by_hand === null ? {} : { byHand: JSON.parse(shot.by_hand) as unknown }),
        })),
        takes: takes.map((take) => ({ id: take.id, shotId: take.shot_id, engine: take.engine, number: take.number, fingerprint: take.fingerprint, selected: take.selected === 1, note: take.note, rejected: take.rejected === 1, createdAtMs: take.created_at })),
        ...(edit ? { edit: { source: edit.source, readAtMs: edit.read_at, parts: JSON.parse(edit.parts) as unknown, leftOut: JSON.parse(edit.left_out) as unknown } } : {}),
      });
    });
  }

  /**
   * Puts a project in, whole or not at all. Takes whose picture this store knows stand on it again; the others are made, or
   * fetched, when they are asked for.
   * @param options.newIds a copy beside the original; else it comes back as what it was. @returns its id.
   * @throws StudioError PROJECT_EXISTS for a name that another one has.
   */
  async put(archive: ProjectArchive, options: { name: string; scriptPath?: string; newIds: boolean }): Promise<string> {
    const { name, scriptPath, newIds } = options;
    const ids = new Map<string, string>();
    const idOf = (old: string) => {
      const known = ids.get(old) ?? (newIds ? randomUUID() : old);
      ids.set(old, known);
      return known;
    };
    return await inTransaction(this.db, async (db) => {
      const taken = await db.selectFrom('projects').select('id').where('name', '=', name).executeTakeFirst();
      if (taken) throw new StudioError('PROJECT_EXISTS', `There is a film called ${name} already.`, { next: 'Give another title.' });
      const { project, scenes, shots, takes, edit } = archive;
      const projectId = idOf(project.id);
      const { cast, look } = project.castAndLook;
      await db
        .insertInto('projects')
        .values({
          id: projectId,
          name,
          script_path: scriptPath ?? null,
          engine: project.engine,
          cap_units: project.capUnits ?? null,
          film_settings: JSON.stringify(project.filmSettings),
          output_path: null,
          cast_and_look: cast.length === 0 && Object.keys(look).length === 0 ? null : JSON.stringify(project.castAndLook),
          cast_file: project.castFile ?? null,
          created_at: newIds ? this.clock.now() : project.createdAtMs,
          updated_at: this.clock.now(),
        })
        .execute();
      for (const scene of scenes) await db.insertInto('scenes').values({ id: idOf(scene.id), project_id: projectId, number: scene.number, heading: scene.heading }).execute();
      for (const shot of shots) {
        await db
          .insertInto('shots')
          .values({
            id: idOf(shot.id),
            project_id: projectId,
            scene_id: idOf(shot.sceneId),
            position: shot.position,
            number_in_scene: shot.numberInScene,
            text: shot.text,
            start_line: shot.startLine,
            end_line: shot.endLine,
            settings: settingsText(shot.settings),
            in_s: shot.inS,
            out_s: shot.outS,
            line: shot.line,
            prompt: shot.prompt,
            cast_names: shot.castNames === null ? null : JSON.stringify(shot.castNames),
            findings: shot.findings === null ? null : JSON.stringify(shot.findings),
            takes_wanted: shot.takesWanted,
            by_hand: shot.byHand === undefined ? null : JSON.stringify(shot.byHand),
          })
          .execute();
      }
      const known = new Set(shots.map((shot) => shot.id));
      for (const take of takes) {
        const row = known.has(take.shotId) ? await db.selectFrom('generations').select(['id', 'engine']).where('fingerprint', '=', take.fingerprint).orderBy('attempt', 'desc').limit(1).executeTakeFirst() : undefined;
        if (row?.engine !== take.engine) continue;
        await db
          .insertInto('takes')
          .values({ id: idOf(take.id), shot_id: idOf(take.shotId), engine: take.engine, number: take.number, generation_id: row.id, selected: take.selected ? 1 : 0, created_at: take.createdAtMs, note: take.note, rejected: take.rejected ? 1 : 0 })
          .execute();
      }
      if (edit) {
        const parts = edit.parts.map((part) => ('shotId' in part ? { ...part, shotId: idOf(part.shotId) } : part));
        await db.insertInto('edits').values({ project_id: projectId, source: edit.source, read_at: edit.readAtMs, parts: JSON.stringify(parts), left_out: JSON.stringify(edit.leftOut.map(idOf)) }).execute();
      }
      return projectId;
    });
  }
}
