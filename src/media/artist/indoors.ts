import type { Setting } from '../staging/place-words.ts';
import { furnish } from './furniture.ts';
import { lit, mix, withAlpha } from './inks.ts';
import type { Piece, SetBrief, StageSet } from './stage-set.ts';
import { point, wall, type Point, type View } from './view.ts';

interface RoomShape {
  /** Metres from the middle to a side wall, and from floor to ceiling. */
  half: number;
  ceiling: number;
  walls: string;
  floor: string;
  boards: boolean;
}

const ROOMS: Partial<Record<Setting, RoomShape>> = {
  kitchen: { half: 3.1, ceiling: 2.7, walls: '#c9d3c8', floor: '#a9978a', boards: false },
  bedroom: { half: 2.9, ceiling: 2.6, walls: '#c3c8d8', floor: '#a58a6e', boards: true },
  office: { half: 3.6, ceiling: 2.8, walls: '#ccd0d3', floor: '#8d9298', boards: false },
  bar: { half: 3.8, ceiling: 2.8, walls: '#b08d72', floor: '#6f5646', boards: true },
  corridor: { half: 1.5, ceiling: 2.6, walls: '#cfd2c4', floor: '#8f9488', boards: false },
  library: { half: 3.6, ceiling: 3, walls: '#c2a988', floor: '#7d5c44', boards: true },
  hall: { half: 6.5, ceiling: 5.6, walls: '#cdc5b8', floor: '#9a9186', boards: false },
  station: { half: 6.5, ceiling: 5.2, walls: '#d2c8b2', floor: '#a39b8d', boards: false },
  arena: { half: 7, ceiling: 6, walls: '#8f97a4', floor: '#b58e5e', boards: true },
  studio: { half: 5, ceiling: 4, walls: '#d4d2ce', floor: '#c2bfba', boards: false },
};
const PLAIN_ROOM: RoomShape = { half: 3.2, ceiling: 2.65, walls: '#d3c3ab', floor: '#9b7657', boards: true };

