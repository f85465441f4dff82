import type { SpeechKind } from '../prompt/dialogue/index.ts';
import type { WrittenCast, WrittenCharacter } from './written-cast.ts';

/** Longest script read, in bytes. A feature screenplay has about 200 kB. */
export const MAX_SCRIPT_BYTES = 20 * 1024 * 1024;
/** Most shots of one script: the densest page has 27 (each a line and a blank one), so 180 of the densest pages fit. */
export const MAX_SHOTS = 5000;
/** Highest number of a scene. */
export const MAX_SCENE_NUMBER = 9_999;
/** A picture of a film of 24 frames a second, to the hundredth below. */
export const SHORTEST_ON_SCREEN_S = 0.04;
/** Longest paragraph or prompt, in UTF-16 units; Kling's own limit is far lower and checked later, per model. */
export const MAX_PARAGRAPH_LENGTH = 100_000;

/** A camera move as Kling takes it. Which models take one is checked later. */
export type ScriptCamera =
  | { type: 'down_back' | 'forward_up' | 'right_turn_forward' | 'left_turn_forward' }
  | {
      type: 'simple';
      /** Exactly one is not 0; each from -10 to 10. */
      config: Partial<Record<'horizontal' | 'vertical' | 'pan' | 'tilt' | 'roll' | 'zoom', number>>;
    };

/** What a person may say about a shot; what is left out is decided later, by option or default. */
export interface ShotFields {
  prompt: string;
  negativePrompt?: string;
  /** As written: `2.5-turbo`, `kling-v2-6`, ... Looked up later. */
  model?: string;
  mode?: 'std' | 'pro' | '4k';
  /** Length of the clip to generate, in seconds. Which lengths a model makes is checked later. */
  durationS?: number;
  aspectRatio?: '16:9' | '9:16' | '1:1';
  /** 0 to 1. */
  cfgScale?: number;
  sound?: boolean;
  cameraControl?: ScriptCamera;
  /** As written: a path relative to the script's folder, or an https URL. */
  startFrame?: string;
  endFrame?: string;
  /** The picture goes on where that of the shot before it ends. Never of a film's first shot, never beside a `startFrame`. */
  continues?: boolean;
  /** Time on screen within the clip, in seconds from its start; `outS` is exclusive and greater than `inS`. */
  inS?: number;
  outS?: number;
  /** 1 to 99. */
  takes?: number;
  /** Spoken words. */
  line?: string;
  cast?: string[];
  /** For whoever wrote the list; decides nothing. */
  notes?: string;
}

/** One line of a shot. */
export interface ShotSpeech {
  /** As prompts call them; missing where the script does not say. */
  speaker?: string;
  kind: SpeechKind;
  text: string;
}

export interface ScriptShot extends ShotFields {
  /** From 1. */
  scene: number;
  sceneHeading?: string;
  /** What is said, and by whom, in the order of `line`; where the reading tells. */
  speeches?: readonly ShotSpeech[];
  /** Where the shot stands in {@link ReadScript.text}: lines from 1, both inclusive; UTF-16 offsets, `end` exclusive. */
  source: { startLine: number; endLine: number; start: number; end: number };
  /** Where it stands, as people count there: `row 4`, `shot 3` of a list, `page 3, line 12` of a PDF, `paragraph 7` of a Word document. Missing for a text, whose lines they see. */
  place?: string;
  /** What the shot stands on: the paragraph word for word, or one spelling of all its fields but the notes. Equal text, equal shot. */
  text: string;
}

export interface ReadScript {
  reading: 'paragraphs' | 'shot-list' | 'screenplay' | 'prose';
  format: 'txt' | 'json' | 'csv' | 'md' | 'fountain' | 'fdx' | 'docx' | 'pdf';
  /** What it was read from, for a person: `.fountain`, `no file ending`, `standard input`. */
  origin: string;
  shots: ScriptShot[];
  /** Its characters and look, where it is a list that says them itself. */
  cast?: WrittenCast;
  /** Characters that were found in a script that has no records of them: what a file of cast and look says of them wins. */
  foundCast?: WrittenCharacter[];
  /** Sentences for a person: what was decided while reading. */
  notes: string[];
  /** The script as text: no byte order mark, line ends `\n`, and line for line without its marks where it was Markdown. Offsets point into this. */
  text: string;
}

/** How to read a script, as `--as` says it. */
export type ScriptReading = 'shots' | 'prose' | 'screenplay';
