import { mix } from './inks.ts';
import { point, type Point, type View } from './view.ts';

/** A box on the set: its middle below, and its size in metres. */
export interface Block {
  x: number;
  y: number;
  z: number;
  wide: number;
  high: number;
  deep: number;
  colour: string;
}

/** Draws the sides of a box that the camera sees: front darker than top, sides darkest. */
export function drawBlock(view: View, { x, y, z, wide, high, deep, colour }: Block, line: string): void {
  const [left, right, near, far, top] = [x - wide / 2, x + wide / 2, z - deep / 2, z + deep / 2, y + high];
  const edge = { colour: line, widthPx: 1.5 * view.unit };
  const { pose } = view;
  const face = (corners: readonly Point[], shade: number): void => view.polygon(corners, shade < 0 ? mix(colour, '#ffffff', -shade) : mix(colour, '#000000', shade), edge);
  if (pose.x < left) face([point(left, y, near), point(left, y, far), point(left, top, far), point(left, top, near)], 0.22);
  if (pose.x > right) face([point(right, y, near), point(right, y, far), point(right, top, far), point(right, top, near)], 0.22);
  if (pose.y > top) face([point(left, top, near), point(right, top, near), point(right, top, far), point(left, top, far)], -0.14);
  if (pose.z < near) face([point(left, y, near), point(right, y, near), point(right, top, near), point(left, top, near)], 0.06);
  else if (pose.z > far) face([point(left, y, far), point(right, y, far), point(right, top, far), point(left, top, far)], 0.06);
}
