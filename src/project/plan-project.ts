import { dirname } from 'node:path';
import { createHash } from 'node:crypto';
import { listPriceUnits, sumUnits } from '../kling/index.ts';
import { count } from '../lib/amount-words.ts';
import type { ByHand } from '../protocol/by-hand.ts';
import type { CastAndLook } from '../protocol/cast-and-look.ts';
import { errorLines } from '../protocol/finding-lines.ts';
import type { PromptFindings } from '../protocol/prompt-findings.ts';
import { isLastFrame, type FilmSettings, type Frame, type ShotSettings } from '../protocol/shot-settings.ts';
import type { FilmAdvice, Preference } from '../prompt/advisor/index.ts';
import { matchShots, type ReadScript, type ScriptReading, type ScriptShot } from '../script/index.ts';
import { pictureKey, slateName, type PlannedPrompt, type Project, type ProjectPrompt, type Store } from '../store/index.ts';
import { adviseFor, advisedSettings, filmShot, loadAdvisor } from './advise-plan.ts';
import { castNotes } from './cast-notes.ts';
import { checkShot, refused } from './check-shot.ts';
import { heldBy, handNotes, saidBy, scriptPromptOf } from './held-by-hand.ts';
import { findCastAndLook } from './find-cast-and-look.ts';
import { whoIsIn, composePrompt, sentWith } from './compose-prompt.ts';
import { readFrame } from './frames.ts';
import { headingNotes } from './heading-notes.ts';
import { addTo, equalShots, mixedShapes, retiredModels, shapeOf, shapeOfRatio, wordNotes, type Shape } from './plan-notes.ts';
import { heardLine } from './prompt-checks.ts';
import { paidShots, WordReader, type ReadingOfWords } from './read-words.ts';
import { readAtPace } from './read-at-pace.ts';
import { settingsOf } from './shot-settings.ts';

export interface PlanRequest extends FilmSettings, ReadingOfWords {
  script: {
    /** File name, or `-` for standard input. */
    name: string;
    /** Real path; missing for standard input. */
    path?: string;
    bytes: Uint8Array;
  };
  /** Default: the script's real path; for standard input a word made of its content. */
  projectName?: string;
  as?: ScriptReading;
  /** Takes of every shot, over what a shot list says. */
  takes?: number;
  /** The file that says cast and look, a whole path; `none`: go without. Default: as before, else what the script says or what stands beside it. */
  castFile?: string;
  /** Plan shots anew whose text is unchanged. Default false: they keep prompt, model and clips. */
  replan?: boolean;
  /** For the advice, and for the model `auto`; default `balanced`. */
  prefer?: Preference;
  /** The most that the film may cost, in Kling units: the advice keeps to it. `null`: no cap; default the project's. */
  capUnits?: number | null;
  /** `new`: no advice for a film whose shots are all kept as they were planned. Default `always`. */
  advise?: 'always' | 'new';
}

export interface PlannedShot extends PlannedPrompt {
  /** The slate, `S01_SH03`. */
  name: string;
  /** One take, in Kling units. */
  estimateUnits: number;
  /** Takes that were planned before, where those were more. */
  takesWantedBefore?: number;
  /** `replanned`: the text is the same, and other settings were asked for with `replan`; `fixed`: the same, and a fix put other words in place of the script's. */
  change: 'new' | 'kept' | 'edited' | 'replanned' | 'fixed';
  /** Its own words, fixes applied; `settings.prompt` has those of {@link sentWith} behind them. */
  prompt: string;
  findings: PromptFindings;
  /** Whose words go with the shot's own to Kling: names of its characters, and `look`. */
  sentWith: string[];
  /** What the script says about it, word for word. */
  said: ScriptShot;
}

/** What a script becomes, before anything is saved or spent. */
export interface FilmPlan {
  projectName: string;
  scriptPath?: string;
  /** The project that the script continues, when it was planned before. */
  project?: Project;
  /** How the script was read, for a person. */
  reading: string;
  shots: PlannedShot[];
  /** Slates of shots that are no longer in the script; their takes are kept. */
  removed: string[];
  /** Said to people. */
  notes: string[];
  /** Said to people before money is spent: retired models. */
  warnings: string[];
  /** Which model suits the film, and which shots want another; prices are list prices of one take each. */
  advice?: FilmAdvice;
  /** Every take of every shot, as if none were there; Kling units. */
  estimateUnits: number;
  /** What holds for the whole film from now on: what was asked before, and now. */
  filmSettings: FilmSettings;
  /** Its characters and its look. */
  castAndLook: CastAndLook;
  /** The file that `--cast` named, now or before, or `none`. */
  castFile?: string;
  /** Pictures to keep when the plan is saved. */
  frames: { frame: Frame; bytes: Uint8Array }[];
}

