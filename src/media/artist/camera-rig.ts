import { assertNever } from '../../lib/errors.ts';
import type { StagedMove } from '../staging/camera-control.ts';
import type { CameraAngle, ShotSize } from '../staging/shot-words.ts';
import type { CameraPose } from './view.ts';

/** What a frame shows at the subject's distance, in metres: how much from top to bottom, and around which height. */
export interface Crop {
  heightM: number;
  centreM: number;
}

/**
 * Where the frame cuts somebody whose head ends at `topM`: at the waist for a medium shot, and so on.
 * @param tallM standing: a child has its waist higher up in the frame, although its head is nearly as large.
 */
export function cropOf(size: ShotSize, topM: number, tallM = 1.75): Crop {
  const share = Math.min(1, tallM / 1.75);
  const fromHead = (above: number, body: number, head = 0): Crop => {
    const below = head + body * share;
    return { heightM: above + below, centreM: topM + above - (above + below) / 2 };
  };
  switch (size) {
    case 'extreme-wide':
      return { heightM: 15, centreM: 3.6 };
    case 'wide':
      return { heightM: 4.6, centreM: 1.55 };
    case 'full':
      return { heightM: topM * 1.24 + 0.1, centreM: topM * 0.5 + 0.02 };
    case 'medium-wide':
      return fromHead(0.16, 1.26);
    case 'medium':
      return fromHead(0.11, 0.66, 0.1);
    case 'medium-close':
      return fromHead(0.07, 0.3, 0.15);
    case 'close':
      return fromHead(0.03, 0.13, 0.19);
    case 'extreme-close':
      return { heightM: 0.112, centreM: topM - 0.118 };
    default:
      return assertNever(size, 'shot size');
  }
}

// A lens that suits the size: long ones keep a face from bulging.
const FOCAL: Record<ShotSize, number> = { 'extreme-wide': 1.15, wide: 1.25, full: 1.35, 'medium-wide': 1.5, medium: 1.7, 'medium-close': 2.1, close: 2.7, 'extreme-close': 5 };
const TILT: Record<CameraAngle, number> = { eye: 0, dutch: 0, low: 0.5, high: -0.62, top: -1.5 };

/** The camera before it moves. */
export function basePose(size: ShotSize, angle: CameraAngle, crop: Crop): CameraPose {
  const wide = size === 'wide' || size === 'extreme-wide' || size === 'full';
  const focal = angle === 'low' && wide ? 0.85 : angle === 'top' ? 1.25 : FOCAL[size];
  const distance = focal * (angle === 'top' ? Math.max(crop.heightM, size === 'extreme-wide' ? 13 : 1.5) : crop.heightM);
  let pitch = TILT[angle];
  if (angle === 'low' && crop.centreM - distance * Math.sin(pitch) < 0.22) pitch = Math.asin(Math.max(0.05, Math.min(1, (crop.centreM - 0.22) / distance)));
  if (size === 'extreme-wide' && angle === 'eye') pitch = -0.03;
  // From high up the horizon still shows: what time it is stands in the sky.
  if (size === 'extreme-wide' && angle === 'high') pitch = -0.32;
  const aim = angle === 'top' ? crop.centreM * 0.6 : crop.centreM;
  return { x: 0, y: aim - distance * Math.sin(pitch), z: -distance * Math.cos(pitch), yaw: 0, pitch, roll: angle === 'dutch' ? 0.27 : 0, focal };
}

/**
 * The camera at one moment of its move. Turns (pan, tilt, zoom) stay where they are; travels (track, push, crane, orbit)
 * leave their place, and near things pass far ones: that difference is what makes them read as travels.
 * @param done 0 at the first frame, 1 at the last.
 * @param aimM how high it aims. @param travel how far a track goes, of its usual way: one who walks along takes it further.
 */
