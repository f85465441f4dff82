import { createHash } from 'node:crypto';
import { formatMoney, frameCountOf, frameRateOf, listPriceUnits, modelNamed } from '../kling/index.ts';
import type { CastMember, ClipLength, SaidBefore } from '../media/index.ts';
// Not by the index: a film that only asks what it is loads no codecs.
import { castOfFilm, castOfShots } from '../media/staging/cast.ts';
import { readLooks } from '../media/staging/looks.ts';
import { isOutdoors, placeSaid, type SaidPlace } from '../media/staging/place-words.ts';
import { findAngle, findSize } from '../media/staging/shot-words.ts';
import type { CastRecord } from '../protocol/cast-and-look.ts';
import { isLastFrame, type Frame, type ShotSettings } from '../protocol/shot-settings.ts';
import { subtitlesOf, type Subtitle } from './subtitles.ts';

/** As much of a shot as its drawing needs: a stored one, or one that is only planned. */
export interface ShotToDraw {
  name: string;
  sceneNumber: number;
  sceneHeading?: string | undefined;
  /** Its own words. */
  prompt: string;
  settings: ShotSettings;
  inS: number;
  outS?: number | undefined;
  line?: string | undefined;
  takesWanted: number;
  /** Names of who is in it. */
  cast?: readonly string[] | undefined;
}

/**
 * What stands in for a shot that has no clip: everything that decides how it is drawn, and nothing of this machine. Equal
 * drawings have equal frames.
 */
export interface Drawing {
  slate: string;
  sceneHeading?: string;
  prompt: string;
  /** Who is in it, as every shot of the film draws them. */
  cast?: CastMember[];
  /** Where its scene plays, and of a shot that goes on from another how that one is framed, where its own words do not say it. */
  before?: SaidBefore;
  /** The slate of the shot that it goes on from. */
  goesOnFrom?: string;
  cameraControl?: unknown;
  startFrame?: Frame;
  endFrame?: Frame;
  /** Missing where the start frame decides. */
  aspectRatio?: ShotSettings['aspectRatio'];
  /** Of the clip that it stands in for. */
  clip: ClipLength;
  /** What is spoken, in seconds from the clip's first frame. */
  subtitles: Subtitle[];
  /** For the margin: scene, takes, lengths. */
  facts: string;
  price: string;
}

type LookRecord = Pick<CastRecord, 'name' | 'colour' | 'words'>;

/**
 * Draws the shots of one film. Its characters have one colour and one side of the frame in all of them: the colour of their
 * record, else one of their own by order of appearance. Who they are is read from all shots, when the first drawing is made.
 */
export class FilmDrawings {
  private readonly shots: readonly ShotToDraw[];
  private readonly records: readonly LookRecord[];
  private casts: Map<string, CastMember[]> | undefined;
  private castKey: string | undefined;
  private placesBefore: Map<string, SaidPlace> | undefined;

  constructor(shots: readonly ShotToDraw[], records: readonly LookRecord[]) {
    this.shots = shots;
    this.records = records;
  }

  make(shot: ShotToDraw): Drawing {
    this.casts ??= this.readCasts();
    const parent = this.parentOf(shot);
    const before = { ...this.placeBefore(shot), ...(parent && this.framingBefore(parent)) };
    return { ...drawingOf(shot, this.casts.get(wordsOf(shot)) ?? []), ...(Object.keys(before).length > 0 && { before }), ...(parent && { goesOnFrom: parent.name }) };
  }

  private readCasts(): Map<string, CastMember[]> {
    const casts = castOfShots(coloured(castOfFilm(this.shots), this.records), this.shots);
    return new Map(this.shots.map((shot, index) => [wordsOf(shot), casts[index] ?? []]));
  }

  /** The shot that this one goes on from. */
  private parentOf({ name, settings }: ShotToDraw): ShotToDraw | undefined {
    return isLastFrame(settings.startFrame) ? this.shots[this.shots.findIndex((each) => each.name === name) - 1] : undefined;
  }

  /** One take that goes on keeps its frame until words change it. */
  private framingBefore(shot: ShotToDraw): Pick<SaidBefore, 'size' | 'angle'> {
    const parent = this.parentOf(shot);
    const [size, angle] = [findSize(shot.prompt), findAngle(shot.prompt)];
    return { ...(parent && this.framingBefore(parent)), ...(size === undefined ? {} : { size }), ...(angle === 'eye' ? {} : { angle }) };
  }

