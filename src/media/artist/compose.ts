import { seededRandom, type SeededRandom } from '../seeded-random.ts';
import type { ShotSize } from '../staging/shot-words.ts';
import type { StagedFigure } from '../staging/figures.ts';
import type { Staging } from '../staging/staging.ts';
import { basePose, cropOf, type Crop } from './camera-rig.ts';
import { crowdPieces } from './crowd.ts';
import { seat, table } from './furniture.ts';
import { buildRoom } from './indoors.ts';
import { inksFor, lit, mix, type Inks } from './inks.ts';
import { crownOf, drawMannequin, type Mannequin } from './mannequin.ts';
import { buildCar, buildOutdoors } from './outdoors.ts';
import { stairsPiece, stepHeight, umbrellaPiece } from './props.ts';
import { motionOf, moves, placeAt } from './motion.ts';
import type { Piece, SetBrief, StageSet } from './stage-set.ts';
import { insertCrop, insertPieces, insertPose, sizeOfThing, subjectCrop, thingPieces } from './stage-things.ts';
import { point, type CameraPose, type Point, type View } from './view.ts';

/** A shot ready to be drawn from wherever its camera goes. */
export interface Shot {
  staging: Staging;
  inks: Inks;
  pose: CameraPose;
  /** How high the camera aims, in metres: travels go towards this. */
  aimM: number;
  /** How far a tracking camera goes, of its usual way. */
  travel: number;
  set: StageSet;
  pieces: readonly Piece[];
  tags: readonly NameTag[];
}

export interface NameTag {
  name: string;
  colour: string;
  crown: (view: View) => Point;
}

const TIGHT: readonly ShotSize[] = ['medium-close', 'close', 'extreme-close'];
const HAIR = ['#3b2d26', '#6b4a30', '#22242c', '#a8793f', '#7a3b2a'] as const;
const GREY = '#9a9a9e';

/** What the words leave open. */
export interface Occasion {
  /** Take by take: 0 is composed straight, others stand a little differently. */
  variant: number;
  /** The scene's heading: its shots share one set. */
  scene: string;
}

/** Places people, things, camera and set. `aspect` is the frame's width in heights of it. */
export function composeShot(staging: Staging, aspect: number, { variant, scene }: Occasion): Shot {
  const { place, framing, size, angle } = staging;
  const setSeed = `${variant}|${scene}|${place.setting}`;
  const random = seededRandom(setSeed);
  const usual = inksFor(place.light, place.weather, place.inside);
  const insert = framing === 'insert' && (staging.things[0]?.kind ?? 'object') === 'object';
  // What fills the frame is lit, also at night; what is behind it stays dark.
  const inks = insert ? { ...usual, onSet: usual.onSet * 0.45 } : usual;
  const mannequins = insert ? [] : placeFigures(staging, aspect, inks);
  const crop = insert ? insertCrop(staging) : cropFor(staging, mannequins, aspect);
  const pose = insert ? insertPose(staging, crop) : basePose(size, angle, crop);
  const [first] = mannequins;
  // Of somebody who lies, a tight shot shows the head, a medium one what is from the head to the waist or the knees.
  if (first?.pose === 'lie' && crop.heightM < 0.8) pose.x = first.at.x + (TIGHT.includes(size) ? 0.38 * first.tall : 0.53 * first.tall - crop.heightM * aspect * 0.44);
  if (variant !== 0) vary(mannequins, pose, crop, seededRandom(`take|${variant}`));
  if (framing === 'over-shoulder') placeShoulder(mannequins, pose, crop, aspect);
  const freeSide = first && first.at.x > 0.01 ? -1 : 1;
  const afloat = place.setting === 'sea' && (mannequins.length === 0 || staging.aboard) && staging.things.some(({ kind, shape }) => kind === 'vehicle' || shape === 'fish');
  const brief: SetBrief = { place, inks: usual, random, pose, aspect, freeSide, afloat, crowd: staging.crowd, insert, grand: size === 'extreme-wide' && place.inside };
  const set = place.setting === 'car' ? buildCar(brief, setSeed) : place.inside ? buildRoom(brief) : buildOutdoors(brief, setSeed);
  const pieces: Piece[] = [];
  for (const figure of mannequins) pieces.push(...figurePieces(figure, staging, inks, pose));
  if (insert) pieces.push(...insertPieces(staging, inks, pose));
  else pieces.push(...thingPieces(staging, mannequins, inks, freeSide, pose, aspect));
  if (staging.stairs !== undefined && !insert && place.setting !== 'car') pieces.push(stairsPiece(staging, inks));
  if (place.setting !== 'car') pieces.push(...mannequins.slice(0, staging.umbrellas).filter(({ pose: posture }) => posture !== 'lie').map((figure) => umbrellaPiece(figure, inks, pose)));
  if (staging.crowd) pieces.push(...crowdPieces(random, inks, staging.figures.length > 0 ? 1.6 : 0.2, place.inside));
  if (staging.table && !staging.aboard && !insert && place.setting !== 'car' && mannequins.length > 0 && angle !== 'top') pieces.push(tableFor(mannequins, inks));
  return { staging, inks, pose, aimM: crop.centreM, travel: mannequins.some(({ motion }) => motion.follows === 'x') ? 2.4 : 1, set, pieces, tags: tagsOf(staging.figures, mannequins, pose) };
}