export function movedPose(base: CameraPose, move: StagedMove, done: number, timeS: number, aimM: number, travel = 1): CameraPose {
  const eased = easeInOut(done);
  const swing = eased - 0.5; // the middle of the move is the frame that was composed
  const reach = Math.hypot(base.y - aimM, base.z);
  const side = (reach / base.focal) * 0.62 * travel;
  const lift = reach * Math.min(0.55, 0.94 / base.focal);
  const orbit = base.focal > 2 ? 0.8 : 1.15; // a face that fills the frame is soon seen from behind
  const forward = (share: number): CameraPose => ({ ...base, y: Math.max(0.12, base.y + (aimM - base.y) * share), z: base.z * (1 - share) });
  switch (move) {
    case 'static':
      return base;
    case 'pan-left':
      return { ...base, yaw: -swing * (0.62 / base.focal + 0.1) };
    case 'pan-right':
      return { ...base, yaw: swing * (0.62 / base.focal + 0.1) };
    case 'tilt-up':
      return { ...base, pitch: base.pitch + swing * (0.42 / base.focal) };
    case 'tilt-down':
      return { ...base, pitch: base.pitch - swing * (0.42 / base.focal) };
    case 'zoom-in':
      return { ...base, focal: base.focal * (0.86 + 0.5 * eased) };
    case 'zoom-out':
      return { ...base, focal: base.focal * (1.3 - 0.5 * eased) };
    case 'push-in':
      return forward(-0.15 + 0.37 * eased);
    case 'pull-back':
      return forward(0.21 - 0.4 * eased);
    case 'track-left':
      return { ...base, x: base.x - swing * side };
    case 'track-right':
      return { ...base, x: base.x + swing * side };
    case 'orbit-left':
      return orbited(base, -swing * orbit);
    case 'orbit-right':
      return orbited(base, swing * orbit);
    case 'crane-up':
      return craned(base, (eased - 0.4) * lift, reach);
    case 'crane-down':
      return craned(base, (0.6 - eased) * lift, reach);
    case 'roll-left':
      return { ...base, roll: base.roll - swing * 0.6 };
    case 'roll-right':
      return { ...base, roll: base.roll + swing * 0.6 };
    case 'down-back':
      return { ...craned(forward(0.2 - 0.4 * eased), (0.6 - eased) * lift * 0.8, reach) };
    case 'forward-up':
      return { ...forward(-0.14 + 0.34 * eased), pitch: base.pitch + swing * (0.36 / base.focal) };
    case 'turn-left-forward':
      return { ...forward(-0.14 + 0.3 * eased), yaw: -swing * (0.5 / base.focal) };
    case 'turn-right-forward':
      return { ...forward(-0.14 + 0.3 * eased), yaw: swing * (0.5 / base.focal) };
    case 'handheld': {
      const shake = 0.034 / base.focal;
      return {
        ...base,
        yaw: shake * (Math.sin(timeS * 2.3) + 0.55 * Math.sin(timeS * 5.1 + 1)),
        pitch: base.pitch + shake * (Math.sin(timeS * 1.9 + 2) + 0.5 * Math.sin(timeS * 6.3)),
        roll: base.roll + 0.018 * Math.sin(timeS * 1.4 + 0.5),
      };
    }
    default:
      return assertNever(move, 'camera move');
  }
}

function orbited(base: CameraPose, angle: number): CameraPose {
  const radius = -base.z;
  return { ...base, x: radius * Math.sin(-angle) * -1, z: -radius * Math.cos(angle), yaw: -angle };
}

/** Rises and looks down a little, so that the subject stays in the frame without standing still in it. */
function craned(base: CameraPose, riseM: number, reach: number): CameraPose {
  const y = Math.max(0.12, base.y + riseM);
  return { ...base, y, pitch: base.pitch - Math.atan2(y - base.y, reach) * 0.62 };
}

/** Constant speed in the middle, soft at both ends: how a fluid head moves. */
export function easeInOut(done: number): number {
  const smooth = done * done * (3 - 2 * done);
  return 0.4 * done + 0.6 * smooth;
}
