import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CameraMove } from './camera-move.ts';
import { PLANE_MARGIN, viewPlane } from './camera-path.ts';

const MOVES: CameraMove[] = ['static', 'pan-left', 'pan-right', 'tilt-up', 'tilt-down', 'zoom-in', 'zoom-out', 'push-in', 'pull-back', 'track-left', 'track-right', 'orbit-left', 'orbit-right', 'crane-up', 'crane-down', 'handheld'];

test('no move ever shows the edge of a plane', () => {
  fc.assert(
    fc.property(fc.constantFrom(...MOVES), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 15, noNaN: true }), (move, done, depth, timeS) => {
      const view = viewPlane(move, done, depth, timeS);
      expect(view.scale).toBeGreaterThanOrEqual(1);
      // A plane reaches `margin` beyond each side, more when scaled up; moving it further than that would open a gap.
      expect(Math.abs(view.dx)).toBeLessThanOrEqual(PLANE_MARGIN.x * view.scale);
      expect(Math.abs(view.dy)).toBeLessThanOrEqual(PLANE_MARGIN.y * view.scale);
    }),
  );
});

test('things go the other way than the camera, and a travel moves near things more than far ones', () => {
  const travel = (move: CameraMove, depth: number): { x: number; y: number } => {
    const from = viewPlane(move, 0, depth, 0);
    const to = viewPlane(move, 1, depth, 5);
    return { x: to.dx - from.dx, y: to.dy - from.dy };
  };
  expect(travel('pan-left', 0.5).x).toBeGreaterThan(0.3);
  expect(travel('pan-right', 0.5).x).toBeLessThan(-0.3);
  expect(travel('tilt-up', 0.5).y).toBeGreaterThan(0.2);
  expect(travel('crane-down', 1).y).toBeLessThan(-0.3);
  expect(travel('track-right', 1).x).toBeLessThan(travel('track-right', 0.1).x * 4);
  expect(Math.sign(travel('orbit-right', 1).x)).toBe(-Math.sign(travel('orbit-right', 0).x));
  expect(viewPlane('push-in', 1, 1, 5).scale).toBeGreaterThan(viewPlane('push-in', 1, 0, 5).scale + 0.4);
  expect(viewPlane('zoom-in', 1, 1, 5).scale).toBe(viewPlane('zoom-in', 1, 0, 5).scale);
  expect(viewPlane('static', 0.7, 1, 3)).toEqual({ dx: 0, dy: 0, scale: 1 });
});
