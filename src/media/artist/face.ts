import type { FigureInk, Head } from './head.ts';
import { beardOf, drawHat, drawHood } from './headwear.ts';
import { mix } from './inks.ts';
import { drawProfileFace } from './profile-face.ts';
import { drawSolids, drawTogether, type Solid } from './solids.ts';
import type { Point, View } from './view.ts';

const SKULL = 0.054;
/** A face turned further away than this is drawn from the side. */
const PROFILE_LOOKS = 0.6;

/** Head, hair, and a face that says where it looks. Near ones have eyes, brows and a mouth; far ones a nose and two dots. */
export function drawFace(view: View, head: Head, ink: FigureInk): void {
  const { place, tall, skin, hair } = head;
  const middle = view.disc(place(0, 0, 0), SKULL * tall);
  if (!middle) return;
  const ball = (right: number, up: number, forward: number, r: number): Solid['balls'][number] => ({ at: place(right, up, forward), r: r * tall });
  const looks = looksOf(view, head);
  const skull: Solid = { balls: [ball(0, 0.006, -0.006, SKULL), ball(0, -0.038, 0.012, 0.032), ball(0, -0.05, 0.016, 0.024)], colour: skin };
  const nose: Solid = { balls: [ball(0, -0.002, 0.0495, 0.0035), ball(0, -0.021, 0.0555, 0.0068)], colour: skin };
  const back: Solid | undefined = head.bald ? undefined : { balls: [ball(0, 0.014, -0.014, 0.055), ball(0, -0.005, -0.022, 0.047)], colour: hair };
  const tail = head.longHair && !head.bald ? longHair(head) : undefined;
  const draw = (solids: readonly (Solid | undefined)[]): void => {
    for (const solid of solids) if (solid) drawTogether(view, [solid], ink.line, ink.widthPx * 0.5);
  };
  if (looks > PROFILE_LOOKS) {
    drawHood(view, head, ink);
    draw([back, skull]);
    drawEars(view, head, ink);
    if (!head.bald) drawFringe(view, head, middle.r);
    if (head.beard) draw([beardOf(head, false)]);
    drawFeatures(view, head, middle.r, looks, ink);
    if (middle.r > 9 * view.unit) drawNoseLine(view, head, ink);
  } else if (looks > -0.3) {
    drawHood(view, head, ink);
    drawProfileFace(view, head, middle.r, ink);
    if (head.beard) draw([beardOf(head, true)]);
  } else {
    draw([skull, nose, back, tail]);
    drawHood(view, head, ink);
  }
  drawHat(view, head, ink);
}

function longHair({ place, tall, hair }: Head): Solid {
  const ball = (right: number, up: number, forward: number, r: number): Solid['balls'][number] => ({ at: place(right, up, forward), r: r * tall });
  return { balls: [ball(-0.02, 0, -0.03, 0.044), ball(0.02, 0, -0.03, 0.044), ball(-0.03, -0.11, -0.028, 0.03), ball(0.03, -0.11, -0.028, 0.03)], colour: hair };
}

/** Long hair of somebody who looks at us falls behind the shoulders: it is drawn before the body. */
export function drawHairBehind(view: View, head: Head, ink: FigureInk): void {
  if (!head.longHair || head.bald || looksOf(view, head) <= PROFILE_LOOKS) return;
  drawTogether(view, [longHair(head)], ink.line, ink.widthPx * 0.5);
}

/** 1 is straight at the camera, -1 away from it. */
function looksOf(view: View, { place, tall }: Head): number {
  return (view.depthOf(place(0, 0, 0)) - view.depthOf(place(0, 0, 0.05))) / (0.05 * tall);
}

function drawNoseLine(view: View, { place }: Head, ink: FigureInk): void {
  view.lines([[place(0.004, 0.0, 0.0505), place(0.0075, -0.02, 0.057)], [place(0.0075, -0.02, 0.057), place(0, -0.027, 0.0545)]], mix(ink.line, '#a5694a', 0.5), ink.widthPx * 0.8);
}

function drawEars(view: View, { place, tall, skin }: Head, ink: FigureInk): void {
  for (const side of [-1, 1]) {
    const near = view.depthOf(place(side * 0.05, 0, 0)) - view.depthOf(place(0, 0, 0));
    if (near < 0.012 * tall) drawSolids(view, [{ balls: [{ at: place(side * 0.052, -0.004, -0.006), r: 0.009 * tall }, { at: place(side * 0.05, -0.022, -0.003), r: 0.006 * tall }], colour: mix(skin, '#a5694a', 0.12) }], ink.line, ink.widthPx * 0.7);
  }
}

