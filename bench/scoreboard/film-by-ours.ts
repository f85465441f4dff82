import { join } from 'node:path';
import { createStudio } from '../../src/studio.ts';
import type { Job, Tell } from './contest.ts';

/** As a program that uses the package does it: plan, save, film. It is not told how many slots the account has. */
export async function filmByOurs(job: Job, tell: Tell): Promise<void> {
  const env = { KLING_API_KEY: job.apiKey, KLING_BASE_URL: job.baseUrl, DIRECTORSTUDIO_KEYCHAIN: 'off' };
  const timings = job.pollIntervalMs === undefined ? {} : { timings: { pollIntervalMs: job.pollIntervalMs } };
  await using studio = await createStudio({ home: join(job.folder, 'home'), env, ...timings });
  const orchestrator = await studio.orchestrator('kling');

  const film = async (prompts: readonly string[], heard: Tell | undefined) => {
    // Without a path its content names the film, so one store may hold many.
    const plan = await studio.plan({ script: { name: '-', bytes: Buffer.from(prompts.join('\n\n')) } });
    const saved = await studio.savePlan(plan, 'kling');
    const shots = new Map(saved.prompts.map(({ id }, index) => [id, index]));
    const noticed = new Set<number>();
    const done = new Set<number>();
    heard?.begin();
    const stopListening = orchestrator.on((event) => {
      if (event.type !== 'clip') return;
      const shot = shots.get(event.shotId);
      if (shot === undefined || done.has(shot)) return;
      if (event.stage === 'downloading' && !noticed.has(shot)) {
        noticed.add(shot);
        heard?.noticed(shot);
      }
      if (event.status !== 'completed') return;
      done.add(shot);
      heard?.delivered(shot);
    });
    const { takes } = await orchestrator.generateAll({ projectId: saved.project.id });
    stopListening();
    for (const take of takes) if (take.outcome !== 'completed') heard?.failed(shots.get(take.shotId) ?? -1, take.error?.code ?? take.outcome);
  };

  if (job.warmUp) await film(job.warmUp, undefined);
  await film(job.prompts, tell);
}