/** As one take differs from another: nobody hits the same mark twice. */
function vary(mannequins: readonly Mannequin[], pose: CameraPose, { heightM }: Crop, random: SeededRandom): void {
  pose.x += random.between(-0.05, 0.05) * heightM;
  pose.y += random.between(-0.02, 0.03) * heightM;
  for (const figure of mannequins) {
    const turn = random.between(-0.16, 0.16);
    figure.turn += turn;
    figure.headTurn += turn * 0.6 + random.between(-0.08, 0.08);
  }
}

function tallOf({ child, longHair }: StagedFigure): number {
  return child ? 1.24 : longHair ? 1.68 : 1.78;
}

function cropFor(staging: Staging, mannequins: readonly Mannequin[], aspect: number): Crop {
  const { size, framing } = staging;
  const main = mannequins.slice(0, framing === 'over-shoulder' ? 1 : 2);
  if (main.length === 0) {
    const [thing] = staging.things;
    if (thing && thing.kind !== 'object' && !staging.crowd && !(staging.place.inside && thing.kind !== 'animal')) {
      // From far away all of them are seen, from near the first.
      const all = (size === 'extreme-wide' || size === 'wide' ? staging.things : [thing]).flatMap((each) => (each.kind === 'object' ? [] : [{ ...sizeOfThing(each), count: Math.min(5, each.count) }]));
      const sized = { wide: Math.max(...all.map(({ wide, count }) => wide * (1 + (count - 1) * 0.72))), high: Math.max(...all.map(({ high }) => high)) };
      return subjectCrop(size, size === 'extreme-wide' ? { wide: Math.max(4, sized.wide * 0.75), high: sized.high } : sized, aspect, thing.kind);
    }
    // Nobody and nothing: the place itself, from where it shows.
    if (staging.place.setting === 'car') return { heightM: 1.1, centreM: 1.15 };
    const plain = cropOf(staging.crowd ? size : size === 'extreme-wide' ? 'extreme-wide' : 'wide', 1.75);
    return staging.place.inside && !staging.crowd ? { heightM: size === 'extreme-wide' ? 7.5 : 3.6, centreM: 1.4 } : plain;
  }
  const [about] = main;
  if (about && size === 'extreme-close' && staging.mouth) return { heightM: 0.088, centreM: about.at.y + crownOf(about) - 0.174 };
  // An open umbrella needs room above the head.
  const headroomM = staging.umbrellas > 0 && !TIGHT.includes(size) ? 0.2 : 0;
  const top = headroomM + Math.max(...main.map((figure) => figure.at.y + crownOf(figure)));
  // Who sits or kneels is shorter from the head to the knees, but not to the waist.
  const folded = size === 'medium-wide' && main.every(({ pose }) => pose === 'sit' || pose === 'kneel') ? 0.9 : 1;
  const crop = cropOf(size, top, Math.max(...main.map(({ tall }) => tall)) * folded);
  if (staging.place.setting === 'car') return { heightM: Math.min(crop.heightM, 1.3), centreM: Math.max(crop.centreM, 1.05) };
  if (staging.place.inside && size === 'extreme-wide') return { heightM: 9.5, centreM: 2.6 };
  // Somebody who stands beside one who lies has his head in the frame.
  if (about?.pose === 'lie' && mannequins.some(({ pose }) => pose !== 'lie') && (size === 'full' || size === 'medium-wide' || size === 'medium')) return { heightM: size === 'full' ? 2.3 : 1.95, centreM: 0.92 };
  const lengthM = size === 'medium' ? 0.98 : size === 'medium-wide' ? 1.4 : 0;
  if (about?.pose === 'lie' && lengthM > 0 && aspect > 1) return { heightM: lengthM / aspect, centreM: about.at.y + 0.2 };
  if (about?.pose === 'lie' && size !== 'wide' && size !== 'extreme-wide') return { heightM: Math.max(crop.heightM, size === 'full' ? 1.5 : 0), centreM: about.at.y + 0.2 };
  if (staging.aboard && size === 'full') return { heightM: crop.heightM * 1.7, centreM: crop.centreM };
  // Several abreast need width: in an upright frame the camera goes back until they are in.
  const width = Math.max(...mannequins.map(({ at }) => at.x)) - Math.min(...mannequins.map(({ at }) => at.x)) + (size === 'full' || size === 'wide' ? 0.95 : 0.5);
  return mannequins.length > 1 && framing !== 'over-shoulder' && crop.heightM * aspect < width ? { heightM: width / aspect, centreM: crop.centreM - (width / aspect - crop.heightM) * 0.3 } : crop;
}

