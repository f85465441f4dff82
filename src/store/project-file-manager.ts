import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../lib/clock.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { StudioError } from '../lib/errors.ts';
import { byHandSchema, type ByHand } from '../protocol/by-hand.ts';
import { castAndLookSchema, type CastAndLook } from '../protocol/cast-and-look.ts';
import { promptFindingsSchema, type PromptFindings } from '../protocol/prompt-findings.ts';
import { filmSettingsSchema, shotSettingsSchema, type Engine, type FilmSettings, type ShotSettings } from '../protocol/shot-settings.ts';
import type { Db } from './database.ts';
import { inTransaction } from './transaction.ts';
import type { ProjectRow, ShotRow } from './schema.ts';
import { storedJson } from './stored-json.ts';

export interface Project {
  id: string;
  name: string;
  /** Real path of its script; missing for standard input. */
  scriptPath?: string;
  engine: Engine;
  /** The most it may ever spend on its engine, in Kling units; missing: no cap. */
  capUnits?: number;
  /** What was asked for the whole film, so that a later run without options means the same. */
  filmSettings: FilmSettings;
  /** Where its film was last asked for. */
  outputPath?: string;
  /** Its characters and its look, as its shots were last planned with them. */
  castAndLook: CastAndLook;
  /** The file that `--cast` named, whole path, or `none`; missing: what stands beside the script. */
  castFile?: string;
  createdAtMs: number;
  updatedAtMs: number;
}

/** A shot as the film stands on it: its words, its settings, its time on screen. The seed's name for it. */
export interface ProjectPrompt {
  id: string;
  projectId: string;
  /** `S02_SH05`: scene and shot in the scene, as on a slate. */
  name: string;
  /** Place in the film, counted from 1. */
  index: number;
  sceneNumber: number;
  sceneHeading?: string;
  numberInScene: number;
  /** The words of the script it stands on, and their lines (counted from 1, both included). */
  text: string;
  startLine: number;
  endLine: number;
  /** Its own words. What is sent, `settings.prompt`, has those of cast and look behind them. */
  prompt: string;
  /** Names of who is in the shot. */
  cast?: string[];
  settings: ShotSettings;
  /** Time on screen within the clip, in seconds; no `outS`: to the clip's end. */
  inS: number;
  outS?: number;
  /** Spoken words. */
  line?: string;
  takesWanted: number;
  /** What reading its words found when it was planned; missing for a shot that was planned before they were read. */
  findings?: PromptFindings;
  /** What a person changed of it beside its script. */
  byHand?: ByHand;
}

/** A shot to be saved; with `id` it continues an existing one and keeps its takes. */
export type PlannedPrompt = Omit<ProjectPrompt, 'id' | 'projectId' | 'name' | 'index' | 'numberInScene' | 'prompt'> & {
  id?: string;
  /** Missing: `settings.prompt` is all there is. */
  prompt?: string;
};

/** What a plan says about the whole film and is saved with its shots, whole or not at all. */
export interface PlannedFilm {
  castAndLook: CastAndLook;
  castFile?: string;
}

/** The words of a slate. */
export function slateName(sceneNumber: number, numberInScene: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `S${two(sceneNumber)}_SH${two(numberInScene)}`;
}

/** How settings are written in the store: one spelling, so that equal settings are equal text. */
export function settingsText(settings: ShotSettings): string {
  return canonicalJson(settings);
}

/** Durable projects and their prompts (scenes and shots). Takes are in takes.ts, money in ledger.ts. */
export class ProjectFileManager {
  private readonly db: Db;
  private readonly clock: Clock;

  constructor(db: Db, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }

  /** The project of this name, made when it is not there: two processes may ask for it at once. */
  async createProject(project: { name: string; scriptPath?: string; engine: Engine }): Promise<Project> {
    const now = this.clock.now();
    const row: ProjectRow = {
      id: randomUUID(),
      name: project.name,
      script_path: project.scriptPath ?? null,
      engine: project.engine,
      cap_units: null,
      film_settings: '{}',
      output_path: null,
      cast_and_look: null,
      cast_file: null,
      created_at: now,
      updated_at: now,
    };
    await this.db.insertInto('projects').values(row).onConflict((conflict) => conflict.column('name').doNothing()).execute();
    return toProject(await this.db.selectFrom('projects').selectAll().where('name', '=', project.name).executeTakeFirstOrThrow());
  }

  async findProject(name: string): Promise<Project | undefined> {
    const row = await this.db.selectFrom('projects').selectAll().where('name', '=', name).executeTakeFirst();
    return row && toProject(row);
  }

  async getProject(id: string): Promise<Project> {
    const row = await this.db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new StudioError('PROJECT_UNKNOWN', `There is no project with id ${id}.`, { next: 'directorstudio project list shows them.' });
    return toProject(row);
  }

