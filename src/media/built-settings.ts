import { disc, drawSkyline, fillRidge, glow } from './landforms.ts';
import type { Paintbox } from './nature-settings.ts';
import { mix, withAlpha } from './palette.ts';
import { makePlane, type ScenePlane } from './scene-plane.ts';
import { paintStars } from './sky.ts';

export function paintCity({ stage, scene, palette, random }: Paintbox): ScenePlane[] {
  const { height, horizon, unit } = stage;
  const lit = { day: 0.06, dawn: 0.18, dusk: 0.4, night: 0.5 }[scene.light];
  const window = scene.light === 'night' ? random.pick(['#ffd48a', '#ffe2a8', '#9fdcff']) : '#ffdf9e';
  const row = (depth: number, foot: number, rise: number, wall: string, share: number): ScenePlane =>
    makePlane(stage, { depth, from: foot - rise - 40 * unit, to: foot + height * 0.3 }, (context, area) => drawSkyline(context, random, area, foot, rise, unit * (0.7 + depth * 0.9), { wall, foot: mix(wall, palette.skyLow, 0.35 * (1 - depth)), window, lit: lit * share }));
  const street = makePlane(stage, { depth: 1, from: horizon - 190 * unit }, (context, area) => {
    const ground = horizon + height * 0.34;
    fillRidge(context, area, () => ground, { top: mix(palette.near, palette.skyLow, 0.18), bottom: mix(palette.near, '#000000', 0.5) }, 60 * unit);
    for (let x = area.left + 60 * unit; x < area.right; x += random.between(330, 430) * unit) {
      context.fillStyle = mix(palette.near, '#000000', 0.6);
      context.fillRect(x - 4 * unit, ground - 300 * unit, 8 * unit, 310 * unit);
      context.fillRect(x - 4 * unit, ground - 300 * unit, 62 * unit, 7 * unit);
      context.fillStyle = scene.light === 'day' ? mix(palette.light, palette.near, 0.4) : '#ffe0a0';
      context.fillRect(x + 34 * unit, ground - 293 * unit, 26 * unit, 7 * unit);
      if (scene.light === 'day') continue;
      glow(context, x + 47 * unit, ground - 288 * unit, 130 * unit, '#ffd890', 0.6);
      glow(context, x + 47 * unit, ground + 30 * unit, 110 * unit, '#ffd890', 0.28);
    }
  });
  return [
    row(0.12, horizon + height * 0.05, height * 0.34, mix(palette.far, palette.skyLow, 0.42), 0.5),
    row(0.32, horizon + height * 0.14, height * 0.44, mix(palette.far, palette.middle, 0.5), 0.8),
    row(0.62, horizon + height * 0.28, height * 0.4, mix(palette.middle, palette.near, 0.5), 1),
    street,
  ];
}

