import type { ShotSize } from '../staging/shot-words.ts';
import type { Staging } from '../staging/staging.ts';
import type { Thing } from '../staging/thing-words.ts';
import { animalSize, drawAnimal } from './animals.ts';
import { drawBlock } from './block.ts';
import type { Crop } from './camera-rig.ts';
import { lit, type Inks } from './inks.ts';
import type { Mannequin } from './mannequin.ts';
import { placeAt } from './motion.ts';
import { drawObject, OBJECT_M } from './objects.ts';
import { TRACK_Z } from './public-places.ts';
import type { Piece } from './stage-set.ts';
import { buildingSize, drawProfile, vehicleSize } from './vehicles.ts';
import { point, type CameraPose, type Point, type View } from './view.ts';

const TABLE_M = 0.75;
const FLAT = new Set(['paper', 'map', 'photo', 'phone', 'key', 'gun', 'blade', 'coins', 'pen', 'hand', 'book', 'rope']);

/** An insert shows a thing on a table, filling the frame. */
export function insertCrop({ things, size }: Staging): Crop {
  const flat = FLAT.has(things[0]?.shape ?? 'parcel');
  return { heightM: OBJECT_M * (size === 'extreme-close' ? 1.5 : 1.85), centreM: TABLE_M + (flat ? 0.05 : OBJECT_M * 0.58) };
}

export function insertPose({ things, angle, place }: Staging, crop: Crop): CameraPose {
  const flat = FLAT.has(things[0]?.shape ?? 'parcel');
  const pitch = angle === 'top' ? -1.45 : angle === 'low' ? 0.08 : place.inside ? (flat ? -0.4 : -0.24) : flat ? -0.27 : -0.17;
  const focal = 2.1;
  const distance = focal * crop.heightM;
  return { x: 0, y: crop.centreM - distance * Math.sin(pitch), z: -distance * Math.cos(pitch), yaw: 0, pitch, roll: angle === 'dutch' ? 0.27 : 0, focal };
}

export function insertPieces({ things, place }: Staging, inks: Inks, pose: CameraPose): Piece[] {
  const [main, second] = things;
  const squash = Math.max(0.46, Math.min(1, Math.sin(-pose.pitch) * 1.25));
  const shape = main?.kind === 'object' ? main.shape : 'parcel';
  return [
    { at: point(0, 0.2, 0.9), draw: (view) => drawBlock(view, { x: 0, y: TABLE_M - 0.06, z: 0.05, wide: 1.5, high: 0.06, deep: 0.62, colour: lit(place.inside ? '#a87a50' : '#9a9284', inks) }, inks.line) },
    {
      at: point(0, TABLE_M, 0),
      draw(view) {
        const shadow = FLAT.has(shape) ? 0.02 : 0.12;
        view.flatDisc(point(0.03, TABLE_M + 0.002, 0.02), 0.12 + shadow, 0.07 + shadow * 0.3, 'rgba(20,18,24,0.25)');
        if (second?.kind === 'object' && second.shape !== 'hand') drawObject(view, second.shape, point(0, TABLE_M, 0.16), squash, inks, 1.15);
        const pair = [main, second].some((thing) => thing?.shape === 'hand' && thing.count > 1);
        if (shape !== 'hand' || !pair) drawObject(view, shape, point(0, TABLE_M, 0), squash, inks);
        if (pair) {
          // Two hands, thumbs inward; on what they work at, or side by side.
          for (const side of [-1, 1]) drawObject(view, 'hand', point(side * 0.2, TABLE_M + 0.01, shape === 'hand' ? 0 : -0.06), squash, inks, 0, side < 0);
          return;
        }
        if (second?.kind === 'object' && second.shape === 'hand') drawObject(view, 'hand', point(0.2, TABLE_M + 0.01, -0.09), squash, inks);
      },
    },
  ];
}

/** In metres. */
export function sizeOfThing(thing: Exclude<Thing, { kind: 'object' }>): { wide: number; high: number } {
  return thing.kind === 'animal' ? animalSize(thing.shape) : thing.kind === 'vehicle' ? vehicleSize(thing.shape) : buildingSize(thing.shape);
}

/** How a shot size crops an animal, a vehicle or a building. */
export function subjectCrop(size: ShotSize, { wide, high }: { wide: number; high: number }, aspect: number, kind: Thing['kind']): Crop {
  const whole = Math.max(high * 1.25, (wide * 1.22) / aspect);
  const factor: Record<ShotSize, number> = { 'extreme-wide': 6.5, wide: 2.5, full: 1.1, 'medium-wide': 0.95, medium: 0.75, 'medium-close': 0.55, close: 0.42, 'extreme-close': 0.24 };
  const heightM = whole * factor[size];
  const tight = factor[size] < 0.9 && kind === 'animal';
  return { heightM, centreM: tight ? high * 0.8 : high * 0.48 + (factor[size] > 2 ? heightM * 0.1 : 0) };
}

