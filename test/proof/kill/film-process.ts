import type { GenerationTimings } from '../../../src/generation/index.ts';
import type { CachedClip } from '../../../src/cache/index.ts';
import { createStudio } from '../../../src/index.ts';
import type { RunSummary } from '../../../src/protocol/index.ts';
import type { GenerationState } from '../../../src/store/index.ts';

/**
 * A process that films a script, after a recovery if it is told to, and dies by SIGKILL after so many steps to the outside: requests sent and answered,
 * commits, steps of the cache, news. Its order comes as JSON in its first argument, its last line says what came of it.
 */
export interface FilmOrder {
  home: string;
  env: Record<string, string>;
  timings: Partial<GenerationTimings>;
  shots: { prompt: string; continues?: boolean }[];
  /** Recovers what is on the account before it films. */
  recoversFirst: boolean;
  /** Missing: it lives. */
  diesAfter?: number;
}

export interface FilmEnd {
  summary: RunSummary;
  clips: { externalTaskId: string; state: GenerationState; file?: CachedClip }[];
  spentUnits: number;
}

const order = JSON.parse(process.argv[2] ?? '') as FilmOrder;

let left = order.diesAfter ?? Infinity;
const step = () => {
  left -= 1;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
};

/** An object's methods with a step before and after each. */
function stepping<Part extends object>(part: Part, names: readonly (keyof Part & string)[]): void {
  const table = part as Record<string, (...given: unknown[]) => Promise<unknown>>;
  for (const name of names) {
    const real = table[name]!.bind(part);
    table[name] = async (...given) => {
      step();
      const result = await real(...given);
      step();
      return result;
    };
  }
}

const studio = await createStudio({
  home: order.home,
  env: order.env,
  timings: order.timings,
  fetch: async (input, init) => {
    step();
    const response = await fetch(input, init);
    step();
    return response;
  },
});
stepping(studio.cache, ['temporaryFile', 'add']);
stepping(studio.store.ledger, ['claim', 'beginSend', 'commit', 'commitAccepted', 'commitFull', 'release', 'rememberBill']);
stepping(studio.store, ['together']);
if (order.recoversFirst) await studio.recover('kling', { onProgress: step });
const orchestrator = await studio.orchestrator('kling');
orchestrator.on(step);
const plan = await studio.plan({ script: { name: 'film.json', bytes: Buffer.from(JSON.stringify(order.shots)) }, projectName: 'film' });
const { project, prompts } = await studio.savePlan(plan, 'kling');
const { summary } = await orchestrator.generateAll({ projectId: project.id, retries: 12 });
const takes = await studio.store.takes.list(prompts.map(({ id }) => id), 'kling');
const clips: FilmEnd['clips'] = [];
for (const { generation } of takes) {
  const file = await studio.cache.find(generation.fingerprint, { check: 'hash' });
  clips.push({ externalTaskId: generation.externalTaskId, state: generation.state, ...(file ? { file } : {}) });
}
const spentUnits = await studio.store.ledger.spentUnits(project.id, 'kling');
await studio.close();
process.stdout.write(`${JSON.stringify({ summary, clips, spentUnits } satisfies FilmEnd)}\n`);
