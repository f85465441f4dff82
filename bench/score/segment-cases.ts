import { extractDialogue, readFountain, readScript, segmentProse, segmentScreenplay, type ScriptShot } from '../../src/index.ts';
import { paragraphsOf } from '../../src/script/paragraphs.ts';
import { readJsonLines } from './fixtures.ts';

/** A script and the beats that must each be alone in a shot. */
export interface SegmentCase {
  id: string;
  /** `fountain`, `prose` and `beats` go to the segmenter as they are; the others are read as a Markdown file of that text is. */
  format: 'fountain' | 'prose' | 'beats' | 'markdown' | 'prompts' | 'mixed';
  text: string;
  beats: { fragment: string; scene: number; seedFromPrevious: boolean; durations: number[]; dialogue: number }[];
}

/** What became of one beat. */
export interface JudgedBeat {
  fragment: string;
  alone: boolean;
  duration: boolean;
  continues: boolean;
  lines: boolean;
  /** Whether the new scene is a cut and a scene; without it in a beat of the scene before. */
  cut?: boolean;
}

export interface JudgedScript {
  id: string;
  beats: JudgedBeat[];
  inOrder: boolean;
  words: number;
  lostWords: string[];
}

/** Lengths of a clip that every model makes. */
const CLIPS_S = [5, 10];
const wordsOf = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();

export const segmentCases = (file: string): SegmentCase[] => readJsonLines<SegmentCase>('segment', file);

/** Shots of a script that needs no reader of files. */
export function segmentedShots({ format, text }: SegmentCase): readonly ScriptShot[] {
  return format === 'fountain' ? segmentScreenplay(readFountain(text), text).shots : segmentProse({ text, paragraphs: paragraphsOf(text) }).shots;
}

/** The shots of any script, and the text at which they point. */
export async function readShots(one: SegmentCase): Promise<{ shots: readonly ScriptShot[]; text: string }> {
  const isPlain = one.format === 'fountain' || one.format === 'prose' || one.format === 'beats';
  return isPlain ? { shots: segmentedShots(one), text: one.text } : await readScript(new TextEncoder().encode(one.text), { name: `${one.id}.md` });
}

/** A page of prompts stays word for word; who says what in it is read where the shot is planned. */
const linesIn = ({ speeches, outS, prompt }: ScriptShot): number => (speeches ?? (outS === undefined ? extractDialogue(prompt).lines : [])).length;

/** Each beat of a script against the shot that holds it. */
export function judgeShots(one: SegmentCase, { shots, text = one.text }: { shots: readonly ScriptShot[]; text?: string }): JudgedScript {
  const texts = shots.map(({ source }) => wordsOf(text.slice(source.start, source.end)));
  const at = one.beats.map(({ fragment }) => texts.findIndex((words) => words.includes(wordsOf(fragment))));
  const beats = one.beats.map((beat, index): JudgedBeat => {
    const place = at[index] ?? -1;
    const shot = shots[place];
    const isNewScene = index > 0 && beat.scene !== one.beats[index - 1]?.scene;
    return {
      fragment: beat.fragment,
      alone: place >= 0 && at.filter((other) => other === place).length === 1,
      duration: shot !== undefined && beat.durations.includes(CLIPS_S.find((lengthS) => lengthS >= (shot.outS ?? 0)) ?? 0),
      continues: shot !== undefined && (shot.continues === true) === beat.seedFromPrevious,
      lines: shot !== undefined && linesIn(shot) === beat.dialogue,
      ...(isNewScene ? { cut: place >= 0 && place !== at[index - 1] && shot?.scene !== shots[at[index - 1] ?? -1]?.scene } : {}),
    };
  });
  const headings = shots.map(({ sceneHeading = '' }) => wordsOf(sceneHeading));
  const all = new Set([...texts, ...headings].join(' ').split(' '));
  const words = wordsOf(one.text).split(' ');
  return { id: one.id, beats, inOrder: at.every((place, index) => place >= (at[index - 1] ?? 0)), words: words.length, lostWords: words.filter((word) => !all.has(word)) };
}

/** What is wrong with a judged script, a sentence each. */
export function missesOf({ id, beats, inOrder, lostWords }: JudgedScript): string[] {
  const wrong = beats.flatMap(({ fragment, ...held }) => Object.entries(held).filter(([, right]) => !right).map(([measure]) => `${id}: “${fragment}”: ${measure}`));
  return [...wrong, ...(inOrder ? [] : [`${id}: order`]), ...lostWords.map((word) => `${id}: lost “${word}”`)];
}
