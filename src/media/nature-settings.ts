import type { SKRSContext2D } from '@napi-rs/canvas';
import { drawPine, drawRoundTree, fillRidge, glow, jaggedEdge, rollingEdge } from './landforms.ts';
import { mix, withAlpha, type Palette } from './palette.ts';
import { makePlane, type Area, type ScenePlane, type Stage } from './scene-plane.ts';
import type { SceneDescription } from './scene-words.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Everything a setting is painted with. */
export interface Paintbox {
  stage: Stage;
  scene: SceneDescription;
  palette: Palette;
  random: SeededRandom;
}

export function paintHills({ stage, scene, palette, random }: Paintbox): ScenePlane[] {
  const { width, height, horizon, unit } = stage;
  const ridge = (depth: number, y: number, rise: number, to: number | undefined, top: string, bottom: string, extra?: (context: SKRSContext2D, area: Area, edge: (x: number) => number) => void): ScenePlane => {
    const edge = rollingEdge(random, y, rise, width, 0.6);
    return makePlane(stage, { depth, from: y - rise * 1.6 - 130 * unit, to }, (context, area) => {
      extra?.(context, area, edge);
      fillRidge(context, area, edge, { top, bottom }, 6 * unit);
    });
  };
  const tree = mix(palette.near, scene.snowy ? '#8fa3b5' : palette.middle, 0.35);
  return [
    ridge(0.12, horizon + 6 * unit, 90 * unit, horizon + height * 0.24, mix(palette.far, palette.skyLow, 0.45), palette.far),
    ridge(0.3, horizon + height * 0.09, 80 * unit, horizon + height * 0.35, palette.far, palette.middle),
    ridge(0.58, horizon + height * 0.19, 75 * unit, horizon + height * 0.5, mix(palette.middle, palette.far, 0.25), mix(palette.middle, palette.near, 0.6), (context, area, edge) => {
      for (let x = area.left; x < area.right; x += random.between(60, 210) * unit) drawRoundTree(context, random, x, edge(x) + 6 * unit, random.between(55, 115) * unit, tree);
    }),
    ridge(0.95, horizon + height * 0.33, 70 * unit, undefined, palette.near, mix(palette.near, '#000000', 0.55), (context, area, edge) => paintGrass(context, area, edge, random, unit, palette.near)),
  ];
}

export function paintMountains({ stage, scene, palette, random }: Paintbox): ScenePlane[] {
  const { width, height, horizon, unit } = stage;
  const range = (depth: number, y: number, rise: number, colour: string, caps: number): ScenePlane =>
    makePlane(stage, { depth, from: y - rise * 1.25, to: y + height * 0.24 }, (context, area) => {
      const edge = jaggedEdge(random, area, y, rise);
      fillRidge(context, area, edge, { top: colour, bottom: mix(colour, palette.skyLow, 0.35) }, 4 * unit);
      if (caps > 0) paintSnowCaps(context, area, edge, random, y - rise * (1 - caps), mix('#ffffff', palette.skyMiddle, 0.22), unit);
    });
  const foot = rollingEdge(random, horizon + height * 0.2, 80 * unit, width, 1);
  const bank = rollingEdge(random, horizon + height * 0.36, 60 * unit, width, 1);
  const needle = mix(palette.near, '#000000', 0.15);
  return [
    range(0.1, horizon + height * 0.1, height * 0.5, mix(palette.far, palette.skyLow, 0.42), 0.42),
    range(0.26, horizon + height * 0.16, height * 0.36, mix(palette.far, palette.middle, 0.55), scene.snowy ? 0.6 : 0.3),
    makePlane(stage, { depth: 0.52, from: horizon - 60 * unit, to: horizon + height * 0.52 }, (context, area) => {
      for (let x = area.left; x < area.right; x += random.between(16, 42) * unit) drawPine(context, x, foot(x) + 10 * unit, random.between(40, 82) * unit, mix(palette.middle, palette.near, 0.45), scene.snowy ? '#e9f0f6' : undefined);
      fillRidge(context, area, foot, { top: mix(palette.middle, palette.near, 0.3), bottom: palette.near }, 6 * unit);
    }),
    makePlane(stage, { depth: 0.98, from: horizon - 40 * unit }, (context, area) => {
      for (let x = area.left; x < area.right; x += random.between(60, 200) * unit) drawPine(context, x, bank(x) + 12 * unit, random.between(120, 220) * unit, needle, scene.snowy ? '#dfe8f0' : undefined);
      fillRidge(context, area, bank, { top: needle, bottom: mix(needle, '#000000', 0.5) }, 6 * unit);
    }),
  ];
}

