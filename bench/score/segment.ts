import { readFountain, segmentProse, segmentScreenplay, type SegmentedScript } from '../../src/index.ts';
import { paragraphsOf } from '../../src/script/paragraphs.ts';
import { readJsonLines } from './fixtures.ts';
import { percent, type ScoreRow } from './score-row.ts';

interface SegmentCase {
  id: string;
  format: 'fountain' | 'prose' | 'beats';
  text: string;
  beats: { fragment: string; scene: number; seedFromPrevious: boolean; durations: number[]; dialogue: number }[];
}

/** Lengths of a clip that every model makes. */
const CLIPS_S = [5, 10];
const wordsOf = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();

function segment({ format, text }: SegmentCase): SegmentedScript {
  return format === 'fountain' ? segmentScreenplay(readFountain(text), text) : segmentProse({ text, paragraphs: paragraphsOf(text) });
}

/** Scripts of our own, each beat against the shot that holds it. */
export function segmentOfOurOwn(): ScoreRow[] {
  const count = { beats: 0, alone: 0, duration: 0, continues: 0, lines: 0, cuts: 0, rightCuts: 0, words: 0, kept: 0, inOrder: 0 };
  const cases = readJsonLines<SegmentCase>('segment', 'dev.jsonl');
  for (const one of cases) {
    const { shots } = segment(one);
    const texts = shots.map(({ source }) => wordsOf(one.text.slice(source.start, source.end)));
    const at = one.beats.map(({ fragment }) => texts.findIndex((words) => words.includes(wordsOf(fragment))));
    for (const [index, beat] of one.beats.entries()) {
      const place = at[index] ?? -1;
      const shot = shots[place];
      count.beats += 1;
      if (index > 0 && beat.scene !== one.beats[index - 1]?.scene) {
        count.cuts += 1;
        if (place >= 0 && place !== at[index - 1] && shot?.scene !== shots[at[index - 1] ?? -1]?.scene) count.rightCuts += 1;
      }
      if (shot === undefined) continue;
      if (at.filter((other) => other === place).length === 1) count.alone += 1;
      if (beat.durations.includes(CLIPS_S.find((lengthS) => lengthS >= (shot.outS ?? 0)) ?? 0)) count.duration += 1;
      if ((shot.continues === true) === beat.seedFromPrevious) count.continues += 1;
      if ((shot.speeches ?? []).length === beat.dialogue) count.lines += 1;
    }
    if (at.every((place, index) => place >= (at[index - 1] ?? 0))) count.inOrder += 1;
    const all = new Set(texts.join(' ').split(' '));
    for (const word of wordsOf(one.text).split(' ')) {
      count.words += 1;
      if (all.has(word)) count.kept += 1;
    }
  }
  const set = 'segmenter: own scripts';
  return [
    { set, measure: 'beat alone in its shot', ours: percent(count.alone, count.beats), bestPublic: percent(1, 15), target: 90, floor: 100 },
    { set, measure: 'clip length fits', ours: percent(count.duration, count.beats), target: 95, floor: 100 },
    { set, measure: 'continues the shot before, or not', ours: percent(count.continues, count.beats), target: 90, floor: 100 },
    { set, measure: 'lines counted', ours: percent(count.lines, count.beats), target: 90, floor: 100 },
    { set, measure: 'scene change is a cut and a scene', ours: percent(count.rightCuts, count.cuts), bestPublic: percent(1, 4), target: 100, floor: 100 },
    { set, measure: 'scripts in order', ours: percent(count.inOrder, cases.length), target: 100, floor: 100 },
    { set, measure: 'words kept', ours: percent(count.kept, count.words), target: 100, floor: 100 },
  ];
}
