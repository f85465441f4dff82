import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import { castFileBeside, writtenCast } from '../../project/index.ts';
import type { CastAndLook } from '../../protocol/cast-and-look.ts';
import { readScript } from '../../script/index.ts';
import { readArchive, type ProjectArchive } from '../../store/index.ts';
import type { Handlers } from '../call.ts';
import { HttpError } from '../errors.ts';
import { pageOf } from '../pages.ts';
import { framesFolder } from '../places.ts';
import { beginningWith, readPreferences } from '../preferences.ts';
import { givenScript, keepScript, namedAsRead, planScript, readScriptOf, safeFileName, scriptOf, type GivenScript } from '../scripts.ts';
import type { ServerParts } from '../server-parts.ts';
import { emptyTrash, listTrash, putIntoTrash, readFromTrash, removeFromTrash } from '../trash.ts';
import { planView } from '../views/plan-view.ts';
import { projectDetail } from '../views/project-detail.ts';
import { fileTitle } from '../file-title.ts';

/** Films: the list, making, changing, copying, taking away. */
export const projectHandlers = {
  async listProjects({ query }, { boards, watch }) {
    await watch.look({ whole: true });
    return pageOf(await boards.all(), query);
  },
  async getProject({ params }, parts) {
    await parts.watch.look({ whole: true });
    return await projectDetail(parts, params.projectId);
  },
  async createProject({ body }, parts) {
    const { studio, boards } = parts;
    const script = namedAsRead(await scriptOf(parts, body.script), body.options?.as);
    await refuseTaken(parts, body.title);
    const engine = studio.engineFor(undefined, { sandbox: body.sandbox === true });
    const preferences = await readPreferences(studio.home);
    const capUnits = body.capUnits === undefined ? preferences.capUnits : (body.capUnits ?? undefined);
    const path = await keepScript(studio.home, script);
    try {
      const plan = await planScript(studio, script, { ...beginningWith(preferences, body.options), capUnits }, { name: body.title, ours: true, path });
      const { project } = await studio.savePlan(plan, engine);
      if (capUnits !== undefined) await studio.store.projects.updateProject(project.id, { capUnits });
      await boards.refresh(project.id);
      const { summary } = await boards.open(project.id);
      return { project: summary, plan: await planView(studio, { ...plan, project: await studio.store.projects.getProject(project.id) }, engine) };
    } catch (error) {
      // A script that cannot be planned leaves nothing behind.
      await rm(dirname(path), { recursive: true, force: true });
      throw error;
    }
  },
  async changeProject({ params, body }, parts) {
    const { studio, boards } = parts;
    const { project } = await boards.open(params.projectId);
    if (body.title !== undefined && body.title !== project.name) {
      if (project.name === project.scriptPath) throw new HttpError(409, 'TITLE_IS_SCRIPT', 'This film is called as its script is, so that the command line finds it.', { next: 'Duplicate it under the title you want: its clips cost nothing again.' });
      await refuseTaken(parts, body.title);
    }
    await studio.store.projects.updateProject(project.id, { ...(body.title === undefined ? {} : { name: body.title }), ...(body.capUnits === undefined ? {} : { capUnits: body.capUnits }) });
    await boards.refresh(project.id);
    return await projectDetail(parts, project.id);
  },
  async removeProject({ params }, { studio, boards, jobs, clock }) {
    const { summary } = await boards.open(params.projectId);
    const running = jobs.list().find((job) => job.projectId === params.projectId && job.endedAt === undefined);
    if (running) throw new HttpError(409, 'PROJECT_AT_WORK', 'This film is being worked on.', { next: 'Stop that first.', detail: { jobId: running.jobId } });
    const archive = await studio.store.archives.take(params.projectId);
    // First the copy, then the removal: a kill in between leaves both.
    const removed = await putIntoTrash(studio.home, { title: summary.title, archive }, clock.now());
    await studio.store.projects.removeProject(params.projectId);
    boards.forget(params.projectId);
    await emptyTrash(studio.home, clock.now());
    return removed;
  },
  async listTrash({ query }, { studio, clock }) {
    return pageOf(await listTrash(studio.home, clock.now()), query);
  },
  async restoreProject({ params }, parts) {
    const { studio, boards } = parts;
    const archive = await readFromTrash(studio.home, params.trashId);
    const { id: projectId, name: wanted } = archive.project;
    // A kill behind the write and before the removal from the trash leaves both: then it is back already.
    const isBack = (await studio.store.projects.listProjects()).some((project) => project.id === projectId);
    if (!isBack) {
      // Another film may have taken its title since.
      const name = (await studio.store.projects.findProject(wanted)) ? await freeTitle(parts, basename(wanted)) : wanted;
      await studio.store.archives.put(archive, { name, newIds: false, ...(archive.project.scriptPath === undefined ? {} : { scriptPath: archive.project.scriptPath }) });
    }
    await removeFromTrash(studio.home, params.trashId);
    await boards.refresh(projectId);
    return (await boards.open(projectId)).summary;
  },
  async duplicateProject({ params, body }, parts) {
    const { studio, boards } = parts;
    const { project, summary } = await boards.open(params.projectId);
    const archive = await studio.store.archives.take(project.id);
    const title = body.title ?? (await freeTitle(parts, summary.title));
    return await putCopy(parts, { ...archive, project: { ...archive.project, name: title } }, await readScriptOf(project));
  },
  async exportProject({ params }, { studio, boards }) {
    const { project, summary } = await boards.open(params.projectId);
    const archive = await studio.store.archives.take(project.id);
    const script = await readScriptOf(project).catch(() => undefined);
    const file = { format: 'directorstudio-project', version: 1, ...(script ? { script: { fileName: script.fileName, base64: Buffer.from(script.bytes).toString('base64') } } : {}), archive: portable(archive) };
    return { body: { bytes: Buffer.from(JSON.stringify(file)) }, mediaType: 'application/json', downloadAs: `${fileTitle(summary.title)}.directorstudio.json` };
  },
  async importProject({ body }, parts) {
    const { archive, script } = readProjectFile(body);
    const title = await freeTitle(parts, basename(archive.project.name));
    return await putCopy(parts, portable({ ...archive, project: { ...archive.project, name: title } }), script);
  },
  async listExamples({ query }, { examplesFolder }) {
    const names = (await readdir(examplesFolder).catch(() => [])).filter((name) => /\.(?:txt|csv|fountain|json)$/.test(name)).sort();
    const examples = [];
    for (const name of names) {
      const bytes = await readFile(join(examplesFolder, name));
      const { shots } = await readScript(bytes, { name });
      examples.push({ name, title: titleOf(name), words: shots.map(({ prompt }) => prompt).join(' ').replaceAll(/\s+/g, ' ').slice(0, 160), sizeBytes: bytes.length });
    }
    return pageOf(examples, query);
  },
} satisfies Partial<Handlers>;

