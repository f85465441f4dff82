import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled } from './bundle.ts';
import { KlingProcess } from './kill/kling-process.ts';
import { drawKills, playKills, type KillStage } from './kill/play-kills.ts';
import { KILL_SCRIPTS } from './kill/scripts.ts';

let stage: KillStage;
beforeAll(async () => {
  const { film, sandbox } = await bundled(KILL_SCRIPTS);
  stage = { filmScript: film, kling: new KlingProcess(sandbox) };
});
afterAll(() => stage.kling.close());

describe('real processes, killed', () => {
  it('leave films that the next run brings home, each shot paid once', { timeout: 120_000 }, async () => {
    let died = 0;
    for (let seed = 1; seed <= 4; seed += 1) {
      const { violations, deaths } = await playKills(drawKills(seed), stage);
      expect(violations, `kill seed ${seed}`).toEqual([]);
      died += deaths;
    }
    expect(died).toBeGreaterThan(1);
  });
});
