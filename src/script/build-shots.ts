import { canonicalJson } from '../lib/canonical-json.ts';
import { StudioError } from '../lib/errors.ts';
import type { ScriptShot } from './script-shot.ts';
import { MAX_SCENE_NUMBER, MAX_SHOTS, SHORTEST_ON_SCREEN_S } from './script-shot.ts';
import { fieldMeant, shotFieldNamed, type ReadFields } from './shot-fields.ts';
import { speechesOfLine } from './speeches-of-line.ts';
import { shotsInvalid, shown, type ShotProblem } from './shot-problem.ts';
import { withFraming } from './with-framing.ts';

/** A shot as a list gives it: names as written, values as JSON. */
export interface ListedShot {
  /** For messages: `shot 3`, `row 4`. */
  label: string;
  given: readonly { name: string; value: unknown }[];
  source: ScriptShot['source'];
}

/**
 * Checks every field of every shot and says everything that is wrong at once.
 * @param found what was found wrong elsewhere in the list, to be said in the same breath.
 * @throws StudioError SCRIPT_SHOTS_INVALID (`detail.problems` holds all, the message the first 10, each once with how many shots have it), SCRIPT_TOO_LARGE, SCRIPT_EMPTY.
 */
export function buildShots(listed: readonly ListedShot[], defaults: ListedShot['given'], name: string, found: readonly ShotProblem[] = []): ScriptShot[] {
  if (listed.length === 0) throw new StudioError('SCRIPT_EMPTY', `${name} lists no shots.`, { next: 'Give at least one shot with a prompt; docs/shot-lists.md has examples.', detail: { name } });
  requireShotCount(listed.length, name);
  const problems: ShotProblem[] = [...found];
  const common = readFields(defaults, 'defaults', problems);
  const shots: ScriptShot[] = [];
  let scene = 1;
  let sceneHeading: string | undefined;
  for (const [index, { label, given, source }] of listed.entries()) {
    const own = readFields(given, label, problems);
    const { sceneWord, heading, screenS, notes, size, move, ...fields } = merged(common, own, label, problems);
    if (screenS !== undefined) fields.outS = roundedS((fields.inS ?? 0) + screenS);
    if (fields.prompt === undefined && !given.some(({ name: word }) => shotFieldNamed(word)?.name === 'prompt')) {
      problems.push({ where: label, field: 'prompt', message: 'is missing; every shot needs one' });
    }
    problems.push(...timeProblems({ ...fields, ...(screenS === undefined ? {} : { screenS }) }, label), ...continuityProblems(fields, label, index));
    const newHeading = heading ?? (typeof sceneWord === 'string' ? sceneWord : undefined);
    if (typeof sceneWord === 'number') {
      if (sceneWord !== scene) sceneHeading = undefined;
      scene = sceneWord;
    } else if (newHeading !== undefined && newHeading !== sceneHeading && index > 0) scene += 1;
    if (scene > MAX_SCENE_NUMBER) problems.push({ where: label, field: 'scene', message: `would be scene ${scene}; the highest is ${MAX_SCENE_NUMBER}` });
    sceneHeading = newHeading ?? sceneHeading;
    const shot = { scene, ...(sceneHeading === undefined ? {} : { sceneHeading }), ...fields, prompt: withFraming(fields.prompt ?? '', size, move) };
    const speeches = speechesOfLine(shot);
    shots.push({ ...shot, ...(speeches === undefined ? {} : { speeches }), ...(notes === undefined ? {} : { notes }), source, place: label, text: canonicalJson(shot) });
  }
  if (problems.length > 0) throw shotsInvalid(problems, name);
  return shots;
}

export function requireShotCount(count: number, name: string): void {
  if (count > MAX_SHOTS) throw tooManyShots(String(count), name, count);
}

/** @param words how many, for a person. */
export function tooManyShots(words: string, name: string, count: number): StudioError {
  return new StudioError('SCRIPT_TOO_LARGE', `${name} has ${words} shots; one project takes at most ${MAX_SHOTS}.`, { next: 'Part the script into several files, by acts or reels, one project each.', detail: { name, count } });
}

