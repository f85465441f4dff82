import { createHash } from 'node:crypto';
import { formatMoney, frameCountOf, frameRateOf, listPriceUnits, modelNamed } from '../kling/index.ts';
import type { CastMember, ClipLength } from '../media/index.ts';
// Not by the index: a film that only asks what it is loads no codecs.
import { castOfFilm, castOfShot } from '../media/staging/cast.ts';
import type { CastRecord } from '../protocol/cast-and-look.ts';
import type { Frame, ShotSettings } from '../protocol/shot-settings.ts';
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

/**
 * Draws the shots of one film. Its characters have one colour and one side of the frame in all of them: the colour of their
 * record, else one of their own by order of appearance. Who they are is read from all shots, when the first drawing is made.
 */
export class FilmDrawings {
  private readonly shots: readonly ShotToDraw[];
  private readonly records: readonly Pick<CastRecord, 'name' | 'colour'>[];
  private cast: CastMember[] | undefined;
  private castKey: string | undefined;

  constructor(shots: readonly ShotToDraw[], records: readonly Pick<CastRecord, 'name' | 'colour'>[]) {
    this.shots = shots;
    this.records = records;
  }

  make(shot: ShotToDraw): Drawing {
    this.cast ??= coloured(castOfFilm(this.shots), this.records);
    return drawingOf(shot, castOfShot(this.cast, shot));
  }

  /** Equal keys, equal drawings. It takes a fraction of the time, because nobody is looked for in the words. */
  keyOf(shot: ShotToDraw): string {
    this.castKey ??= createHash('sha256').update(JSON.stringify([this.shots.map(({ prompt, cast }) => [prompt, cast]), this.records.map(({ name, colour }) => [name, colour])])).digest('hex');
    return JSON.stringify([drawingOf(shot, []), this.castKey]);
  }
}

function coloured(cast: readonly CastMember[], records: readonly Pick<CastRecord, 'name' | 'colour'>[]): CastMember[] {
  const colours = new Map(records.flatMap(({ name, colour }) => (colour === undefined ? [] : [[name.toLowerCase(), colour] as const])));
  return cast.map((member) => ({ ...member, colour: colours.get(member.name.toLowerCase()) ?? member.colour }));
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
