import { judgeShots, segmentCases, segmentedShots } from './segment-cases.ts';
import { percent, type ScoreRow } from './score-row.ts';

/** Scripts of our own, each beat against the shot that holds it. */
export function segmentOfOurOwn(): ScoreRow[] {
  const scripts = segmentCases('dev.jsonl').map((one) => judgeShots(one, { shots: segmentedShots(one) }));
  const beats = scripts.flatMap((script) => script.beats);
  const cuts = beats.filter(({ cut }) => cut !== undefined);
  const shareOf = <One>(ones: readonly One[], isRight: (one: One) => boolean): number => percent(ones.filter(isRight).length, ones.length);
  const words = scripts.reduce((sum, script) => sum + script.words, 0);
  const lost = scripts.reduce((sum, script) => sum + script.lostWords.length, 0);
  const set = 'segmenter: own scripts';
  return [
    { set, measure: 'beat alone in its shot', ours: shareOf(beats, ({ alone }) => alone), bestPublic: percent(1, 15), target: 90, floor: 100 },
    { set, measure: 'clip length fits', ours: shareOf(beats, ({ duration }) => duration), target: 95, floor: 100 },
    { set, measure: 'continues the shot before, or not', ours: shareOf(beats, ({ continues }) => continues), target: 90, floor: 100 },
    { set, measure: 'lines counted', ours: shareOf(beats, ({ lines }) => lines), target: 90, floor: 100 },
    { set, measure: 'scene change is a cut and a scene', ours: shareOf(cuts, ({ cut }) => cut === true), bestPublic: percent(1, 4), target: 100, floor: 100 },
    { set, measure: 'scripts in order', ours: shareOf(scripts, ({ inOrder }) => inOrder), target: 100, floor: 100 },
    { set, measure: 'words kept', ours: percent(words - lost, words), target: 100, floor: 100 },
  ];
}
