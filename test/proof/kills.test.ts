import { afterAll, describe, expect, it } from 'vitest';
import { drawKills, KlingProcess, playKills } from './kill/play-kills.ts';

const kling = new KlingProcess();
afterAll(() => kling.close());

describe('real processes, killed', () => {
  it('leave films that the next run brings home, each shot paid once', { timeout: 120_000 }, async () => {
    let died = 0;
    for (let seed = 1; seed <= 4; seed += 1) {
      const { violations, deaths } = await playKills(drawKills(seed), kling);
      expect(violations, `kill seed ${seed}`).toEqual([]);
      died += deaths;
    }
    expect(died).toBeGreaterThan(1);
  });
});
