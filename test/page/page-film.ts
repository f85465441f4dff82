import { ROUTES } from '../../src/protocol/api/index.ts';
import type { Job } from '../../src/protocol/api/index.ts';
import type { ServerLab } from '../../src/server/server-under-test.ts';

/** Words for the shots of a film: places, people, a line, one that continues. */
export const LIGHTHOUSE = `Wide shot: a lighthouse on a cliff in a storm at night, waves below.

Mara, a woman in a yellow raincoat, climbs the spiral stairs with a lamp.

Close-up: her hand on the brass door handle.

Tom, an old keeper with a white beard, turns round in his chair and says: "You are late."
`;

/** A film of the page in the sandbox. @returns its id. */
export async function pageFilm(lab: ServerLab, options: { title?: string; text?: string; fileName?: string; made?: boolean } = {}): Promise<string> {
  const { title = 'The Lighthouse', text = LIGHTHOUSE, fileName = 'lighthouse.txt', made = false } = options;
  const created = await lab.ask('POST', ROUTES.createProject.path, { body: { title, script: { fileName, text } } });
  const { project } = created.json() as { project: { projectId: string } };
  if (made) await makeFilm(lab, project.projectId);
  return project.projectId;
}

/** Brings every shot in, and waits for it by the job's own end. */
export async function makeFilm(lab: Pick<ServerLab, 'ask' | 'listen'>, projectId: string): Promise<void> {
  const events = await lab.listen();
  const begun = (await lab.ask('POST', `/api/projects/${projectId}/generate`, { body: {} })).json() as Job;
  await events.find('job', ({ job }) => job.jobId === begun.jobId && job.endedAt !== undefined);
  events.close();
}
