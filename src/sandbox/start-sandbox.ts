import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemClock, type Clock } from '../lib/clock.ts';
import type { KlingModel } from '../kling/index.ts';
import { newTaskId, type LatencyFor } from './accept-task.ts';
import type { RouteContext } from './call.ts';
import { checkOptions, requireSkew, requireSlots, requireUnits } from './check-options.ts';
import { WORK_PREFIX, clipPath, createClipMaker } from './clip-maker.ts';
import { createFaultQueue } from './fault-queue.ts';
import { startHttpServer } from './http-server.ts';
import { createInProcessFetch } from './in-process-fetch.ts';
import { drawLatency } from './latency.ts';
import { createListedTasks } from './listed-tasks.ts';
import { CLIP_KEPT_MS } from './read-tasks.ts';
import { chargesOf, recordOf } from './record.ts';
import { createRequestLog } from './request-log.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { seededDraw, type Draw } from './seeded-draw.ts';
import { toSandboxTask, toTenThousandths, toUnits } from './task.ts';
import { openTaskStore, type TaskStore } from './task-store.ts';

/**
 * Where a sandbox without a socket says it is: on this machine, at a port where nobody listens, so that nothing ever goes out by
 * mistake. Not one of the ports that fetch never calls: a client refuses those.
 */
const NOWHERE = 'http://127.0.0.1:2';

/**
 * Opens the folder's account, goes on with its unfinished clips and listens.
 * @throws StudioError `SANDBOX_OPTION_INVALID`, `SANDBOX_FAULT_INVALID`, `SANDBOX_FOLDER_UNUSABLE`, `SANDBOX_PORT_UNUSABLE`.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  checkOptions(options);
  const { clock = systemClock, host = '127.0.0.1', port = 0, slots, balanceUnits = 1000, seed = randomUUID() } = options;
  const { urlLifetimeMs = CLIP_KEPT_MS, repeatedIds = 'refused', listOrder = 'newest', foreignTasks = 0, listen = true } = options;
  const credentials = {
    apiKeys: [options.apiKey ?? 'sandbox-api-key'].flat(),
    accessKey: options.accessKey ?? 'sandbox-access-key',
    secretKey: options.secretKey ?? 'sandbox-secret-key',
  };
  const [apiKey = ''] = credentials.apiKeys;
  let skewMs = options.skewMs ?? 0;
  const now = () => clock.now();
  const draw = seededDraw(seed);
  const faults = createFaultQueue({ now, rates: options.faults?.rates, seed: options.faults?.seed ?? seed });
  const log = createRequestLog(options.onRequest);

  const folder = options.tasksIn === 'memory' ? undefined : resolve(options.dataFolder ?? '.');
  const clipsFolder = folder === undefined ? '' : join(folder, 'clips');
  const tinyBytes = options.clips === 'tiny' || folder === undefined ? (options.clipSizeBytes ?? 0) : undefined;
  const store = await openTaskStore({ clock, folder, slots, balanceTenThousandths: toTenThousandths(balanceUnits), repeatedIds });
  const maker = createClipMaker({ tinyBytes, clipsFolder, store });
  const closing = new AbortController();
  // Every request that waits listens to it.
  setMaxListeners(0, closing.signal);

  const record = () => recordOf({ store, faults, log }, { nowMs: now(), seed, skewMs });
  const admin = {
    record,
    setSlots: (count: number) => {
      requireSlots(count);
      store.setSlots(count);
    },
    addUnits: (units: number) => {
      requireUnits(units);
      store.addTenThousandths(toTenThousandths(units));
    },
    setSkew: (ms: number) => {
      requireSkew(ms);
      skewMs = ms;
    },
  };
  const context: RouteContext = {
    store,
    maker,
    faults,
    log,
    credentials,
    clipsFolder,
    urlLifetimeMs,
    tinyBytes,
    latencyFor: latencyBy(options, draw),
    newTaskId: folder === undefined ? taskIdsFrom(draw) : newTaskId,
    refusedIdsStayReserved: options.refusedIdsStayReserved ?? false,
    listed: createListedTasks({ store, order: listOrder, foreignTasks, draw, now }),
    clock,
    now,
    skewMs: () => skewMs,
    closing: closing.signal,
    isRetired: (model) => isRetired(model, options),
    admin,
  };

  let server: { baseUrl: string; close(): Promise<void> } = { baseUrl: NOWHERE, close: () => Promise.resolve() };
  try {
    if (folder !== undefined) {
      await mkdir(clipsFolder, { recursive: true });
      await removeOld(store, clipsFolder, clock);
    }
    if (listen) server = await startHttpServer({ host, port }, context);
    for (const task of store.unrendered()) maker.make(task);
  } catch (error) {
    await maker.close();
    store.close();
    throw error;
  }

  let closed: Promise<void> | undefined;
  const close = () =>
    (closed ??= (async () => {
      closing.abort(new Error('The sandbox is closing'));
      await server.close();
      await maker.close();
      store.close();
    })());

  return {
    baseUrl: server.baseUrl,
    fetch: createInProcessFetch(server.baseUrl, context),
    apiKey,
    accessKey: credentials.accessKey,
    secretKey: credentials.secretKey,
    seed,
    tasks: () => store.all().map((task) => toSandboxTask(task, now())),
    charges: () => chargesOf(store.all()),
    record,
    balanceUnits: () => toUnits(store.balanceTenThousandths()),
    slots: () => store.slots(),
    get requestCount() {
      return log.count();
    },
    requests: () => log.last(),
    setSlots: admin.setSlots,
    addUnits: admin.addUnits,
    setSkew: admin.setSkew,
    failNext: (kind, faultOptions) => faults.failNext(kind, faultOptions),
    setFaultRates: (rates, faultSeed) => faults.setRates(rates, faultSeed),
    clearFaults: () => faults.clear(),
    faultStrikes: () => faults.strikes(),
    idle: () => maker.idle(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Durations as asked for, else drawn by the create's own id, so that other creates do not change it. */
