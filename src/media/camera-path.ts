import { assertNever } from '../lib/errors.ts';
import type { CameraMove } from './camera-move.ts';

/** Where a plane of the scene stands in the frame: moved by dx, dy (shares of the frame's width and height), then scaled about the middle. */
export interface PlaneView {
  dx: number;
  dy: number;
  scale: number;
}

/** How far beyond the frame a plane must reach so that no move shows its edge, in shares of the frame. */
export const PLANE_MARGIN = { x: 0.3, y: 0.28 } as const;

/**
 * The camera at one moment, seen by a plane.
 * @param done 0 at the clip's first frame, 1 at its last.
 * @param depth 0 is the sky, 1 the nearest plane. A turn (pan, tilt, zoom) moves all alike; a travel (track, push, crane,
 * orbit) moves near planes most: that difference is what makes it read as a travel.
 */
export function viewPlane(move: CameraMove, done: number, depth: number, timeS: number): PlaneView {
  const eased = easeInOut(done);
  const swing = eased - 0.5; // both ends keep the same distance from the edge
  switch (move) {
    case 'static':
      return { dx: 0, dy: 0, scale: 1 };
    case 'pan-left':
      return { dx: swing * 0.46 * (0.85 + 0.15 * depth), dy: 0, scale: 1 };
    case 'pan-right':
      return { dx: -swing * 0.46 * (0.85 + 0.15 * depth), dy: 0, scale: 1 };
    case 'tilt-up':
      return { dx: 0, dy: swing * 0.4 * (0.85 + 0.15 * depth), scale: 1 };
    case 'tilt-down':
      return { dx: 0, dy: -swing * 0.4 * (0.85 + 0.15 * depth), scale: 1 };
    case 'zoom-in':
      return { dx: 0, dy: 0, scale: 1 + 0.5 * eased };
    case 'zoom-out':
      return { dx: 0, dy: 0, scale: 1.5 - 0.5 * eased };
    case 'push-in':
      return { dx: 0, dy: 0.03 * depth * eased, scale: 1 + eased * (0.08 + 0.62 * depth) };
    case 'pull-back':
      return { dx: 0, dy: 0.03 * depth * (1 - eased), scale: 1 + (1 - eased) * (0.08 + 0.62 * depth) };
    case 'track-left':
      return { dx: swing * 0.54 * (0.05 + 0.95 * depth), dy: 0, scale: 1 };
    case 'track-right':
      return { dx: -swing * 0.54 * (0.05 + 0.95 * depth), dy: 0, scale: 1 };
    case 'orbit-left':
      return { dx: swing * 0.75 * (depth - 0.4), dy: 0, scale: 1 + 0.06 * Math.sin(Math.PI * eased) };
    case 'orbit-right':
      return { dx: -swing * 0.75 * (depth - 0.4), dy: 0, scale: 1 + 0.06 * Math.sin(Math.PI * eased) };
    case 'crane-up':
      return { dx: 0, dy: swing * 0.5 * (0.15 + 0.85 * depth), scale: 1 };
    case 'crane-down':
      return { dx: 0, dy: -swing * 0.5 * (0.15 + 0.85 * depth), scale: 1 };
    case 'handheld':
      return {
        dx: (0.011 * Math.sin(timeS * 2.3) + 0.006 * Math.sin(timeS * 5.1 + 1)) * (0.8 + 0.5 * depth),
        dy: (0.013 * Math.sin(timeS * 1.9 + 2) + 0.007 * Math.sin(timeS * 6.3)) * (0.8 + 0.5 * depth),
        scale: 1.03,
      };
    default:
      return assertNever(move, 'camera move');
  }
}

/** Constant speed in the middle, soft at both ends: how a fluid head moves. */
function easeInOut(done: number): number {
  const smooth = done * done * (3 - 2 * done);
  return 0.45 * done + 0.55 * smooth;
}