export function paintRoom({ stage, scene, palette, random }: Paintbox): ScenePlane[] {
  const { width, height, horizon, unit } = stage;
  const wallColour = mix(mix(palette.middle, '#7d5e48', 0.55), palette.skyMiddle, 0.12);
  const dark = scene.light === 'night' || scene.light === 'dusk';
  const floorY = horizon + height * 0.17;
  const windowX = width * random.pick([0.14, 0.6]);
  const pane = { left: windowX, top: horizon - height * 0.4, width: 250 * unit, height: height * 0.42 };
  // The wall is painted around the window: the sky behind it stays visible and moves on its own.
  const wall = makePlane(stage, { depth: 0.28, to: floorY + height * 0.12 }, (context, area) => {
    const gradient = context.createLinearGradient(area.left, 0, area.right, 0);
    gradient.addColorStop(0, mix(wallColour, '#000000', 0.4));
    gradient.addColorStop(Math.min(0.9, Math.max(0.1, (windowX - area.left) / (area.right - area.left))), mix(wallColour, palette.skyLow, dark ? 0.12 : 0.28));
    gradient.addColorStop(1, mix(wallColour, '#000000', 0.35));
    context.fillStyle = gradient;
    context.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
    context.clearRect(pane.left, pane.top, pane.width, pane.height);
    context.fillStyle = mix(wallColour, '#000000', 0.55);
    const bar = 11 * unit;
    for (const x of [pane.left - bar, pane.left + pane.width / 2 - bar / 2, pane.left + pane.width]) context.fillRect(x, pane.top - bar, bar, pane.height + bar * 2);
    for (const y of [pane.top - bar, pane.top + pane.height * 0.45, pane.top + pane.height]) context.fillRect(pane.left - bar, y, pane.width + bar * 2, bar);
    context.fillRect(pane.left - 26 * unit, pane.top + pane.height + bar, pane.width + 52 * unit, 15 * unit);
    context.fillStyle = mix(wallColour, palette.near, 0.6);
    const pictureX = windowX < width * 0.4 ? width * 0.58 : width * 0.24;
    context.fillRect(pictureX, horizon - height * 0.3, 190 * unit, 140 * unit);
    context.fillStyle = mix(palette.far, palette.accent, 0.3);
    context.fillRect(pictureX + 14 * unit, horizon - height * 0.3 + 14 * unit, 162 * unit, 112 * unit);
  });
  const floor = makePlane(stage, { depth: 0.5, from: floorY }, (context, area) => {
    fillRidge(context, area, () => floorY, { top: mix(wallColour, '#3a2417', 0.55), bottom: '#140d09' }, 60 * unit);
    // Light from the window on the boards.
    context.fillStyle = withAlpha(palette.skyLow, dark ? 0.1 : 0.26);
    context.beginPath();
    context.moveTo(pane.left, floorY);
    context.lineTo(pane.left + pane.width, floorY);
    context.lineTo(pane.left + pane.width * 1.5, area.bottom);
    context.lineTo(pane.left + pane.width * 0.2, area.bottom);
    context.fill();
  });
  const tableY = horizon + height * 0.15;
  const lampX = width * (windowX < width * 0.4 ? 0.77 : 0.22);
  const table = makePlane(stage, { depth: 0.8, from: tableY - 500 * unit }, (context, area) => {
    const wood = mix('#2a1a10', palette.near, 0.4);
    context.fillStyle = wood;
    context.fillRect(width * 0.08, tableY, width * 0.84, 24 * unit);
    context.fillRect(width * 0.13, tableY, 26 * unit, area.bottom - tableY);
    context.fillRect(width * 0.84, tableY, 26 * unit, area.bottom - tableY);
    context.fillStyle = mix(wood, '#000000', 0.3);
    context.fillRect(lampX - 5 * unit, tableY - 130 * unit, 10 * unit, 130 * unit);
    context.fillRect(lampX - 36 * unit, tableY - 10 * unit, 72 * unit, 10 * unit);
    if (dark) glow(context, lampX, tableY - 150 * unit, 330 * unit, '#ffca7a', 0.55);
    context.fillStyle = dark ? '#ffdc9a' : mix(palette.skyLow, wood, 0.35);
    context.beginPath();
    context.moveTo(lampX - 34 * unit, tableY - 205 * unit);
    context.lineTo(lampX + 34 * unit, tableY - 205 * unit);
    context.lineTo(lampX + 62 * unit, tableY - 125 * unit);
    context.lineTo(lampX - 62 * unit, tableY - 125 * unit);
    context.fill();
  });
  return [wall, floor, table];
}

