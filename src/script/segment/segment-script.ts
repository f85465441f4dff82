import type { Screenplay } from '../screenplay/screenplay.ts';
import { linesOf } from '../line-of.ts';
import { withSceneLines } from '../prose/scene-lines.ts';
import type { ScriptShot } from '../script-shot.ts';
import type { WrittenCharacter } from '../written-cast.ts';
import { castOfPeople, peopleOfScreenplay } from './cast-of-screenplay.ts';
import { ShotDrafter } from './draft-shots.ts';
import { pacingOf, type Pace } from './pacing.ts';
import { partsFinder, type FindParts } from './passage.ts';
import type { People } from './people.ts';
import type { ScriptUnit } from './script-unit.ts';
import { isEnglish, tongueOf, type Tongue } from './tongue.ts';
import { lookBeside, readStory, unitsOfProse, type ProseText } from './units-of-prose.ts';
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
  const tongue = tongueOf(screenplay.elements.map(({ text }) => text).join('\n'));
  const people = peopleOfScreenplay(screenplay, tongue.language);
  const findParts = partsFinder(source);
  return segmented(() => unitsOfScreenplay(screenplay, people, findParts, tongue.language), { people, findParts, told: false, tongue }, options);
}

/**
 * Scenes, beats and shots of a story, or of a list of shots told in words. Pure: the same text gives the same shots.
 * @param told its text, and where its paragraphs and the divisions between them are.
 */
export function segmentProse(told: ProseText, options: SegmentOptions = {}): SegmentedScript {
  const prose = withSceneLines(told);
  const story = readStory(prose);
  const script = segmented(() => unitsOfProse(prose, story), { people: story.people, findParts: partsFinder(prose.text), told: true, tongue: tongueOf(prose.text) }, options);
  const look = lookBeside(prose);
  if (look === undefined) return script;
  const { line } = linesOf(prose.text)(look.start);
  return { ...script, notes: [...script.notes, `What stands under ${JSON.stringify(look.heading)} (line ${line}) is sent with no shot: as the \`look\` of a file of cast and look it is sent with each.`] };
}

function segmented(units: () => Iterable<ScriptUnit>, { people, findParts, told, tongue }: { people: People; findParts: FindParts; told: boolean; tongue: Tongue }, { pace = 'even', longestS }: SegmentOptions): SegmentedScript {
  const pacing = pacingOf(pace, longestS);
  const drafted = (onlySeen: boolean): ShotDrafter => {
    const made = new ShotDrafter({ people, pacing, findParts, told, tongue, onlySeen });
    for (const unit of units()) made.take(unit);
    made.finish();
    return made;
  };
  const seenOnly = drafted(told && isEnglish(tongue));
  // A text that shows nothing at all is filmed as it stands.
  const drafter = seenOnly.drafts.length === 0 ? drafted(false) : seenOnly;
  const shots = drafter.drafts.map((draft) => shotOf(draft, people, pacing, tongue));
  const seen = new Set(shots.flatMap(({ cast = [] }) => cast));
  return { shots, cast: castOfPeople(people).filter(({ name }) => seen.has(name)), notes: notesOf(drafter) };
}

function notesOf({ leftOut, onlyTold }: ShotDrafter): string[] {
  return [
    ...(leftOut.length === 0 ? [] : [`Titles and words for the editor make no shot: ${shown(leftOut)}.`]),
    ...(onlyTold.length === 0 ? [] : [`Told and not seen (thoughts, habits, what was before), so in no prompt: ${shown(onlyTold.map(({ text, source }) => ({ words: text, source })))}.`]),
  ];
}

function shown(passages: ShotDrafter['leftOut']): string {
  const some = passages.slice(0, 5).map(({ words, source }) => `line ${source.startLine} (${JSON.stringify(words.slice(0, 30))})`);
  return `${some.join(', ')}${passages.length > 5 ? ` and ${passages.length - 5} more` : ''}`;
}
