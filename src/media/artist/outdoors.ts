import { drawBlock } from './block.ts';
import { glow } from './indoors.ts';
import { lit, mix, withAlpha } from './inks.ts';
import { platform, stadium } from './public-places.ts';
import { drawShore } from './shore.ts';
import { drawSkyAndGround, drawSkyline } from './sky.ts';
import type { Piece, SetBrief, StageSet } from './stage-set.ts';
import { point, wall, type Point, type View } from './view.ts';

/** Open ground under a sky, with what makes it this place. */
export function buildOutdoors(brief: SetBrief, seed: string): StageSet {
  switch (brief.place.setting) {
    case 'street':
      return street(brief, seed);
    case 'forest':
      return forest(brief, seed);
    case 'sea':
      return sea(brief, seed);
    case 'desert':
      return desert(brief, seed);
    case 'mountains':
      return mountains(brief, seed);
    case 'platform':
      return platform(brief, seed);
    case 'stadium':
      return stadium(brief, seed);
    case 'space':
      return space(brief, seed);
    default:
      return hills(brief, seed);
  }
}

const snowOr = (brief: SetBrief, colour: string): string => lit(brief.place.snowy ? '#eaf0f4' : colour, brief.inks);

function street(brief: SetBrief, seed: string): StageSet {
  const { inks, random, place, pose } = brief;
  const dark = place.light === 'night' || place.light === 'dusk';
  const pieces: Piece[] = [];
  const walls = ['#b98a72', '#c9b79a', '#97a3ac', '#a9a38f', '#b5766a', '#8f9a8a'] as const;
  // A tight shot sees only far houses: there they stand nearer to the middle.
  const narrow = Math.max(3.4, Math.min(5.4, 8.5 / pose.focal));
  for (const side of [-1, 1]) {
    for (let z = -14; z < 62; ) {
      const long = random.between(5, 8);
      const high = random.between(5.5, 11);
      const colour = lit(random.pick(walls), inks);
      const shade = random.between(0, 1);
      const from = z;
      pieces.push({ at: point(side * narrow, 1, from + long), draw: (view) => drawHouse(view, side, narrow, from, long, high, mix(colour, '#000000', side > 0 ? 0.12 : 0), shade) });
      z += long;
    }
    for (let z = 3; z < 40; z += 8) pieces.push({ at: point(side * (narrow - 0.9), 1, z), draw: (view) => drawStreetLamp(view, side, narrow - 0.9, z) });
  }
  function drawHouse(view: View, side: number, x: number, from: number, long: number, high: number, colour: string, shade: number): void {
    const to = from + long;
    const line = { colour: inks.line, widthPx: 1.4 * view.unit };
    const at = side * x;
    view.polygon([point(at, 0, from), point(at, 0, to), point(at, high, to), point(at, high, from)], colour, line);
    // The wall towards us, where the house before it is lower.
    view.polygon(wall(point(at, 0, from), point(at + side * 7, 0, from), high), mix(colour, '#000000', 0.16), line);
    if (view.depthOf(point(at, 1, to)) < 0.5 || from > 40) return;
    const glass = dark ? '#ffd98c' : lit('#d5e4ea', inks);
    const panes: { on: Point[][]; off: Point[][] } = { on: [], off: [] };
    for (let floor = 0; floor * 2.6 + 2.4 < high; floor += 1) {
      for (let bay = 0; bay < 3; bay += 1) {
        const z = from + 0.9 + bay * ((long - 1.2) / 3);
        const lights = !dark || Math.sin(floor * 7.1 + bay * 3.7 + shade * 40) > 0.1;
        panes[lights ? 'on' : 'off'].push([point(at - side * 0.01, floor * 2.6 + 1, z), point(at - side * 0.01, floor * 2.6 + 1, z + 0.85), point(at - side * 0.01, floor * 2.6 + 2.3, z + 0.85), point(at - side * 0.01, floor * 2.6 + 2.3, z)]);
      }
    }
    const rim = { colour: inks.line, widthPx: view.unit };
    view.polygons(panes.on, glass, from > 26 ? undefined : rim);
    view.polygons(panes.off, mix(colour, '#000000', 0.45), from > 26 ? undefined : rim);
  }
  function drawStreetLamp(view: View, side: number, x: number, z: number): void {
    const pole = inks.line;
    view.lines([[point(side * x, 0, z), point(side * x, 3.9, z)], [point(side * x, 3.9, z), point(side * (x - 0.7), 3.95, z)]], pole, Math.max(1.6 * view.unit, (view.disc(point(side * x, 2, z), 0.05)?.r ?? 0) * 2));
    const bulb = view.disc(point(side * (x - 0.7), 3.85, z), 0.14);
    if (!bulb) return;
    if (dark) glow(view, bulb.x, bulb.y, bulb.r * 9, '#ffd98c', 0.55);
    view.context.fillStyle = dark ? '#fff0bd' : '#cfd3cf';
    view.context.beginPath();
    view.context.arc(bulb.x, bulb.y, bulb.r, 0, Math.PI * 2);
    view.context.fill();
  }
  return {
    pieces,
    backdrop(view) {
      drawSkyAndGround(view, brief, { far: lit('#a5a39d', inks), near: lit(place.snowy ? '#e6ecf0' : '#8d8b87', inks) }, seed);
      drawSkyline(view, [4, 9, 9, 14, 14, 7, 12, 12, 18, 18, 9, 9, 13, 6, 11, 11, 16, 16, 8, 4], 90, lit('#8f9aa5', inks));
      view.polygon([point(-narrow + 1.3, 0, -30), point(narrow - 1.3, 0, -30), point(narrow - 1.3, 0, 90), point(-narrow + 1.3, 0, 90)], lit('#6b6c70', inks), { colour: inks.line, widthPx: 1.4 * view.unit });
      for (let z = -12; z < 46; z += 4) view.polygon([point(-0.07, 0.003, z), point(0.07, 0.003, z), point(0.07, 0.003, z + 1.9), point(-0.07, 0.003, z + 1.9)], lit('#e7e2cf', inks));
    },
  };
}