/**
 * Reads a script and matches it with what is stored: unchanged shots keep everything, edited ones their history.
 * @throws StudioError for a script that cannot be read (SCRIPT_...), a model that does not exist, NO_MODEL_FITS, or
 * SHOTS_REFUSED with every reason why a model cannot make a shot. Nothing is saved. Errors in the words are no reason to
 * throw by themselves: they are in the plan's findings, and no run sends them.
 */
export async function planProject(store: Store, request: PlanRequest): Promise<FilmPlan> {
  const projectName = request.projectName ?? request.script.path ?? `stdin:${createHash('sha256').update(request.script.bytes).digest('hex').slice(0, 12)}`;
  const project = await store.projects.findProject(projectName);
  const inFilm = project ? await store.projects.loadPromptList(project.id) : [];
  const takenOut = project ? await store.projects.loadRemovedPrompts(project.id) : [];
  const { script, settings: ofPace } = await readAtPace(store, request, project, inFilm);
  const { pairs, removed } = match(inFilm, takenOut, script.shots);

  const asked = askedSettings(request);
  const wished = { ...filmSettingsOf(project?.filmSettings ?? {}, asked), ...ofPace };
  const ofAdvice = { prefer: request.prefer, capUnits: (request.capUnits === undefined ? project?.capUnits : request.capUnits) ?? undefined };
  // What the advisor says is kept as if a person had said it: a later run asks nobody anew.
  const filmSettings = wished.model === AUTO ? await advisedSettings(script.shots, wished, ofAdvice) : wished;
  const { castAndLook, castFile, ...ofCast } = await findCastAndLook(request, script, project);
  const frames: FilmPlan['frames'] = [...ofCast.frames];
  const problems: string[] = [...ofCast.problems];
  const shots: PlannedShot[] = [];
  const reworded: string[] = [];
  const counts = new Map<number, number>();
  const shapes = new Map<Shape, string[]>();
  const words = new WordReader(request, filmSettings, castAndLook, request.fix === true && request.replan !== true ? await paidShots(store, inFilm) : new Set());
  let keptAgainstWish = 0;
  const backToScript: string[] = [];
  for (const [index, read] of script.shots.entries()) {
    const stored = pairs[index];
    const unchanged = stored?.text === read.text && request.replan !== true;
    // Its neighbours are such now that it could go on from the one before. Its clip begins with a cut, and a cut is always right.
    const byHand = unchanged ? heldBy(stored, index) : undefined;
    const written = unchanged && read.continues === true && !isLastFrame(stored?.settings.startFrame) ? withCut(read) : read;
    const shot = byHand && stored ? saidBy(byHand, written, stored) : written;
    const numberInScene = (counts.get(shot.scene) ?? 0) + 1;
    counts.set(shot.scene, numberInScene);
    const name = slateName(shot.scene, numberInScene);
    const pictures = await readFrames(shot, request, stored, byHand);
    frames.push(...pictures.frames);
    const kept = stored !== undefined && unchanged && isLastFrame(stored.settings.startFrame) === isLastFrame(pictures.named.startFrame) ? stored : undefined;
    // What a fix made of the words is kept as well; and where a script is told, not listed, how it was put into words the first time.
    const own = kept?.prompt ?? shot.prompt;
    const cast = whoIsIn({ ...shot, prompt: own }, castAndLook.cast);
    const prompt = composePrompt(own, cast, castAndLook.look);
    const fresh = { ...settingsOf(shot, filmSettings, pictures.named), prompt };
    if (kept && prompt !== kept.settings.prompt) reworded.push(name);
    if (kept && pictureKey(asFixed(fresh, kept)) !== pictureKey({ ...kept.settings, ...pictures.named, prompt })) keptAgainstWish += 1;
    if (stored?.findings?.fixed !== undefined && !kept && stored.text === shot.text && request.fix !== true) backToScript.push(name);
    const { own: planned, settings, findings, fixedNow } = await words.read({ name, said: shot, kept, own, settings: kept ? { ...kept.settings, ...pictures.named, prompt } : fresh, cast });
    const shape = pictures.shape ?? shapeOfRatio(settings.aspectRatio);
    if (shape) addTo(shapes, shape, name);
    const where = `${name} (${placeOf(shot)})`;
    problems.push(...pictures.problems.map((problem) => `${where}: ${problem}`));
    if (!kept || settings.prompt !== kept.settings.prompt) problems.push(...checkShot(settings, planned, shot, shot.mode ?? filmSettings.mode).map((problem) => `${where}: ${problem}`));
    const line = kept && byHand && (byHand.fields.includes('line') || byHand.fields.includes('prompt')) ? kept.line : lineOf(shot, findings);
    const outS = kept === undefined ? shot.outS : kept.outS;
    const takesWanted = request.takes ?? shot.takes ?? stored?.takesWanted ?? 1;
    shots.push({
      ...(stored ? { id: stored.id } : {}),
      name,
      sceneNumber: shot.scene,
      ...(shot.sceneHeading === undefined ? {} : { sceneHeading: shot.sceneHeading }),
      text: shot.text,
      startLine: shot.source.startLine,
      endLine: shot.source.endLine,
      prompt: planned,
      ...(cast.names.length === 0 ? {} : { cast: cast.names }),
      sentWith: sentWith(cast, castAndLook.look),
      settings,
      inS: shot.inS ?? 0,
      ...(outS === undefined ? {} : { outS }),
      ...(line === undefined ? {} : { line }),
      takesWanted,
      ...(stored && stored.takesWanted > takesWanted ? { takesWantedBefore: stored.takesWanted } : {}),
      estimateUnits: listPriceUnits(settings),
      change: fixedNow && stored?.text === shot.text ? 'fixed' : changeOf(stored, shot, settings, request.replan === true),
      findings,
      ...(kept && byHand ? { byHand } : {}),
      said: shot,
    });
  }
  // All at once: whoever mends the lengths would meet the words in the next run.
  if (problems.length > 0) throw refused([...problems, ...errorLines(shots)], 'in this script', 'Nothing was saved or spent. Change the shots or the options, then run it again.');

  const notes = [...script.notes, ...ofCast.notes, ...castNotes(script.shots, castAndLook, shots, reworded), ...(script.reading === 'shot-list' ? headingNotes(script.shots, shots) : []), ...equalShots(shots), ...mixedShapes(shapes), ...wordNotes(shots, words.leftAsFilmed, backToScript), ...handNotes(shots, pairs, request.replan === true)];
  if (keptAgainstWish > 0 && Object.keys(asked).length > 0) notes.unshift(keptNote(keptAgainstWish, asked));
  const advice = request.advise === 'new' && shots.every(({ change }) => change === 'kept') ? undefined : adviseFor(await loadAdvisor(), shots.map((shot) => filmShot(shot.name, shot.prompt, shot.settings)), ofAdvice);
  return {
    projectName,
    ...(request.script.path === undefined ? {} : { scriptPath: request.script.path }),
    ...(project ? { project } : {}),
    reading: readingOf(script),
    shots,
    removed,
    notes,
    warnings: retiredModels(shots),
    ...(advice === undefined ? {} : { advice }),
    estimateUnits: sumUnits(shots.map((shot) => shot.estimateUnits * shot.takesWanted)),
    filmSettings,
    castAndLook,
    ...(castFile === undefined ? {} : { castFile }),
    frames,
  };
}

