import { seededRandom } from '../seeded-random.ts';
import { glow } from './indoors.ts';
import { mix, withAlpha, type Inks } from './inks.ts';
import type { SetBrief } from './stage-set.ts';
import { point, type Point, type View } from './view.ts';

const FAR_M = 400;

/** Sky with sun or moon, clouds or stars, down to the horizon, and the ground from there on. */
export function drawSkyAndGround(view: View, brief: SetBrief, ground: { far: string; near: string }, seed: string): void {
  const { context, width, height, horizonY, unit } = view;
  const { place, inks } = brief;
  const top = Math.min(horizonY, height * 2.2);
  const reach = Math.max(width, height);
  if (top > -height) {
    const gradient = context.createLinearGradient(0, top - height * 0.85, 0, top);
    gradient.addColorStop(0, inks.skyTop);
    gradient.addColorStop(1, inks.skyLow);
    context.fillStyle = gradient;
    context.fillRect(-reach, -reach, width + reach * 2, reach + top + 1);
    drawHeavens(view, place.light, place.weather, inks, seed);
  }
  const from = Math.max(-reach, top);
  if (from < height + reach) {
    const bands = 6;
    const depth = Math.max(1, height - from);
    for (let band = 0; band < bands; band += 1) {
      // Nearer bands are wider, as the ground is.
      const start = from + depth * (band / bands) ** 1.8;
      context.fillStyle = mix(ground.far, ground.near, band / (bands - 1));
      context.fillRect(-reach, start, width + reach * 2, height + reach - start);
    }
    context.fillStyle = withAlpha(inks.line, 0.5);
    context.fillRect(-reach, from - unit * 0.7, width + reach * 2, unit * 1.4);
  }
}

function drawHeavens(view: View, light: SetBrief['place']['light'], weather: SetBrief['place']['weather'], inks: Inks, seed: string): void {
  const random = seededRandom(`sky|${seed}`);
  const heaven = (side: number, rise: number): Point => point(view.pose.x + side * FAR_M, view.pose.y + rise * FAR_M, view.pose.z + FAR_M);
  const clear = weather === 'clear' || weather === 'embers';
  const { context, unit } = view;
  if (light === 'night' && clear) {
    context.fillStyle = '#dfe6ff';
    for (let star = 0; star < 80; star += 1) {
      const at = view.disc(heaven(random.between(-1.2, 1.2), random.between(0.03, 0.8)), 1);
      const size = random.between(1, 2.6) * unit;
      if (at) context.fillRect(at.x, at.y, size, size);
    }
  }
  const sun = view.disc(heaven(random.pick([-0.34, 0.36]) / Math.max(1, view.pose.focal * 0.7), (light === 'day' ? 0.26 : light === 'night' ? 0.24 : 0.07) / Math.max(1, view.pose.focal * 0.8)), 1);
  if (sun && clear) {
    const radius = (light === 'day' ? 34 : light === 'night' ? 30 : 46) * unit;
    glow(view, sun.x, sun.y, radius * 3.4, inks.body, light === 'night' ? 0.22 : 0.5);
    context.fillStyle = inks.body;
    context.beginPath();
    context.arc(sun.x, sun.y, radius, 0, Math.PI * 2);
    context.fill();
    if (light === 'night') {
      context.fillStyle = inks.skyTop;
      context.beginPath();
      context.arc(sun.x + radius * 0.42, sun.y - radius * 0.2, radius * 0.86, 0, Math.PI * 2);
      context.fill();
    }
  }
  context.fillStyle = withAlpha(light === 'night' ? '#3a4a75' : mix(inks.skyLow, '#ffffff', 0.55), light === 'night' ? 0.5 : 0.8);
  for (let cloud = 0; cloud < (clear ? 4 : 8); cloud += 1) {
    const side = random.between(-1, 1);
    const rise = random.between(0.1, 0.36);
    context.beginPath();
    for (const [dx, dy, r] of [[-0.055, 0, 0.022], [0, 0.012, 0.034], [0.05, 0, 0.024], [0.09, -0.004, 0.014]] as const) {
      const puff = view.disc(heaven(side + dx, rise + dy), r * FAR_M);
      if (!puff) continue;
      context.moveTo(puff.x + puff.r, puff.y);
      context.ellipse(puff.x, puff.y, puff.r * 1.25, puff.r * 0.72, 0, 0, Math.PI * 2);
    }
    context.fill();
  }
}

/** A line of hills, peaks or roofs far away, filled down to the horizon. */
export function drawSkyline(view: View, heights: readonly number[], distanceM: number, colour: string, line?: string): void {
  const half = distanceM * 1.6;
  const edge = heights.map((high, index) => point(view.pose.x * 0.98 - half + (index / (heights.length - 1)) * half * 2, high, distanceM));
  view.polygon([point(-half, -1, distanceM), ...edge, point(half, -1, distanceM)], colour, line === undefined ? undefined : { colour: line, widthPx: 1.4 * view.unit });
}
