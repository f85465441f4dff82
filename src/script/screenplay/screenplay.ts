/** Where something stands in the source: UTF-16 offsets, `end` exclusive; lines from 1, both inclusive. */
export interface SourceSpan {
  start: number;
  end: number;
  startLine: number;
  endLine: number;
}

/** A stretch of an element's `text` that stands out; UTF-16 offsets into that text. */
export interface EmphasisSpan {
  style: 'italic' | 'bold' | 'bold-italic' | 'underline';
  start: number;
  end: number;
}

interface Written {
  /** The words: without marks of emphasis, forced marks, notes and boneyard. Line ends are `\n`. */
  text: string;
  emphasis: EmphasisSpan[];
  source: SourceSpan;
  /** Lines of the source that hold these words; a line of a note between them is not one. */
  lines: number[];
}

/** Which of two people who speak at the same time. */
export type DualSide = 'left' | 'right';

export type ScreenplayElement =
  /** `sceneNumber` as written, such as `12A`. */
  | (Written & { kind: 'heading'; sceneNumber?: string })
  /** Paragraphs: action, an editor's shot line, and what the format calls general. */
  | (Written & { kind: 'action' | 'shot' | 'general' })
  /** A cue. `text` is all of it but the caret; `extensions` without parentheses and without CONT'D, which is `continued`. */
  | (Written & { kind: 'character'; name: string; extensions: string[]; continued: boolean; side?: DualSide })
  /** `text` has no parentheses around it. */
  | (Written & { kind: 'parenthetical' })
  | (Written & { kind: 'dialogue' })
  /** Sung by the one whose cue is above, or by nobody in sight. */
  | (Written & { kind: 'lyrics'; inSpeech: boolean })
  | (Written & { kind: 'transition' | 'centered' | 'synopsis' | 'page-break' })
  /** 1 is the highest. */
  | (Written & { kind: 'section'; level: number })
  /** Not part of the film: a remark, or words cut out. */
  | (Written & { kind: 'note' | 'boneyard' });

/** One thing one person says, from the cue to the last word. */
export interface Speech {
  /** As in the cue, without extensions: `NURSE #2`. */
  character: string;
  /** `V.O.`, `O.S.`, `on the radio`, ...; as written. */
  extensions: string[];
  /** The cue said CONT'D. */
  continued: boolean;
  /** Missing for a speech of one person alone. */
  side?: DualSide;
  parentheticals: string[];
  /** Every spoken or sung word, in order; line ends are `\n`. */
  text: string;
  source: SourceSpan;
  /** Lines of the source: cue, parentheticals, words. */
  lines: number[];
}

export interface TitleEntry {
  /** As written: `Draft date`. */
  key: string;
  values: string[];
  source: SourceSpan;
}

export interface Screenplay {
  titlePage: TitleEntry[];
  /** In the order of the source; a note inside a paragraph stands behind it. */
  elements: ScreenplayElement[];
}