function titleOf(fileName: string): string {
  return basename(fileName, extname(fileName)).replaceAll(/[-_]+/g, ' ').replaceAll(/\b\p{Ll}/gu, (letter) => letter.toUpperCase());
}

async function refuseTaken({ studio }: ServerParts, title: string): Promise<void> {
  if (await studio.store.projects.findProject(title)) throw new HttpError(409, 'PROJECT_EXISTS', `There is a film called ${title} already.`, { next: 'Give another title.' });
}

async function freeTitle({ studio }: ServerParts, wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const title = number === 1 ? wanted : `${wanted} (${number})`;
    if (!(await studio.store.projects.findProject(title))) return title;
  }
}

/** A film beside the others, with a script of its own. */
async function putCopy({ studio, boards }: ServerParts, archive: ProjectArchive, script: GivenScript | undefined) {
  const path = script && (await keepScript(studio.home, script));
  if (path !== undefined) await keepCastBeside(studio.home, path, script, archive.project.castAndLook);
  const { castFile: _, ...project } = archive.project;
  const projectId = await studio.store.archives.put({ ...archive, project }, { name: project.name, newIds: true, ...(path === undefined ? {} : { scriptPath: path }) });
  await boards.refresh(projectId);
  return (await boards.open(projectId)).summary;
}

/** What a copy's script does not say of its cast and look lies beside it, or its next plan would go without and pay for other clips. */
async function keepCastBeside(home: string, path: string, script: GivenScript | undefined, { cast, look }: CastAndLook): Promise<void> {
  const read = script && (await readScript(script.bytes, { name: script.fileName }).catch(() => undefined));
  if (read === undefined || read.cast !== undefined) return;
  const found = new Set((read.foundCast ?? []).map(({ name, words }) => JSON.stringify([name, words])));
  const written = cast.filter(({ name, words, colour, pictures }) => colour !== undefined || pictures !== undefined || !found.has(JSON.stringify([name, words])));
  if (written.length === 0 && Object.keys(look).length === 0) return;
  const castFile = castFileBeside(path);
  const records = writtenCast({ cast: written, look }, dirname(castFile), { folder: await realpath(framesFolder(home)).catch(() => framesFolder(home)), isGone: () => true });
  await writeFileAtomic(castFile, JSON.stringify(records, undefined, 2), { mode: 0o600 });
}

/** Without what names places of one machine. */
function portable(archive: ProjectArchive): ProjectArchive {
  const { scriptPath: _, castFile: __, filmSettings, castAndLook, ...project } = archive.project;
  const { under: ___, ...settings } = filmSettings;
  const cast = castAndLook.cast.map(({ pictures: ____, ...record }) => record);
  return { ...archive, project: { ...project, name: basename(project.name), filmSettings: settings, castAndLook: { ...castAndLook, cast } } };
}

function readProjectFile(bytes: Uint8Array): { archive: ProjectArchive; script?: GivenScript } {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    throw new HttpError(422, 'PROJECT_FILE_INVALID', 'This file is no exported film: it is no JSON.', { next: 'Choose the file that "Export" saved.', cause: error });
  }
  const file = value as { format?: unknown; version?: unknown; archive?: unknown; script?: { fileName?: unknown; base64?: unknown } } | null;
  if (file?.format !== 'directorstudio-project' || file.version !== 1) throw new HttpError(422, 'PROJECT_FILE_INVALID', 'This file is no exported film, or one of a newer version.', { next: 'Choose the file that "Export" saved.' });
  const archive = readArchive(file.archive);
  const { fileName, base64 } = file.script ?? {};
  if (typeof fileName !== 'string' || typeof base64 !== 'string') return { archive };
  return { archive, script: givenScript({ fileName: safeFileName(fileName), base64 }) };
}