function forest(brief: SetBrief, seed: string): StageSet {
  const { inks, random } = brief;
  const pieces: Piece[] = [];
  for (let index = 0; index < 34; index += 1) {
    const z = index < 6 ? random.between(1.4, 4) : random.between(3, 26);
    const clear = z < 5 ? 1.5 : 0.5;
    const x = random.pick([-1, 1]) * random.between(clear, 3 + z * 0.75);
    pieces.push(tree(brief, x, z, random.between(4.5, 8.5), index % 3 !== 0));
  }
  return {
    pieces,
    backdrop(view) {
      drawSkyAndGround(view, brief, { far: snowOr(brief, '#6f8a5e'), near: snowOr(brief, '#4e6b45') }, seed);
      drawSkyline(view, Array.from({ length: 60 }, (_, index) => 9 + (index % 2) * 4 + Math.sin(index * 1.7) * 2), 60, lit('#55735a', inks));
    },
  };
}

/** A tree: firs in tiers, others as a crown on a trunk. */
function tree(brief: SetBrief, x: number, z: number, high: number, fir: boolean): Piece {
  const { inks } = brief;
  const leaf = lit(fir ? '#3f6b4c' : '#5f8a4d', inks);
  const bark = lit('#6b4c38', inks);
  return {
    at: point(x, 0, z),
    draw(view) {
      const line = { colour: inks.line, widthPx: 1.4 * view.unit };
      view.polygon([point(x - 0.16, 0, z), point(x + 0.16, 0, z), point(x + 0.1, high * 0.6, z), point(x - 0.1, high * 0.6, z)], bark, line);
      if (!fir) {
        const crown = view.disc(point(x, high * 0.72, z), high * 0.26);
        if (!crown) return;
        view.context.fillStyle = leaf;
        view.context.strokeStyle = line.colour;
        view.context.lineWidth = line.widthPx;
        view.context.beginPath();
        view.context.ellipse(crown.x, crown.y, crown.r, crown.r * 1.12, 0, 0, Math.PI * 2);
        view.context.fill();
        view.context.stroke();
        return;
      }
      for (const [low, top, half] of [[0.24, 0.62, 0.2], [0.44, 0.82, 0.155], [0.64, 1, 0.11]] as const) {
        view.polygon([point(x - half * high, low * high, z), point(x + half * high, low * high, z), point(x, top * high, z)], leaf, line);
        if (brief.place.snowy) view.polygon([point(x - half * high * 0.4, (low + (top - low) * 0.6) * high, z), point(x + half * high * 0.4, (low + (top - low) * 0.6) * high, z), point(x, top * high, z)], lit('#f2f6f8', inks));
      }
    },
  };
}

