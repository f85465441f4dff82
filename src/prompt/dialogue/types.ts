/** How a line is heard: by whom we see, over the picture, from outside it, as a song, or only in somebody's head. */
export type SpeechKind = 'spoken' | 'vo' | 'os' | 'sung' | 'thought';

/**
 * How the speaker is known, surest first: a screenplay's cue, `Name:`, `[Name]`, a tag (`said Mara`), a tag with a pronoun
 * that was traced, the person who acts in the same paragraph, the same turn going on, the turns of two speakers, or not at all.
 */
export type SpeakerSource = 'cue' | 'colon' | 'bracket' | 'tag' | 'pronoun' | 'action' | 'continued' | 'alternation' | 'unknown';

/** UTF-16 offsets into the source; the end is the first unit behind. */
export type TextRange = readonly [start: number, end: number];

export interface DialogueLine {
  /** As the text names them, extensions like (V.O.) left out; missing where the text does not say. */
  speaker?: string;
  speakerSource: SpeakerSource;
  /** The words without quote marks; the narrator's inserts are left out, line breaks are blanks. A screenplay's notes and marks of emphasis are no words. Never invented. */
  text: string;
  /** Where the words stand. A part ends only where a narrator speaks: more parts are one speech with inserts. */
  parts: readonly TextRange[];
  kind: SpeechKind;
  /** How it is said: `whispering`, from `(whispering)` or `[Narrator, calm male voice]`. */
  parenthetical?: string;
  /** Spoken at the same time as the line before it (Fountain's `^`). */
  dual: boolean;
  /** 0 to 1: that this is speech, and by this speaker. From 0.8 on it is right nine times out of ten. */
  confidence: number;
  /** Why: what was read, in words. */
  evidence: readonly string[];
}

export interface DialogueOptions {
  /** What the text is; found out when missing. A screenplay in a prompt is found either way. */
  kind?: 'prose' | 'screenplay' | 'prompt';
  /** `en`, `fr`, ...; found out when missing or not known. */
  language?: string;
  /** The names of the people who may speak, with other names of theirs. */
  cast?: readonly (string | { name: string; aliases?: readonly string[]; gender?: 'female' | 'male' })[];
}

export interface Dialogue {
  kind: 'prose' | 'screenplay' | 'prompt';
  /** A code of two letters. */
  language: string;
  /** In the order of the text. */
  lines: readonly DialogueLine[];
}
