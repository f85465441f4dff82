import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FilmResult } from '../../src/film/index.ts';
import type { GenerateRequest, GenerationTimings, RunReport } from '../../src/generation/index.ts';
import type { StudioEvent } from '../../src/protocol/index.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import type { Project, ProjectPrompt } from '../../src/store/index.ts';
import { createStudio, type Studio, type StudioConfig } from '../../src/studio.ts';

/** The waits of the state machine, short enough for a test and in the proportions of the real ones. */
export const FAST: Partial<GenerationTimings> = {
  lookWaitMs: 60,
  lookGiveUpMs: 600,
  backoffFirstMs: 10,
  backoffLongestMs: 80,
  pollIntervalMs: 15,
  slotRetryMs: 30,
  followIntervalMs: 15,
  downloadIdleMs: 2_000,
  patienceMs: 20_000,
  stopGraceMs: 1_000,
};

/** A sandbox that plays Kling (the studio knows it as Kling, by key and base URL) and a home for studios. */
export interface Lab extends AsyncDisposable {
  folder: string;
  home: string;
  kling: Sandbox;
  /** The environment of somebody who has a key for `kling`. */
  env: Record<string, string>;
  /** Another studio over the home; closed with the lab. */
  studio(config?: Partial<StudioConfig>): Promise<Studio>;
  /** A second account: a sandbox with money and tasks of its own. */
  otherAccount(options?: Partial<SandboxOptions>): Promise<Sandbox>;
}

export async function openLab(options: Partial<SandboxOptions> = {}): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), 'money-'));
  const home = join(folder, 'home');
  const sandboxes: Sandbox[] = [];
  const studios: Studio[] = [];
  const play = async (name: string, more: Partial<SandboxOptions>) => {
    const sandbox = await startSandbox({ dataFolder: join(folder, name), clips: 'tiny', speed: Number.POSITIVE_INFINITY, ...more });
    sandboxes.push(sandbox);
    return sandbox;
  };
  const kling = await play('kling', options);
  const env = keyOf(kling);
  return {
    folder,
    home,
    kling,
    env,
    async studio(config = {}) {
      const studio = await createStudio({ home, env, timings: FAST, sandbox: { clips: 'tiny', speed: Number.POSITIVE_INFINITY }, ...config });
      studios.push(studio);
      return studio;
    },
    otherAccount: async (more = {}) => await play(`account-${sandboxes.length}`, { apiKey: `key-of-account-${sandboxes.length}`, ...more }),
    async [Symbol.asyncDispose]() {
      for (const studio of studios) await studio.close();
      for (const sandbox of sandboxes) await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The environment of somebody whose key is of this account. */
export function keyOf(sandbox: Sandbox, apiKey = sandbox.apiKey): Record<string, string> {
  return { KLING_API_KEY: apiKey, KLING_BASE_URL: sandbox.baseUrl, DIRECTORSTUDIO_KEYCHAIN: 'off' };
}

/** Nobody's environment: the built-in sandbox plays. */
export const NO_KEY: Record<string, string> = { DIRECTORSTUDIO_KEYCHAIN: 'off' };

/**
 * A way to a Kling that has stopped refusing repeated external ids: a second POST of an id makes, and bills, a second task.
 * What protects then is only that we look before we send again.
 */
export function withoutRefusalOfRepeatedIds(kling: Sandbox, fetchBelow: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    if (init?.method !== 'POST') return await fetchBelow(input, init);
    const body = JSON.parse(await new Response(init.body).text()) as { external_task_id: string };
    const repeated = kling.tasks().filter(({ externalTaskId }) => externalTaskId?.startsWith(body.external_task_id)).length;
    if (repeated > 0) body.external_task_id += `-again${repeated}`;
    const text = JSON.stringify(body);
    return await fetchBelow(input, { ...init, headers: { ...(init.headers as Record<string, string>), 'content-length': String(Buffer.byteLength(text)) }, body: text });
  };
}

/** Paragraphs as a script of that many different shots. */
export function shotsOf(count: number, first = 1): string[] {
  return Array.from({ length: count }, (_, index) => `Shot ${index + first}: a paper boat crosses puddle number ${index + first} at dawn.`);
}

export interface PlannedFilm {
  project: Project;
  prompts: ProjectPrompt[];
  notes: string[];
  changes: string[];
}

/** Plans a script of paragraphs and saves it. */
export async function planFilm(studio: Studio, paragraphs: readonly string[], options: { name?: string; engine?: 'kling' | 'sandbox'; replan?: boolean; model?: string; takes?: number } = {}): Promise<PlannedFilm> {
  const { name = 'film', engine, ...request } = options;
  const plan = await studio.plan({ script: { name: `${name}.txt`, bytes: Buffer.from(paragraphs.join('\n\n')) }, projectName: name, ...request });
  const saved = await studio.savePlan(plan, engine ?? studio.engineFor(plan.project, { sandbox: false }));
  return { ...saved, notes: plan.notes, changes: plan.shots.map(({ change }) => change) };
}

/** Plans a list in which every shot but the first continues the one before it, and saves it. */
export async function planChain(studio: Studio, prompts: readonly string[], { name = 'film' }: { name?: string } = {}): Promise<Pick<PlannedFilm, 'project' | 'prompts'>> {
  const shots = prompts.map((prompt, index) => ({ prompt, ...(index > 0 ? { continues: true } : {}) }));
  const plan = await studio.plan({ script: { name: `${name}.json`, bytes: Buffer.from(JSON.stringify(shots)) }, projectName: name });
  return await studio.savePlan(plan, studio.engineFor(plan.project, { sandbox: false }));
}

/** Plans a script, makes every clip, and tells what was heard meanwhile. */
export async function shoot(studio: Studio, paragraphs: readonly string[], options: Parameters<typeof planFilm>[2] & Partial<GenerateRequest> = {}): Promise<PlannedFilm & { report: RunReport; events: StudioEvent[] }> {
  const planned = await planFilm(studio, paragraphs, options);
  const { concurrency, retries, signal, newTake, shotIds } = options;
  const request = { concurrency, retries, signal, newTake, shotIds };
  return { ...planned, ...(await run(studio, planned.project.id, Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)))) };
}

/** One run over a project with its engine as it is. */
export async function run(studio: Studio, projectId: string, request: Partial<GenerateRequest> = {}): Promise<{ report: RunReport; events: StudioEvent[] }> {
  const { engine } = await studio.store.projects.getProject(projectId);
  const orchestrator = await studio.orchestrator(engine);
  const events: StudioEvent[] = [];
  const stop = orchestrator.on((event) => events.push(event));
  try {
    return { report: await orchestrator.generateAll({ projectId, ...request }), events };
  } finally {
    stop();
  }
}

export async function cut(studio: Studio, project: Project, lab: Lab, options: { partial?: boolean; file?: string } = {}): Promise<FilmResult> {
  const { engine } = await studio.store.projects.getProject(project.id);
  return await studio.film({ projectId: project.id, engine, outputPath: join(lab.folder, options.file ?? 'film.mp4'), partial: options.partial ?? false });
}

/** How often each of our ids was paid for; every number must be 1. */
export function paidTimes(sandbox: Sandbox): number[] {
  const times = new Map<string, number>();
  for (const { prompt, chargedUnits } of sandbox.tasks()) if (chargedUnits > 0) times.set(prompt, (times.get(prompt) ?? 0) + 1);
  return [...times.values()];
}

/** Requests of a kind that the sandbox has seen. */
export function countRequests(sandbox: Sandbox, method: string, path: RegExp): number {
  return sandbox.requests().filter((entry) => entry.method === method && path.test(entry.path)).length;
}