  /** Every project, the last touched first. */
  async listProjects(): Promise<Project[]> {
    const rows = await this.db.selectFrom('projects').selectAll().orderBy('updated_at', 'desc').execute();
    return rows.map(toProject);
  }

  async updateProject(id: string, change: { name?: string; scriptPath?: string; engine?: Engine; capUnits?: number | null; filmSettings?: FilmSettings; outputPath?: string }): Promise<void> {
    await this.db
      .updateTable('projects')
      .set({
        updated_at: this.clock.now(),
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.scriptPath === undefined ? {} : { script_path: change.scriptPath }),
        ...(change.engine === undefined ? {} : { engine: change.engine }),
        ...(change.capUnits === undefined ? {} : { cap_units: change.capUnits }),
        ...(change.filmSettings === undefined ? {} : { film_settings: JSON.stringify(change.filmSettings) }),
        ...(change.outputPath === undefined ? {} : { output_path: change.outputPath }),
      })
      .where('id', '=', id)
      .execute();
  }

  /** Forgets a project, its shots and takes. The ledger's rows stay: what was paid for is never forgotten. */
  async removeProject(id: string): Promise<void> {
    await this.db.deleteFrom('projects').where('id', '=', id).execute();
  }

  /** The shots of the film in order. */
  async loadPromptList(projectId: string): Promise<ProjectPrompt[]> {
    return await this.prompts(projectId, 'in the film');
  }

  /** Those of {@link loadPromptList} in whose words an error was found when they were planned. */
  async loadPromptsWithErrors(projectId: string): Promise<ProjectPrompt[]> {
    return await this.prompts(projectId, 'with errors');
  }

  /** Shots that were taken out of the script; their takes are kept. */
  async loadRemovedPrompts(projectId: string): Promise<ProjectPrompt[]> {
    return await this.prompts(projectId, 'taken out');
  }

  /**
   * Replaces the plan of a project in one transaction: shots with an `id` continue, others are new, and shots that are
   * not named are taken out of the film with their takes kept. A shot without an `id` continues one of the same words that
   * another process saved since the plan was made.
   * @param film replaced in the same transaction; missing: it stays. @returns the new list, in order.
   */
  async savePromptList(projectId: string, planned: readonly PlannedPrompt[], film?: PlannedFilm): Promise<ProjectPrompt[]> {
    await inTransaction(this.db, async (transaction) => {
      const named = new Set(planned.map(({ id }) => id));
      const stored = await transaction.selectFrom('shots').select(['id', 'text']).where('project_id', '=', projectId).orderBy('position').execute();
      const unnamed = stored.filter(({ id }) => !named.has(id));
      const sameWords = (text: string) => {
        const place = unnamed.findIndex((shot) => shot.text === text);
        return place < 0 ? undefined : unnamed.splice(place, 1)[0]?.id;
      };
      await transaction.updateTable('shots').set({ position: null }).where('project_id', '=', projectId).execute();
      await transaction.deleteFrom('scenes').where('project_id', '=', projectId).execute();
      const scenes = new Map<number, { id: string; shots: number }>();
      for (const [index, shot] of planned.entries()) {
        let scene = scenes.get(shot.sceneNumber);
        if (!scene) {
          scene = { id: randomUUID(), shots: 0 };
          scenes.set(shot.sceneNumber, scene);
          await transaction
            .insertInto('scenes')
            .values({ id: scene.id, project_id: projectId, number: shot.sceneNumber, heading: shot.sceneHeading ?? null })
            .execute();
        }
        scene.shots += 1;
        const values = {
          project_id: projectId,
          scene_id: scene.id,
          position: index + 1,
          number_in_scene: scene.shots,
          text: shot.text,
          start_line: shot.startLine,
          end_line: shot.endLine,
          ...filmedValues(shot),
        };
        const id = shot.id ?? sameWords(shot.text);
        if (id === undefined) await transaction.insertInto('shots').values({ id: randomUUID(), ...values }).execute();
        else await transaction.updateTable('shots').set(values).where('id', '=', id).where('project_id', '=', projectId).execute();
      }
      await transaction.updateTable('projects').set({ updated_at: this.clock.now(), ...(film ? filmValues(film) : {}) }).where('id', '=', projectId).execute();
    });
    return await this.loadPromptList(projectId);
  }

  /**
   * Writes shots that a person changed, in one transaction: all of them, or none when one is not any more what it was read as.
   * @throws StudioError SHOT_CHANGED.
   */
  async changePrompts(projectId: string, changes: readonly { before: ProjectPrompt; after: ProjectPrompt }[]): Promise<void> {
    await inTransaction(this.db, async (transaction) => {
      const now = new ProjectFileManager(transaction, this.clock);
      const stored = new Map((await now.loadPromptList(projectId)).map((prompt) => [prompt.id, JSON.stringify(prompt)]));
      for (const { before, after } of changes) {
        if (stored.get(before.id) !== JSON.stringify(before)) {
          throw new StudioError('SHOT_CHANGED', `${before.name} was changed by another window or program since it was read.`, { next: 'Look at it again and make your change anew; nothing was written.' });
        }
        await transaction.updateTable('shots').set(filmedValues(after)).where('id', '=', before.id).execute();
      }
      await transaction.updateTable('projects').set({ updated_at: this.clock.now() }).where('id', '=', projectId).execute();
    });
  }

  private async prompts(projectId: string, which: 'in the film' | 'with errors' | 'taken out'): Promise<ProjectPrompt[]> {
    const rows = await this.db
      .selectFrom('shots')
      .leftJoin('scenes', 'scenes.id', 'shots.scene_id')
      .selectAll('shots')
      .select(['scenes.number as scene_number', 'scenes.heading as scene_heading'])
      .where('shots.project_id', '=', projectId)
      .where('shots.position', which === 'taken out' ? 'is' : 'is not', null)
      .$if(which === 'with errors', (shots) => shots.where('shots.findings', 'like', '%"severity":"error"%'))
      .orderBy('shots.position')
      .execute();
    return rows.map((row) => toPrompt(row));
  }
}