export function paintSpace({ stage, palette, random }: Paintbox): ScenePlane[] {
  const { width, height, horizon, unit } = stage;
  const stars = makePlane(stage, { depth: 0.12 }, (context, area) => {
    for (let cloud = 0; cloud < 8; cloud += 1) glow(context, random.between(area.left, area.right), random.between(area.top, horizon), random.between(160, 420) * unit, random.pick([palette.skyLow, palette.accent, '#7a3b8f']), 0.22);
    paintStars(context, area, random, unit * 1.2, 500);
  });
  const planetX = width * random.pick([0.3, 0.7]);
  const radius = Math.min(width, height) * random.between(0.24, 0.32);
  const planetY = horizon * 0.72;
  const planet = makePlane(stage, { depth: 0.42 }, (context) => {
    glow(context, planetX, planetY, radius * 1.5, palette.accent, 0.35);
    context.save();
    context.beginPath();
    context.arc(planetX, planetY, radius, 0, Math.PI * 2);
    context.clip();
    context.fillStyle = mix(palette.accent, palette.far, 0.4);
    context.fillRect(planetX - radius, planetY - radius, radius * 2, radius * 2);
    for (let band = -1; band < 1; band += random.between(0.08, 0.2)) {
      context.fillStyle = withAlpha(random.pick(['#ffffff', palette.far, palette.near]), random.between(0.08, 0.3));
      context.fillRect(planetX - radius, planetY + band * radius, radius * 2, random.between(0.04, 0.16) * radius);
    }
    const shade = context.createRadialGradient(planetX - radius * 0.45, planetY - radius * 0.45, radius * 0.2, planetX, planetY, radius * 1.08);
    shade.addColorStop(0, 'rgba(255,255,255,0.22)');
    shade.addColorStop(0.55, 'rgba(0,0,0,0.12)');
    shade.addColorStop(1, 'rgba(0,0,10,0.88)');
    context.fillStyle = shade;
    context.fillRect(planetX - radius, planetY - radius, radius * 2, radius * 2);
    context.restore();
    context.strokeStyle = withAlpha(mix(palette.accent, '#ffffff', 0.5), 0.5);
    context.lineWidth = 9 * unit;
    context.beginPath();
    context.ellipse(planetX, planetY, radius * 1.6, radius * 0.28, -0.32, 0.08, Math.PI - 0.08);
    context.stroke();
  });
  const ground = makePlane(stage, { depth: 0.95, from: horizon + height * 0.1 }, (context, area) => {
    fillRidge(context, area, (x) => horizon + height * 0.3 - Math.sin((x / width) * 3) * 30 * unit - Math.abs(Math.sin(x / (90 * unit))) * 12 * unit, { top: mix(palette.far, '#6d7486', 0.5), bottom: '#05060a' }, 6 * unit);
    for (let crater = 0; crater < 16; crater += 1) {
      context.fillStyle = 'rgba(0,0,0,0.28)';
      context.beginPath();
      context.ellipse(random.between(area.left, area.right), random.between(horizon + height * 0.36, area.bottom), random.between(20, 80) * unit, random.between(5, 16) * unit, 0, 0, Math.PI * 2);
      context.fill();
    }
  });
  return [stars, planet, ground];
}

export function paintStudio({ stage, palette, random }: Paintbox): ScenePlane[] {
  const { width, height, horizon, unit } = stage;
  const backdrop = makePlane(stage, { depth: 0.1, to: horizon + height * 0.22 }, (context, area) => {
    const gradient = context.createLinearGradient(0, area.top, 0, area.bottom);
    gradient.addColorStop(0, mix(palette.skyTop, '#101014', 0.45));
    gradient.addColorStop(0.6, mix(palette.skyMiddle, palette.skyTop, 0.35));
    gradient.addColorStop(1, mix(palette.near, '#000000', 0.3));
    context.fillStyle = gradient;
    context.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
    glow(context, width * 0.5, horizon * 0.75, 620 * unit, mix(palette.skyLow, '#ffffff', 0.3), 0.75);
  });
  const bokeh = makePlane(stage, { depth: 0.3, to: horizon + 60 * unit, drift: 6 * unit }, (context, area) => {
    for (let light = 0; light < 18; light += 1) {
      context.fillStyle = withAlpha(random.pick([palette.accent, palette.light, palette.skyLow]), random.between(0.05, 0.17));
      disc(context, random.between(area.left + 70 * unit, area.right - 70 * unit), random.between(0, horizon), random.between(14, 60) * unit);
    }
  });
  const floor = makePlane(stage, { depth: 0.5, from: horizon + height * 0.08 }, (context, area) => {
    fillRidge(context, area, () => horizon + height * 0.08, { top: mix(palette.skyLow, palette.middle, 0.5), bottom: mix(palette.near, '#000000', 0.35) }, 60 * unit);
    glow(context, width * 0.5, horizon + height * 0.14, 420 * unit, mix(palette.light, palette.skyLow, 0.4), 0.5);
  });
  const pedestalY = horizon + height * 0.13;
  const pedestal = makePlane(stage, { depth: 0.6, from: pedestalY - 40 * unit }, (context, area) => {
    const gradient = context.createLinearGradient(width / 2 - 190 * unit, 0, width / 2 + 190 * unit, 0);
    gradient.addColorStop(0, mix(palette.middle, '#000000', 0.35));
    gradient.addColorStop(0.35, mix(palette.skyLow, palette.middle, 0.3));
    gradient.addColorStop(1, mix(palette.near, '#000000', 0.2));
    context.fillStyle = gradient;
    context.fillRect(width / 2 - 190 * unit, pedestalY, 380 * unit, area.bottom - pedestalY);
    context.fillStyle = mix(palette.skyLow, '#ffffff', 0.25);
    context.beginPath();
    context.ellipse(width / 2, pedestalY, 190 * unit, 30 * unit, 0, 0, Math.PI * 2);
    context.fill();
  });
  return [backdrop, bokeh, floor, pedestal];
}
