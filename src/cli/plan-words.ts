import { resolve } from 'node:path';
import { isLastFrame, type Engine, type ShotSettings } from '../protocol/shot-settings.ts';
import type { FilmPlan, PlannedShot, PlanRequest } from '../project/index.ts';
import { modelNamed } from '../kling/index.ts';
import type { RunForecast, ShotForecast } from '../generation/index.ts';
import type { PlanOptions } from './film-options.ts';
import { linesBelowShots, type FindingsShown } from './finding-words.ts';
import { count, listed, oneLine, printable, table } from './printable.ts';
import type { Session } from './session.ts';
import { capUnits, money } from './spend.ts';

/**
 * The options as the studio's plan takes them.
 * @param cwd where a path of an option begins.
 */
export function planRequest(script: PlanRequest['script'], options: PlanOptions, cwd: string): PlanRequest {
  const { project, as, model, mode, duration, aspect, negative, takes, pace, cast, replan, prefer, fix, anyway, cap } = options;
  return {
    script,
    ...(project === undefined ? {} : { projectName: project }),
    ...(as === undefined ? {} : { as }),
    ...(model === undefined ? {} : { model }),
    ...(mode === undefined ? {} : { mode }),
    ...(duration === undefined ? {} : { durationS: duration }),
    ...(aspect === undefined ? {} : { aspectRatio: aspect }),
    ...(negative === undefined ? {} : { negativePrompt: negative }),
    ...(takes === undefined ? {} : { takes }),
    ...(pace === undefined ? {} : { pace }),
    ...(cast === undefined ? {} : { castFile: cast === 'none' ? cast : resolve(cwd, cast) }),
    ...(replan === undefined ? {} : { replan }),
    ...(prefer === undefined ? {} : { prefer }),
    ...(cap === undefined ? {} : { capUnits: capUnits(cap) }),
    ...(fix === undefined ? {} : { fix }),
    ...(anyway === undefined ? {} : { anyway }),
  };
}

/**
 * How the script was read, what became of its shots, and what people should know before they spend.
 * @param castWords also the fixed words of each character.
 */
export function sayPlan(session: Session, plan: FilmPlan, castWords = false): void {
  session.say(`Read as ${printable(plan.reading)}: ${count(plan.shots.length, 'shot')}, ${filmLength(plan.shots)}.`);
  const changed = (['new', 'edited', 'replanned', 'fixed', 'kept'] as const).flatMap((change) => {
    const amount = plan.shots.filter((shot) => shot.change === change).length;
    return amount === 0 ? [] : [`${amount} ${change === 'kept' ? 'unchanged' : change}`];
  });
  if (plan.project) session.say(`Against the last time: ${changed.join(', ')}.`);
  if (plan.removed.length > 0) session.say(`No longer in the script: ${listed(plan.removed)}; their takes are kept.`);
  session.say(`Model: ${settingsWords(plan.shots)}.`);
  const ratio = ratioWords(plan.shots);
  if (ratio !== undefined) session.say(`Takes: ${ratio}.`);
  sayCast(session, plan, castWords);
  for (const note of plan.notes) session.say(`Note: ${printable(note)}`);
  for (const warning of plan.warnings) session.say(session.colours.yellow(`Warning: ${printable(warning)}`));
  session.counts({ shots: plan.shots.length });
  session.emit('plan', { project: plan.projectName, reading: plan.reading, shots: plan.shots.length, removed: plan.removed, notes: plan.notes, warnings: plan.warnings, screenS: filmScreenS(plan.shots), estimateUnits: plan.estimateUnits, takes: plan.shots.reduce((sum, { takesWanted }) => sum + takesWanted, 0) });
}

/** Who is in the film and how it looks, in as few lines as films with many people need. */
function sayCast(session: Session, plan: FilmPlan, withWords: boolean): void {
  const { cast, look } = plan.castAndLook;
  if (cast.length > 0) session.say(`Cast: ${listed(cast.map(({ name }) => `${printable(name)} (${count(plan.shots.filter((shot) => shot.cast?.includes(name) === true).length, 'shot')})`))}.`);
  const rows = cast.map(({ name, words, pictures }) => [printable(name), [words === undefined ? 'no words' : oneLine(words, 100), ...(pictures ?? []).map(({ path }) => oneLine(path, 60))].join('; ')]);
  if (withWords) for (const line of table(rows)) session.say(`  ${line}`);
  const words = Object.entries(look).map(([field, value]) => `${field} ${oneLine(value, 60).replace(/\.$/, '')}`);
  if (words.length > 0) session.say(`Look: ${words.join('; ')}.`);
  const withPictures = cast.filter(({ pictures }) => pictures !== undefined).map(({ name }) => printable(name));
  if (withPictures.length > 0) {
    // No call that is made here takes pictures of characters, whatever the model.
    const models = [...new Set(plan.shots.map(({ settings }) => modelNamed(settings.model)?.word ?? settings.model))];
    session.say(`Pictures of ${listed(withPictures)} are kept here and not sent: ${listed(models, 3)} ${models.length === 1 ? 'takes' : 'take'} none.`);
  }
  if (cast.length > 0 || words.length > 0) session.emit('cast', { project: plan.projectName, cast, look });
}

