import { latencyOf, modelNamed } from '../kling/index.ts';
import type { Engine, ShotSettings } from '../protocol/shot-settings.ts';
import { fitDurations, type DurationFit } from './poll-schedule.ts';
import type { Ledger } from '../store/index.ts';

/** Fewer clips than this say nothing about the next. */
const ENOUGH_CLIPS = 3;

const LEARN_INTERVAL_MS = 500;

/** How long each kind of clip usually takes from accepted to finished, in milliseconds. */
export class ExpectedDurations {
  private readonly ledger: Ledger;
  private readonly known = new Map<string, number>();
  private readonly fits = new Map<string, DurationFit>();
  private learnedAtMs = Number.NEGATIVE_INFINITY;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  /** Reads what was learned here; before that, for Kling, what others measured. The sandbox has a speed of its own. */
  async learn(clips: Iterable<{ engine: Engine; request: ShotSettings }>): Promise<void> {
    const asked = new Set<string>();
    for (const { engine, request } of clips) {
      const key = kindOf({ engine, request });
      if (asked.has(key)) continue;
      asked.add(key);
      const { model, mode, durationS } = request;
      const recent = await this.ledger.recentGenerationMs({ engine, model, durationS, ...(mode ? { mode } : {}) });
      const fit = fitDurations(recent);
      if (fit) this.fits.set(key, fit);
      const entry = modelNamed(model);
      const published = engine === 'kling' && entry ? latencyOf(entry, mode, durationS)?.p50S : undefined;
      if (recent.length >= ENOUGH_CLIPS) this.known.set(key, median(recent));
      else if (published !== undefined) this.known.set(key, published * 1000);
    }
  }

  /** How they spread, for the timing of polls; undefined before a few clips of the kind were seen. */
  fitOf(clip: { engine: Engine; request: ShotSettings }): DurationFit | undefined {
    return this.fits.get(kindOf(clip));
  }

  /** The same in the middle of a run, when another clip has come in; a burst of them is read once. */
  async learnAgain(clip: { engine: Engine; request: ShotSettings }, nowMs: number): Promise<void> {
    if (nowMs - this.learnedAtMs < LEARN_INTERVAL_MS) return;
    this.learnedAtMs = nowMs;
    await this.learn([clip]);
  }

  of(clip: { engine: Engine; request: ShotSettings }): number | undefined {
    return this.known.get(kindOf(clip));
  }
}

/** Clips of a kind take about equally long. */
export function kindOf({ engine, request: { model, mode, durationS } }: { engine: Engine; request: ShotSettings }): string {
  return [engine, model, mode ?? '', durationS].join(' ');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
