import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { findModel, modelNamed } from '../kling/index.ts';
import { canonicalJson, type JsonValue } from '../lib/canonical-json.ts';
import { messageOf, StudioError } from '../lib/errors.ts';
import type { CastAndLook, Look } from '../protocol/cast-and-look.ts';
import { isLastFrame, type Frame } from '../protocol/shot-settings.ts';
import { decodeText, readShotList, writeShotList, type ScriptCamera, type ShotListFormat, type WrittenCast, type WrittenShot } from '../script/index.ts';
import { keptPath } from './frames.ts';
import type { FilmPlan, PlannedShot } from './plan-project.ts';

/** Pictures that a plan goes on with although they are gone from where they were: a list must name a place where they are. */
export interface KeptPictures {
  /** Where the home keeps frames by content. */
  folder: string;
  /** Whether there is no such file any more. */
  isGone: (path: string) => boolean;
}

/** Cast and look as a file or a list says them, pictures named from the folder it will be in. */
export function writtenCast({ cast, look }: CastAndLook, folder: string, kept: KeptPictures): { cast: Record<string, object>; look: Look } {
  const records = cast.map(({ name, pictures, ...record }) => {
    const paths = pictures?.map(({ path, frame }) => pathFrom(folder, placeOfPicture(path, frame, kept), folder));
    return [name, { ...record, ...(paths === undefined ? {} : { pictures: paths }) }] as const;
  });
  return { cast: Object.fromEntries(records), look };
}

