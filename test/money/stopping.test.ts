import { describe, expect, it } from 'vitest';
import { countRequests, openLab, paidTimes, planFilm, run, shotsOf } from './lab.ts';

describe('a run that is stopped', () => {
  it('sends nothing more, leaves at Kling what is there, and the next run brings it in', async () => {
    await using lab = await openLab({ slots: 2, speed: 200, random: () => 0.5 });
    const studio = await lab.studio();
    const { project } = await planFilm(studio, shotsOf(6));
    const orchestrator = await studio.orchestrator('kling');
    const atKling = new Promise<void>((resolve) => {
      orchestrator.on((event) => {
        if (event.type === 'clip' && event.status === 'polling') resolve();
      });
    });
    const running = orchestrator.generateAll({ projectId: project.id });
    await atKling;
    await orchestrator.stop();
    const { summary, stopped, takes } = await running;
    expect(stopped).toBe(true);
    expect(summary.waiting + summary.completed).toBe(6);
    expect(takes.filter(({ outcome }) => outcome === 'waiting').every(({ rest, error }) => rest === 'stopped' && error?.next?.includes('resume'))).toBe(true);
    const posted = countRequests(lab.kling, 'POST', /./);

    const { report } = await run(studio, project.id);
    expect(report.summary).toMatchObject({ completed: 6, failed: 0, waiting: 0 });
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(posted).toBeGreaterThan(0);
    expect(lab.kling.tasks()).toHaveLength(6);
  });

  it('waits for the answer to a POST that is under way, and looks it up later when none comes', async () => {
    await using lab = await openLab();
    const studio = await lab.studio({ timings: { stopGraceMs: 50, lookWaitMs: 50, pollIntervalMs: 10, backoffFirstMs: 10 } });
    const { project } = await planFilm(studio, shotsOf(2));
    const orchestrator = await studio.orchestrator('kling');
    lab.kling.failNext('create-slow-after', { prompt: 'puddle number 1' });
    const stop = new AbortController();
    orchestrator.on((event) => {
      if (event.type === 'clip' && event.shot === 'S01_SH01' && event.stage === 'sending') stop.abort(new Error('Ctrl-C'));
    });
    const { takes } = await orchestrator.generateAll({ projectId: project.id, signal: stop.signal });
    expect(takes[0]).toMatchObject({ outcome: 'waiting', rest: 'stopped' });
    const { report } = await run(studio, project.id);
    expect(report.summary).toMatchObject({ completed: 2, failed: 0 });
    expect(lab.kling.tasks()).toHaveLength(2);
    expect(paidTimes(lab.kling)).toEqual([1, 1]);
  });

  it('counts the clips that became ready while it stopped as ready, not as under way', async () => {
    await using lab = await openLab();
    const studio = await lab.studio();
    const { project } = await planFilm(studio, shotsOf(4));
    const orchestrator = await studio.orchestrator('kling');
    const stop = new AbortController();
    // The downloads are over and the files are being checked: nothing stops them any more.
    let verifying = 0;
    orchestrator.on((event) => {
      if (event.type === 'clip' && event.stage === 'verifying' && (verifying += 1) === 2) stop.abort(new Error('Ctrl-C'));
    });
    const { takes, summary } = await orchestrator.generateAll({ projectId: project.id, signal: stop.signal });
    const written = await studio.store.ledger.findPictures(takes.map(({ generation }) => generation.fingerprint));
    const ready = [...written.values()].filter(({ state }) => state.status === 'completed').length;
    expect(ready).toBeGreaterThanOrEqual(2);
    expect(summary).toMatchObject({ completed: ready, waiting: 4 - ready, generated: ready });
  });

  it('that was stopped before it began asks Kling nothing', async () => {
    await using lab = await openLab();
    const studio = await lab.studio();
    const { project } = await planFilm(studio, shotsOf(3));
    await studio.orchestrator('kling');
    const before = lab.kling.requestCount;
    const { report } = await run(studio, project.id, { signal: AbortSignal.abort(new Error('Ctrl-C')) });
    expect(report).toMatchObject({ stopped: true, summary: { waiting: 3, completed: 0 } });
    expect(lab.kling.requestCount).toBe(before);
  });
});

describe('a film under a cap', () => {
  it('makes what fits, in film order, says what the rest needs, and goes on when the cap is raised', async () => {
    await using lab = await openLab();
    const studio = await lab.studio();
    const { project } = await planFilm(studio, shotsOf(5));
    await studio.store.projects.updateProject(project.id, { capUnits: 4.6 });
    const first = await run(studio, project.id);
    expect(first.report.takes.map(({ outcome, rest }) => rest ?? outcome)).toEqual(['completed', 'completed', 'completed', 'budget', 'budget']);
    expect(first.report.takes[4]?.error).toMatchObject({ code: 'CAP_REACHED', next: expect.stringContaining('--cap') as string });
    expect(first.events.findLast((event) => event.type === 'clip' && event.shot === 'S01_SH05')).toMatchObject({ stage: 'waitingForBudget', status: 'generating' });
    await studio.store.projects.updateProject(project.id, { capUnits: 7.5 });
    expect((await run(studio, project.id)).report.summary).toMatchObject({ completed: 5, waiting: 0 });
    expect(lab.kling.charges().reduce((sum, { units }) => sum + units, 0)).toBe(7.5);
  });
});