function sea(brief: SetBrief, seed: string): StageSet {
  const { inks, place, random } = brief;
  const water = lit('#4f8fb0', inks);
  const headland = random.pick([-1, 1]);
  return {
    pieces: [],
    backdrop(view) {
      drawSkyAndGround(view, brief, { far: lit('#6ea5bf', inks), near: water }, seed);
      const glint = place.light === 'night' ? '#8fa3d8' : place.light === 'day' ? '#e6f2f6' : inks.skyLow;
      const lines: (readonly [Point, Point])[] = [];
      for (let row = 0; row < 16; row += 1) {
        const z = 5 + row ** 1.75;
        for (let wave = -5; wave <= 5; wave += 1) {
          const x = (wave * 1.9 + Math.sin(row * 2.4 + wave) * 0.8) * (1 + z * 0.05);
          lines.push([point(x, 0, z), point(x + 0.9 * (1 + z * 0.04), 0, z)]);
        }
      }
      view.lines(lines, withAlpha(glint, 0.75), 1.8 * view.unit);
      if (brief.afloat) return;
      drawShore(view, brief, water, headland);
    },
  };
}

function desert(brief: SetBrief, seed: string): StageSet {
  const { inks, random } = brief;
  const stones: Piece[] = Array.from({ length: 7 }, () => {
    const [x, z, size] = [random.pick([-1, 1]) * random.between(1.6, 7), random.between(1, 14), random.between(0.2, 0.5)];
    return { at: point(x, 0, z), draw: (view: View) => view.polygon([point(x - size, 0, z), point(x - size * 0.5, size * 0.7, z), point(x + size * 0.3, size * 0.8, z), point(x + size, 0, z)], lit('#b08a5c', inks), { colour: inks.line, widthPx: 1.3 * view.unit }) };
  });
  return {
    pieces: stones,
    backdrop(view) {
      drawSkyAndGround(view, brief, { far: lit('#e3c58d', inks), near: lit('#d3ab6a', inks) }, seed);
      drawSkyline(view, [3, 8, 14, 20, 24, 20, 12, 7, 10, 18, 26, 22, 12, 6, 9, 15, 21, 17, 9, 4], 150, lit('#d9b478', inks), withAlpha(inks.line, 0.45));
      drawSkyline(view, [2, 3, 5, 8, 9, 6, 3, 2, 3, 6, 8, 10, 7, 4, 2], 60, lit('#cfa564', inks), withAlpha(inks.line, 0.45));
      view.lines([-7, -3.5, 3.2, 6.5].map((x, index) => [point(x - 2, 0, 5 + index * 2.2), point(x + 2.4, 0, 5.8 + index * 2.2)] as const), withAlpha(inks.line, 0.3), 1.6 * view.unit);
    },
  };
}

