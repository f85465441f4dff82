import { StudioError } from '../../lib/errors.ts';
import type { Engine } from '../../protocol/shot-settings.ts';
import type { Edit, Store, ProjectPrompt } from '../../store/index.ts';
import { planCut } from '../cut-plan.ts';
import type { FilmClips } from '../make-film.ts';
import { editOfTimeline, findClips } from './edit-of-timeline.ts';
import { FilmAsItIs, type ChosenTakes } from './film-as-it-is.ts';
import { frameRateFrom, type FrameRate } from './frame-rate.ts';
import { HandedNames } from './handed-names.ts';
import { readEdl } from './read-edl.ts';
import { readFcpxml } from './read-fcpxml.ts';
import { readOtio } from './read-otio.ts';
import { unreadable, type ReadTimeline } from './read-timeline.ts';

export interface EditRequest {
  projectId: string;
  engine: Engine;
  file: { name: string; bytes: Uint8Array };
}

/** What a file from an editor makes of a film. Nothing of it is saved yet. */
export interface EditReading {
  edit: Omit<Edit, 'readAtMs'>;
  selections: ChosenTakes['selections'];
  /** For a person: what was left out of the file, and what is not as it was there. */
  notes: string[];
}

/**
 * Reads an OpenTimelineIO, FCPXML or EDL file as the order and trims of a film.
 * @throws StudioError EDIT_UNREADABLE with the place and the reason; EDIT_REFUSED with everything in it that a film cannot be.
 */
export async function readEdit(store: Store, clips: Pick<FilmClips, 'find'>, prompts: readonly ProjectPrompt[], { projectId, engine, file }: EditRequest): Promise<EditReading> {
  const removed = await store.projects.loadRemovedPrompts(projectId);
  const takes = await store.takes.list([...prompts, ...removed].map(({ id }) => id), engine);
  const handOff = await store.edits.findHandOff(projectId);
  const film = new FilmAsItIs(clips, prompts, removed, takes);
  const now = planCut({ prompts, takes, edit: await store.edits.find(projectId), cast: [] });
  const timeline = readFile(file, handOff ? frameRateFrom(handOff.frameRate) : await film.rateOf(now));

  const names = new HandedNames(prompts, removed, handOff);
  const { found, problems: foreign } = findClips(timeline, (named) => names.idOf(named));
  const { selections, notes, problems: takeProblems } = film.choose([...found.values()]);
  const inFilm = new Set(prompts.map(({ id }) => id));
  const shots = await film.knownShots([now, planCut({ prompts, takes, edit: undefined, cast: [] })], new Set([...found.values()].map(({ shotId }) => shotId)));
  const { parts, problems } = editOfTimeline(timeline, found, shots);
  refuseWith(file.name, [...timeline.problems, ...foreign, ...takeProblems, ...problems]);

  const used = new Set(parts.flatMap((part) => ('shotId' in part ? [part.shotId] : [])));
  const gone = removed.filter(({ id }) => used.has(id));
  if (![...used].some((id) => inFilm.has(id))) throw unreadable(file.name, undefined, 'none of its shots is in the script any more');
  return {
    // A shot that no hand-off named is none that the editor left out.
    edit: { source: file.name, parts, leftOut: prompts.flatMap(({ id }) => (!used.has(id) && names.wereHandedOff(id) ? [id] : [])) },
    selections,
    notes: [
      ...timeline.leftOut.map((what) => `Left out: ${what}.`),
      ...notes,
      ...(gone.length > 0 ? [`No longer in the script, so not in the film until they are again: ${gone.map(({ id }) => names.slateOf(id)).join(', ')}.`] : []),
    ],
  };
}

function readFile({ name, bytes }: EditRequest['file'], rate: FrameRate): ReadTimeline {
  const text = decoded(bytes);
  const start = text.trimStart();
  if (start === '') throw unreadable(name, undefined, 'it is empty');
  if (start.startsWith('{') || start.startsWith('[')) return readOtio(text, name);
  if (start.startsWith('<')) return readFcpxml(text, name);
  if (/^(?:TITLE:|FCM:|\d+\s+\S)/m.test(text)) return readEdl(text, name, rate);
  throw unreadable(name, undefined, 'it is neither OpenTimelineIO nor FCPXML nor an EDL');
}

/** UTF-8 or UTF-16; a list of some older editor may be neither, and its names are plain letters all the same. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

const SHOWN_PROBLEMS = 10;

function refuseWith(name: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const lines = problems.slice(0, SHOWN_PROBLEMS).map((problem) => `\n  ${problem}`);
  const more = problems.length > lines.length ? `\n  and ${problems.length - lines.length} more` : '';
  throw new StudioError('EDIT_REFUSED', `${name} is not read, because the film cannot be cut like this:${lines.join('')}${more}`, {
    next: 'Put that right in the editor and export it again, or finish the film there. Nothing was changed.',
    detail: { name, problems: problems.slice(0, 200) },
  });
}
