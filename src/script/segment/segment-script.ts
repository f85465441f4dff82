import type { Screenplay } from '../screenplay/screenplay.ts';
import type { ScriptShot } from '../script-shot.ts';
import type { WrittenCharacter } from '../written-cast.ts';
import { castOfPeople, peopleOfScreenplay } from './cast-of-screenplay.ts';
import { ShotDrafter } from './draft-shots.ts';
import { pacingOf, type Pace } from './pacing.ts';
import { partsFinder, type FindParts } from './passage.ts';
import type { People } from './people.ts';
import type { ScriptUnit } from './script-unit.ts';
import { tongueOf } from './tongue.ts';
import { readStory, unitsOfProse, type ProseText } from './units-of-prose.ts';
import { unitsOfScreenplay } from './units-of-screenplay.ts';
import { shotOf } from './write-shot.ts';

export interface SegmentOptions {
  /** Default `even`. */
  pace?: Pace;
  /** No shot is longer, in seconds. Default and most 10. */
  longestS?: number;
}

/** A script as shots, with the people found in it. */
export interface SegmentedScript {
  shots: ScriptShot[];
  cast: WrittenCharacter[];
  /** Sentences for a person: what of the script is in no picture. */
  notes: string[];
}

/**
 * Scenes, beats and shots of a screenplay. Pure: the same script gives the same shots.
 * @param source the text it was read from, so that every shot points to its own lines; without it, to whole paragraphs.
 */
export function segmentScreenplay(screenplay: Screenplay, source?: string, options: SegmentOptions = {}): SegmentedScript {
  const people = peopleOfScreenplay(screenplay);
  const findParts = partsFinder(source);
  return segmented(unitsOfScreenplay(screenplay, people, findParts), { people, findParts, told: false, text: screenplay.elements.map(({ text }) => text).join('\n') }, options);
}

/**
 * Scenes, beats and shots of a story, or of a list of shots told in words. Pure: the same text gives the same shots.
 * @param prose its text, and where its paragraphs and the divisions between them are.
 */
export function segmentProse(prose: ProseText, options: SegmentOptions = {}): SegmentedScript {
  const story = readStory(prose);
  return segmented(unitsOfProse(prose, story), { people: story.people, findParts: partsFinder(prose.text), told: true, text: prose.text }, options);
}

function segmented(units: Iterable<ScriptUnit>, { people, findParts, told, text }: { people: People; findParts: FindParts; told: boolean; text: string }, { pace = 'even', longestS }: SegmentOptions): SegmentedScript {
  const tongue = tongueOf(text);
  const pacing = pacingOf(pace, longestS);
  const drafter = new ShotDrafter({ people, pacing, findParts, told, tongue });
  for (const unit of units) drafter.take(unit);
  const shots = drafter.drafts.map((draft) => shotOf(draft, people, pacing, tongue));
  const seen = new Set(shots.flatMap(({ cast = [] }) => cast));
  return { shots, cast: castOfPeople(people).filter(({ name }) => seen.has(name)), notes: notesOf(drafter.leftOut) };
}

function notesOf(leftOut: ShotDrafter['leftOut']): string[] {
  if (leftOut.length === 0) return [];
  const shown = leftOut.slice(0, 5).map(({ words, source }) => `line ${source.startLine} (${JSON.stringify(words.slice(0, 30))})`);
  return [`Titles and words for the editor make no shot: ${shown.join(', ')}${leftOut.length > 5 ? ` and ${leftOut.length - 5} more` : ''}.`];
}