function latencyBy({ durationsMs, speed = 1, random }: SandboxOptions, draw: Draw): LatencyFor {
  let count = 0;
  return (request, profile) => {
    if (durationsMs !== undefined) {
      const totalMs = typeof durationsMs === 'number' ? durationsMs : durationsMs(request);
      return { submittedMs: totalMs / 10, totalMs };
    }
    const name = request.externalTaskId ?? `${(count += 1)}`;
    let turn = 0;
    const seeded = () => draw('latency', name, (turn += 1));
    return drawLatency(profile, speed, random ?? seeded);
  };
}

/** 18 digits, the same for the same seed; for a sandbox that shares its tasks with no other. */
function taskIdsFrom(draw: Draw): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${1 + Math.floor(draw('task', count) * 8)}${String(Math.floor(draw('task id', count) * 1e8)).padStart(8, '0')}${String(count).padStart(9, '0')}`;
  };
}

function isRetired(model: KlingModel, { models = {}, retiredModels = 'as-seen' }: SandboxOptions): boolean {
  const own = models[model.name];
  if (own !== undefined) return own === 'refused';
  if (retiredModels === 'served') return false;
  return model.lifecycle === 'discontinued' || (retiredModels === 'refused' && model.lifecycle === 'presumed-discontinued');
}

/** A killed process leaves its work folder; anything a day old has nobody left who works in it. */
const WORK_ABANDONED_MS = 24 * 3600 * 1000;

/** Clips are kept as long as Kling keeps them; then they and their tasks go. */
async function removeOld(store: TaskStore, clipsFolder: string, clock: Clock): Promise<void> {
  for (const taskId of store.removeEndedBefore(clock.now() - CLIP_KEPT_MS)) await rm(clipPath(clipsFolder, taskId), { force: true });
  for (const name of await readdir(clipsFolder)) {
    if (!name.startsWith(WORK_PREFIX)) continue;
    const path = join(clipsFolder, name);
    const changedAtMs = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity, // gone already: another process works here
    );
    if (changedAtMs < clock.now() - WORK_ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}
