import type { ShotSettings } from '../../../src/protocol/index.ts';
import type { Store } from '../../../src/store/index.ts';

/** Models that are filmed with in a box: of different prices, and with slots of their own. */
export const MODELS = ['kling-v2-5-turbo', 'kling-v2-6'] as const;

/** A shot of the one film in the box. */
export interface PlannedShot {
  prompt: string;
  model?: string;
  takes?: number;
}

/** Plans them as one film. Spends nothing. @returns the project's id. */
export async function planFilm({ projects }: Pick<Store, 'projects'>, shots: readonly PlannedShot[], capUnits: number | undefined): Promise<string> {
  const project = await projects.createProject({ name: 'film', engine: 'kling' });
  if (capUnits !== undefined) await projects.updateProject(project.id, { capUnits });
  await projects.savePromptList(
    project.id,
    shots.map(({ prompt, model, takes }, index) => ({
      sceneNumber: 1,
      text: `${index}: ${prompt}`,
      startLine: index + 1,
      endLine: index + 1,
      settings: settingsOf(prompt, model),
      inS: 0,
      takesWanted: takes ?? 1,
    })),
  );
  return project.id;
}

function settingsOf(prompt: string, model: string = MODELS[0]): ShotSettings {
  return { kind: 'text2video', model, mode: 'std', prompt, durationS: 5, aspectRatio: '16:9', sound: false };
}
