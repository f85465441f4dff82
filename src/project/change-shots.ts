import { StudioError } from '../lib/errors.ts';
import type { HandField } from '../protocol/by-hand.ts';
import { errorLines } from '../protocol/finding-lines.ts';
import { isLastFrame, type Frame, type ShotSettings } from '../protocol/shot-settings.ts';
import { pictureKey, type Project, type ProjectPrompt } from '../store/index.ts';
import { checkShot, refused } from './check-shot.ts';
import { composePrompt, whoIsIn } from './compose-prompt.ts';
import { scriptPromptOf } from './held-by-hand.ts';
import { heardLine, loadPromptChecks, type PromptChecks } from './prompt-checks.ts';
import { settingsOf } from './shot-settings.ts';

/** What a person changes of a shot. What is left out stays; `null` takes a value away: then model, mode, length and shape are the film's. */
export interface ShotChange {
  /** Its own words, without those of cast and look. */
  prompt?: string | undefined;
  negativePrompt?: string | null | undefined;
  /** A word for a model, or Kling's own name. */
  model?: string | null | undefined;
  mode?: ShotSettings['mode'] | null;
  durationS?: number | null | undefined;
  aspectRatio?: ShotSettings['aspectRatio'] | null;
  sound?: boolean | null | undefined;
  cfgScale?: number | null | undefined;
  cameraControl?: null | undefined;
  takes?: number | undefined;
  inS?: number | null | undefined;
  outS?: number | null | undefined;
  line?: string | null | undefined;
  startFrame?: Frame | null | undefined;
  endFrame?: Frame | null | undefined;
  /** It is filmed with the errors in its words. */
  accepted?: boolean | null | undefined;
}

/** A film with some of its shots changed; nothing is saved. */
export interface ChangedShots {
  /** Every shot of the film, in order; those that do not change are the very ones that were given. */
  prompts: ProjectPrompt[];
  changes: { before: ProjectPrompt; after: ProjectPrompt }[];
  /** Errors in words that are new, and that nobody accepted. */
  errors: string[];
}

/**
 * Changes stored shots by the rules that plans are made by: what the model can, what is found in the words. Saves nothing.
 * @param prompts the film's shots in order, as they are stored. @throws StudioError SHOTS_REFUSED; MODEL_UNKNOWN.
 */
export async function changeShots(film: Pick<Project, 'filmSettings' | 'castAndLook'>, prompts: readonly ProjectPrompt[], shotIds: ReadonlySet<string>, change: ShotChange): Promise<ChangedShots> {
  const checks = await loadPromptChecks();
  const problems: string[] = [];
  const changes: ChangedShots['changes'] = [];
  const errors: string[] = [];
  const after = prompts.map((before, index) => {
    if (!shotIds.has(before.id)) return before;
    const next = shotAfter(before, change, wordsAfter(before, change, film, checks));
    if (JSON.stringify(next) === JSON.stringify(before)) return before;
    problems.push(...problemsOf(before, next, change, index).map((problem) => `${before.name}: ${problem}`));
    changes.push({ before, after: next });
    if (isAnother(before, next)) errors.push(...errorLines([next]));
    return next;
  });
  if (problems.length > 0) throw refused(problems, 'here', 'Nothing was changed or spent. Ask for something the model can.');
  return { prompts: after, changes, errors };
}

/** @throws StudioError PROMPTS_REFUSED for errors in words that nobody accepted. */
export function requireAccepted({ errors, changes }: ChangedShots): void {
  if (errors.length === 0) return;
  const list = errors.slice(0, 20).map((line) => `\n  ${line}`).join('');
  throw new StudioError('PROMPTS_REFUSED', `These words have ${errors.length === 1 ? 'an error' : `${errors.length} errors`}:${list}`, {
    next: 'Change the words, or accept what was found: then they are filmed as they are, and Kling decides. Nothing was changed or spent.',
    detail: { errors: errors.length, shots: changes.filter(({ after }) => errorLines([after]).length > 0).map(({ after }) => after.name), issues: errors.slice(0, 100) },
  });
}

function isAnother(before: ProjectPrompt, after: ProjectPrompt): boolean {
  return before.prompt !== after.prompt || pictureKey(before.settings) !== pictureKey(after.settings);
}

