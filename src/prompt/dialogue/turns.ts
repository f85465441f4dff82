import type { CueLabel } from './cue-labels.ts';
import type { Person } from './mention.ts';
import type { Candidate } from './speech-candidates.ts';
import type { Tag } from './tags.ts';
import type { SpeakerSource } from './types.ts';

/** Speech with everything that was read around it. */
export interface Speech {
  candidate: Candidate;
  label: CueLabel | undefined;
  /** A tag beside it. */
  tag: Tag | undefined;
  /** Who acts in the narrator's words of its paragraph: a name, a description or a pronoun. */
  readonly actor: Tag | undefined;
  /** Between the last speech of the same paragraph and this one stands only that speech's tag. */
  continues: boolean;
  /** The narrator says right behind it that nobody is seen. */
  offScreen: boolean;
}

export interface Attribution {
  speaker?: string;
  source: SpeakerSource;
  confidence: number;
  evidence: string;
}

export interface Turn {
  speeches: Speech[];
  paragraph: number;
  lastParagraph: number;
  start: number;
  end: number;
  /** Whom it calls by name. */
  addressed: Person | undefined;
  given?: Given;
}

export interface Given extends Attribution {
  person?: Person | undefined;
}