function withCut({ continues: _continues, ...shot }: ScriptShot): ScriptShot {
  return shot;
}

/** Which stored shot each shot of the script continues: first those in the film, then those that were taken out of it. */
function match(
  inFilm: readonly ProjectPrompt[],
  takenOut: readonly ProjectPrompt[],
  next: readonly ScriptShot[],
): { pairs: (ProjectPrompt | undefined)[]; removed: string[] } {
  const byId = new Map([...inFilm, ...takenOut].map((prompt) => [prompt.id, prompt]));
  // A shot is known by the script's words, also where a fix or a person put others in their place.
  const { pairs, removed } = matchShots(inFilm.map(({ id, text, prompt, findings, byHand }) => ({ id, text, prompt: scriptPromptOf({ prompt, findings, byHand }) })), next);
  const comeBack = [...takenOut];
  return {
    pairs: pairs.map((id, index) => {
      if (id !== undefined) return byId.get(id);
      const same = [comeBack.findIndex(({ text }) => text === next[index]?.text), comeBack.findIndex((each) => scriptPromptOf(each) === next[index]?.prompt)].find((place) => place >= 0);
      return same === undefined ? undefined : comeBack.splice(same, 1)[0];
    }),
    removed: removed.map((id) => byId.get(id)?.name ?? id),
  };
}