/** Whether a file of cast and look says what a plan has: the same people, pictures and words. */
export function saysSameCast(written: WrittenCast, folder: string, { cast, look }: CastAndLook): boolean {
  const inOrder = (records: { name: string }[]) => canonicalJson(records.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
  const planned = cast.map(({ pictures, ...record }) => ({ ...record, ...(pictures === undefined ? {} : { pictures: pictures.map(({ path }) => path) }) }));
  const read = written.cast.map(({ pictures, ...record }) => ({ ...record, ...(pictures === undefined ? {} : { pictures: pictures.map((path) => (isAddress(path) ? path : resolve(folder, path))) }) }));
  return inOrder(read) === inOrder(planned) && canonicalJson(written.look) === canonicalJson(look);
}

/**
 * A plan as a shot list: its shots as they are planned, so that filming the list makes the same pictures.
 * @param target where the list will be; pictures are named from its folder. `withCast`: JSON says cast and look itself.
 * @throws StudioError LIST_NOT_EXACT when this kind of list cannot say something a shot has. It is read back to be sure.
 */
export function shotListOfPlan(plan: Pick<FilmPlan, 'shots' | 'scriptPath' | 'castAndLook'>, target: { path: string; format: ShotListFormat; withCast: boolean }, kept: KeptPictures): string {
  const folder = plan.scriptPath === undefined ? process.cwd() : dirname(plan.scriptPath);
  const placeOf = (written: string | undefined, frame: Frame | undefined) => {
    if (written === undefined) return frame !== undefined && 'sha256' in frame ? keptPath(kept.folder, frame) : '';
    return placeOfPicture(isAddress(written) ? written : resolve(folder, written), frame, kept);
  };
  const fromList: FromList = (written, frame) => pathFrom(dirname(target.path), placeOf(written, frame), folder);
  const shots = plan.shots.map((shot) => writtenShot(shot, fromList));
  const list = writeShotList(shots, target.format, target.withCast ? writtenCast(plan.castAndLook, dirname(target.path), kept) : {});
  requireExact(shots, list, target.format);
  return list;
}

/** A picture's path from the list's folder; of one that no script names, where the home keeps it. */
type FromList = (written: string | undefined, frame: Frame | undefined) => string;

function writtenShot(shot: PlannedShot, fromList: FromList): WrittenShot {
  const { settings, said, sceneHeading, outS, line, cast } = shot;
  const { mode, negativePrompt, cfgScale, cameraControl } = settings;
  // A shot with a start frame has its shape from there; what the script said is kept for the day the frame goes.
  const aspectRatio = settings.aspectRatio ?? said.aspectRatio;
  return {
    slate: shot.name,
    scene: shot.sceneNumber,
    ...(sceneHeading === undefined ? {} : { sceneHeading }),
    prompt: shot.prompt,
    ...(shot.inS === 0 ? {} : { inS: shot.inS }),
    ...(outS === undefined ? {} : { outS }),
    model: modelWord(settings.model),
    ...(mode === undefined ? {} : { mode }),
    durationS: settings.durationS,
    ...(aspectRatio === undefined ? {} : { aspectRatio }),
    ...(cameraControl === undefined ? {} : { cameraControl: cameraControl as ScriptCamera }),
    ...pictureOf('startFrame', shot, fromList),
    ...pictureOf('endFrame', shot, fromList),
    ...(said.continues === undefined ? {} : { continues: said.continues }),
    ...(cast === undefined ? {} : { cast }),
    ...(line === undefined ? {} : { line }),
    takes: shot.takesWanted,
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...(cfgScale === undefined ? {} : { cfgScale }),
    sound: settings.sound,
    ...(said.notes === undefined ? {} : { notes: said.notes }),
  };
}

/** A start or end frame as a list names it: where the script has it, or where the home keeps what a person chose in the studio. */
function pictureOf(field: 'startFrame' | 'endFrame', { settings, said, byHand }: PlannedShot, fromList: FromList): { startFrame?: string; endFrame?: string } {
  const written = said[field];
  const frame = settings[field];
  if (written !== undefined) return { [field]: fromList(written, frame) };
  if (frame === undefined || byHand?.fields.includes(field) !== true || isLastFrame(frame)) return {};
  return { [field]: 'url' in frame ? frame.url : fromList(undefined, frame) };
}

/**
 * The word people use for a model, where it means this very model and no mode; else Kling's own name. A word that is a
 * number would not survive a spreadsheet: 3.0 becomes 3 there, 1.6 in some languages the first of June.
 */
function modelWord(name: string): string {
  const word = modelNamed(name)?.word;
  if (word === undefined || /^[\d.]+$/.test(word)) return name;
  const found = findModel(word);
  return found.model.name === name && found.mode === undefined ? word : name;
}

/** A picture's own path, or where the home keeps it when it is gone from there. */
function placeOfPicture(path: string, frame: Frame | undefined, { folder, isGone }: KeptPictures): string {
  return frame !== undefined && 'sha256' in frame && isGone(path) ? keptPath(folder, frame) : path;
}

function isAddress(written: string): boolean {
  return /^https:\/\//i.test(written);
}

/** A picture's path as it is from another folder. */
function pathFrom(folder: string, written: string, writtenIn: string): string {
  if (isAddress(written)) return written;
  const path = relative(folder, resolve(writtenIn, written)).split(sep).join('/');
  // So that a file called `data:x` is not taken for an address.
  return /^[a-z][a-z0-9+.-]*:/i.test(path) && !isAbsolute(path) ? `./${path}` : path;
}

function requireExact(shots: readonly WrittenShot[], list: string, format: ShotListFormat): void {
  const reason = firstDifference(shots, list, format);
  if (reason === undefined) return;
  throw new StudioError('LIST_NOT_EXACT', `These shots cannot be written as a ${format === 'json' ? 'list' : 'table'} without loss: ${reason}.`, {
    next: format === 'json' ? 'Please report this with the script.' : 'Write a .json list, which can say everything: -o shots.json. Nothing was written.',
  });
}

function firstDifference(shots: readonly WrittenShot[], list: string, format: ShotListFormat): string | undefined {
  let read: readonly object[];
  try {
    // As a file is read: a text has fewer signs than a list of data may hold.
    const name = `list.${format}`;
    read = readShotList(decodeText(Buffer.from(list), name), name, { format, origin: format })?.shots ?? [];
  } catch (error) {
    return messageOf(error);
  }
  if (read.length !== shots.length) return `${shots.length} shots would be read as ${read.length}`;
  for (const [index, { slate, ...shot }] of shots.entries()) {
    const back = read[index] as Record<string, unknown>;
    for (const [field, value] of Object.entries(shot)) {
      if (spelling(value) !== spelling(back[field])) return `${slate}, ${field}: ${JSON.stringify(value).slice(0, 60)} would be read as ${(JSON.stringify(back[field]) ?? 'nothing').slice(0, 60)}`;
    }
  }
  return undefined;
}

/** As a fingerprint sees it: line ends are all one. */
function spelling(value: unknown): string {
  return value === undefined ? '' : canonicalJson(value as JsonValue).replaceAll(/\\r\\n|\\r/g, '\\n');
}
