import { once } from 'node:events';
import type { Contestant, Job, Message, Tell } from './contest.ts';
import { filmByFetchLoop } from './film-by-fetch-loop.ts';
import { filmByKlingApi } from './film-by-kling-api.ts';
import { filmByOurs } from './film-by-ours.ts';

const FILM: Record<Contestant, (job: Job, tell: Tell) => Promise<void>> = {
  ours: filmByOurs,
  'kling-api': filmByKlingApi,
  'fetch loop': filmByFetchLoop,
};

// The whole program of one contestant's process: a job comes in, messages go out.
const [job] = (await once(process, 'message')) as [Job];
const say = (message: Message) => void process.send?.(message);
let startedAt = 0;
let cpu = process.cpuUsage();
await FILM[job.contestant](job, {
  begin() {
    startedAt = performance.now();
    cpu = process.cpuUsage();
    say({ type: 'begin', atMs: Date.now() });
  },
  noticed: (shot) => say({ type: 'noticed', shot, atMs: Date.now() }),
  delivered: (shot) => say({ type: 'settled', shot, delivered: true, atMs: Date.now() }),
  failed: (shot, error) => say({ type: 'settled', shot, delivered: false, atMs: Date.now(), why: error instanceof Error ? error.message : String(error) }),
});
const { user, system } = process.cpuUsage(cpu);
process.send?.({ type: 'done', cpuMs: (user + system) / 1000, wallMs: performance.now() - startedAt } satisfies Message, () => process.disconnect());
