import type { KlingAPIClient, ResourcePack } from '../kling/index.ts';
import type { Clock } from '../lib/clock.ts';
import type { GenerationTimings } from './timings.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/** `5Con` in a pack's name, as in `Trial-Video-100Units-5Con-1Months` (seen live by a third party): so many tasks at once. */
const TASKS_AT_ONCE = /(\d+)Con\b/i;

/** The packs in force. */
interface InForce {
  ids: string;
  /** As their names tell it; Kling allows as many as the best of them does. */
  tasksAtOnce: number | undefined;
}

/**
 * Notices, while takes wait for a slot, that another pack is in force: packs decide how many tasks may run at once, and
 * the list of them is free. Only a reason to ask for a slot sooner than usual: whoever is wrong about it is told "full",
 * free of charge.
 */
export class PackWatch {
  private readonly client: Pick<KlingAPIClient, 'accountCosts'>;
  private readonly clock: Clock;
  private readonly timings: GenerationTimings;
  private known: InForce | undefined;
  /** The answer of the last look that there may be more: said once more, for a "full" that was on its way meanwhile. */
  private saidGrown = false;
  private nextLookAtMs: number | undefined;

  constructor(client: Pick<KlingAPIClient, 'accountCosts'>, clock: Clock, timings: GenerationTimings) {
    this.client = client;
    this.clock = clock;
    this.timings = timings;
  }

  /** To be asked as often as one likes: Kling is asked once every `packIntervalMs`. @returns whether there may be more room than a while ago. */
  async mayHaveGrown(signal: AbortSignal): Promise<boolean> {
    const nowMs = this.clock.monotonic();
    this.nextLookAtMs ??= nowMs + this.timings.packIntervalMs;
    if (nowMs < this.nextLookAtMs) return false;
    this.nextLookAtMs = nowMs + this.timings.packIntervalMs;
    const endTimeMs = this.clock.now();
    // Not every key may read them, and a look that failed is no news: the question once a minute goes on without it.
    const packs = await this.client.accountCosts({ startTimeMs: endTimeMs - YEAR_MS, endTimeMs }, { signal }).catch(() => undefined);
    if (packs === undefined) return false;
    const before = this.known;
    this.known = inForce(packs);
    const grown = before !== undefined && hasGrown(before, this.known);
    const again = this.saidGrown && !grown;
    this.saidGrown = grown;
    return grown || again;
  }
}

function inForce(packs: readonly ResourcePack[]): InForce {
  const online = packs.filter(({ status }) => status === 'online');
  const told = online.flatMap(({ name }) => TASKS_AT_ONCE.exec(name)?.[1] ?? []).map(Number);
  return { ids: online.map(({ id }) => id).sort().join(' '), tasksAtOnce: told.length === 0 ? undefined : Math.max(...told) };
}

function hasGrown(before: InForce, now: InForce): boolean {
  if (before.ids === now.ids) return false;
  return before.tasksAtOnce === undefined || now.tasksAtOnce === undefined || now.tasksAtOnce > before.tasksAtOnce;
}
