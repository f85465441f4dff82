import { basename, extname, join, resolve } from 'node:path';
import { createLogUpdate } from 'log-update';
import type { HandOffRequest, HandOffResult } from '../film/handoff/index.ts';
import type { Project, ProjectPrompt } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { openProject } from './choose-project.ts';
import { projectTitle } from '../project/index.ts';
import { readEditFile } from './edit-file.ts';
import { sayEdit } from './edit-words.ts';
import type { HandOffOptions } from './film-options.ts';
import { count, listed, printable } from './printable.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';

/** `handoff`: a folder for an editor; with `--read` the editor's order and trims, with `--script-order` the script's again. */
export async function handoffCommand(session: Session, options: HandOffOptions): Promise<CommandResult> {
  const file = options.read === undefined ? undefined : await readEditFile(session.deps.cwd, options.read);
  return await withStudio(session, async (studio) => {
    const { project, prompts } = await openProject(session, studio, options.project);
    session.useEngine(project.engine);
    if (file) return await readBack(session, studio, { project, prompts }, file);
    if (options.scriptOrder === true) return await giveUpEdit(session, studio, project);
    return await writeFolder(session, studio, project, options);
  });
}

async function readBack(session: Session, studio: Studio, { project, prompts }: { project: Project; prompts: ProjectPrompt[] }, file: { name: string; bytes: Uint8Array }): Promise<CommandResult> {
  const { selections, notes } = await studio.readEdit({ projectId: project.id, engine: project.engine, file });
  for (const note of notes) session.say(`Note: ${printable(note)}`);
  for (const { slate, take } of selections) session.say(`${slate} shows take ${take} now, as the editor has it.`);
  const edit = await studio.store.edits.find(project.id);
  if (edit) sayEdit(session, project, edit, prompts);
  session.say(`Nothing was spent and no clip was changed. Run film again to cut ${projectTitle(project)} like this.`);
  return { exit: 0 };
}

async function giveUpEdit(session: Session, studio: Studio, project: Project): Promise<CommandResult> {
  const edit = await studio.store.edits.find(project.id);
  await studio.store.edits.remove(project.id);
  if (edit) session.say(`${projectTitle(project)} has the script's order and trims again; ${printable(edit.source)} is given up. Run film again to cut it.`);
  else session.say(`${projectTitle(project)} has the script's order and trims already.`);
  session.emit('edit', { project: project.name, source: null, inForce: false });
  return { exit: 0 };
}

async function writeFolder(session: Session, studio: Studio, project: Project, options: HandOffOptions): Promise<CommandResult> {
  const { fileName } = await import('../film/handoff/index.ts');
  const title = titleOf(project);
  const folder = resolve(session.deps.cwd, options.output ?? `${fileName(title)}.handoff`);
  const result = await withProgress(session, { projectId: project.id, engine: project.engine, name: title, folder, partial: options.partial === true }, async (request) => await studio.handOff(request));
  sayHandOff(session, project, result);
  return { exit: result.missing.length === 0 ? 0 : 1 };
}

/** Without the ending that tells what kind of script it was. */
function titleOf(project: Project): string {
  const title = projectTitle(project);
  if (project.scriptPath === undefined) return title.startsWith('stdin:') ? 'film' : title;
  return project.name === project.scriptPath ? basename(title, extname(title)) : title;
}

async function withProgress(session: Session, request: HandOffRequest, work: (request: HandOffRequest) => Promise<HandOffResult>): Promise<HandOffResult> {
  const { stderr } = session.deps;
  const live = stderr.isTTY === true ? createLogUpdate(stderr, { showCursor: true }) : undefined;
  if (!live) session.tell('Writing the hand-off.');
  try {
    return await work({ ...request, signal: session.signal, onProgress: (done) => live?.(`Writing the hand-off  ${'━'.repeat(Math.round(done * 20))}${'─'.repeat(20 - Math.round(done * 20))} ${Math.floor(done * 100)} %`) });
  } finally {
    live?.clear();
    live?.done();
  }
}

function sayHandOff(session: Session, project: Project, result: HandOffResult): void {
  const { colours } = session;
  const otherTakes = result.missing.filter((slate) => !result.drawn.includes(slate));
  if (result.drawn.length > 0) session.say(colours.yellow(`Not filmed yet, so drawn: ${listed(result.drawn)}.`));
  if (otherTakes.length > 0) session.say(colours.yellow(`Another take stands in for the selected one: ${listed(otherTakes)}.`));
  for (const note of result.notes) session.say(`Note: ${printable(note)}`);
  session.say(`${colours.green('Hand-off:')} ${result.folder}`);
  const endings = result.files.map((path) => extname(path).slice(1)).join(', ');
  session.say(`  ${count(result.clips, 'clip')} in ${(result.frameCount / result.frameRate).toFixed(2)} s of film at ${Math.round(result.frameRate * 1000) / 1000} frames a second; ${count(result.takes, 'take')} as files, ${endings}${result.sheets.length > 0 ? ', a contact sheet' : ''}`);
  for (const path of [...result.files, ...result.sheets]) session.say(`  ${path}`);
  session.say(`Back in: directorstudio handoff --read ${join('FOLDER', 'FILE')} takes the editor's order and trims.`);
  session.emit('handoff', { project: project.name, ...result });
}
