import type { ClipCacheManager } from '../../../src/cache/index.ts';
import { ClipGenerationOrchestrator, firstQuestion, recoverClips, resolveAccount, unsentRetakes, withdrawRetake, type GenerateRequest, type GenerationTimings, type RecoverReport, type RunReport } from '../../../src/generation/index.ts';
import type { KlingAPIClient, KlingCredentials } from '../../../src/kling/index.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import type { Db } from '../../../src/store/database.ts';
import type { Store } from '../../../src/store/index.ts';
import type { ProcessLease } from '../../../src/store/process-lease.ts';
import type { Life } from './life.ts';

/** What a process is made of; a wrong part is put in here. */
export interface ProcessParts {
  life: Life;
  /** The clock of the machine, whose wall clock may jump. */
  clock: Clock;
  db: Db;
  store: Omit<Store, 'close'>;
  cache: ClipCacheManager;
  client: KlingAPIClient;
  lease: ProcessLease;
  fetch: typeof fetch;
  probe: (path: string) => Promise<{ durationS: number }>;
  withdraw: typeof withdrawAll;
}

/** Puts something else in place of a part, before the process starts. */
export type Spoil = (parts: ProcessParts) => ProcessParts;

/** Where a process is started, and with which key. */
export interface Surroundings {
  baseUrl: string;
  credentials: KlingCredentials;
  timings?: Partial<GenerationTimings> | undefined;
}

/** Films the project, as `directorstudio film` or `resume` does. */
export async function film(parts: ProcessParts, around: Surroundings & { framesFolder: string }, request: GenerateRequest): Promise<RunReport> {
  const orchestrator = new ClipGenerationOrchestrator({ ...(await openedParts(parts, around)), framesFolder: around.framesFolder });
  return await orchestrator.generateAll(request);
}

/** Brings what is on the account, as `directorstudio recover` does. */
export async function recover(parts: ProcessParts, around: Surroundings, signal?: AbortSignal): Promise<RecoverReport> {
  return await recoverClips(await openedParts(parts, around), signal ? { signal } : {});
}

/** Gives up every retake of the film that waits unsent, as `directorstudio retake SHOT --withdraw` does for one shot. @returns what became of each. */
export async function withdrawAll(store: ProcessParts['store'], projectId: string): Promise<string[]> {
  const ends: string[] = [];
  for (const prompt of await store.projects.loadPromptList(projectId)) {
    const takes = await store.takes.list([prompt.id], 'kling');
    for (const take of unsentRetakes(prompt, 'kling', takes)) ends.push(`${prompt.name} T${take.number} ${await withdrawRetake(store as Store, take)}`);
  }
  return ends;
}

/** As the studio does: one free question, about what an earlier process left at Kling, then whose key this is. */
async function openedParts({ life, clock, store, cache, client, fetch, probe }: ProcessParts, { baseUrl, credentials, timings }: Surroundings) {
  const patience = { clock: life.clock(clock), signal: new AbortController().signal, ...(timings ? { timings } : {}) };
  const heard = await firstQuestion({ ledger: store.ledger, client, ...patience });
  const account = await resolveAccount(store as Store, client, { engine: 'kling', baseUrl, credentials }, patience);
  return {
    store: store as Store,
    cache,
    client,
    engine: 'kling' as const,
    accountId: account.id,
    allowLoopbackHttp: true,
    clock: life.clock(clock),
    fetch,
    probe,
    heard,
    ...(timings ? { timings } : {}),
  };
}