function paintSnowCaps(context: SKRSContext2D, area: Area, edge: (x: number) => number, random: SeededRandom, line: number, colour: string, unit: number): void {
  const step = 2 * unit;
  const phase = random.between(0, 6.3);
  context.fillStyle = colour;
  context.beginPath();
  for (let x = area.left; x <= area.right; x += step) {
    const top = edge(x);
    const bottom = Math.max(top, line + (Math.abs(Math.sin(x / (23 * unit) + phase)) * 26 + Math.abs(Math.sin(x / (9 * unit))) * 12 - 16) * unit);
    context.rect(x, top, step + 0.5, Math.max(0, bottom - top));
  }
  context.fill();
}

export function paintDesert({ stage, palette, random }: Paintbox): ScenePlane[] {
  const { width, height, horizon, unit } = stage;
  const mesa = makePlane(stage, { depth: 0.14, from: horizon - 150 * unit, to: horizon + height * 0.28 }, (context, area) => {
    const rock = mix(palette.far, '#8a4a35', 0.35);
    for (let x = area.left; x < area.right; x += random.between(190, 420) * unit) {
      const tall = random.between(40, 125) * unit;
      const wide = random.between(90, 260) * unit;
      context.fillStyle = mix(rock, palette.skyLow, random.between(0.2, 0.5));
      context.beginPath();
      context.moveTo(x - 26 * unit, horizon + 40 * unit);
      context.lineTo(x, horizon - tall);
      context.lineTo(x + wide, horizon - tall + random.between(-5, 5) * unit);
      context.lineTo(x + wide + 34 * unit, horizon + 40 * unit);
      context.fill();
    }
    fillRidge(context, area, () => horizon + 12 * unit, { top: mix(palette.far, palette.skyLow, 0.35), bottom: palette.far }, 40 * unit);
  });
  const dune = (depth: number, y: number, rise: number, to: number | undefined, lit: string, shade: string): ScenePlane => {
    const edge = rollingEdge(random, y, rise, width * 1.2, 0);
    return makePlane(stage, { depth, from: y - rise * 1.5, to }, (context, area) => {
      fillRidge(context, area, edge, { top: lit, bottom: shade }, 6 * unit);
      // The lee side of each dune, in shadow.
      context.fillStyle = withAlpha(shade, 0.55);
      context.beginPath();
      context.moveTo(area.left, area.bottom);
      for (let x = area.left; x <= area.right; x += 6 * unit) context.lineTo(x, edge(x) + Math.max(0, edge(x + 50 * unit) - edge(x - 50 * unit)) * -1.6 + 26 * unit + (edge(x) - (y - rise)) * 0.4);
      context.lineTo(area.right, area.bottom);
      context.fill();
    });
  };
  return [
    mesa,
    dune(0.3, horizon + height * 0.12, 70 * unit, horizon + height * 0.4, mix(palette.middle, palette.skyLow, 0.4), palette.middle),
    dune(0.6, horizon + height * 0.24, 95 * unit, horizon + height * 0.56, mix(palette.middle, palette.skyLow, 0.16), mix(palette.middle, palette.near, 0.6)),
    dune(0.96, horizon + height * 0.4, 85 * unit, undefined, mix(palette.middle, palette.near, 0.5), mix(palette.near, '#000000', 0.4)),
  ];
}

export function paintForest({ stage, scene, palette, random }: Paintbox): ScenePlane[] {
  const { height, horizon, unit } = stage;
  const snow = scene.snowy ? '#e3ebf2' : undefined;
  const snowAt = (depth: number, colour: string): string | undefined => snow && mix(colour, snow, 0.25 + depth * 0.5);
  const row = (depth: number, foot: number, low: number, high: number, colour: string, gap: number): ScenePlane =>
    makePlane(stage, { depth, from: foot - high * unit * 1.1, ...(depth < 0.5 && { to: foot + height * 0.26 }) }, (context, area) => {
      for (let x = area.left; x < area.right; x += random.between(gap * 0.5, gap) * unit) drawPine(context, x, foot + random.between(-8, 14) * unit, random.between(low, high) * unit, mix(colour, palette.skyLow, random.between(0, 0.09)), snowAt(depth, colour));
      fillRidge(context, area, () => foot, { top: snow ? mix(colour, snow, 0.6) : colour, bottom: mix(colour, palette.near, 0.5) }, 40 * unit);
      glow(context, area.left + (area.right - area.left) * random.between(0.3, 0.7), foot, 420 * unit, palette.skyLow, 0.22 * (1 - depth)); // mist between the rows
    });
  const trunks = makePlane(stage, { depth: 1 }, (context, area) => {
    const bark = mix(palette.near, '#000000', 0.55);
    for (let x = area.left + 30 * unit; x < area.right; x += random.between(300, 560) * unit) {
      const half = random.between(18, 40) * unit;
      const gradient = context.createLinearGradient(x - half, 0, x + half, 0);
      gradient.addColorStop(0, mix(bark, palette.middle, 0.35));
      gradient.addColorStop(0.5, bark);
      gradient.addColorStop(1, mix(bark, '#000000', 0.5));
      context.fillStyle = gradient;
      context.beginPath();
      context.moveTo(x - half * 0.8, area.top);
      context.lineTo(x + half * 0.8, area.top);
      context.lineTo(x + half, horizon + height * 0.25);
      context.quadraticCurveTo(x + half * 1.3, horizon + height * 0.4, x + half * 2.4, area.bottom);
      context.lineTo(x - half * 2.4, area.bottom);
      context.quadraticCurveTo(x - half * 1.3, horizon + height * 0.4, x - half, horizon + height * 0.25);
      context.fill();
    }
  });
  return [
    row(0.12, horizon + height * 0.02, 120, 240, mix(palette.far, palette.skyLow, 0.5), 44),
    row(0.3, horizon + height * 0.09, 150, 290, mix(palette.far, palette.middle, 0.45), 66),
    row(0.56, horizon + height * 0.2, 170, 330, mix(palette.middle, palette.near, 0.35), 120),
    trunks,
  ];
}