function readFields(given: ListedShot['given'], where: string, problems: ShotProblem[]): ReadFields {
  const fields: ReadFields = {};
  const seen = new Map<string, string>();
  for (const { name, value } of given) {
    const field = shotFieldNamed(name);
    const twin = field && seen.get(field.name);
    if (field === undefined) {
      const nearest = fieldMeant(name);
      problems.push({ where, field: name, message: `is no field of a shot${nearest === undefined ? '' : `; did you mean "${nearest}"?`}` });
      continue;
    }
    if (twin !== undefined) {
      problems.push({ where, field: name, message: `says the same as "${twin}"; give one of them` });
      continue;
    }
    seen.set(field.name, name);
    if (where === 'defaults' && !field.asDefault) {
      problems.push({ where, field: name, message: 'cannot be a default; give it with each shot' });
      continue;
    }
    const read = field.schema.safeParse(value);
    if (read.success) Object.assign(fields, read.data);
    else problems.push({ where, field: name, message: `got ${shown(value)}, takes ${field.allowed}` });
  }
  return fields;
}

/** A shot's own words win; `screen` and `out` say the same thing, so the nearer of them stands. */
function merged(common: ReadFields, own: ReadFields, where: string, problems: ShotProblem[]): ReadFields {
  const inherited = { ...common };
  if (own.screenS !== undefined) delete inherited.outS;
  if (own.outS !== undefined) delete inherited.screenS;
  const fields = { ...inherited, ...own };
  if (fields.screenS !== undefined && fields.outS !== undefined) {
    problems.push({ where, field: 'screen', message: `got ${fields.screenS}, but "out" (${fields.outS}) says when the shot ends already; give one of them` });
    delete fields.screenS;
  }
  return fields;
}

/** Sums of tenths, without the crumbs that binary fractions leave. */
function roundedS(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

function timeProblems({ inS, outS, screenS, durationS }: ReadFields, where: string): ShotProblem[] {
  const problems: ShotProblem[] = [];
  if (inS !== undefined && outS !== undefined && outS <= inS) problems.push({ where, field: 'out', message: `got ${outS}, must come after "in" (${inS})` });
  else if (outS !== undefined && roundedS(outS - (inS ?? 0)) < SHORTEST_ON_SCREEN_S) {
    const got = screenS === undefined ? { field: 'out', words: `${outS}${inS === undefined ? '' : `, ${roundedS(outS - inS)} s after "in"`}` } : { field: 'screen', words: String(screenS) };
    problems.push({ where, field: got.field, message: `got ${got.words}; a shot is on screen for at least ${SHORTEST_ON_SCREEN_S} s, a single picture` });
  }
  if (durationS === undefined) return problems;
  if (inS !== undefined && inS >= durationS) problems.push({ where, field: 'in', message: `got ${inS}, must lie within the clip of ${durationS} s` });
  // Clips come out a frame longer than asked for, so a tenth of a second more is no mistake.
  if (outS !== undefined && outS > durationS + 0.1) {
    problems.push(screenS === undefined ? { where, field: 'out', message: `got ${outS}, must lie within the clip of ${durationS} s` } : { where, field: 'screen', message: `got ${screenS}${inS === undefined ? '' : ` from ${inS} s on`}, but the clip has only ${durationS} s` });
  }
  return problems;
}

function continuityProblems({ continues, startFrame }: ReadFields, where: string, index: number): ShotProblem[] {
  if (continues !== true) return [];
  const problems: ShotProblem[] = [];
  if (index === 0) problems.push({ where, field: 'continues', message: 'is the first shot, so there is none before it to continue' });
  if (startFrame !== undefined) problems.push({ where, field: 'continues', message: `begins where the shot before it ends, so it cannot begin with "startFrame" (${shown(startFrame)}) as well` });
  return problems;
}