/** A room in perspective: four walls less one, floor and ceiling, a window that shows the hour, a door. */
export function buildRoom(brief: SetBrief): StageSet {
  const { place, inks, pose, aspect, freeSide } = brief;
  const usual = ROOMS[place.setting] ?? PLAIN_ROOM;
  const shape = brief.grand ? { ...usual, half: Math.max(6.5, usual.half * 1.7), ceiling: Math.max(5, usual.ceiling * 1.6) } : usual;
  const far = Math.hypot(pose.z, 0);
  // The back wall stands where its upper edge shows in the frame, however tight the shot is.
  const overhead = Math.max(0.5, shape.ceiling - pose.y);
  const level = Math.abs(pose.pitch) < 0.2;
  const above = pose.pitch < -1.2;
  const back = brief.insert ? 1.15 : above ? Math.max(1.6, (pose.y / pose.focal) * 0.4) : level ? Math.max(2.2, (pose.focal * overhead) / 0.39 - far) : 3;
  const seenWidth = ((back + far) / pose.focal) * aspect;
  const half = above ? Math.max(1.6, (pose.y / pose.focal) * aspect * 0.41) : Math.max(shape.half, place.setting === 'corridor' ? 0 : Math.min(shape.half * 1.5, 2.2));
  const front = above ? -back : -far - 4;
  const day = place.light === 'day' || place.light === 'dawn';
  const wallColour = lit(shape.walls, inks);
  const line = { colour: mix(inks.line, wallColour, 0.25), widthPx: 0 };
  const side = (x: number): Point[] => [point(x, 0, front), point(x, 0, back), point(x, shape.ceiling, back), point(x, shape.ceiling, front)];
  // What hangs on the back wall keeps inside what the frame shows of it.
  const spread = Math.min(seenWidth * 0.5, half) * 0.58;
  const windowAt = { x: spread * freeSide, half: clamp(seenWidth * 0.11, 0.5, 1.15), low: brief.insert ? 0.35 : 0.95, high: Math.min(shape.ceiling - 0.25, 2.25) };
  const doorAt = -spread * freeSide;
  const pieces: Piece[] = [];
  if (place.setting !== 'studio') pieces.push({ at: point(0, 0, back - 0.05), draw: (view) => drawBackWall(view) });
  if (!brief.insert && !above) pieces.push(...furnish(place.setting, { back, half, ceiling: shape.ceiling, freeSide, inks, line: inks.line, outlook: glassOf(brief), spread }));
  if (place.setting !== 'studio' && !brief.insert && !above) pieces.push({ at: point(-0.7 * freeSide, 2.2, Math.min(1.8, back - 0.4)), draw: (view) => drawLamp(view, point(-0.45 * spread * freeSide, shape.ceiling, Math.min(1.8, back - 0.4)), !day, inks.line) });

  function drawBackWall(view: View): void {
    const width = 1.6 * view.unit;
    const { x, half: halfWindow, low, high } = windowAt;
    const z = back - 0.01;
    if (place.setting !== 'corridor') {
      const glass = wall(point(x - halfWindow, low, z), point(x + halfWindow, low, z), high - low);
      view.polygon(glass, glassOf(brief));
      drawOutlook(view, x, halfWindow, low, high, z);
      const frame = lit('#f2efe8', inks);
      for (const bar of [-1, 0, 1]) view.polygon(wall(point(x + bar * halfWindow - 0.035, low, z), point(x + bar * halfWindow + 0.035, low, z), high - low), frame, { colour: line.colour, widthPx: width * 0.6 });
      for (const y of [low - 0.04, (low + high) / 2, high - 0.03]) view.polygon(wall(point(x - halfWindow - 0.05, y, z), point(x + halfWindow + 0.05, y, z), 0.07), frame, { colour: line.colour, widthPx: width * 0.6 });
      view.polygon(wall(point(x - halfWindow - 0.14, low - 0.1, z - 0.02), point(x + halfWindow + 0.14, low - 0.1, z - 0.02), 0.07), mix(frame, '#000000', 0.12), { colour: line.colour, widthPx: width * 0.6 });
    }
    const wood = lit('#8a6246', inks);
    const high2 = Math.min(2.1, shape.ceiling - 0.2);
    const doorX = place.setting === 'corridor' ? 0 : doorAt;
    view.polygon(wall(point(doorX - 0.56, 0, z), point(doorX + 0.56, 0, z), high2 + 0.1), mix(wood, '#ffffff', 0.22), { colour: line.colour, widthPx: width });
    view.polygon(wall(point(doorX - 0.46, 0, z), point(doorX + 0.46, 0, z), high2), wood, { colour: line.colour, widthPx: width });
    for (const y of [0.25, 1.15]) view.polygon(wall(point(doorX - 0.32, y, z), point(doorX + 0.32, y, z), 0.72), mix(wood, '#000000', 0.12), { colour: line.colour, widthPx: width * 0.6 });
    view.flatDisc(point(doorX + 0.38 * freeSide, 1.02, z - 0.03), 0.04, 0.04, lit('#e2c05a', inks));
  }

  function drawOutlook(view: View, x: number, halfWindow: number, low: number, high: number, z: number): void {
    const at = (share: number, rise: number): Point => point(x + share * halfWindow, low + rise * (high - low), z);
    if (place.light === 'night') {
      const moon = view.disc(at(0.45, 0.72), Math.min(0.14, halfWindow * 0.2));
      if (moon) disc(view, moon.x, moon.y, moon.r, '#f3f1dc');
      for (const [share, rise] of [[-0.7, 0.8], [-0.4, 0.55], [0.1, 0.88], [-0.2, 0.7], [0.75, 0.5], [0.2, 0.4], [-0.8, 0.35]] as const) {
        const star = view.disc(at(share, rise), 0.014);
        if (star) disc(view, star.x, star.y, Math.max(star.r, view.unit), '#dfe6ff');
      }
      view.polygon([at(-1, 0), at(1, 0), at(1, 0.2), at(0.5, 0.14), at(0.1, 0.26), at(-0.4, 0.16), at(-1, 0.28)], '#060a1a');
      return;
    }
    const sun = view.disc(at(0.4, place.light === 'day' ? 0.78 : 0.4), Math.min(0.13, halfWindow * 0.2));
    if (sun) disc(view, sun.x, sun.y, sun.r, place.light === 'day' ? '#fff4c4' : '#ffe2a0');
    const hill = place.light === 'day' ? '#8fb08a' : mix('#7c8a7a', inks.tint, 0.5);
    view.polygon([at(-1, 0), at(1, 0), at(1, 0.34), at(0.4, 0.24), at(-0.1, 0.4), at(-0.6, 0.28), at(-1, 0.36)], hill);
  }

  return {
    pieces,
    backdrop(view) {
      const ceiling = mix(wallColour, '#ffffff', day ? 0.45 : 0.08);
      const width = 1.7 * view.unit;
      view.context.fillStyle = wallColour;
      view.context.fillRect(-view.width, -view.height, view.width * 3, view.height * 3);
      const aboveCeiling = view.pose.y > shape.ceiling;
      view.polygon([point(-half, 0, front), point(half, 0, front), point(half, 0, back), point(-half, 0, back)], lit(shape.floor, inks));
      drawFloorLines(view);
      if (!aboveCeiling) view.polygon([point(-half, shape.ceiling, front), point(half, shape.ceiling, front), point(half, shape.ceiling, back), point(-half, shape.ceiling, back)], ceiling);
      view.polygon(side(-half), mix(wallColour, '#000000', freeSide < 0 ? 0.04 : 0.14));
      view.polygon(side(half), mix(wallColour, '#000000', freeSide < 0 ? 0.14 : 0.04));
      if (above) view.polygon(wall(point(-half, 0, front), point(half, 0, front), shape.ceiling), mix(wallColour, '#000000', 0.08), { colour: line.colour, widthPx: width });
      view.polygon(wall(point(-half, 0, back), point(half, 0, back), shape.ceiling), mix(wallColour, '#ffffff', 0.05));
      if (place.setting === 'studio') return;
      const skirting = lit('#ece6da', inks);
      view.polygon(wall(point(-half, 0, back - 0.005), point(half, 0, back - 0.005), 0.12), skirting);
      view.lines(
        [
          [point(-half, 0, back), point(half, 0, back)],
          [point(-half, 0, back), point(-half, 0, front)],
          [point(half, 0, back), point(half, 0, front)],
          [point(-half, 0, back), point(-half, shape.ceiling, back)],
          [point(half, 0, back), point(half, shape.ceiling, back)],
          ...(aboveCeiling
            ? []
            : ([
                [point(-half, shape.ceiling, back), point(half, shape.ceiling, back)],
                [point(-half, shape.ceiling, back), point(-half, shape.ceiling, front)],
                [point(half, shape.ceiling, back), point(half, shape.ceiling, front)],
                [point(-half, shape.ceiling - 0.09, back), point(half, shape.ceiling - 0.09, back)],
              ] as const)),
        ],
        line.colour,
        width,
      );
      if (day) {
        const { x, half: halfWindow } = windowAt;
        view.polygon([point(x - halfWindow, 0.002, back - 0.7), point(x + halfWindow, 0.002, back - 0.7), point(x + halfWindow * 0.6, 0.002, back - 2.6), point(x - halfWindow * 1.7, 0.002, back - 2.6)], withAlpha('#fff3c9', 0.35));
      }
    },
  };

  function drawFloorLines(view: View): void {
    const colour = withAlpha(mix(inks.line, shape.floor, 0.45), 0.55);
    const lines: (readonly [Point, Point])[] = [];
    const step = shape.boards ? 0.42 : 0.7;
    for (let x = -half + step; x < half; x += step) lines.push([point(x, 0, front), point(x, 0, back)]);
    if (!shape.boards) for (let z = back - step; z > Math.max(front, back - 9); z -= step) lines.push([point(-half, 0, z), point(half, 0, z)]);
    if (place.setting !== 'studio') view.lines(lines, colour, 1.1 * view.unit);
  }
}

