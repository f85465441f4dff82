import { basename, dirname, sep } from 'node:path';
import type * as z from 'zod';
import type { castViewSchema } from '../../protocol/api/plan.ts';
import type { Board } from '../boards.ts';

/** Who is in the film, in which shots, and whether it can be changed here. */
export function readingOfCast({ project, prompts }: Board, home: string): z.input<typeof castViewSchema> {
  const shots = [...prompts.values()];
  const isOurs = project.scriptPath !== undefined && dirname(project.scriptPath).startsWith(home + sep);
  return {
    castAndLook: project.castAndLook,
    characters: project.castAndLook.cast.map(({ name }) => {
      const own = shots.filter(({ cast }) => cast?.includes(name) === true);
      return { name, shots: own.map((shot) => shot.name), lines: own.filter(({ line }) => line !== undefined).length };
    }),
    editable: isOurs,
    ...(project.castFile === undefined || project.castFile === 'none' ? {} : { from: basename(project.castFile) }),
  };
}
