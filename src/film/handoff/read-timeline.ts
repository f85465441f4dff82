import { StudioError } from '../../lib/errors.ts';

/** A cut as an editor's file has it: one track, in order. Times in seconds, as exact as the file. */
export interface ReadTimeline {
  items: ReadItem[];
  /** What the file has and a film cannot show, and that is left out: dissolves, titles, music. Sentences for a person. */
  leftOut: string[];
  /** What the file has and that cannot be left out without showing something else: every one refuses the whole file. */
  problems: string[];
}

export type ReadItem = ReadClip | { kind: 'gap'; durationS: number };

export interface ReadClip {
  kind: 'clip';
  /** Where it stands in the file, for a person: `line 12`, `clip 7`. */
  where: string;
  /** What it calls its media: its address or path where the file has one, else names. One of ours among them decides. */
  names: string[];
  /** Our own id of the shot, where the file kept it. */
  shotId?: string;
  /** Where it begins within its media, from the media's first frame. */
  inS: number;
  durationS: number;
  /** What a moment in the file can be exact to: a frame of the media, or (time code) one of the film. */
  grid: 'media' | 'film';
}

/** One error for a file that cannot be understood, with the place. */
export function unreadable(name: string, place: string | undefined, reason: string): StudioError {
  return new StudioError('EDIT_UNREADABLE', `${name}${place === undefined ? '' : `, ${place}`}: ${reason}.`, { next: 'Export it again from the editor, as OpenTimelineIO, FCPXML or EDL. Nothing was changed.', detail: { name } });
}

/** A name for messages: in quotes, on one line, not endless. */
export function quoted(name: string): string {
  const line = name.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return `"${line.length > 80 ? `${line.slice(0, 79)}…` : line}"`;
}

/** Effects by name with how many clips have each, as one sentence a name: editors put some on every clip. */
export function effectsLeftOut(effects: ReadonlyMap<string, number>): string[] {
  return [...effects].map(([name, clips]) => `the effect ${quoted(name)}${clips === 1 ? '' : ` on ${clips} clips`}`);
}