function mountains(brief: SetBrief, seed: string): StageSet {
  const { inks, random } = brief;
  const peaks = [40, 92, 60, 128, 74, 150, 84, 112, 58, 138, 70, 96, 46];
  const rocks: Piece[] = Array.from({ length: 8 }, () => {
    const [x, z, size] = [random.pick([-1, 1]) * random.between(1.5, 8), random.between(1.5, 16), random.between(0.35, 0.9)];
    return { at: point(x, 0, z), draw: (view: View) => view.polygon([point(x - size, 0, z), point(x - size * 0.6, size * 0.9, z), point(x + size * 0.1, size * 1.2, z), point(x + size * 0.8, size * 0.5, z), point(x + size, 0, z)], lit('#8c8a88', inks), { colour: inks.line, widthPx: 1.4 * view.unit }) };
  });
  return {
    pieces: [...rocks, ...[-6, -4.4, 5, 7.2].map((x, index) => tree(brief, x, 9 + index * 2, 4.5, true))],
    backdrop(view) {
      drawSkyAndGround(view, brief, { far: snowOr(brief, '#8f9f7c'), near: snowOr(brief, '#7b8a66') }, seed);
      drawSkyline(view, peaks, 300, lit('#8793a6', inks), withAlpha(inks.line, 0.7));
      for (const [index, high] of peaks.entries()) {
        if (high < 80) continue;
        const x = -480 + (index / (peaks.length - 1)) * 960 + view.pose.x * 0.98;
        view.polygon([point(x, high, 299), point(x + 16, high * 0.72, 299), point(x + 6, high * 0.78, 299), point(x - 3, high * 0.68, 299), point(x - 15, high * 0.74, 299)], lit('#f4f7fa', inks));
      }
      drawSkyline(view, [10, 22, 16, 30, 20, 12, 24, 34, 22, 14, 20, 10], 140, lit('#6f7f74', inks), withAlpha(inks.line, 0.5));
    },
  };
}

function hills(brief: SetBrief, seed: string): StageSet {
  const { inks, random } = brief;
  const trees = Array.from({ length: 7 }, (_, index) => tree(brief, random.pick([-1, 1]) * random.between(2.6, 10), random.between(5, 22), random.between(3, 5.5), index % 4 === 3));
  const fence: Piece = {
    at: point(0, 0.5, 7),
    draw(view) {
      const posts = Array.from({ length: 22 }, (_, index) => (index - 10.5) * 1.5);
      view.lines([...posts.map((x) => [point(x, 0, 7), point(x, 1.05, 7)] as const), [point(-16, 0.85, 7), point(16, 0.85, 7)], [point(-16, 0.5, 7), point(16, 0.5, 7)]], lit('#6b513c', inks), 2 * view.unit);
    },
  };
  return {
    pieces: [...trees, fence],
    backdrop(view) {
      drawSkyAndGround(view, brief, { far: snowOr(brief, '#9dba78'), near: snowOr(brief, '#7da35c') }, seed);
      drawSkyline(view, [20, 34, 44, 40, 26, 20, 30, 46, 52, 40, 24, 22, 34, 40, 28], 260, lit('#94aebb', inks), withAlpha(inks.line, 0.35));
      drawSkyline(view, [8, 14, 20, 22, 16, 9, 8, 13, 19, 24, 20, 12, 8, 11, 16, 12], 130, snowOr(brief, '#8aab72'), withAlpha(inks.line, 0.4));
      view.polygon([point(-0.9, 0, -30), point(0.9, 0, -30), point(1.3, 0, 10), point(3.2, 0, 40), point(2.2, 0, 40), point(-0.4, 0, 10)], lit('#c7b08a', inks));
    },
  };
}

function space(brief: SetBrief, seed: string): StageSet {
  const { inks, random } = brief;
  const planet = { x: random.pick([-0.36, 0.36]) * 300, y: 78, r: 46 };
  return {
    pieces: [2.4, 5, 9].map((z, index) => ({ at: point(0, 0, z), draw: (view: View) => view.flatDisc(point((index - 1) * 3.4, 0.01, z), 0.9, 0.45, lit('#6d6f78', inks)) })),
    backdrop(view) {
      drawSkyAndGround(view, { ...brief, inks: { ...inks, skyTop: '#05060f', skyLow: '#141833' } }, { far: '#6f727d', near: '#565963' }, seed);
      const seen = view.disc(point(planet.x, planet.y + view.pose.y, 300), planet.r);
      if (!seen) return;
      view.context.fillStyle = '#c98a5a';
      view.context.beginPath();
      view.context.arc(seen.x, seen.y, seen.r, 0, Math.PI * 2);
      view.context.fill();
      view.context.strokeStyle = '#e8c9a0';
      view.context.lineWidth = 6 * view.unit;
      view.context.beginPath();
      view.context.ellipse(seen.x, seen.y, seen.r * 1.7, seen.r * 0.35, -0.25, 0, Math.PI * 2);
      view.context.stroke();
    },
  };
}

