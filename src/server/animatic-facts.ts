import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { cutDigest, planCut, underRecipe } from '../film/index.ts';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import type { ProjectDetail } from '../protocol/api/index.ts';
import type { Board } from './boards.ts';
import { animaticFactsPath, animaticPath } from './places.ts';

const factsSchema = z.object({ digest: z.string(), durationS: z.number(), width: z.number(), height: z.number(), frameRate: z.number(), audio: z.boolean() });
type Facts = Omit<z.infer<typeof factsSchema>, 'digest'>;

/** All that decides the animatic's pictures: every shot as a drawing, in the script's order. */
export async function animaticDigest({ project, prompts }: Pick<Board, 'project' | 'prompts'>): Promise<string> {
  return cutDigest(planCut({ prompts: [...prompts.values()], takes: [], edit: undefined, cast: project.castAndLook.cast }), await underRecipe(project.filmSettings));
}

/** Keeps beside an animatic what it was drawn of, so that it is known when it is an old one. */
export async function keepAnimaticFacts(home: string, projectId: string, digest: string, { durationS, width, height, frameRate, audio }: Facts): Promise<void> {
  await writeFileAtomic(animaticFactsPath(home, projectId), JSON.stringify({ digest, durationS, width, height, frameRate, audio }), { mode: 0o600 });
}

/** The animatic as it was last drawn; missing while there is none. */
export async function animaticFile(home: string, board: Board): Promise<ProjectDetail['animatic']> {
  const { id } = board.project;
  const file = await stat(animaticPath(home, id)).catch(() => undefined);
  if (!file?.isFile()) return undefined;
  const facts = await readFacts(animaticFactsPath(home, id));
  if (!facts) return undefined;
  const { digest, ...shown } = facts;
  return { url: `/api/projects/${id}/animatic?v=${Math.round(file.mtimeMs)}`, state: digest === (await animaticDigest(board)) ? 'current' : 'outOfDate', ...shown, sizeBytes: file.size, madeAt: new Date(file.mtimeMs).toISOString() };
}

/** What is not as it must be is taken for missing: the animatic is drawn anew then. */
async function readFacts(path: string): Promise<z.infer<typeof factsSchema> | undefined> {
  try {
    return factsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
