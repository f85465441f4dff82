import type { SKRSContext2D } from '@napi-rs/canvas';
import { disc, drawCloud, glow } from './landforms.ts';
import { mix, withAlpha, type Palette } from './palette.ts';
import { makePlane, type Area, type ScenePlane, type Stage } from './scene-plane.ts';
import type { SceneDescription } from './scene-words.ts';
import type { SeededRandom } from './seeded-random.ts';

/** The sky with its sun, moon and stars, and a plane of clouds that drifts. */
export function paintSky(stage: Stage, scene: SceneDescription, palette: Palette, random: SeededRandom): ScenePlane[] {
  const { width, horizon, unit } = stage;
  const bodyX = width * random.pick([random.between(0.14, 0.32), random.between(0.66, 0.86)]);
  const bodyY = horizon * { day: 0.34, dawn: 0.78, dusk: 0.8, night: 0.3 }[scene.light];
  const open = scene.setting !== 'space';
  const clear = scene.weather !== 'rain' && scene.weather !== 'fog';

  // The ground hides what is lower; painting it would cost with every frame.
  const sky = makePlane(stage, { depth: 0, to: open ? horizon + stage.height * 0.16 : undefined }, (context, area) => {
    const gradient = context.createLinearGradient(0, area.top, 0, horizon);
    gradient.addColorStop(0, palette.skyTop);
    gradient.addColorStop(0.62, palette.skyMiddle);
    gradient.addColorStop(1, palette.skyLow);
    context.fillStyle = gradient;
    context.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
    if (scene.light === 'night' && clear) paintStars(context, area, random, unit, 420);
    if (!open) return;
    glow(context, bodyX, bodyY, 420 * unit, palette.light, scene.light === 'night' ? 0.22 : 0.4);
    glow(context, bodyX, bodyY, 150 * unit, palette.light, clear ? 0.6 : 0.25);
    if (clear) paintBody(context, bodyX, bodyY, unit, scene, palette);
  });
  return open ? [sky, paintClouds(stage, scene, palette, random)] : [sky];
}

function paintBody(context: SKRSContext2D, x: number, y: number, unit: number, scene: SceneDescription, palette: Palette): void {
  const radius = (scene.light === 'night' ? 32 : scene.light === 'day' ? 36 : 50) * unit;
  context.fillStyle = palette.light;
  disc(context, x, y, radius);
  if (scene.light !== 'night') return;
  context.fillStyle = withAlpha(mix(palette.light, palette.skyMiddle, 0.35), 0.55);
  for (const [dx, dy, size] of [[-0.3, -0.2, 0.26], [0.25, 0.3, 0.2], [0.2, -0.4, 0.14]] as const) disc(context, x + dx * radius, y + dy * radius, size * radius);
}

export function paintStars(context: SKRSContext2D, area: Area, random: SeededRandom, unit: number, count: number): void {
  for (let star = 0; star < count; star += 1) {
    const size = random.between(0.6, 2.1) * unit;
    context.fillStyle = `rgba(255,255,255,${random.between(0.25, 0.95).toFixed(2)})`;
    context.fillRect(random.between(area.left, area.right), random.between(area.top, area.bottom), size, size);
  }
}

function paintClouds(stage: Stage, scene: SceneDescription, palette: Palette, random: SeededRandom): ScenePlane {
  const { horizon, unit } = stage;
  const heavy = scene.weather === 'rain' || scene.weather === 'snow';
  const colour = heavy ? mix(palette.skyTop, '#30343c', 0.5) : scene.light === 'night' ? mix(palette.skyLow, palette.skyMiddle, 0.4) : mix(palette.skyLow, '#ffffff', 0.55);
  return makePlane(stage, { depth: 0.04, to: horizon * 0.95, drift: (heavy ? 20 : 11) * unit }, (context, area) => {
    // The plane comes round again, so no cloud may touch its left or right edge.
    for (let cloud = 0; cloud < (heavy ? 15 : 7); cloud += 1) {
      const size = random.between(90, 210) * unit;
      const x = random.between(area.left + size * 1.6, area.right - size * 1.6);
      drawCloud(context, random, x, random.between(-0.05, 0.72) * horizon, size, colour, heavy ? 0.34 : 0.26);
    }
  });
}