/** Where the people stand: who is on the left stays there, two look at each other, more stand in a loose row. */
function placeFigures(staging: Staging, aspect: number, inks: Inks): Mannequin[] {
  const { figures, size, place } = staging;
  const main = figures;
  const count = main.length;
  const rank = { left: -1, centre: 0, right: 1 } as const;
  const wide = cropOf(size, 1.72).heightM * aspect;
  const order = main.map((figure, index) => ({ figure, index })).sort((one, other) => rank[one.figure.side] - rank[other.figure.side] || one.index - other.index);
  const tight = size === 'close' || size === 'extreme-close' || size === 'medium-close';
  const apart = count < 2 ? 0 : Math.max(tight ? 0.3 : 0.42, Math.min(count === 2 ? 1.3 : 0.95, (wide * (count === 2 ? 0.42 : 0.7)) / (count - 1)));
  const placed = new Map<number, Mannequin>();
  for (const [slot, { figure, index }] of order.entries()) {
    const x = count === 1 ? rank[figure.side] * Math.min(wide * (tight ? 0.07 : 0.13), 1.1) : (slot - (count - 1) / 2) * apart;
    // Behind somebody who lies, so that both are seen.
    const lies = main.some(({ pose }) => pose === 'lie') && figure.pose !== 'lie';
    const z = lies ? 0.85 : count > 2 ? (slot % 2) * 0.38 : 0;
    const lying = figure.pose === 'lie' ? order.filter(({ figure: other }) => other.pose === 'lie').findIndex(({ index: other }) => other === index) : 0;
    placed.set(index, mannequinOf(figure, point(lies ? x * 0.6 - 0.35 : figure.pose === 'lie' ? lying * 0.5 : x, 0, figure.pose === 'lie' ? lying * 0.62 : z), place.inside, inks, count, staging, aspect));
  }
  return figures.flatMap((_, index) => placed.get(index) ?? []);
}

