import type { SpeechKind } from '../../prompt/dialogue/index.ts';
import type { SourceSpan } from '../screenplay/screenplay.ts';
import type { Passage } from './passage.ts';
import type { Place } from './place-words.ts';

/** What one person says at one time. */
export interface UnitLine {
  /** As prompts call them; missing where the script does not say. */
  speaker?: string;
  /** Heard, and not in the picture. */
  unseen: boolean;
  kind: SpeechKind;
  /** `quietly`; missing where the words around the line say it. */
  manner?: string;
  text: string;
}

/** What the readers of screenplays and of prose hand to the one who makes shots of it, in the order of the script. */
export type ScriptUnit =
  | { kind: 'scene'; heading?: string; place: Place; source?: SourceSpan; /** The tale goes on, so `she` is whom it was. */ goesOn?: true }
  /** Where or when it plays, told in the middle of a scene. */
  | { kind: 'place'; place: Place }
  /** What follows is not seen in one go with what was before: a time jump, the end of an insert. */
  | { kind: 'cut' }
  | {
      kind: 'picture';
      sentences: readonly Passage[];
      /** A shot of its own, whatever stands around it: an item of a list, or of a montage, where every picture is elsewhere. */
      alone?: 'item' | 'montage';
      /** Begins a paragraph. */
      opens: boolean;
    }
  | {
      kind: 'speech';
      /** More than one where people speak at the same time. */
      lines: readonly UnitLine[];
      /** The script's own words with the line in them, where it has such; else the line is told as `Mara says: “...”`. */
      told?: string;
      opens: boolean;
      source: SourceSpan;
    }
  /** Stands for the editor: belongs to the lines of the shot beside it and is seen in none. */
  | { kind: 'left-out'; words: string; source: SourceSpan };