  /** What was said last in its scene; a heading says it for all of its shots. */
  private placeBefore(shot: ShotToDraw): SaidPlace | undefined {
    const headed = shot.sceneHeading !== undefined && shot.sceneHeading.trim() !== '';
    if (!this.placesBefore) {
      this.placesBefore = new Map();
      let place: SaidPlace = {};
      let scene: number | undefined;
      for (const each of this.shots) {
        // Another scene is at another time, but where its heading names no place that is known, it is still outdoors.
        if (each.sceneNumber !== scene) place = place.setting !== undefined && isOutdoors(place.setting) ? { setting: place.setting } : {};
        scene = each.sceneNumber;
        if (Object.keys(place).length > 0) this.placesBefore.set(each.name, place);
        place = { ...place, ...placeSaid(each.prompt, each.sceneHeading ?? '') };
      }
    }
    const before = this.placesBefore.get(shot.name);
    return headed && before?.setting !== undefined ? (isOutdoors(before.setting) ? { setting: before.setting } : undefined) : before;
  }

  /** Equal keys, equal drawings. It takes a fraction of the time, because nobody is looked for in the words. */
  keyOf(shot: ShotToDraw): string {
    this.castKey ??= createHash('sha256').update(JSON.stringify([this.shots.map(({ prompt, cast, sceneNumber, sceneHeading }) => [prompt, cast, sceneNumber, sceneHeading]), this.records.map(({ name, colour, words }) => [name, colour, words])])).digest('hex');
    const parents: Drawing[] = [];
    for (let parent = this.parentOf(shot); parent; parent = this.parentOf(parent)) parents.push(drawingOf(parent, []));
    return JSON.stringify([drawingOf(shot, []), ...parents, this.castKey]);
  }
}

/** What tells shots of a film apart, also in a list where two have one name. */
function wordsOf({ name, prompt, cast }: ShotToDraw): string {
  return JSON.stringify([name, prompt, cast]);
}

/** The colour of a character's record, else of what its words have it wear, else its own; two never wear one. What the record says of looks wins. */
function coloured(cast: readonly CastMember[], records: readonly LookRecord[]): CastMember[] {
  const known = new Map(records.map((record) => [record.name.toLowerCase(), record]));
  const taken = new Set(records.flatMap(({ colour }) => colour?.toLowerCase() ?? []));
  return cast.map((member) => {
    const record = known.get(member.name.toLowerCase());
    if (!record) return member;
    const looks = { ...member.looks, ...readLooks(record.words ?? '') };
    const worn = looks.cloth !== undefined && !taken.has(looks.cloth) ? looks.cloth : undefined;
    if (record.colour === undefined && worn !== undefined) taken.add(worn);
    return { ...member, colour: record.colour ?? worn ?? member.colour, looks };
  });
}

function drawingOf(shot: ShotToDraw, cast: CastMember[]): Drawing {
  const { name, sceneHeading, prompt, settings, inS, line } = shot;
  const { aspectRatio, cameraControl, startFrame, endFrame } = settings;
  const clip = clipLengthOf(settings);
  const outS = Math.min(shot.outS ?? clip.durationS, clip.durationS);
  return {
    slate: name,
    ...(sceneHeading === undefined ? {} : { sceneHeading }),
    prompt,
    ...(cast.length === 0 ? {} : { cast }),
    ...(cameraControl === undefined ? {} : { cameraControl }),
    ...(startFrame === undefined ? {} : { startFrame }),
    ...(endFrame === undefined ? {} : { endFrame }),
    ...(aspectRatio === undefined ? {} : { aspectRatio }),
    clip,
    subtitles: subtitlesOf([{ line, startS: inS, endS: outS }]),
    facts: factsOf(shot, outS - inS),
    price: `${formatMoney(listPriceUnits(settings))} a take`,
  };
}

/** The clip that Kling will make: a frame or more longer than was asked for, so that a film keeps its length once it is filmed. */
export function clipLengthOf({ model, kind, mode, durationS }: ShotSettings): ClipLength {
  const entry = modelNamed(model);
  if (!entry) return { durationS, frameRate: 24, frameCount: Math.round(durationS * 24) };
  const [frameRate, frameCount] = [frameRateOf(entry, kind, mode), frameCountOf(entry, kind, mode, durationS)];
  return { frameRate, frameCount, durationS: frameCount / frameRate };
}

function factsOf({ sceneNumber, takesWanted, settings, inS, outS }: ShotToDraw, onScreenS: number): string {
  const part = inS > 0 || outS !== undefined ? `, of a clip of ${settings.durationS} s` : '';
  return [`Scene ${sceneNumber}`, takesWanted === 1 ? '1 take planned' : `${takesWanted} takes planned`, `${onScreenS.toFixed(2)} s on screen${part}`].join('  ·  ');
}