function mannequinOf(figure: StagedFigure, at: Point, inside: boolean, inks: Inks, count: number, staging: Staging, aspect: number): Mannequin {
  const inCar = staging.place.setting === 'car';
  const pose = inCar || (staging.aboard && figure.pose === 'stand') ? 'sit' : figure.pose === 'run' && TIGHT.includes(staging.size) ? 'walk' : figure.pose;
  const people = (colour: string): string => mix(colour, inks.tint, inks.onPeople);
  const sideways = !TIGHT.includes(staging.size) && (figure.pose === 'walk' || figure.pose === 'run' || figure.pose === 'ride') ? 1.25 : count === 2 ? 1.0 : 0.72;
  const turn = figure.facing === 'camera' ? 0.12 : figure.facing === 'away' ? Math.PI - 0.25 : figure.facing === 'right' ? sideways : -sideways;
  const mount = figure.pose === 'ride' ? staging.things.find(({ shape }) => shape === 'bicycle' || shape === 'motorcycle') : undefined;
  const bed = pose === 'lie' && inside && staging.place.setting === 'bedroom' && !/floor/iu.test(staging.place.setting);
  const umbrella = staging.figures.indexOf(figure) < staging.umbrellas;
  // In a close-up an arm that comes in from below is taken for somebody else's.
  const shown = staging.size === 'close' || staging.size === 'extreme-close' ? 'none' : figure.gesture;
  const gesture = (inCar || umbrella) && shown === 'none' ? 'hold' : shown;
  return {
    at: { ...at, x: inCar && count === 1 ? 0.3 * (figure.side === 'left' ? -1 : 1) : at.x, y: inCar ? 0.14 : staging.aboard ? 0.22 : bed && staging.angle !== 'top' ? 0.5 : mount ? -0.42 : pose === 'sit' || pose === 'lie' ? 0 : stepHeight(staging, at.x) },
    turn: inCar ? turn * 0.5 : turn,
    nod: staging.angle === 'low' ? -0.4 : staging.angle === 'high' ? 0.34 : 0,
    headTurn: headTurnOf(inCar ? turn * 0.5 : turn, staging, figure),
    tall: tallOf(figure),
    pose,
    gesture,
    colour: people(figure.colour),
    skin: people('#e8cba8'),
    hair: people(figure.hair ?? (figure.old ? GREY : HAIR[hashOf(figure.name + figure.colour) % HAIR.length] ?? HAIR[0])),
    longHair: figure.longHair,
    child: figure.child,
    bald: figure.bald === true,
    beard: figure.beard === true,
    hat: figure.hat,
    coat: figure.coat === true,
    motion: motionOf({ ...figure, gesture }, staging, cropOf(staging.size, 1.72).heightM * aspect),
  };
}

/** A face is seen from its better side: nearly from the front, or in full profile when two look at each other or somebody goes across the frame; between the two it reads as neither. */
function headTurnOf(turn: number, staging: Staging, figure: StagedFigure): number {
  const { size, framing, place, figures } = staging;
  if (Math.abs(turn) > 1.6) return turn;
  if (staging.profile && (figure.facing === 'left' || figure.facing === 'right')) return Math.sign(turn) * 1.45;
  if (size === 'extreme-close') return turn * 0.14;
  if (figures.length === 2 && framing !== 'over-shoulder' && place.setting !== 'car' && Math.abs(turn) > 0.5) return Math.sign(turn) * 1.38;
  return Math.abs(turn) > 1.1 ? turn : turn * (TIGHT.includes(size) ? 0.42 : 0.6);
}

/** The one whose shoulder we look over stands near the camera, large, at the other side of the frame. */
function placeShoulder(mannequins: readonly Mannequin[], pose: CameraPose, crop: Crop, aspect: number): void {
  const [seen, behind] = mannequins;
  if (!seen || !behind) return;
  const side = seen.at.x > 0 || seen.turn < 0 ? 1 : -1;
  // Of the way from the camera to the one who is seen: as large as a shoulder is in a medium shot, also in a wide one.
  const near = Math.min(0.4, 0.5 / crop.heightM);
  const halfWidth = (crop.heightM * aspect) / 2;
  seen.at = { ...seen.at, x: side * halfWidth * 0.3 };
  behind.at = { x: -side * halfWidth * near * (aspect < 1 ? 1.72 : 1.08), y: pose.y + (crop.heightM / 2) * near * 1.11 - crownOf(behind), z: pose.z * (1 - near) };
  behind.turn = Math.PI + side * 0.42;
  behind.colour = mix(behind.colour, '#14161c', 0.25);
  behind.skin = mix(behind.skin, '#14161c', 0.25);
  behind.hair = mix(behind.hair, '#14161c', 0.2);
  seen.turn = -side * 0.5;
  seen.headTurn = -side * 0.42;
  behind.headTurn = Math.PI + side * 0.5;
}

