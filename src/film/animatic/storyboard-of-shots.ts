import { formatMoney, listPriceUnits, sumUnits } from '../../kling/index.ts';
import { readStaging, type Paper, type ReelShot, type Storyboard } from '../../media/index.ts';
import { isLastFrame } from '../../protocol/shot-settings.ts';
import type { ShotToDraw } from '../drawing.ts';
import { shotWords } from './shot-words.ts';

/** The shots on paper, with what all of them are together. */
export function storyboardOf(shots: readonly ShotToDraw[], reelShots: readonly ReelShot[], film: { title: string; paper: Paper; frameRate: number }): Storyboard {
  const { title, paper, frameRate } = film;
  const frames = reelShots.reduce((sum, { frameCount }) => sum + frameCount, 0);
  const takes = shots.reduce((sum, { takesWanted }) => sum + takesWanted, 0);
  const units = sumUnits(shots.map(({ settings, takesWanted }) => listPriceUnits(settings) * takesWanted));
  const counts = [`${shots.length} ${shots.length === 1 ? 'shot' : 'shots'}`, ...(takes === shots.length ? [] : [`${takes} takes`])];
  return {
    title,
    totals: [...counts, `${(frames / frameRate).toFixed(2)} s`, formatMoney(units)].join(' · '),
    paper,
    frameRate,
    cells: shots.map((shot, index) => {
      const reelShot = reelShots[index] as ReelShot;
      const staging = readStaging(reelShot.picture);
      return {
        slate: shot.name,
        fact: `${(reelShot.frameCount / frameRate).toFixed(2)} s · ${formatMoney(listPriceUnits(shot.settings))}`,
        kind: [goesOn(shot, shots[index - 1]), shotWords(staging, reelShot.picture), shot.sceneHeading ?? ''].filter((words) => words !== '').join(' · '),
        prompt: shot.prompt,
        ...(shot.line === undefined ? {} : { line: shot.line }),
        shot: reelShot,
        moves: staging.move !== 'static' || shot.settings.endFrame !== undefined,
      };
    }),
  };
}

/** Of a shot that begins with the last picture of the one before it. */
function goesOn({ settings }: ShotToDraw, before: ShotToDraw | undefined): string {
  return isLastFrame(settings.startFrame) ? `goes on from ${before?.name ?? 'the shot before'}` : '';
}