/** Animals, vehicles and buildings: in the middle where they are the subject, else beside or behind the people. */
export function thingPieces(staging: Staging, mannequins: readonly Mannequin[], inks: Inks, freeSide: 1 | -1, pose: CameraPose, aspect: number): Piece[] {
  const alone = mannequins.length === 0;
  const [rider] = mannequins.filter((figure) => figure.pose === 'ride');
  const seed = freeSide;
  return staging.things.flatMap((thing, nth): Piece[] => {
    if (thing.kind === 'object') return [];
    if (thing.kind === 'vehicle' && staging.place.inside) return [];
    const vessel = thing.shape === 'boat' || thing.shape === 'ship';
    if (vessel && !alone && staging.place.setting !== 'sea') return [];
    if (thing.shape === 'boat' && staging.aboard && !alone) return [aboard(mannequins, inks)];
    if (thing.kind === 'building' && (staging.place.inside || (!alone && staging.place.setting === 'street'))) return [];
    const size = sizeOfThing(thing);
    const flying = thing.shape === 'plane' || thing.shape === 'helicopter' ? size.high * 1.2 : thing.shape === 'bird' && !alone ? 2.6 : 0;
    const rides = rider !== undefined && nth === 0 && thing.kind !== 'building' && size.high < 4;
    // A tight shot of an animal is a shot of its head.
    const headX = thing.kind === 'animal' && alone && nth === 0 && pose.focal > 1.6 ? -size.wide * 0.36 : 0;
    return Array.from({ length: Math.min(5, thing.count) }, (_, copy): Piece => {
      const beside = ((copy + 1) >> 1) * (copy % 2 === 0 ? 1 : -1);
      const way: 1 | -1 = rides ? (rider.turn >= 0 ? 1 : -1) : seed > 0 ? 1 : -1;
      const x = rides ? rider.at.x : alone ? (nth === 0 ? headX * way : size.wide * 0.9 * freeSide) + beside * size.wide * 0.72 : besideX(thing, freeSide, size.wide, pose, aspect, beside, staging);
      const z = rides ? rider.at.z + 0.05 : (alone ? nth * 1.5 : behindZ(thing, staging)) + copy * Math.min(1.3, size.wide * 0.4);
      const at = point(x, flying, z);
      const onRock = !alone && thing.kind === 'building' && staging.place.setting === 'sea';
      return { at, draw: (view) => {
        const now = rides ? placeAt(at, rider.motion, view, pose) : at;
        if (thing.kind === 'animal') drawAnimal(view, thing.shape, now, way, inks);
        else drawProfile(view, thing.shape, now, way, inks);
        if (onRock) drawRock(view, now, size.wide, inks);
      } };
    });
  });
}

function drawRock(view: View, { x, z }: Point, wide: number, inks: Inks): void {
  const half = wide * 0.95;
  view.polygon([point(x - half * 1.3, 0, z - 0.1), point(x - half, 0.9, z - 0.1), point(x - half * 0.4, 1.5, z - 0.1), point(x + half * 0.5, 1.3, z - 0.1), point(x + half * 1.1, 0.7, z - 0.1), point(x + half * 1.4, 0, z - 0.1)], lit('#7d766c', inks), { colour: inks.line, widthPx: 1.4 * view.unit });
}

/** The boat around those who sit in it: its side hides their legs. */
function aboard(mannequins: readonly Mannequin[], inks: Inks): Piece {
  const xs = mannequins.map(({ at }) => at.x);
  const at = point((Math.max(...xs) + Math.min(...xs)) / 2, -0.3, -0.36);
  return { at, draw: (view) => drawProfile(view, 'boat', at, 1, inks) };
}

function behindZ({ kind, shape }: Thing, { place }: Staging): number {
  // By the sea a building stands on a rock of its own, off the shore.
  if (kind === 'building') return place.setting === 'sea' ? 40 : 16;
  if (shape === 'train' && place.setting === 'platform') return TRACK_Z;
  if (shape === 'ship' || shape === 'plane' || shape === 'train') return 30;
  if (shape === 'boat') return 7;
  return kind === 'vehicle' ? 3.6 : shape === 'bird' ? 4 : 0.7;
}

/** Into the free part of the frame, as far as it reaches at that distance. */
function besideX(thing: Thing, freeSide: 1 | -1, wide: number, pose: CameraPose, aspect: number, beside: number, staging: Staging): number {
  const half = (((behindZ(thing, staging) - pose.z) / pose.focal) * aspect) / 2;
  return freeSide * Math.min(half * 0.55, wide * 0.5 + 0.7) + beside * wide * 0.7;
}