function figurePieces(figure: Mannequin, staging: Staging, inks: Inks, base: CameraPose): Piece[] {
  const now = (view: View): Mannequin => ({ ...figure, at: placeAt(figure.at, figure.motion, view, base) });
  const moving = moves(figure.motion);
  const shadow: Piece = {
    at: point(figure.at.x, -0.01, figure.at.z + 0.5),
    moving,
    draw(view) {
      const { at } = now(view);
      view.flatDisc(point(at.x, 0.004 + (staging.stairs === undefined ? 0 : at.y), at.z + 0.04), figure.pose === 'lie' ? 0.95 : 0.42, 0.26, 'rgba(20,22,32,0.28)');
    },
  };
  const body: Piece = { at: figure.at, moving, draw: (view) => drawMannequin(view, now(view), { line: inks.line, widthPx: lineFor(view, figure) }) };
  const pieces = staging.place.setting === 'sea' && staging.things.some(({ kind }) => kind === 'vehicle') ? [body] : [shadow, body];
  if (figure.pose === 'sit' && staging.place.setting !== 'car' && !staging.aboard) pieces.push(seat(figure.at.x, figure.at.z, inks));
  if (figure.pose === 'lie' && figure.at.y > 0.3) pieces.push(bedPiece(figure.at, inks));
  return pieces;
}

function bedPiece(at: Point, inks: Inks): Piece {
  const { x, z } = at;
  return {
    at: point(x, 0.2, z + 0.6),
    draw(view) {
      const line = { colour: inks.line, widthPx: 1.6 * view.unit };
      const [left, right, near, far] = [x - 1.1, x + 1.1, z - 0.5, z + 0.6];
      view.polygon([point(left, 0.5, near), point(right, 0.5, near), point(right, 0.5, far), point(left, 0.5, far)], lit('#dfe4ec', inks), line);
      view.polygon([point(left, 0.08, near), point(right, 0.08, near), point(right, 0.5, near), point(left, 0.5, near)], lit('#8fa3c8', inks), line);
      view.polygon([point(right + 0.02, 0, near), point(right + 0.02, 0, far), point(right + 0.02, 0.8, far), point(right + 0.02, 0.8, near)], lit('#7a5a42', inks), line);
    },
  };
}

function tableFor(mannequins: readonly Mannequin[], inks: Inks): Piece {
  const xs = mannequins.map(({ at }) => at.x);
  const apart = Math.max(...xs) - Math.min(...xs);
  // Between two who sit across from each other, else before the one.
  return mannequins.length > 1 ? table((Math.max(...xs) + Math.min(...xs)) / 2, 0, Math.max(0.5, apart - 0.5), 0.8, inks) : table(mannequins[0]?.at.x ?? 0, -0.52, 1.1, 0.6, inks);
}

function lineFor(view: View, { at, tall }: Mannequin): number {
  const size = view.disc(point(at.x, at.y + tall * 0.5, at.z), tall)?.r ?? 100;
  return Math.max(0.9, Math.min(3.4, 0.9 + size / 420)) * view.unit;
}

function tagsOf(figures: readonly StagedFigure[], mannequins: readonly Mannequin[], base: CameraPose): NameTag[] {
  return figures.flatMap(({ name, colour }, index) => {
    const figure = mannequins[index];
    if (!figure || name === '') return [];
    const crown = figure.pose === 'lie' ? point(figure.at.x + 0.3, figure.at.y + 0.5, figure.at.z) : point(figure.at.x, figure.at.y + crownOf(figure), figure.at.z);
    return [{ name, colour, crown: (view: View) => placeAt(crown, figure.motion, view, base) }];
  });
}

function hashOf(text: string): number {
  let hash = 5;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) >>> 0;
  return hash >>> 3;
}
