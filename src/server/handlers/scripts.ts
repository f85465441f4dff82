import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { KlingModelAdvisor } from '../../prompt/advisor/index.ts';
import { findModel } from '../../kling/index.ts';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import { castFileBeside, keptFrame, keptPath, loadPromptChecks, shotListOfPlan, type FilmPlan } from '../../project/index.ts';
import type { ReadCall } from '../../protocol/api/index.ts';
import type { Project } from '../../store/index.ts';
import type { Studio } from '../../studio.ts';
import { decodeText, extractDialogue } from '../../script/index.ts';
import type { Handlers } from '../call.ts';
import { HttpError } from '../errors.ts';
import { fileTitle } from '../file-title.ts';
import { framesFolder } from '../places.ts';
import { beginningWith, readPreferences } from '../preferences.ts';
import { givenScript, isOurs, keepScript, planScript, readScriptOf, revisionOf, scriptOf, type GivenScript } from '../scripts.ts';
import type { ServerParts } from '../server-parts.ts';
import { advisedView } from '../views/advised-view.ts';
import { planView } from '../views/plan-view.ts';

const OUTSIDE = { next: 'Change the file where it lies and read it again, or duplicate the film: the copy has a script of its own.' };

const LIST_TYPES = { csv: 'text/csv; charset=utf-8', md: 'text/markdown; charset=utf-8', json: 'application/json; charset=utf-8' } as const;

/** Scripts: looked at, planned, changed; and the words in them. */
export const scriptHandlers = {
  async previewPlan({ body }, parts) {
    const { studio, boards } = parts;
    const project = body.projectId === undefined ? undefined : (await boards.open(body.projectId)).project;
    const options = project === undefined ? beginningWith(await readPreferences(studio.home), body.options) : (body.options ?? {});
    const plan = await planScript(studio, await scriptOf(parts, body.script), options, { project, ours: true });
    return await planView(studio, plan, studio.engineFor(project, { sandbox: body.sandbox ?? project?.engine === 'sandbox' }));
  },
  async getScript({ params }, { studio, boards }) {
    const { project } = await boards.open(params.projectId);
    const { fileName, bytes, path, revision } = await readScriptOf(project);
    const editable = await isOurs(studio.home, project);
    const text = textOf(bytes, fileName);
    return { fileName, ...(text === undefined ? {} : { text }), revision, editable, ...(editable ? {} : { path }) };
  },
  async changeScript({ params, body }, parts) {
    const { studio, boards } = parts;
    const { project } = await boards.open(params.projectId);
    if (project.scriptPath !== undefined && !(await isOurs(studio.home, project))) throw new HttpError(409, 'SCRIPT_OUTSIDE', "This film's script lies where its owner put it; the page does not write there.", OUTSIDE);
    const before = await readScriptOf(project).catch(() => undefined);
    if (body.ifRevision !== undefined && before !== undefined && before.revision !== body.ifRevision) throw new HttpError(409, 'SCRIPT_CHANGED', 'The script was changed by another window or program since it was read.', { next: 'Read it again and put your change in; nothing was written.', detail: { revision: before.revision } });
    const script = givenScript(body.script);
    const folder = project.scriptPath === undefined ? undefined : dirname(project.scriptPath);
    // Planned before it is written: a script that cannot be filmed changes nothing.
    const plan = await planScript(studio, script, body.options ?? {}, { project, ours: true, ...(folder === undefined ? {} : { path: join(folder, script.fileName) }) });
    const path = await keepScript(studio.home, script, folder);
    if (path !== project.scriptPath) await studio.store.projects.updateProject(project.id, { scriptPath: path });
    if (before && before.path !== path) await rm(before.path, { force: true });
    return await saved(parts, plan, script);
  },
  async rereadScript({ params, body }, parts) {
    const { project } = await parts.boards.open(params.projectId);
    const script = await readScriptOf(project);
    return await saved(parts, await planScript(parts.studio, script, body.options ?? {}, { project, ours: await isOurs(parts.studio.home, project) }), script);
  },
  async shotListFile({ params: { projectId, format } }, { studio, boards }) {
    const { project, summary } = await boards.open(projectId);
    const script = await readScriptOf(project);
    const plan = await planScript(studio, script, {}, { project, ours: await isOurs(studio.home, project) });
    const list = shotListOfPlan(plan, { path: join(dirname(script.path), `shots.${format}`), format, withCast: format === 'json' }, { folder: framesFolder(studio.home), isGone: (picture) => !existsSync(picture) });
    return { body: { bytes: Buffer.from(list) }, mediaType: LIST_TYPES[format], downloadAs: `${fileTitle(summary.title)}.shots.${format}` };
  },
  async priceCast({ params, body }, parts) {
    const { project } = await parts.boards.open(params.projectId);
    const { studio } = parts;
    const plan = await planWithCast(studio, project, await readScriptOf(project), body);
    return await planView(studio, plan, studio.engineFor(project, { sandbox: project.engine === 'sandbox' }));
  },
  async changeCast({ params, body }, parts) {
    const { project } = await parts.boards.open(params.projectId);
    const script = await readScriptOf(project);
    if (!(await isOurs(parts.studio.home, project))) throw new HttpError(409, 'SCRIPT_OUTSIDE', "This film's script and cast lie where their owner put them; the page does not write there.", OUTSIDE);
    // Planned before it is written: a cast that no shot can be filmed with changes nothing.
    await planWithCast(parts.studio, project, script, body);
    const castFile = castFileBeside(script.path);
    await writeFileAtomic(castFile, JSON.stringify(await castFileOf(parts.studio.home, dirname(castFile), body), undefined, 2), { mode: 0o600 });
    // A file that --cast named holds until another one is named.
    return await saved(parts, await planScript(parts.studio, script, project.castFile === undefined ? {} : { castFile }, { project, ours: true }), script);
  },
  async checkPrompt({ body }) {
    const { model, mode } = findModel(body.model ?? '2.5-turbo');
    const durationS = body.durationS ?? 5;
    const asked = body.mode ?? mode;
    const settings = {
      kind: body.hasStartFrame === true ? ('image2video' as const) : ('text2video' as const),
      model: model.name,
      ...(asked === undefined ? {} : { mode: asked }),
      prompt: body.prompt,
      ...(body.negativePrompt === undefined ? {} : { negativePrompt: body.negativePrompt }),
      durationS,
      sound: body.sound ?? false,
    };
    const checks = await loadPromptChecks();
    const { choice, nextCheaper, nextBetter, reasons } = KlingModelAdvisor.adviseModel({ prompt: body.prompt, durationS });
    return {
      issues: checks.issues({ own: body.prompt, settings, cast: [] }),
      complexity: KlingModelAdvisor.complexityOf(body.prompt).score,
      ...(choice === undefined ? {} : { advice: { choice: advisedView(choice), ...(nextCheaper === undefined ? {} : { cheaper: advisedView(nextCheaper) }), ...(nextBetter === undefined ? {} : { better: advisedView(nextBetter) }), reasons: [...reasons] } }),
    };
  },
  async readDialogue({ body }) {
    const { kind, language, lines } = extractDialogue(body.text, { ...(body.kind === undefined ? {} : { kind: body.kind }), ...(body.cast === undefined ? {} : { cast: body.cast }) });
    return { kind, language, lines: lines.map((line) => ({ ...line, parts: line.parts.map(([start, end]): [number, number] => [start, end]), evidence: [...line.evidence] })) };
  },
} satisfies Partial<Handlers>;

