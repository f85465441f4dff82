import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { grabLastFrame, probeVideo } from '../../src/media/index.ts';
import { DEATH_POINTS, GRAB_POINTS, type DeathPoint, type GrabPoint } from './film-process.ts';
import { cut, openLab, paidTimes, planChain, run, shoot, shotsOf, withoutRefusalOfRepeatedIds, type Lab } from './lab.ts';
import { startFilmProcess } from './processes.ts';

const FRAMES_A_CLIP = 121;

/** Starts the film in a process that dies there. @returns whether it really died. */
async function dies(lab: Lab, paragraphs: string[], dieAt: DeathPoint | GrabPoint, more: { chain?: true } = {}): Promise<boolean> {
  const mortal = await startFilmProcess({ home: lab.home, env: lab.env, name: 'film', paragraphs, outputPath: join(lab.folder, 'film.mp4'), dieAt, ...more });
  mortal.go();
  return (await mortal.end) === undefined;
}

describe.concurrent('a film whose process is killed', { timeout: 60_000 }, () => {
  it.for(DEATH_POINTS)('%s is finished by the next run, with every shot paid once', async (dieAt, { expect }) => {
    // Clips of several pieces, so that a download has a middle.
    await using lab = await openLab({ clipSizeBytes: 400_000 });
    const shots = shotsOf(4);
    expect(await dies(lab, shots, dieAt)).toBe(true);

    const studio = await lab.studio();
    const { report, project, changes } = await shoot(studio, shots);
    expect(changes).toEqual(['kept', 'kept', 'kept', 'kept']);
    expect(report.summary).toMatchObject({ shots: 4, completed: 4, failed: 0, waiting: 0 });
    expect(lab.kling.tasks()).toHaveLength(4);
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1]);
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(6);
    const film = await cut(studio, project, lab);
    expect((await probeVideo(film.path)).frameCount).toBe(4 * FRAMES_A_CLIP);
  });

  it.for(GRAB_POINTS)('between a shot and the one that continues it, %s, is finished by the next run: each shot paid once, from the right picture', async (dieAt, { expect }) => {
    await using lab = await openLab();
    const shots = shotsOf(3);
    expect(await dies(lab, shots, dieAt, { chain: true })).toBe(true);

    const studio = await lab.studio();
    const { project } = await planChain(studio, shots);
    expect((await run(studio, project.id)).report.summary).toMatchObject({ shots: 3, completed: 3, failed: 0, waiting: 0 });
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1]);
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(4.5);
    // What was sent is the last frame of the clip, whole, whatever the dead process had left of it.
    const frames = join(lab.home, 'frames');
    const taken = (await readdir(frames)).filter((name) => name.startsWith('last-of-'));
    expect(taken).toHaveLength(2);
    for (const name of taken) {
      const clip = await studio.cache.find(/[0-9a-f]{64}/.exec(name)?.[0] ?? '');
      await grabLastFrame(clip?.path ?? '', undefined, join(lab.folder, name), { maxBytes: 10_000_000, minSidePx: 300 });
      expect((await readFile(join(frames, name))).equals(await readFile(join(lab.folder, name)))).toBe(true);
    }
  });

  it('is asked about at once by the next start, and that answer is used', async ({ expect }) => {
    await using lab = await openLab();
    const shots = shotsOf(3);
    expect(await dies(lab, shots, 'at the first poll')).toBe(true);
    const asked: string[] = [];
    const studio = await lab.studio({
      fetch: async (input, init) => {
        asked.push(new URL(input instanceof Request ? input.url : input).pathname);
        return await fetch(input, init);
      },
    });
    await studio.askAhead();
    expect(asked).toEqual(['/tasks']);
    const { report } = await shoot(studio, shots);
    expect(report.summary).toMatchObject({ completed: 3, failed: 0, waiting: 0 });
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1]);
  });

  it('is paid once a shot also by a Kling that no longer refuses repeated ids', async ({ expect }) => {
    await using lab = await openLab({ clipSizeBytes: 400_000 });
    const shots = shotsOf(3);
    expect(await dies(lab, shots, 'after Kling took the second POST and before its answer is read')).toBe(true);
    const studio = await lab.studio({ fetch: withoutRefusalOfRepeatedIds(lab.kling) });
    const { report } = await shoot(studio, shots);
    expect(report.summary).toMatchObject({ completed: 3, failed: 0 });
    expect(lab.kling.tasks()).toHaveLength(3);
    expect(lab.kling.charges()).toHaveLength(3);
  });

  it('again and again is finished in the end, with every shot paid once', async ({ expect }) => {
    await using lab = await openLab({ clipSizeBytes: 400_000 });
    const shots = shotsOf(8);
    for (const dieAt of ['after Kling took the second POST and before its answer is read', 'at the first poll', 'in the middle of a download'] as const) {
      expect(await dies(lab, shots, dieAt)).toBe(true);
    }
    const studio = await lab.studio();
    const { report, project } = await shoot(studio, shots);
    expect(report.summary).toMatchObject({ completed: 8, failed: 0, waiting: 0 });
    expect(lab.kling.tasks()).toHaveLength(8);
    expect(paidTimes(lab.kling)).toEqual(shots.map(() => 1));
    expect((await cut(studio, project, lab)).frameCount).toBe(8 * FRAMES_A_CLIP);
  });
});
