import type { AnimalShape } from '../staging/thing-words.ts';
import { lit, mix, type Inks } from './inks.ts';
import { drawSolids, drawTogether, type Solid } from './solids.ts';
import { point, type Point, type View } from './view.ts';

/** A four-legged build, in metres: height of the back, length of the body, girth; then neck, head, ears, tail. */
interface Build {
  back: number;
  long: number;
  girth: number;
  neck: readonly [forward: number, up: number, r: number];
  head: readonly [long: number, r: number, drop: number];
  ear: readonly [up: number, r: number];
  tail: readonly [back: number, up: number, r: number];
  leg: number;
  colour: string;
  extra?: 'antlers' | 'hump' | 'trunk' | 'mane' | 'horns';
}

const BUILDS: Record<Exclude<AnimalShape, 'bird' | 'fish'>, Build> = {
  dog: { back: 0.62, long: 0.7, girth: 0.13, neck: [0.1, 0.15, 0.095], head: [0.17, 0.095, 0.045], ear: [0.15, 0.04], tail: [0.3, -0.12, 0.05], leg: 0.042, colour: '#858a90' },
  cat: { back: 0.34, long: 0.46, girth: 0.095, neck: [0.06, 0.08, 0.07], head: [0.06, 0.085, 0.01], ear: [0.1, 0.03], tail: [0.3, 0.22, 0.022], leg: 0.032, colour: '#c08a4e' },
  horse: { back: 1.35, long: 1.5, girth: 0.3, neck: [0.36, 0.52, 0.17], head: [0.42, 0.13, 0.22], ear: [0.17, 0.04], tail: [0.26, -0.5, 0.07], leg: 0.08, colour: '#8a5a3a', extra: 'mane' },
  deer: { back: 0.95, long: 0.95, girth: 0.19, neck: [0.16, 0.34, 0.09], head: [0.2, 0.085, 0.06], ear: [0.1, 0.035], tail: [0.08, 0.02, 0.04], leg: 0.04, colour: '#a8744a', extra: 'antlers' },
  bear: { back: 0.95, long: 1.25, girth: 0.36, neck: [0.16, 0.06, 0.26], head: [0.22, 0.2, 0.06], ear: [0.2, 0.06], tail: [0.06, 0, 0.05], leg: 0.14, colour: '#6b4a34' },
  cow: { back: 1.2, long: 1.5, girth: 0.36, neck: [0.22, 0.06, 0.22], head: [0.36, 0.17, 0.12], ear: [0.08, 0.06], tail: [0.12, -0.55, 0.03], leg: 0.09, colour: '#e6ddd0', extra: 'horns' },
  elephant: { back: 2.3, long: 2.4, girth: 0.75, neck: [0.3, 0.12, 0.5], head: [0.2, 0.46, 0.1], ear: [-0.06, 0.34], tail: [0.14, -0.8, 0.04], leg: 0.24, colour: '#8d9096', extra: 'trunk' },
  camel: { back: 1.5, long: 1.4, girth: 0.3, neck: [0.5, 0.36, 0.13], head: [0.28, 0.12, 0.06], ear: [0.1, 0.03], tail: [0.12, -0.4, 0.03], leg: 0.07, colour: '#c79a5c', extra: 'hump' },
  rabbit: { back: 0.2, long: 0.26, girth: 0.09, neck: [0.04, 0.06, 0.06], head: [0.05, 0.065, 0.01], ear: [0.17, 0.02], tail: [0.05, 0.04, 0.035], leg: 0.03, colour: '#a8937c' },
};

export function animalSize(shape: AnimalShape): { wide: number; high: number } {
  if (shape === 'bird') return { wide: 0.8, high: 0.55 };
  if (shape === 'fish') return { wide: 2.4, high: 0.9 };
  const { back, long, neck } = BUILDS[shape];
  return { wide: long + neck[0] + 0.5, high: back + neck[1] + 0.12 };
}

