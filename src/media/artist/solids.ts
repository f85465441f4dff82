import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Disc, Point, View } from './view.ts';

/** A rounded body part or limb: the shape around two balls, or around several. */
export interface Solid {
  balls: readonly { at: Point; r: number }[];
  colour: string;
  /** Moves the part nearer in the order of drawing, in metres: a nose before its face. */
  nearer?: number;
}

/** Draws rounded solids from far to near, each with its outline: the jointed look of a mannequin. */
export function drawSolids(view: View, solids: readonly Solid[], line: string, lineWidthPx: number): void {
  const { context } = view;
  const seen = solids.flatMap(({ balls, colour, nearer = 0 }) => {
    const discs = balls.flatMap(({ at, r }) => view.disc(at, r) ?? []);
    if (discs.length < balls.length || discs.length === 0) return [];
    return [{ discs, colour, depth: discs.reduce((sum, { depth }) => sum + depth, 0) / discs.length - nearer }];
  });
  seen.sort((one, other) => other.depth - one.depth);
  // A wider shape under a narrower one: a line of the same look costs twice as much.
  for (const { discs, colour } of seen) {
    if (lineWidthPx > 0) fillHull(context, discs, lineWidthPx / 2, line);
    fillHull(context, discs, -lineWidthPx / 2, colour);
  }
}

function fillHull(context: SKRSContext2D, discs: readonly Disc[], grownPx: number, colour: string): void {
  context.beginPath();
  traceHull(context, grownPx === 0 ? discs : discs.map((disc) => ({ ...disc, r: Math.max(0.3, disc.r + grownPx) })));
  context.fillStyle = colour;
  context.fill();
}

/** Draws solids that are one body: a line around all of them, none between them. */
export function drawTogether(view: View, solids: readonly Solid[], line: string, lineWidthPx: number): void {
  const { context } = view;
  const shapes = solids.map(({ balls, colour }) => ({ discs: balls.flatMap(({ at, r }) => view.disc(at, r) ?? []), colour })).filter(({ discs }) => discs.length > 0);
  for (const { discs } of shapes) fillHull(context, discs, lineWidthPx, line);
  for (const { discs, colour } of shapes) fillHull(context, discs, 0, colour);
}

/** The outline around discs, as a rubber band would lie. */
export function traceHull(context: SKRSContext2D, discs: readonly Disc[]): void {
  const [first, second] = discs;
  if (!first) return;
  if (!second || (discs.length === 2 && Math.hypot(first.x - second.x, first.y - second.y) <= Math.abs(first.r - second.r))) {
    const larger = second && second.r > first.r ? second : first;
    context.arc(larger.x, larger.y, Math.max(0, larger.r), 0, Math.PI * 2);
    return;
  }
  if (discs.length === 2) {
    const direction = Math.atan2(second.y - first.y, second.x - first.x);
    const spread = Math.acos(Math.max(-1, Math.min(1, (first.r - second.r) / Math.hypot(first.x - second.x, first.y - second.y))));
    context.arc(first.x, first.y, first.r, direction + spread, direction - spread + Math.PI * 2);
    context.arc(second.x, second.y, second.r, direction - spread, direction + spread);
    context.closePath();
    return;
  }
  const points = discs.flatMap(({ x, y, r }) => {
    const corners = r > 60 ? 48 : r > 16 ? 24 : r > 6 ? 12 : 8;
    return Array.from({ length: corners }, (_, index) => [x + Math.cos((index / corners) * Math.PI * 2) * r, y + Math.sin((index / corners) * Math.PI * 2) * r] as const);
  });
  const outline = convexHull(points);
  for (const [index, [x, y]] of outline.entries()) if (index === 0) context.moveTo(x, y); else context.lineTo(x, y);
  context.closePath();
}

function convexHull(points: (readonly [number, number])[]): (readonly [number, number])[] {
  points.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const half = (ordered: readonly (readonly [number, number])[]): (readonly [number, number])[] => {
    const chain: (readonly [number, number])[] = [];
    for (const candidate of ordered) {
      for (;;) {
        const [before, last] = [chain.at(-2), chain.at(-1)];
        if (!before || !last || (last[0] - before[0]) * (candidate[1] - before[1]) - (last[1] - before[1]) * (candidate[0] - before[0]) > 0) break;
        chain.pop();
      }
      chain.push(candidate);
    }
    chain.pop();
    return chain;
  };
  return [...half(points), ...half(points.toReversed())];
}
