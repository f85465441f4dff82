import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLab, planFilm, shotsOf, type Lab } from '../../test/money/lab.ts';
import type { StudioEvent } from '../protocol/events.ts';
import type { AskedPicture, Generation, Ledger, Store } from '../store/index.ts';
import type { ClipGenerationOrchestrator } from './orchestrator.ts';
import { withdrawRetake } from './withdraw-retake.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

/** Resolves at the first event of this kind. */
async function heard(orchestrator: ClipGenerationOrchestrator, what: (event: StudioEvent) => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = orchestrator.on((event) => {
      if (!what(event)) return;
      stop();
      resolve();
    });
  });
}

const submitted = (shot?: string) => (event: StudioEvent) => event.type === 'clip' && event.stage === 'submitted' && (shot === undefined || event.shot === shot);

/** Watches what is written down, without holding it: what nobody holds is gone after a collection. */
function watchRows(store: Store): { held: () => number; rows: number } {
  const rows: WeakRef<Generation>[] = [];
  const pictures: WeakRef<AskedPicture>[] = [];
  const together = store.together.bind(store);
  store.together = async (work) =>
    await together(async ({ ledger, takes }) => {
      const watched = Object.create(ledger) as Ledger;
      watched.ask = async (asked) => {
        const found = await ledger.ask(asked);
        pictures.push(...asked.map((picture) => new WeakRef(picture)));
        rows.push(...[...found.values()].map((row) => new WeakRef(row)));
        return found;
      };
      return await work({ ledger: watched, takes });
    });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return {
    held() {
      collect();
      return Math.max(...[rows, pictures].map((watched) => watched.filter((each) => each.deref() !== undefined).length));
    },
    get rows() {
      return rows.length;
    },
  };
}

describe('the report of a run', () => {
  it('counts a bill once: by the run that was charged, and by none that only fetched the clip or took it over', async () => {
    lab.kling.failNext('download-404', { times: Number.POSITIVE_INFINITY, prompt: 'puddle number 2' });
    const studio = await lab.studio();
    const { project } = await planFilm(studio, shotsOf(2));
    const orchestrator = await studio.orchestrator('kling');
    const billedUnits = async (of: ClipGenerationOrchestrator, projectId: string) => {
      const { takes, summary } = await of.generateAll({ projectId });
      return [summary.billedUnits, takes.map(({ paid }) => paid)];
    };
    expect(await billedUnits(orchestrator, project.id)).toEqual([3, ['now', 'now']]);
    lab.kling.clearFaults();
    expect(await billedUnits(orchestrator, project.id)).toEqual([0, ['earlier', 'earlier']]);
    expect(await billedUnits(orchestrator, project.id)).toEqual([0, ['earlier', 'earlier']]);
    // Another home with the same account: Kling has the clips, and charges nothing for them again.
    const other = await lab.studio({ home: join(lab.folder, 'another-home') });
    const { project: same } = await planFilm(other, shotsOf(2));
    expect(await billedUnits(await other.orchestrator('kling'), same.id)).toEqual([0, ['elsewhere', 'elsewhere']]);
    expect(lab.kling.charges().reduce((sum, { units }) => sum + units, 0)).toBe(3);
  });
});

describe('a film of many takes and few slots', () => {
  it('holds neither the rows nor the words of the takes whose turn has not come, and names every take in the end', async () => {
    const studio = await lab.studio();
    const { project } = await planFilm(studio, shotsOf(300), { takes: 2 });
    const orchestrator = await studio.orchestrator('kling');
    const watched = watchRows(studio.store);
    const stop = new AbortController();
    const atKling = heard(orchestrator, submitted());
    const run = orchestrator.generateAll({ projectId: project.id, concurrency: 1, signal: stop.signal });
    await atKling;
    // Weak references made in this turn hold until it ends.
    await new Promise((resolve) => setImmediate(resolve));
    expect(watched.rows).toBe(600);
    expect(watched.held()).toBeLessThan(50);
    stop.abort(new Error('enough'));
    const { takes, summary, stopped } = await run;
    expect(stopped).toBe(true);
    expect(takes.map(({ shot, take }) => `${shot} ${take}`)).toEqual(Array.from({ length: 600 }, (_, index) => `S01_SH${String(Math.floor(index / 2) + 1).padStart(2, '0')} ${(index % 2) + 1}`));
    expect(takes.filter(({ outcome, rest, generation }) => outcome === 'waiting' && rest === 'stopped' && generation.request.prompt !== '').length).toBeGreaterThan(590);
    expect(summary.shots).toBe(300);
    expect([...orchestrator.progress.values()].every(({ shot }) => shot.startsWith('S01_SH'))).toBe(true);
  });
});

