import type { Engine } from '../protocol/shot-settings.ts';
import type { Project } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { capUnits } from './spend.ts';
import type { SpendOptions } from './film-options.ts';

/** A project under the cap that was asked for. Nothing is remembered before the cost is agreed on: a no leaves the old cap. */
export function underCap<Capped extends Pick<Project, 'capUnits'>>(project: Capped, cap: SpendOptions['cap']): Capped {
  return cap === undefined ? project : { ...project, capUnits: capUnits(cap) ?? undefined };
}

/**
 * Who makes the next clips of a planned project, and the project under the cap that was asked for.
 * @throws StudioError KEY_MISSING.
 */
export function prepareProject(studio: Studio, project: Project, options: Pick<SpendOptions, 'sandbox' | 'cap'>): { project: Project; engine: Engine } {
  return { project: underCap(project, options.cap), engine: studio.engineFor(project, { sandbox: options.sandbox === true }) };
}