/** The hair line above the forehead. */
function drawFringe(view: View, { place, hair }: Head, radiusPx: number): void {
  if (radiusPx < 3) return;
  const line = Array.from({ length: 9 }, (_, index) => {
    const angle = ((index - 4) / 4) * 1.25;
    const up = 0.034 - Math.abs(angle) * 0.012;
    const round = Math.sqrt(Math.max(0, 0.0555 ** 2 - (up - 0.006) ** 2));
    return place(Math.sin(angle) * round, up, Math.cos(angle) * round - 0.006);
  });
  const crown = Array.from({ length: 9 }, (_, index) => {
    const angle = ((4 - index) / 4) * 1.35;
    return place(Math.sin(angle) * 0.0575, 0.006 + Math.cos(angle) * 0.0575, -0.004);
  });
  view.polygon([...line, ...crown], hair);
}

/** Points on the face: `right` and `up` from its middle, in heights of the figure. */
function onFace(place: Head['place'], right: number, up: number): Point {
  const bulge = Math.sqrt(Math.max(0.0004, SKULL ** 2 - right ** 2 * 1.05 - (up * 0.72) ** 2));
  return place(right, up, bulge - 0.004);
}

function drawFeatures(view: View, head: Head, radiusPx: number, looks: number, ink: FigureInk): void {
  const { place, tall } = head;
  const detailed = radiusPx > 34 * view.unit;
  const dark = mix(ink.line, head.hair, 0.4);
  for (const side of [-1, 1]) {
    // An eye on the far side of the nose is hidden once the head is turned.
    const visible = view.depthOf(place(0, 0, 0)) - view.depthOf(onFace(place, side * 0.021, -0.002));
    if (visible < 0.012 * tall) continue;
    if (!detailed) {
      const eye = view.disc(onFace(place, side * 0.021, -0.001), 0.0062 * tall);
      if (eye && radiusPx > 3.5) fillDisc(view, eye.x, eye.y, Math.max(eye.r, 0.9), dark);
      continue;
    }
    const eye = (share: number, rise: number): Point => onFace(place, side * 0.0215 + share * 0.0125, -0.001 + rise);
    view.polygon([eye(-1, 0), eye(-0.45, 0.0058), eye(0.3, 0.0062), eye(1, 0.001), eye(0.4, -0.0048), eye(-0.4, -0.0046)], '#fbf8f2', { colour: dark, widthPx: ink.widthPx * 0.55 });
    const iris = view.disc(onFace(place, side * 0.0215 + gaze(looks) * 0.003, 0.0002), 0.0054 * tall);
    if (iris) {
      fillDisc(view, iris.x, iris.y, iris.r, mix(head.hair, '#5a7486', 0.5));
      fillDisc(view, iris.x, iris.y, iris.r * 0.5, '#14141a');
      fillDisc(view, iris.x + iris.r * 0.3, iris.y - iris.r * 0.35, iris.r * 0.2, '#ffffff');
    }
    view.lines([[eye(-1.05, 0.0005), eye(-0.4, 0.0066)], [eye(-0.4, 0.0066), eye(0.35, 0.007)], [eye(0.35, 0.007), eye(1.05, 0.001)]], dark, ink.widthPx * 1.1);
    const brow = (share: number, rise: number): Point => onFace(place, side * 0.0215 + share * 0.015, 0.0125 + rise);
    view.polygon([brow(-1, 0), brow(0, 0.0045), brow(1, 0.001), brow(1, -0.002), brow(0, 0.0012), brow(-1, -0.003)], head.hair);
  }
  if (radiusPx < 9 * view.unit) return;
  const mouth = (right: number, up: number): Point => {
    const face = onFace(place, right, -0.042 + up);
    return face;
  };
  if (detailed) {
    view.polygon([mouth(-0.016, 0), mouth(-0.005, 0.0042), mouth(0, 0.003), mouth(0.005, 0.0042), mouth(0.016, 0), mouth(0, -0.0065)], mix(head.skin, '#9c3f3a', 0.55));
    for (const side of [-1, 1]) view.lines([[onFace(place, side * 0.0085, -0.024), onFace(place, side * 0.005, -0.0275)]], dark, ink.widthPx * 0.9);
  }
  view.lines([[mouth(-0.015, 0), mouth(0, -0.0006)], [mouth(0, -0.0006), mouth(0.015, 0)]], dark, ink.widthPx * (detailed ? 0.9 : 0.7));
}

function gaze(looks: number): number {
  return looks > 0.9 ? 0 : 0.4;
}

function fillDisc(view: View, x: number, y: number, r: number, colour: string): void {
  view.context.fillStyle = colour;
  view.context.beginPath();
  view.context.arc(x, y, r, 0, Math.PI * 2);
  view.context.fill();
}