/** A shot's pictures by content. One that is gone from the disk is taken from the stored shot, which keeps a copy. */
async function readFrames(
  shot: ScriptShot,
  request: PlanRequest,
  stored: ProjectPrompt | undefined,
  byHand: ByHand | undefined,
): Promise<{ named: { startFrame?: Frame; endFrame?: Frame }; frames: FilmPlan['frames']; problems: string[]; shape?: Shape }> {
  const folder = request.script.path === undefined ? process.cwd() : dirname(request.script.path);
  const named: { startFrame?: Frame; endFrame?: Frame } = {};
  const frames: FilmPlan['frames'] = [];
  const problems: string[] = [];
  let shape: Shape | undefined;
  if (shot.continues === true) named.startFrame = { lastFrameOf: 'previous' };
  for (const field of ['startFrame', 'endFrame'] as const) {
    const frame = byHand?.fields.includes(field) === true ? stored?.settings[field] : undefined;
    if (frame !== undefined) named[field] = frame;
  }
  for (const [field, word] of [['startFrame', 'start frame'], ['endFrame', 'end frame']] as const) {
    const written = shot[field];
    if (written === undefined) continue;
    const read = await readFrame(written, folder);
    const kept = stored?.text === shot.text ? stored.settings[field] : undefined;
    if ('frame' in read) {
      named[field] = read.frame;
      if (read.bytes) frames.push({ frame: read.frame, bytes: read.bytes });
      if (read.width !== undefined && read.height !== undefined) shape ??= shapeOf(read.width / read.height);
    } else if (read.missing && kept) {
      named[field] = kept;
    } else {
      problems.push(`${word} ${read.problem}`);
      // Stands in for the picture, so that what else is wrong is said in the same breath.
      named[field] = { url: 'https://missing.invalid/' };
    }
  }
  return { named, frames, problems, ...(shape ? { shape } : {}) };
}

/** What a fix changed was nobody's wish for the whole film. */
function asFixed(fresh: ShotSettings, { settings, findings }: ProjectPrompt): ShotSettings {
  if (findings?.fixed === undefined) return fresh;
  const { negativePrompt: _negative, ...others } = fresh;
  return { ...others, ...(settings.negativePrompt === undefined ? {} : { negativePrompt: settings.negativePrompt }), durationS: settings.durationS, sound: settings.sound };
}

/** The model that the advisor chooses. */
const AUTO = 'auto';

/** Settings of the whole film that its shots are made with. */
type PictureSettings = Omit<FilmSettings, 'under' | 'pace' | 'pacesKept'>;

/** What this request says about the whole film, and nothing else. */
function askedSettings({ model, mode, durationS, aspectRatio, negativePrompt }: PlanRequest): PictureSettings {
  return Object.fromEntries(Object.entries({ model, mode, durationS, aspectRatio, negativePrompt }).filter(([, value]) => value !== undefined));
}

/** An option that does nothing must say so: whoever gives a model expects it to be used. */
function keptNote(shots: number, asked: PictureSettings): string {
  const options = (Object.entries(asked) as [keyof PictureSettings, string | number][]).map(([name, value]) => (name === 'negativePrompt' ? '--negative' : `--${OPTION_WORDS[name]} ${value}`));
  const which = options.length === 1 ? 'is' : 'are';
  return `${options.join(' and ')} ${which} not used for ${count(shots, 'shot that was', 'shots that were')} planned before: with unchanged text a shot keeps its settings and its clips. To film ${shots === 1 ? 'it' : 'them'} anew that way, add --replan; it shows the cost first.`;
}

const OPTION_WORDS: Readonly<Record<keyof PictureSettings, string>> = { model: 'model', mode: 'mode', durationS: 'duration', aspectRatio: 'aspect', negativePrompt: 'negative' };

function changeOf(stored: ProjectPrompt | undefined, shot: ScriptShot, settings: ShotSettings, replan: boolean): PlannedShot['change'] {
  if (stored === undefined) return 'new';
  if (pictureKey(stored.settings) === pictureKey(settings)) return 'kept';
  return replan && stored.text === shot.text ? 'replanned' : 'edited';
}

/** What was asked for the film before, and what is asked now. A new model does not inherit the mode of the old one. */
function filmSettingsOf(before: FilmSettings, asked: FilmSettings): FilmSettings {
  const { mode, pacesKept: _kept, ...others } = before;
  return { ...others, ...(mode === undefined || asked.model !== undefined ? {} : { mode }), ...asked };
}

const READINGS: Readonly<Record<ReadScript['reading'], string>> = { paragraphs: 'a shot per paragraph, word for word', 'shot-list': 'a shot list', screenplay: 'a screenplay', prose: 'prose' };

function readingOf({ reading, origin }: ReadScript): string {
  return `${READINGS[reading]} (${origin})`;
}

/** `line 4`, `lines 3-5`; in a list also as people count there: `line 4, row 4`; in a document only so: `page 3, line 12`. */
function placeOf({ source, place }: ScriptShot): string {
  // Nobody sees the lines of a text that was read from a document.
  if (place !== undefined && /^(?:pages? \d|paragraphs? \d)/.test(place)) return place;
  const lines = source.startLine === source.endLine ? `line ${source.startLine}` : `lines ${source.startLine}-${source.endLine}`;
  return place === undefined || place === lines ? lines : `${lines}, ${place}`;
}

/** What is spoken: as the script has it, without the names in front of the words. */
function lineOf({ line, speeches }: ScriptShot, { lines }: PromptFindings): string | undefined {
  return line === undefined ? heardLine(lines) : (speeches?.map(({ text }) => text).join('\n') ?? line);
}