interface Words {
  settings: ShotSettings;
  own: string;
  found: { findings: ProjectPrompt['findings']; cast: ProjectPrompt['cast']; line: string | undefined };
}

function wordsAfter(before: ProjectPrompt, change: ShotChange, film: Pick<Project, 'filmSettings' | 'castAndLook'>, checks: PromptChecks): Words {
  const own = change.prompt ?? before.prompt;
  const reworded = own !== before.prompt;
  const line = change.line === undefined ? before.line : (change.line ?? undefined);
  const records = film.castAndLook.cast;
  const cast = reworded ? whoIsIn({ prompt: own, ...givenCast(before, records), ...(line === undefined ? {} : { line }) }, records) : undefined;
  const asked = settingsAfter(before, change, film);
  const settings = cast === undefined ? asked : { ...asked, prompt: composePrompt(own, cast, film.castAndLook.look) };
  const names = cast?.names ?? before.cast ?? [];
  const unchanged = !reworded && change.line === undefined && pictureKey(settings) === pictureKey(before.settings);
  if (unchanged && (before.findings !== undefined || change.accepted == null)) return { settings, own, found: { findings: before.findings, cast: before.cast, line } };

  const words = { own, settings, cast: names };
  // A line that was heard in the old words is heard anew; one that somebody wrote stays.
  const isHeard = reworded && change.line === undefined && before.byHand?.fields.includes('line') !== true && line === heardIn(before, checks);
  const written = isHeard ? undefined : (line ?? '');
  const fresh = checks.findings(words, { prompt: own, ...(written === undefined ? {} : { line: written }) });
  // Who accepted errors did so for the words that were there; a line that a person writes, or keeps, is no guess.
  const findings = reworded || before.findings === undefined ? fresh : { ...before.findings, issues: fresh.issues, ...(change.line === undefined ? {} : { lines: fresh.lines.map((each) => ({ ...each, confidence: 1 })) }) };
  return { settings, own, found: { findings, cast: names.length === 0 ? undefined : names, line: isHeard ? heardLine(fresh.lines) : line } };
}

/** Whom the script names for a shot: everybody in it who is not there only because the old words named them. */
function givenCast(before: ProjectPrompt, records: Parameters<typeof whoIsIn>[1]): { cast?: string[] } {
  const inWords = new Set(whoIsIn({ prompt: before.prompt }, records).names);
  const given = (before.cast ?? []).filter((name) => !inWords.has(name));
  return given.length === 0 ? {} : { cast: given };
}

function heardIn(before: ProjectPrompt, checks: PromptChecks): string | undefined {
  const { prompt, settings, cast = [] } = before;
  return heardLine(checks.findings({ own: prompt, settings, cast }, { prompt }).lines);
}

const DECIDE_SETTINGS = ['negativePrompt', 'model', 'mode', 'durationS', 'aspectRatio', 'sound', 'cfgScale', 'cameraControl', 'startFrame', 'endFrame'] as const;

function settingsAfter({ settings, outS }: ProjectPrompt, change: ShotChange, { filmSettings }: Pick<Project, 'filmSettings'>): ShotSettings {
  if (DECIDE_SETTINGS.every((field) => change[field] === undefined)) return settings;
  const { prompt } = settings;
  const after = <Value>(value: Value | null | undefined, before: Value | undefined): Value | undefined => (value === undefined ? before : (value ?? undefined));
  const fields = {
    model: after(change.model, settings.model),
    // A mode belongs to its model.
    mode: change.mode === undefined && change.model !== undefined ? undefined : after(change.mode, settings.mode),
    durationS: after(change.durationS, settings.durationS),
    aspectRatio: after(change.aspectRatio, settings.aspectRatio),
    sound: after(change.sound, settings.sound),
    cfgScale: after(change.cfgScale, settings.cfgScale),
    cameraControl: change.cameraControl === null ? undefined : settings.cameraControl,
    outS: after(change.outS, outS),
  };
  const frames = { startFrame: after(change.startFrame, settings.startFrame), endFrame: after(change.endFrame, settings.endFrame) };
  // The film's negative prompt comes back only to who asks for it by its words: none here means none.
  const negativePrompt = after(change.negativePrompt, settings.negativePrompt) ?? '';
  const asked = settingsOf({ prompt, negativePrompt, ...defined(fields) } as Parameters<typeof settingsOf>[0], filmSettings, defined(frames));
  return pictureKey(asked) === pictureKey(settings) ? settings : asked;
}