/** How a shot is filmed, as it is written: all but its place in the script. */
function filmedValues(shot: PlannedPrompt) {
  return {
    settings: settingsText(shot.settings),
    in_s: shot.inS,
    out_s: shot.outS ?? null,
    line: shot.line ?? null,
    prompt: shot.prompt === undefined || shot.prompt === shot.settings.prompt ? null : shot.prompt,
    cast_names: shot.cast === undefined || shot.cast.length === 0 ? null : JSON.stringify(shot.cast),
    takes_wanted: shot.takesWanted,
    findings: shot.findings === undefined ? null : JSON.stringify(shot.findings),
    by_hand: shot.byHand === undefined ? null : JSON.stringify(shot.byHand),
  };
}

type PromptRow = ShotRow & { scene_number: number | null; scene_heading: string | null };

function toPrompt(row: PromptRow): ProjectPrompt {
  const sceneNumber = row.scene_number ?? 0;
  const name = slateName(sceneNumber, row.number_in_scene);
  const settings = storedJson(row.settings, `the settings of shot ${name}`, (value) => shotSettingsSchema.parse(value));
  return {
    id: row.id,
    projectId: row.project_id,
    name,
    index: row.position ?? 0,
    sceneNumber,
    ...(row.scene_heading === null ? {} : { sceneHeading: row.scene_heading }),
    numberInScene: row.number_in_scene,
    text: row.text,
    startLine: row.start_line,
    endLine: row.end_line,
    prompt: row.prompt ?? settings.prompt,
    ...(row.cast_names === null ? {} : { cast: storedJson(row.cast_names, `the cast of shot ${name}`, (value) => z.array(z.string()).parse(value)) }),
    settings,
    inS: row.in_s,
    ...(row.out_s === null ? {} : { outS: row.out_s }),
    ...(row.line === null ? {} : { line: row.line }),
    takesWanted: row.takes_wanted,
    ...(row.findings === null ? {} : { findings: storedJson(row.findings, `the findings of shot ${name}`, (value) => promptFindingsSchema.parse(value)) }),
    ...(row.by_hand === null ? {} : { byHand: storedJson(row.by_hand, `what was changed of shot ${name}`, (value) => byHandSchema.parse(value)) }),
  };
}

function filmValues({ castAndLook, castFile }: PlannedFilm): Pick<ProjectRow, 'cast_and_look' | 'cast_file'> {
  const { cast, look } = castAndLook;
  return { cast_and_look: cast.length === 0 && Object.keys(look).length === 0 ? null : JSON.stringify(castAndLook), cast_file: castFile ?? null };
}

function toProject(row: ProjectRow): Project {
  return {
    id: row.id,
    name: row.name,
    ...(row.script_path === null ? {} : { scriptPath: row.script_path }),
    engine: row.engine,
    ...(row.cap_units === null ? {} : { capUnits: row.cap_units }),
    filmSettings: storedJson(row.film_settings, `the settings of film ${row.name}`, (value) => filmSettingsSchema.parse(value)),
    ...(row.output_path === null ? {} : { outputPath: row.output_path }),
    castAndLook: row.cast_and_look === null ? { cast: [], look: {} } : storedJson(row.cast_and_look, `the cast of film ${row.name}`, (value) => castAndLookSchema.parse(value)),
    ...(row.cast_file === null ? {} : { castFile: row.cast_file }),
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  };
}