/** The sky behind a window. */
function glassOf({ place: { light }, inks }: SetBrief): string {
  return light === 'night' ? '#0b1230' : light === 'day' ? '#bfe0f5' : inks.skyLow;
}

function drawLamp(view: View, hook: Point, on: boolean, line: string): void {
  const bulb = view.disc(point(hook.x, hook.y - 0.55, hook.z), 0.2);
  if (!bulb) return;
  const { context, unit } = view;
  view.lines([[hook, point(hook.x, hook.y - 0.42, hook.z)]], line, 1.6 * unit);
  if (on) glow(view, bulb.x, bulb.y, bulb.r * 5, '#ffcf7d', 0.5);
  context.fillStyle = on ? '#ffe3a1' : '#8e8576';
  context.strokeStyle = line;
  context.lineWidth = 1.6 * unit;
  context.beginPath();
  context.moveTo(bulb.x - bulb.r * 0.4, bulb.y - bulb.r * 0.6);
  context.lineTo(bulb.x + bulb.r * 0.4, bulb.y - bulb.r * 0.6);
  context.lineTo(bulb.x + bulb.r, bulb.y + bulb.r * 0.3);
  context.lineTo(bulb.x - bulb.r, bulb.y + bulb.r * 0.3);
  context.closePath();
  context.fill();
  context.stroke();
}

/** Light that fades out, in steps: a smooth one costs more than all the rest of a frame. */
export function glow(view: View, x: number, y: number, radius: number, colour: string, alpha: number): void {
  for (const [share, part] of [[1, 0.16], [0.68, 0.24], [0.42, 0.34], [0.22, 0.5]] as const) disc(view, x, y, radius * share, withAlpha(colour, alpha * part));
}

function disc(view: View, x: number, y: number, r: number, colour: string): void {
  view.context.fillStyle = colour;
  view.context.beginPath();
  view.context.arc(x, y, r, 0, Math.PI * 2);
  view.context.fill();
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