function textOf(bytes: Uint8Array, fileName: string): string | undefined {
  try {
    return decodeText(bytes, fileName);
  } catch {
    return undefined; // a document: it is read, but not as text
  }
}

type GivenCast = ReadCall<'changeCast'>['body'];

/** As `--cast` takes it. @param folder where it will lie: pictures are named from there, so that the home can be moved. */
async function castFileOf(home: string, folder: string, { cast, look }: GivenCast): Promise<object> {
  const frames = await realpath(framesFolder(home)).catch(() => framesFolder(home));
  const records = [];
  for (const { name, pictures, ...record } of cast) {
    const paths = [];
    for (const picture of pictures ?? []) paths.push('url' in picture ? picture.url : relative(folder, keptPath(frames, await keptFrame(frames, picture))).split(sep).join('/'));
    records.push([name, { ...record, ...(pictures === undefined ? {} : { pictures: paths }) }] as const);
  }
  return { cast: Object.fromEntries(records), look };
}

/** A film as it would be with another cast. Saves nothing in the home. */
async function planWithCast(studio: Studio, project: Project, script: GivenScript, cast: GivenCast): Promise<FilmPlan> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'directorstudio-cast-')));
  try {
    const castFile = join(folder, 'cast.json');
    await writeFileAtomic(castFile, JSON.stringify(await castFileOf(studio.home, folder, cast)), { mode: 0o600 });
    return await planScript(studio, script, { castFile }, { project, ours: true });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function saved(parts: ServerParts, plan: FilmPlan, script: GivenScript) {
  const { studio, boards, log } = parts;
  const engine = studio.engineFor(plan.project, { sandbox: plan.project?.engine === 'sandbox' });
  const { project } = await studio.savePlan(plan, engine);
  await boards.refresh(project.id);
  log.publish('plan', { projectId: project.id }, project.id);
  return { revision: revisionOf(script.bytes), plan: await planView(studio, { ...plan, project }, engine) };
}
