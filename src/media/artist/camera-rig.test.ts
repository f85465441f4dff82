import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StagedMove } from '../staging/camera-control.ts';
import type { CameraAngle, ShotSize } from '../staging/shot-words.ts';
import { basePose, cropOf, movedPose } from './camera-rig.ts';
import { View, type Point } from './view.ts';

const MOVES: StagedMove[] = ['static', 'pan-left', 'pan-right', 'tilt-up', 'tilt-down', 'zoom-in', 'zoom-out', 'push-in', 'pull-back', 'track-left', 'track-right', 'orbit-left', 'orbit-right', 'crane-up', 'crane-down', 'handheld', 'roll-left', 'roll-right', 'down-back', 'forward-up', 'turn-left-forward', 'turn-right-forward'];
const SIZES: ShotSize[] = ['extreme-wide', 'wide', 'full', 'medium-wide', 'medium', 'medium-close', 'close', 'extreme-close'];
const ANGLES: CameraAngle[] = ['eye', 'low', 'high', 'top', 'dutch'];
const NEAR: Point = { x: 0, y: 1.4, z: 0 };
const FAR: Point = { x: 0, y: 1.4, z: 12 };
// Nothing is drawn: a view only needs somewhere to draw to.
const nowhere = undefined as unknown as ConstructorParameters<typeof View>[0];

function seen(move: StagedMove, done: number, point: Point): { x: number; y: number; r: number } {
  const crop = cropOf('medium', 1.75);
  const at = new View(nowhere, 1280, 720, movedPose(basePose('medium', 'eye', crop), move, done, done * 5, crop.centreM)).disc(point, 0.1);
  if (!at) throw new Error('behind the camera');
  return at;
}
const travel = (move: StagedMove, point: Point) => ({ x: seen(move, 1, point).x - seen(move, 0, point).x, y: seen(move, 1, point).y - seen(move, 0, point).y, growth: seen(move, 1, point).r / seen(move, 0, point).r });

test('things go the other way than the camera', () => {
  expect(travel('pan-left', NEAR).x).toBeGreaterThan(200);
  expect(travel('pan-right', NEAR).x).toBeLessThan(-200);
  expect(travel('tilt-up', NEAR).y).toBeGreaterThan(150);
  expect(travel('crane-down', NEAR).y).toBeLessThan(-30);
  expect(travel('push-in', NEAR).growth).toBeGreaterThan(1.4);
  expect(travel('pull-back', NEAR).growth).toBeLessThan(0.72);
});

test('a turn moves near and far alike, a travel moves near things more: that tells them apart', () => {
  expect(travel('pan-right', NEAR).x / travel('pan-right', FAR).x).toBeCloseTo(1, 1);
  expect(travel('zoom-in', NEAR).growth).toBeCloseTo(travel('zoom-in', FAR).growth, 6);
  expect(travel('track-right', NEAR).x).toBeLessThan(travel('track-right', FAR).x * 4);
  expect(travel('push-in', NEAR).growth).toBeGreaterThan(travel('push-in', FAR).growth + 0.3);
  expect(Math.abs(travel('orbit-right', NEAR).x)).toBeLessThan(5);
  expect(Math.abs(travel('orbit-right', FAR).x)).toBeGreaterThan(300);
});

test('a larger size shows more of somebody: head sizes grow from extreme wide to extreme close', () => {
  const heads = SIZES.map((size) => 0.235 / cropOf(size, 1.75).heightM);
  expect(heads).toEqual(heads.toSorted((one, other) => one - other));
  expect(heads[0]).toBeLessThan(0.03);
  expect(heads.at(-1)).toBeGreaterThan(1.5);
});

test('from every angle, in every size and move, the subject is before the camera and near the middle', () => {
  fc.assert(
    fc.property(fc.constantFrom(...MOVES), fc.constantFrom(...SIZES), fc.constantFrom(...ANGLES), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 15, noNaN: true }), (move, size, angle, done, timeS) => {
      const crop = cropOf(size, 1.75);
      const pose = movedPose(basePose(size, angle, crop), move, done, timeS, crop.centreM);
      const at = new View(nowhere, 1280, 720, pose).disc({ x: 0, y: crop.centreM, z: 0 }, 0.1);
      expect(pose.y).toBeGreaterThan(0);
      expect(at).toBeDefined();
      expect(Math.abs((at?.x ?? 0) - 640)).toBeLessThan(560);
      expect(Math.abs((at?.y ?? 0) - 360)).toBeLessThan(420);
    }),
  );
});