/** The inside of a car: the windscreen with the road before it, or the rear window when the people face us; dashboard, roof. */
export function buildCar(brief: SetBrief, seed: string): StageSet {
  const outside = street({ ...brief, pose: { ...brief.pose, focal: 1.4 } }, seed);
  const { inks } = brief;
  const cloth = lit('#4a4f58', inks);
  const roof = lit('#8d9199', inks);
  return {
    backdrop(view) {
      outside.backdrop(view);
      for (const piece of outside.pieces.toSorted((one, other) => view.depthOf(other.at) - view.depthOf(one.at))) if (piece.at.z > 3) piece.draw(view);
      const line = { colour: inks.line, widthPx: 2.2 * view.unit };
      const z = 1.25;
      // Roof, pillars and rear shelf leave the rear window free.
      view.polygon([point(-3, 3, z), point(3, 3, z), point(3, 1.52, z), point(0.78, 1.52, z), point(-0.78, 1.52, z), point(-3, 1.52, z)], roof, line);
      view.polygon([point(-3, 1.6, z), point(-0.78, 1.53, z), point(-0.98, 1.06, z), point(-3, 1.06, z)], mix(roof, '#000000', 0.22), line);
      view.polygon([point(3, 1.6, z), point(0.78, 1.53, z), point(0.98, 1.06, z), point(3, 1.06, z)], mix(roof, '#000000', 0.22), line);
      view.polygon([point(-3, -1, z), point(3, -1, z), point(3, 1.08, z), point(-3, 1.08, z)], cloth, line);
      drawBlock(view, { x: 0, y: 0.25, z: 0.55, wide: 1.5, high: 0.8, deep: 0.2, colour: mix(cloth, '#ffffff', 0.1) }, inks.line);
      for (const x of [-0.34, 0.34]) drawBlock(view, { x, y: 1.06, z: 0.55, wide: 0.32, high: 0.2, deep: 0.12, colour: mix(cloth, '#ffffff', 0.18) }, inks.line);
    },
    pieces: [
      {
        at: point(0, 1, -0.5),
        draw(view) {
          const wheel = view.disc(point(brief.freeSide * -0.3, 0.9, -0.4), 0.2);
          const { context } = view;
          if (wheel) {
            for (const [colour, share] of [[inks.line, 0.26], [mix(cloth, '#000000', 0.35), 0.17]] as const) {
              context.strokeStyle = colour;
              context.lineWidth = wheel.r * share;
              context.beginPath();
              context.ellipse(wheel.x, wheel.y, wheel.r, wheel.r * 0.9, 0, 0, Math.PI * 2);
              context.moveTo(wheel.x - wheel.r, wheel.y);
              context.lineTo(wheel.x + wheel.r, wheel.y);
              context.stroke();
            }
          }
          // The windscreen's frame: we look in from the bonnet.
          const { width, height, unit } = view;
          const frame = mix(roof, '#000000', 0.55);
          context.strokeStyle = inks.line;
          context.lineWidth = 2 * unit;
          for (const corners of [[[0, 0], [width * 0.13, 0], [width * 0.03, height], [0, height]], [[width, 0], [width * 0.87, 0], [width * 0.97, height], [width, height]], [[0, 0], [width, 0], [width, height * 0.055], [0, height * 0.055]]] as const) {
            context.fillStyle = frame;
            context.beginPath();
            for (const [index, [x, y]] of corners.entries()) if (index === 0) context.moveTo(x, y); else context.lineTo(x, y);
            context.closePath();
            context.fill();
            context.stroke();
          }
          context.fillStyle = mix(cloth, '#000000', 0.3);
          context.beginPath();
          context.roundRect(width / 2 - 92 * unit, height * 0.055, 184 * unit, 46 * unit, 14 * unit);
          context.fill();
          context.stroke();
        },
      },
    ],
  };
}