describe('the line of a run', () => {
  it('lets a shot that is sent next go before all that wait, however far behind it was', async () => {
    const studio = await lab.studio();
    const { project, prompts } = await planFilm(studio, shotsOf(300));
    const orchestrator = await studio.orchestrator('kling');
    const stop = new AbortController();
    const first = heard(orchestrator, submitted());
    const inLine = heard(orchestrator, (event) => event.type === 'clip' && event.shot === 'S01_SH290' && event.stage === 'waitingForSlot');
    const far = heard(orchestrator, submitted('S01_SH290'));
    const run = orchestrator.generateAll({ projectId: project.id, concurrency: 1, signal: stop.signal });
    await first;
    orchestrator.pause();
    orchestrator.sendNext(prompts[289]!.id);
    await inLine;
    orchestrator.goOn();
    await far;
    stop.abort(new Error('enough'));
    await run;
    expect(lab.kling.tasks().map(({ prompt }) => prompt).slice(0, 2)).toEqual([prompts[0]!.settings.prompt, prompts[289]!.settings.prompt]);
  });

  it('sends nothing while it is paused, and everything when it goes on', async () => {
    const studio = await lab.studio();
    const { project } = await planFilm(studio, shotsOf(3));
    const orchestrator = await studio.orchestrator('kling');
    orchestrator.pause();
    const waiting = new Set<string>();
    const allWait = heard(orchestrator, (event) => event.type === 'clip' && event.stage === 'waitingForSlot' && waiting.add(event.shot).size === 3);
    const run = orchestrator.generateAll({ projectId: project.id });
    await allWait;
    await new Promise((resolve) => setImmediate(resolve));
    expect(lab.kling.tasks()).toEqual([]);
    orchestrator.goOn();
    expect((await run).summary).toMatchObject({ completed: 3, generated: 3 });
  });
});

describe('a take that a person withdraws while a run waits to send it', () => {
  it('is not asked for again by that run, and costs nothing', { timeout: 60_000 }, async () => {
    const studio = await lab.studio();
    // Behind the first two hundred, so that no run drives it yet.
    const { project, prompts } = await planFilm(studio, shotsOf(205));
    const orchestrator = await studio.orchestrator('kling');
    const stop = new AbortController();
    const atKling = heard(orchestrator, submitted());
    const run = orchestrator.generateAll({ projectId: project.id, concurrency: 1, signal: stop.signal });
    await atKling;
    orchestrator.pause();
    const other = await lab.studio();
    const [take] = await other.store.takes.list([prompts[204]!.id], 'kling');
    expect(await withdrawRetake(other.store, take!)).toBe('withdrawn');
    orchestrator.sendNext(prompts[204]!.id);
    const over = heard(orchestrator, (event) => event.type === 'clip' && event.shotId === prompts[204]!.id && event.stage === 'cancelled');
    orchestrator.goOn();
    await Promise.race([over, run]);
    stop.abort(new Error('enough'));
    const { takes } = await run;
    expect(takes.find(({ shotId }) => shotId === prompts[204]!.id)).toMatchObject({ outcome: 'failed', error: { code: 'TAKE_WITHDRAWN' } });
    expect(lab.kling.tasks().some(({ prompt }) => prompt.includes('number 205 '))).toBe(false);
  });
});
