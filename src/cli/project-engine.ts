import type { Engine } from '../protocol/shot-settings.ts';
import type { Project } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { capUnits } from './spend.ts';
import type { SpendOptions } from './program-films.ts';

/**
 * Who makes the next clips of a planned project, with the cap that was asked for; remembered where it changed.
 * @throws StudioError KEY_MISSING.
 */
export async function prepareProject(studio: Studio, project: Project, options: Pick<SpendOptions, 'sandbox' | 'cap'>): Promise<{ project: Project; engine: Engine }> {
  const engine = studio.engineFor(project, { sandbox: options.sandbox === true });
  const change = {
    // A project with Kling clips stays Kling's, also after a look at it in the sandbox.
    ...(engine === 'kling' && project.engine !== 'kling' ? { engine } : {}),
    ...(options.cap === undefined ? {} : { capUnits: capUnits(options.cap) }),
  };
  if (Object.keys(change).length === 0) return { project, engine };
  await studio.store.projects.updateProject(project.id, change);
  return { project: await studio.store.projects.getProject(project.id), engine };
}
