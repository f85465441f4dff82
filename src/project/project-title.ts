import { basename } from 'node:path';
import type { Project } from '../store/index.ts';

/** What people call a project: its own name, or the file name of its script. */
export function projectTitle(project: Pick<Project, 'name' | 'scriptPath'>): string {
  return project.name === project.scriptPath ? basename(project.name) : project.name;
}
