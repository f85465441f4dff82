import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemClock, type Clock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import type { KlingModel } from '../kling/index.ts';
import type { RouteContext } from './call.ts';
import { WORK_PREFIX, clipPath, createClipMaker } from './clip-maker.ts';
import { createFaultQueue } from './faults.ts';
import { startHttpServer } from './http-server.ts';
import { CLIP_KEPT_MS } from './read-tasks.ts';
import { createRequestLog } from './request-log.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { toSandboxTask, toTenThousandths, toUnits, type SandboxCharge, type TaskRecord } from './task.ts';
import { openTaskStore, type TaskStore } from './task-store.ts';

/**
 * Opens the folder's account, goes on with its unfinished clips and listens.
 * @throws StudioError `SANDBOX_OPTION_INVALID`, `SANDBOX_FOLDER_UNUSABLE`, `SANDBOX_PORT_UNUSABLE`.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock = systemClock, host = '127.0.0.1', port = 0, speed = 1, slots, balanceUnits = 1000 } = options;
  const { urlLifetimeMs = CLIP_KEPT_MS, clipSizeBytes } = options;
  requireInRange('speed', speed, { above: 0 });
  requireInRange('balanceUnits', balanceUnits, { from: 0, most: MOST_UNITS });
  requireInRange('slots', slots ?? 0, { from: 0, whole: true });
  requireInRange('port', port, { from: 0, whole: true });
  requireInRange('urlLifetimeMs', urlLifetimeMs, { above: 0 });
  const credentials = {
    apiKeys: [options.apiKey ?? 'sandbox-api-key'].flat(),
    accessKey: options.accessKey ?? 'sandbox-access-key',
    secretKey: options.secretKey ?? 'sandbox-secret-key',
  };
  const [apiKey] = credentials.apiKeys;
  if (apiKey === undefined || credentials.apiKeys.includes('')) throw invalid('apiKey', 'is empty');

  const folder = resolve(options.dataFolder);
  const clipsFolder = join(folder, 'clips');
  const store = await openTaskStore(folder, { clock, slots, balanceTenThousandths: toTenThousandths(balanceUnits) });
  const maker = createClipMaker({ clips: options.clips ?? 'rendered', clipSizeBytes, clipsFolder, store });
  const faults = createFaultQueue();
  const log = createRequestLog(options.onRequest);
  const context: RouteContext = {
    store,
    maker,
    faults,
    credentials,
    clipsFolder,
    urlLifetimeMs,
    speed,
    random: options.random ?? Math.random,
    now: () => clock.now(),
    isRetired: (model) => isRetired(model, options),
  };

  let server;
  try {
    await mkdir(clipsFolder, { recursive: true });
    await removeOld(store, clipsFolder, clock);
    server = await startHttpServer({ host, port }, context, log);
    for (const task of store.unrendered()) maker.make(task);
  } catch (error) {
    await maker.close();
    store.close();
    throw error;
  }

  const httpServer = server;
  let closed: Promise<void> | undefined;
  const close = () =>
    (closed ??= (async () => {
      await httpServer.close();
      await maker.close();
      store.close();
    })());

  return {
    baseUrl: httpServer.baseUrl,
    apiKey,
    accessKey: credentials.accessKey,
    secretKey: credentials.secretKey,
    tasks: () => store.all().map((task) => toSandboxTask(task, clock.now())),
    charges: () => chargesOf(store.all()),
    balanceUnits: () => toUnits(store.balanceTenThousandths()),
    slots: () => store.slots(),
    get requestCount() {
      return log.count();
    },
    requests: () => log.last(),
    setSlots(count) {
      requireInRange('slots', count, { from: 0, whole: true });
      store.setSlots(count);
    },
    addUnits(units) {
      requireInRange('units', units, { from: 0, most: MOST_UNITS });
      store.addTenThousandths(toTenThousandths(units));
    },
    failNext: (kind, faultOptions) => faults.failNext(kind, faultOptions),
    idle: () => maker.idle(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function chargesOf(tasks: readonly TaskRecord[]): SandboxCharge[] {
  const charges = tasks.flatMap(({ taskId, externalTaskId, priceTenThousandths, state }) =>
    state.status === 'succeed' ? [{ taskId, externalTaskId, units: toUnits(priceTenThousandths), chargedAtMs: state.endedAtMs }] : [],
  );
  return charges.sort((a, b) => a.chargedAtMs - b.chargedAtMs);
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

/** Far more than anyone films, and sums of it stay exact. */
const MOST_UNITS = 1_000_000_000;

function requireInRange(name: string, value: number, rule: { from?: number; above?: number; most?: number; whole?: boolean }): void {
  const ok =
    !Number.isNaN(value) &&
    value >= (rule.from ?? -Infinity) &&
    value > (rule.above ?? -Infinity) &&
    value <= (rule.most ?? Infinity) &&
    (rule.whole !== true || Number.isInteger(value));
  if (ok) return;
  const kind = rule.whole === true ? 'a whole number' : 'a number';
  const least = rule.above === undefined ? `of at least ${rule.from ?? 0}` : `above ${rule.above}`;
  throw invalid(name, `must be ${kind} ${least}${rule.most === undefined ? '' : ` and at most ${rule.most}`}, not ${value}`);
}

function invalid(name: string, what: string): StudioError {
  return new StudioError('SANDBOX_OPTION_INVALID', `The sandbox cannot start: ${name} ${what}.`, {
    next: `Give another ${name}.`,
    detail: { option: name },
  });
}