export function paintSea({ stage, scene, palette, random }: Paintbox): ScenePlane[] {
  const { width, height, horizon, unit } = stage;
  const coastEdge = rollingEdge(random, horizon + 4 * unit, 62 * unit, width * 1.3, 1);
  const coast = makePlane(stage, { depth: 0.1, from: horizon - 100 * unit, to: horizon + 12 * unit }, (context, area) =>
    fillRidge(context, area, (x) => coastEdge(x) + Math.max(0, Math.sin((x / width) * 2.4 + 1)) * 70 * unit, { top: mix(palette.far, palette.skyLow, 0.4), bottom: palette.far }, 5 * unit),
  );
  const water = makePlane(stage, { depth: 0.16, from: horizon, to: horizon + height * 0.2 }, (context, area) => {
    const gradient = context.createLinearGradient(0, horizon, 0, area.bottom);
    gradient.addColorStop(0, mix(palette.water, palette.skyLow, 0.6));
    gradient.addColorStop(0.35, palette.water);
    gradient.addColorStop(1, mix(palette.water, palette.near, 0.75));
    context.fillStyle = gradient;
    context.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
  });
  const depths = [0.22, 0.34, 0.5, 0.68, 0.88];
  const waveY = (depth: number): number => horizon + height * (0.02 + depth * depth * 0.5);
  const waves = depths.map((depth, index) => {
    const y = waveY(depth);
    const next = depths[index + 1];
    const storm = scene.weather === 'rain' ? 1.7 : 1;
    const size = (5 + 26 * depth) * unit * storm;
    const length = (60 + 260 * depth) * unit;
    const sway = { x: 16 * unit * (0.4 + depth), y: 5 * unit * (0.3 + depth) * storm, periodS: 3.2 + depth * 1.6, phase: index * 1.9 };
    return makePlane(stage, { depth, from: y - size * 2.2, to: next && waveY(next) + height * 0.13, sway }, (context, area) => paintWave(context, area, { y, size, length, depth, unit }, palette, random));
  });
  return [coast, water, ...waves];
}

function paintWave(context: SKRSContext2D, area: Area, wave: { y: number; size: number; length: number; depth: number; unit: number }, palette: Palette, random: SeededRandom): void {
  const { y, size, length, depth, unit } = wave;
  const phase = random.between(0, 6.3);
  // Crests sharper than troughs, and no two alike.
  const edge = (x: number): number => y - size * (1 - Math.abs(Math.sin((x / length) * Math.PI + phase))) ** 1.5 * (0.7 + 0.3 * Math.sin(x / (length * 3.1) + phase)) - size * 0.3 * Math.sin(x / (length * 1.7));
  const body = mix(mix(palette.water, palette.skyLow, 0.32 * (1 - depth)), palette.near, depth * 0.6);
  fillRidge(context, area, edge, { top: mix(body, palette.skyLow, 0.22), bottom: mix(body, palette.near, 0.45) }, 3 * unit);
  context.strokeStyle = withAlpha(mix(palette.light, palette.skyLow, 0.35), 0.55);
  context.lineWidth = (1 + 2.2 * depth) * unit;
  context.beginPath();
  for (let x = area.left; x < area.right; x += 3 * unit) {
    if (Math.sin(x / (length * 0.9) + phase * 2) > 0.15) context.lineTo(x, edge(x));
    else context.moveTo(x, edge(x));
  }
  context.stroke();
}

function paintGrass(context: SKRSContext2D, area: Area, edge: (x: number) => number, random: SeededRandom, unit: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2 * unit;
  context.beginPath();
  for (let x = area.left; x < area.right; x += random.between(2, 7) * unit) {
    const foot = edge(x) + 4 * unit;
    context.moveTo(x, foot);
    context.quadraticCurveTo(x + random.between(-3, 3) * unit, foot - 14 * unit, x + random.between(-10, 10) * unit, foot - random.between(14, 32) * unit);
  }
  context.stroke();
}
