import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClipStage } from '../../src/protocol/clip-progress.ts';
import type { Studio } from '../../src/studio.ts';
import { openLab, planFilm, run, type Lab } from './lab.ts';

let lab: Lab;
let studio: Studio;
beforeEach(async () => {
  lab = await openLab({ speed: 100 });
  studio = await lab.studio();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

/** A run that is stopped as soon as every shot has come so far. */
async function stoppedAt(projectId: string, shots: number, stages: readonly ClipStage[]): Promise<void> {
  const orchestrator = await studio.orchestrator('kling');
  const stop = new AbortController();
  const there = new Set<string>();
  const off = orchestrator.on((event) => {
    if (event.type === 'clip' && stages.includes(event.stage)) there.add(event.shotId);
    if (there.size === shots) stop.abort(new Error('stopped'));
  });
  await orchestrator.generateAll({ projectId, signal: stop.signal });
  off();
  expect(there.size).toBe(shots);
}

const statesOf = async (shotIds: readonly string[]) => (await studio.store.takes.list(shotIds, 'kling')).map(({ generation }) => [generation.request.prompt, generation.state.status]);

describe('a clip that was paid for and whose words are gone from the script', () => {
  it('comes in with the next run of the film, and nothing is paid twice', async () => {
    const { project, prompts } = await planFilm(studio, ['A dog sleeps by an oven.']);
    await stoppedAt(project.id, 1, ['submitted', 'processing']);
    await planFilm(studio, ['A cat sleeps by an oven.']);
    const { report, events } = await run(studio, project.id);
    expect(report.summary).toMatchObject({ shots: 1, completed: 1, failed: 0, waiting: 0, generated: 1 });
    expect(await statesOf(prompts.map(({ id }) => id))).toEqual([['A dog sleeps by an oven.', 'completed'], ['A cat sleeps by an oven.', 'completed']]);
    expect(lab.kling.charges()).toHaveLength(2);
    expect(events).toContainEqual(expect.objectContaining({ type: 'notice', code: 'EARLIER_TAKES' }));
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(3);
    // All is in: the next run has nothing to tell of.
    expect((await run(studio, project.id)).events.filter(({ type }) => type === 'notice')).toEqual([]);
  });

  it('comes in also when its shot was taken out of the script', async () => {
    const { project, prompts } = await planFilm(studio, ['A dog sleeps by an oven.', 'A heron wades.']);
    await stoppedAt(project.id, 2, ['submitted', 'processing']);
    await planFilm(studio, ['A dog sleeps by an oven.']);
    expect((await run(studio, project.id)).report.summary).toMatchObject({ shots: 1, completed: 1 });
    expect(await statesOf(prompts.map(({ id }) => id))).toEqual(expect.arrayContaining([['A dog sleeps by an oven.', 'completed'], ['A heron wades.', 'completed']]));
    expect(lab.kling.charges()).toHaveLength(2);
  });

  it('is not asked for again where Kling never had it, whatever retries were allowed', async () => {
    const { project, prompts } = await planFilm(studio, ['A dog sleeps by an oven.']);
    lab.kling.failNext('create-reset-before', { times: 1 });
    await stoppedAt(project.id, 1, ['findingOut']);
    await planFilm(studio, ['A cat sleeps by an oven.']);
    await run(studio, project.id, { retries: 3 });
    expect(await statesOf(prompts.map(({ id }) => id))).toEqual([['A dog sleeps by an oven.', 'unknown'], ['A cat sleeps by an oven.', 'completed']]);
    expect(lab.kling.tasks().map(({ prompt }) => prompt)).toEqual(['A cat sleeps by an oven.']);
  });

  it('is not made anew where Kling failed it', async () => {
    const { project, prompts } = await planFilm(studio, ['A dog sleeps by an oven.']);
    lab.kling.failNext('task-failed-free', { times: 1 });
    await stoppedAt(project.id, 1, ['submitted', 'processing']);
    await planFilm(studio, ['A cat sleeps by an oven.']);
    await run(studio, project.id, { retries: 3 });
    expect(await statesOf(prompts.map(({ id }) => id))).toEqual([['A dog sleeps by an oven.', 'failed'], ['A cat sleeps by an oven.', 'completed']]);
    expect(lab.kling.tasks()).toHaveLength(2);
  });
});
