import type { Engine } from '../protocol/shot-settings.ts';
import type { Project } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { capUnits } from './spend.ts';
import type { SpendOptions } from './program-films.ts';

/**
 * Who makes the next clips of a planned project, with the cap that was asked for, which is remembered.
 * @throws StudioError KEY_MISSING.
 */
export async function prepareProject(studio: Studio, project: Project, options: Pick<SpendOptions, 'sandbox' | 'cap'>): Promise<{ project: Project; engine: Engine }> {
  const engine = studio.engineFor(project, { sandbox: options.sandbox === true });
  if (options.cap === undefined) return { project, engine };
  await studio.store.projects.updateProject(project.id, { capUnits: capUnits(options.cap) });
  return { project: await studio.store.projects.getProject(project.id), engine };
}
