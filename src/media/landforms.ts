import type { SKRSContext2D } from '@napi-rs/canvas';
import { mix, withAlpha } from './palette.ts';
import type { Area } from './scene-plane.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Fills from a wavy upper edge down to the area's end. */
export function fillRidge(context: SKRSContext2D, area: Area, edge: (x: number) => number, colours: { top: string; bottom: string }, stepPx: number): void {
  context.beginPath();
  context.moveTo(area.left, area.bottom);
  let highest = area.bottom;
  for (let x = area.left; x <= area.right + stepPx; x += stepPx) {
    const y = edge(x);
    highest = Math.min(highest, y);
    context.lineTo(x, y);
  }
  context.lineTo(area.right, area.bottom);
  context.closePath();
  const gradient = context.createLinearGradient(0, highest, 0, area.bottom);
  gradient.addColorStop(0, colours.top);
  gradient.addColorStop(1, colours.bottom);
  context.fillStyle = gradient;
  context.fill();
}

/** A smooth edge: three waves of random length and phase. `roughness` 0 is rolling, 1 is hilly. */
export function rollingEdge(random: SeededRandom, y: number, height: number, width: number, roughness: number): (x: number) => number {
  const waves = [1, 2.3, 5.1].map((factor, index) => ({ frequency: ((0.8 + random.between(0, 0.5)) * factor * Math.PI * 2) / width, phase: random.between(0, 6.3), size: [1, 0.45, 0.18 * roughness][index] ?? 0 }));
  return (x) => y - height * waves.reduce((sum, wave) => sum + wave.size * (0.5 + 0.5 * Math.sin(x * wave.frequency + wave.phase)), 0) * 0.62;
}

/** A jagged edge: peaks by repeated halving of a line. */
export function jaggedEdge(random: SeededRandom, area: Area, y: number, height: number): (x: number) => number {
  let points = [0.3, 0.95, 0.35, 0.8, 0.25, 1, 0.4].map((level) => level * random.between(0.75, 1));
  for (let spread = 0.22; spread > 0.015; spread /= 2) {
    points = points.flatMap((point, index) => {
      const next = points[index + 1];
      return next === undefined ? [point] : [point, (point + next) / 2 + random.between(-spread, spread)];
    });
  }
  return (x) => {
    const at = Math.min(points.length - 1.001, Math.max(0, ((x - area.left) / (area.right - area.left)) * (points.length - 1)));
    const index = Math.floor(at);
    const from = points[index] ?? 0;
    return y - height * (from + ((points[index + 1] ?? from) - from) * (at - index));
  };
}

export function drawPine(context: SKRSContext2D, x: number, foot: number, height: number, colour: string, snow?: string): void {
  for (let tier = 0; tier < 4; tier += 1) {
    const top = foot - height + tier * height * 0.2;
    const bottom = top + height * 0.36;
    const half = height * (0.09 + tier * 0.055);
    triangle(context, x, top, x - half, x + half, bottom, colour);
    if (snow) triangle(context, x, top, x - half * 0.45, x + half * 0.45, top + height * 0.14, snow);
  }
  context.fillStyle = colour;
  context.fillRect(x - height * 0.02, foot - height * 0.1, height * 0.04, height * 0.14);
}

export function drawRoundTree(context: SKRSContext2D, random: SeededRandom, x: number, foot: number, height: number, colour: string): void {
  context.fillStyle = mix(colour, '#000000', 0.25);
  context.fillRect(x - height * 0.03, foot - height * 0.5, height * 0.06, height * 0.52);
  for (let blob = 0; blob < 7; blob += 1) {
    context.fillStyle = mix(colour, '#ffffff', random.between(0, 0.09));
    disc(context, x + random.between(-0.24, 0.24) * height, foot - height * random.between(0.48, 0.86), height * random.between(0.13, 0.2));
  }
}

/** A row of house fronts with windows; some are lit. */
export function drawSkyline(context: SKRSContext2D, random: SeededRandom, area: Area, foot: number, height: number, unit: number, colours: { wall: string; foot: string; window: string; lit: number }): void {
  for (let x = area.left; x < area.right; ) {
    const width = random.between(46, 110) * unit;
    const tall = height * random.between(0.35, 1);
    const top = foot - tall;
    const gradient = context.createLinearGradient(0, top, 0, foot);
    gradient.addColorStop(0, colours.wall);
    gradient.addColorStop(1, colours.foot);
    context.fillStyle = gradient;
    context.fillRect(x, top, width + 1, area.bottom - top);
    const roof = random.between();
    if (roof < 0.25) context.fillRect(x + width * 0.45, top - 34 * unit, 3 * unit, 34 * unit);
    else if (roof < 0.45) context.fillRect(x + width * 0.25, top - 14 * unit, width * 0.5, 15 * unit);
    const column = 15 * unit;
    const row = 20 * unit;
    for (let windowX = x + column * 0.7; windowX < x + width - column * 0.8; windowX += column) {
      for (let windowY = top + row * 0.8; windowY < foot + height * 0.25; windowY += row) {
        const lit = random.between() < colours.lit;
        context.fillStyle = lit ? withAlpha(colours.window, random.between(0.45, 0.95)) : 'rgba(0,0,0,0.12)';
        context.fillRect(windowX, windowY, column * 0.5, row * 0.5);
      }
    }
    x += width + random.between(0, 10) * unit;
  }
}

/** A soft cloud out of overlapping glows, thinner at its foot. */
export function drawCloud(context: SKRSContext2D, random: SeededRandom, x: number, y: number, size: number, colour: string, alpha: number): void {
  for (let puff = 0; puff < 14; puff += 1) {
    const along = random.between(-1, 1);
    const radius = size * (0.2 + 0.26 * (1 - Math.abs(along))) * random.between(0.7, 1.1);
    glow(context, x + along * size, y - random.between(0, 0.24) * size * (1 - along * along), radius, colour, alpha);
  }
}

/** Light that fades out. */
export function glow(context: SKRSContext2D, x: number, y: number, radius: number, colour: string, alpha: number): void {
  const gradient = context.createRadialGradient(x, y, 0, x, y, radius);
  gradient.addColorStop(0, withAlpha(colour, alpha));
  gradient.addColorStop(0.4, withAlpha(colour, alpha * 0.5));
  gradient.addColorStop(1, withAlpha(colour, 0));
  context.fillStyle = gradient;
  context.fillRect(x - radius, y - radius, radius * 2, radius * 2);
}

export function disc(context: SKRSContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}

function triangle(context: SKRSContext2D, x: number, top: number, left: number, right: number, bottom: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(right, bottom);
  context.lineTo(left, bottom);
  context.closePath();
  context.fill();
}
