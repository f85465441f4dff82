import type { FilmSettings, Pacing } from '../protocol/shot-settings.ts';
import { readScript, type ReadScript, type ScriptReading } from '../script/index.ts';
import type { Project, ProjectPrompt, Store } from '../store/index.ts';
import { paidShots } from './read-words.ts';

/** A script read at the film's pace, and what of it goes into the film's settings. */
export interface PacedScript {
  script: ReadScript;
  settings: Pick<FilmSettings, 'pace' | 'pacesKept'>;
}

/** What of a request decides how its script is read. */
interface ReadingRequest extends Pick<FilmSettings, 'pace' | 'durationS'> {
  script: { name: string; bytes: Uint8Array };
  as?: ScriptReading;
  replan?: boolean;
}

/**
 * Reads a script at the pace that is asked for, or was. A scene that clips were made of keeps the pace it had, unless
 * `replan`: cut otherwise, its clips would show none of its shots.
 */
export async function readAtPace(store: Store, request: ReadingRequest, project: Project | undefined, inFilm: readonly ProjectPrompt[]): Promise<PacedScript> {
  const { script: given, as, replan } = request;
  const before = project?.filmSettings ?? {};
  const pace = request.pace ?? before.pace;
  const wanted: Pacing = { pace: pace ?? 'even', clipS: request.durationS ?? before.durationS };
  const read = async ({ pace: at, clipS }: Pacing) => await readScript(given.bytes, { name: given.name, ...(as === undefined ? {} : { as }), pace: at, ...(clipS === undefined ? {} : { longestS: clipS }) });
  const script = await read(wanted);
  const settings = pace === undefined ? {} : { pace };
  if (script.reading === 'shot-list' || script.reading === 'paragraphs') {
    const notes = request.pace === undefined ? [] : ['--pace does nothing here: this script says its shots itself.'];
    return { script: { ...script, notes: [...script.notes, ...notes] }, settings };
  }
  const others = [{ pace: before.pace ?? 'even', clipS: before.durationS } satisfies Pacing, ...(before.pacesKept ?? [])].filter((other) => !isSame(other, wanted));
  if (project === undefined || replan === true || others.length === 0) return { script, settings };
  const filmed = await paidShots(store, inFilm, project.engine);
  const texts = new Set(inFilm.filter(({ id }) => filmed.has(id)).map(({ text }) => text));
  const kept: Pacing[] = [];
  let { shots } = script;
  const scenes = new Set<number>();
  for (const other of others) {
    if (shots.filter(({ text }) => texts.has(text)).length >= texts.size) break;
    const { shots: cutBefore } = await read(other);
    const better = scenesWithMore(cutBefore, shots, texts);
    if (better.size === 0) continue;
    kept.push(other);
    for (const scene of better) scenes.add(scene);
    shots = [...new Set(shots.map(({ scene }) => scene))].flatMap((scene) => (better.has(scene) ? cutBefore : shots).filter((shot) => shot.scene === scene));
  }
  if (kept.length === 0) return { script, settings };
  const which = [...scenes].sort((a, b) => a - b);
  const note = `${which.length === 1 ? `Scene ${which[0]} stays` : `Scenes ${which.slice(0, 8).join(', ')}${which.length > 8 ? ` and ${which.length - 8} more` : ''} stay`} as cut before, because clips of ${which.length === 1 ? 'it' : 'them'} are there. To cut and film everything anew, add --replan; it shows the cost first.`;
  return { script: { ...script, shots, notes: [...script.notes, ...(request.pace === undefined && request.durationS === undefined ? [] : [note])] }, settings: { ...settings, pacesKept: kept } };
}

function isSame(a: Pacing, b: Pacing): boolean {
  return a.pace === b.pace && a.clipS === b.clipS;
}

/** Scenes of which a reading has more of the filmed shots than another. */
function scenesWithMore(a: ReadScript['shots'], b: ReadScript['shots'], texts: ReadonlySet<string>): Set<number> {
  const count = (shots: ReadScript['shots']) => {
    const counts = new Map<number, number>();
    for (const { scene, text } of shots) if (texts.has(text)) counts.set(scene, (counts.get(scene) ?? 0) + 1);
    return counts;
  };
  const [ofA, ofB] = [count(a), count(b)];
  return new Set([...ofA].filter(([scene, found]) => found > (ofB.get(scene) ?? 0)).map(([scene]) => scene));
}