/** Every shot that the forecast is about on a line, with what filming it now would make of it and cost; below it what its words were found to say. */
export function sayShots(session: Session, plan: FilmPlan, engine: Engine, forecast: RunForecast, shown: FindingsShown): void {
  const columns = session.deps.stdout.columns ?? 120;
  const outlook = new Map(forecast.shots.map((each) => [each.shot, each]));
  const shots = plan.shots.filter(({ name }) => outlook.has(name));
  const anySentWith = shots.some(({ sentWith }) => sentWith.length > 0);
  const rows = shots.map((shot) => [
    shot.name,
    shot.change === 'kept' ? 'unchanged' : shot.change,
    screenWords(shot),
    outlookWords(engine, outlook.get(shot.name)),
    ...(anySentWith ? [shot.sentWith.length === 0 ? '' : `sent with: ${oneLine(shot.sentWith.join(', '), 30)}`] : []),
    oneLine(`${isLastFrame(shot.settings.startFrame) ? 'goes on: ' : ''}${shot.prompt}`, Math.max(30, columns - (anySentWith ? 100 : 70))),
  ]);
  const below = linesBelowShots(session, { shots }, shown);
  for (const [index, line] of table(rows).entries()) {
    session.say(`  ${line}`);
    for (const found of below.get(shots[index]?.name ?? '') ?? []) session.say(found);
  }
  for (const shot of shots) {
    const { name, change, prompt, cast, sentWith, settings, estimateUnits, takesWanted, startLine, endLine, inS, outS, line, findings, said } = shot;
    session.emit('shot', { project: plan.projectName, shot: name, change, startLine, endLine, place: said.place ?? null, prompt, cast: cast ?? [], sentWith, settings, inS, outS: outS ?? null, screenS: screenS(shot), takes: takesWanted, estimateUnits, line: line ?? null, lines: findings.lines, issues: findings.issues, fixed: findings.fixed ?? null, outlook: outlook.get(name) });
  }
}

/** What filming a shot now would do: `to make: $0.21 (1.5 units)`, `ready`, `2 to make: $0.42 (3 units); 1 ready`. */
function outlookWords(engine: Engine, outlook: ShotForecast | undefined): string {
  if (outlook === undefined) return '';
  const { toMake, estimateUnits, ready, atKling, givenUp, sameAs } = outlook;
  const several = toMake + ready + atKling + givenUp > 1;
  const some = (amount: number, words: string) => (amount === 0 ? [] : [several ? `${amount} ${words}` : words]);
  const parts = [...some(toMake, `to make: ${money(engine, estimateUnits)}`), ...some(ready, 'ready'), ...some(atKling, 'under way, paid for'), ...some(givenUp, 'failed before')];
  return [...parts, ...(sameAs === undefined ? [] : [`same clip as ${sameAs}`])].join('; ');
}

/** `20 shots × 3 takes = 60 clips, shooting ratio 3:1`; `undefined` where every shot is taken once. */
function ratioWords(shots: readonly Pick<PlannedShot, 'takesWanted'>[]): string | undefined {
  const clips = shots.reduce((sum, { takesWanted }) => sum + takesWanted, 0);
  if (clips === shots.length) return undefined;
  const [first] = shots;
  const alike = first !== undefined && shots.every(({ takesWanted }) => takesWanted === first.takesWanted);
  return `${count(shots.length, 'shot')}${alike ? ` × ${first.takesWanted} takes =` : ','} ${clips} clips, shooting ratio ${Math.round((clips / shots.length) * 10) / 10}:1`;
}

/** `2.5-turbo std`. */
export function kindWord({ model, mode }: Pick<ShotSettings, 'model' | 'mode'>): string {
  return `${modelNamed(model)?.word ?? model}${mode === undefined ? '' : ` ${mode}`}`;
}

/** `2.5-turbo std, 5 s, 16:9`. */
export function kindWords(settings: ShotSettings): string {
  const shape = settings.kind === 'image2video' ? startWords(settings) : (settings.aspectRatio ?? '');
  return [kindWord(settings), `${settings.durationS} s`, shape, settings.sound ? 'with sound' : ''].filter((part) => part !== '').join(', ');
}

function startWords({ startFrame }: ShotSettings): string {
  return isLastFrame(startFrame) ? 'continuing the shot before' : 'from a start frame';
}

/** Each kind of shot, with how many shots have it when there are several. */
function settingsWords(shots: readonly PlannedShot[]): string {
  const kinds = new Map<string, number>();
  for (const { settings } of shots) {
    const words = kindWords(settings);
    kinds.set(words, (kinds.get(words) ?? 0) + 1);
  }
  if (kinds.size === 1) return [...kinds.keys()][0] ?? '';
  return [...kinds].map(([words, amount]) => `${words} (${count(amount, 'shot')})`).join('; ');
}

type OnScreen = Pick<PlannedShot, 'settings' | 'inS' | 'outS'>;

/** Seconds that the film shows of a clip. */
function screenS({ settings, inS, outS }: OnScreen): number {
  return (outS ?? settings.durationS) - inS;
}

function filmScreenS(shots: readonly OnScreen[]): number {
  return Math.round(shots.reduce((sum, shot) => sum + screenS(shot), 0) * 1000) / 1000;
}

/** `5 s`, or for a part of the clip `3.5 s: 0.5 to 4 of 5 s`. */
function screenWords(shot: OnScreen): string {
  const { settings, inS, outS } = shot;
  if (inS === 0 && (outS === undefined || outS === settings.durationS)) return `${settings.durationS} s`;
  return `${seconds(screenS(shot))} s: ${seconds(inS)} to ${seconds(outS ?? settings.durationS)} of ${settings.durationS} s`;
}

/** As few digits as say it, to the hundredth. */
function seconds(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function filmLength(shots: readonly PlannedShot[]): string {
  const lengthS = filmScreenS(shots);
  const trimmed = shots.some(({ inS, outS }) => inS > 0 || outS !== undefined);
  return trimmed ? `${seconds(lengthS)} s on screen` : `about ${Math.round(lengthS)} s of film`;
}
