import type { SourceSpan } from '../screenplay/screenplay.ts';
import type { Place } from './place-words.ts';
import type { ReadSentence } from './read-sentence.ts';
import type { UnitLine } from './script-unit.ts';
import type { WhoIsMeant } from './who-is-meant.ts';

/** A piece of a shot's own words. */
export type Piece = { words: string; who: WhoIsMeant } & ({ said: false; read: ReadSentence } | { said: true });

/** A shot, while it is put together. */
export interface Draft {
  scene: number;
  heading?: string;
  /** Where and when it plays. */
  where: Place;
  pieces: Piece[];
  /** The script's own words, for telling whether an edit changed the shot. */
  written: string[];
  lines: UnitLine[];
  /** Everybody whom its own words show. */
  seen: string[];
  /** They, and who is still there from the shot that it continues. */
  view: string[];
  /** Everybody who acts in it. */
  subjects: string[];
  seconds: number;
  events: number;
  newView: boolean;
  elsewhere: boolean;
  /** Those it shows did not come along to where the story is. */
  isElsewhere: boolean;
  /** A later part of a speech that is longer than a clip. */
  reverse: boolean;
  /** The shot before it in the scene, where no cut stands between them. */
  before: Draft | undefined;
  continues: boolean;
  /** What people have in hand and on when it begins. */
  things: string[];
  /** Place and weather, when it ends. */
  place: string;
  source: SourceSpan;
  /** Nothing joins it. */
  closed: boolean;
  /** Names that stand in capitals: somebody comes in. */
  introduces: boolean;
}