function defined<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
}

function shotAfter(before: ProjectPrompt, change: ShotChange, { settings, own, found }: Words): ProjectPrompt {
  const { cast: _cast, outS: outBefore, line: _line, findings: _findings, byHand: _byHand, ...same } = before;
  const outS = change.outS === undefined ? outBefore : (change.outS ?? undefined);
  const line = found.line === '' ? undefined : found.line;
  const { findings } = found;
  const isWrong = findings?.issues.some(({ severity }) => severity === 'error') === true;
  const { accepted: acceptedBefore, ...others } = findings ?? { issues: [], lines: [] };
  const accepted = change.accepted === undefined ? acceptedBefore : change.accepted === true ? true : undefined;
  const { fixed, ...withoutFix } = others;
  const after: ProjectPrompt = {
    ...same,
    prompt: own,
    settings,
    inS: change.inS === undefined ? before.inS : (change.inS ?? 0),
    takesWanted: change.takes ?? before.takesWanted,
    ...defined({ cast: found.cast, outS, line }),
    // Words of a person are no fix of the script's.
    ...(findings === undefined ? {} : { findings: { ...withoutFix, ...(fixed === undefined || own !== before.prompt ? {} : { fixed }), ...(accepted === true && isWrong ? { accepted } : {}) } }),
  };
  const byHand = byHandAfter(before, after);
  return inStoredOrder(byHand === undefined ? after : { ...after, byHand });
}

/** What of a shot is another now than its script has it. */
function byHandAfter(before: ProjectPrompt, after: ProjectPrompt): ProjectPrompt['byHand'] {
  const pictures = DECIDE_SETTINGS.filter((field) => JSON.stringify(before.settings[field]) !== JSON.stringify(after.settings[field]))
    // A start frame brings its own shape, and takes it away again.
    .filter((field) => field !== 'aspectRatio' || before.settings.kind === after.settings.kind);
  const others: HandField[] = [
    ...(before.prompt === after.prompt ? [] : (['prompt'] as const)),
    ...(before.takesWanted === after.takesWanted ? [] : (['takes'] as const)),
    ...(['inS', 'outS', 'line'] as const).filter((field) => before[field] !== after[field]),
  ];
  const fields = [...new Set([...(before.byHand?.fields ?? []), ...others, ...pictures])];
  if (fields.length === 0) return undefined;
  return { fields, ...(fields.includes('prompt') ? { prompt: scriptPromptOf(before) } : {}) };
}

/** As the store reads a shot: two of them are compared as texts. */
function inStoredOrder({ id, projectId, name, index, sceneNumber, sceneHeading, numberInScene, text, startLine, endLine, prompt, cast, settings, inS, outS, line, takesWanted, findings, byHand }: ProjectPrompt): ProjectPrompt {
  return { id, projectId, name, index, sceneNumber, ...defined({ sceneHeading }), numberInScene, text, startLine, endLine, prompt, ...defined({ cast }), settings, inS, ...defined({ outS, line }), takesWanted, ...defined({ findings, byHand }) };
}

function problemsOf(before: ProjectPrompt, { settings, prompt, inS, outS }: ProjectPrompt, change: ShotChange, index: number): string[] {
  const isFirst = index === 0 && isLastFrame(settings.startFrame) ? ['it is the first shot, so there is none before it to go on from; give it a picture, or none'] : [];
  const shapeless = change.aspectRatio != null && settings.kind === 'image2video' ? ['its start or end frame decides its shape; leave the aspect ratio out'] : [];
  const isTouched = settings !== before.settings || inS !== before.inS || outS !== before.outS;
  return [...isFirst, ...shapeless, ...(isTouched ? checkShot(settings, prompt, { inS, outS }, change.mode ?? undefined) : [])];
}