/** Draws an animal from the side, a little towards us; `way` -1 looks to the left. */
export function drawAnimal(view: View, shape: AnimalShape, at: Point, way: 1 | -1, inks: Inks): void {
  const width = 2 * view.unit;
  if (shape === 'bird') return drawBird(view, at, way, inks, width);
  if (shape === 'fish') return drawFish(view, at, way, inks, width);
  const build = BUILDS[shape];
  const colour = lit(build.colour, inks);
  const dark = mix(colour, '#1a1614', 0.3);
  const { back, long, girth, neck, head, ear, tail, leg } = build;
  const on = (x: number, y: number, z = 0): Point => point(at.x + x * way, at.y + y, at.z + z);
  const ball = (x: number, y: number, r: number, z = 0): Solid['balls'][number] => ({ at: on(x, y, z), r });
  const legs = [-1, 1].flatMap((side) =>
    [-1, 1].map((end): Solid => ({ balls: [ball(end * long * 0.4, back - girth * 1.1, leg * 1.25, side * girth * 0.5), ball(end * long * 0.44 + side * 0.07 * long, leg * 0.7, leg * 0.62, side * girth * 0.5)], colour: side > 0 ? dark : colour })),
  );
  const headX = long * 0.5 + neck[0];
  const headY = back - girth * 0.4 + neck[1];
  const body: Solid[] = [
    { balls: [ball(-long * 0.42, back - girth, girth), ball(long * 0.42, back - girth, girth * 0.96)], colour },
    { balls: [ball(long * 0.42, back - girth * 0.8, neck[2] * 1.3), ball(headX, headY, neck[2] * 0.9)], colour },
    { balls: [ball(headX, headY, head[1]), ball(headX + head[0], headY - head[2], head[1] * 0.58)], colour },
    { balls: [ball(-long * 0.5, back - girth * 0.6, tail[2]), ball(-long * 0.5 - tail[0], back - girth * 0.6 + tail[1], tail[2] * 0.7)], colour },
  ];
  if (build.extra === 'hump') body.push({ balls: [ball(0, back - 0.05, 0.24), ball(0, back + 0.2, 0.12)], colour });
  if (build.extra === 'trunk') body.push({ balls: [ball(headX + 0.36, headY - 0.1, 0.2), ball(headX + 0.55, headY - 1.3, 0.09)], colour });
  drawSolids(view, legs.filter((_, index) => index >= 2), inks.line, width);
  drawTogether(view, body, inks.line, width * 0.55);
  drawSolids(view, legs.filter((_, index) => index < 2), inks.line, width);
  const earBalls = [ball(headX - head[1] * 0.3, headY + head[1] * 0.6, ear[1], -head[1] * 0.5), ball(headX - head[1] * 0.45, headY + ear[0], ear[1] * 0.55, -head[1] * 0.5)];
  drawSolids(view, [{ balls: earBalls, colour: dark }], inks.line, width * 0.8);
  const eye = view.disc(on(headX + head[1] * 0.45, headY + head[1] * 0.2, -head[1] * 0.8), head[1] * 0.13);
  if (eye) dot(view, eye.x, eye.y, Math.max(eye.r, view.unit), '#14141a');
  const nose = view.disc(on(headX + head[0] + head[1] * 0.42, headY - head[2] + head[1] * 0.1, -0.02), head[1] * 0.17);
  if (nose) dot(view, nose.x, nose.y, Math.max(nose.r, view.unit), '#2a2020');
  const lines = (pairs: readonly (readonly [Point, Point])[], colourOf: string, widthPx: number): void => view.lines(pairs, colourOf, widthPx * view.unit);
  if (build.extra === 'antlers') lines([-1, 1].flatMap((side) => [[on(headX, headY + 0.07, side * 0.04), on(headX - 0.08, headY + 0.4, side * 0.2)], [on(headX - 0.04, headY + 0.22, side * 0.12), on(headX + 0.14, headY + 0.4, side * 0.2)], [on(headX - 0.07, headY + 0.34, side * 0.17), on(headX + 0.06, headY + 0.5, side * 0.24)]] as const), mix('#d9c7a4', inks.line, 0.25), 4);
  if (build.extra === 'horns') lines([-1, 1].map((side) => [on(headX, headY + 0.14, side * 0.1), on(headX + 0.1, headY + 0.34, side * 0.24)] as const), '#efe6d2', 5);
  if (build.extra === 'mane') drawSolids(view, [{ balls: [ball(headX - 0.1, headY + 0.12, 0.07), ball(long * 0.42, back + 0.02, 0.07)], colour: dark }], inks.line, width * 0.7);
}

function drawBird(view: View, at: Point, way: 1 | -1, inks: Inks, width: number): void {
  const colour = lit('#dfe4e8', inks);
  const dark = lit('#6f7a86', inks);
  const on = (x: number, y: number): Point => point(at.x + x * way, at.y + y, at.z);
  view.polygon([on(0.02, 0.28), on(-0.18, 0.3), on(-0.46, 0.72), on(-0.16, 0.52)], dark, { colour: inks.line, widthPx: width });
  drawTogether(view, [{ balls: [{ at: on(-0.22, 0.22), r: 0.05 }, { at: on(0.1, 0.26), r: 0.1 }], colour }, { balls: [{ at: on(0.24, 0.34), r: 0.065 }], colour }, { balls: [{ at: on(-0.24, 0.22), r: 0.04 }, { at: on(-0.42, 0.18), r: 0.03 }], colour: dark }], inks.line, width * 0.5);
  view.polygon([on(0.3, 0.36), on(0.42, 0.32), on(0.3, 0.31)], lit('#e0a030', inks), { colour: inks.line, widthPx: width * 0.6 });
  view.polygon([on(0.1, 0.3), on(-0.12, 0.28), on(-0.02, 0.78), on(0.12, 0.56)], colour, { colour: inks.line, widthPx: width });
  const eye = view.disc(on(0.265, 0.355), 0.012);
  if (eye) dot(view, eye.x, eye.y, Math.max(eye.r, view.unit), '#14141a');
}

function drawFish(view: View, at: Point, way: 1 | -1, inks: Inks, width: number): void {
  const colour = lit('#5d7f95', inks);
  const on = (x: number, y: number): Point => point(at.x + x * way, at.y + y, at.z);
  drawTogether(view, [{ balls: [{ at: on(0.6, 0.4), r: 0.3 }, { at: on(-0.2, 0.42), r: 0.26 }, { at: on(-1, 0.5), r: 0.06 }], colour }, { balls: [{ at: on(-1, 0.5), r: 0.05 }, { at: on(-1.35, 0.85), r: 0.04 }], colour }, { balls: [{ at: on(-1, 0.5), r: 0.05 }, { at: on(-1.35, 0.25), r: 0.04 }], colour }], inks.line, width * 0.5);
  view.polygon([on(0, 0.66), on(-0.3, 0.98), on(-0.36, 0.64)], mix(colour, '#000000', 0.2), { colour: inks.line, widthPx: width });
  const eye = view.disc(on(0.68, 0.48), 0.03);
  if (eye) dot(view, eye.x, eye.y, Math.max(eye.r, view.unit), '#14141a');
}

function dot(view: View, x: number, y: number, r: number, colour: string): void {
  view.context.fillStyle = colour;
  view.context.beginPath();
  view.context.arc(x, y, r, 0, Math.PI * 2);
  view.context.fill();
}
