import type { Setting } from '../staging/place-words.ts';
import { drawBlock, type Block } from './block.ts';
import { lit, mix, type Inks } from './inks.ts';
import type { Piece } from './stage-set.ts';
import { point, wall, type Point, type View } from './view.ts';

interface RoomPlan {
  back: number;
  half: number;
  ceiling: number;
  freeSide: -1 | 1;
  inks: Inks;
  line: string;
  /** What shows through a window. */
  outlook: string;
  /** How far from the middle window and door hang. */
  spread: number;
}

/** What makes a room this room: it stands along the walls, behind the people. */
export function furnish(setting: Setting, plan: RoomPlan): Piece[] {
  const { back, half, freeSide, inks, line, spread, ceiling, outlook } = plan;
  const block = (part: Block, extra?: (view: View) => void): Piece => ({
    at: point(part.x, part.y, part.z),
    draw: (view) => {
      drawBlock(view, { ...part, colour: lit(part.colour, inks) }, line);
      extra?.(view);
    },
  });
  const flat = (x: number, y: number, wide: number, high: number, colour: string): Piece => ({ at: point(x, y, back - 0.04), draw: (view) => view.polygon(wall(point(x - wide / 2, y, back - 0.03), point(x + wide / 2, y, back - 0.03), high), lit(colour, inks), { colour: line, widthPx: 1.3 * view.unit }) });
  const middle = (share: number): number => share * spread * freeSide;
  switch (setting) {
    case 'kitchen':
      return [
        block({ x: middle(0.62), y: 0, z: back - 0.32, wide: spread * 1.1, high: 0.9, deep: 0.6, colour: '#e8e2d4' }),
        block({ x: middle(-0.02), y: 1.55, z: back - 0.18, wide: spread * 0.72, high: 0.62, deep: 0.34, colour: '#a9b59a' }),
        block({ x: middle(0.42), y: 0.9, z: back - 0.36, wide: 0.5, high: 0.14, deep: 0.4, colour: '#50555c' }),
        block({ x: -half * 0.86 * freeSide, y: 0, z: back - 0.45, wide: 0.72, high: 1.85, deep: 0.7, colour: '#dfe4e6' }),
      ];
    case 'bedroom':
      return [
        block({ x: middle(0.35), y: 0.12, z: back - 1.05, wide: 1.7, high: 0.42, deep: 2, colour: '#8fa3c8' }),
        block({ x: middle(0.35), y: 0.3, z: back - 0.12, wide: 1.8, high: 0.85, deep: 0.12, colour: '#7a5a42' }),
        block({ x: middle(0.35) - 0.38, y: 0.54, z: back - 0.42, wide: 0.6, high: 0.14, deep: 0.4, colour: '#f3f0ea' }),
        block({ x: middle(0.35) + 0.38, y: 0.54, z: back - 0.42, wide: 0.6, high: 0.14, deep: 0.4, colour: '#f3f0ea' }),
      ];
    case 'office':
      return [
        block({ x: middle(0.1), y: 0.7, z: back - 0.6, wide: 1.7, high: 0.06, deep: 0.75, colour: '#b98f63' }),
        block({ x: middle(0.1) - 0.7, y: 0, z: back - 0.6, wide: 0.34, high: 0.7, deep: 0.6, colour: '#a07a52' }),
        block({ x: middle(0.1) + 0.1, y: 0.84, z: back - 0.55, wide: 0.62, high: 0.4, deep: 0.05, colour: '#2f353d' }),
        block({ x: -half * 0.82 * freeSide, y: 0, z: back - 0.3, wide: 0.85, high: 1.9, deep: 0.5, colour: '#7b8791' }),
        flat(middle(-0.12), 1.5, 0.9, 0.6, '#f6f4ee'),
      ];
    case 'bar':
      return [
        ...[1.35, 1.75, 2.12].map((y) => flat(middle(0), y, spread * 0.85, 0.04, '#4f3626')),
        ...Array.from({ length: 12 }, (_, index) => flat(middle(-0.38) + ((index % 6) / 6) * spread * 0.78 * freeSide, index < 6 ? 1.39 : 1.79, 0.07, 0.24, ['#4d7a55', '#a8562f', '#cfae5a', '#7a3b46'][index % 4] ?? '#4d7a55')),
        block({ x: 0, y: 0, z: back - 0.9, wide: spread * 1.7, high: 1.02, deep: 0.5, colour: '#6b4630' }),
        ...[-0.45, 0, 0.45].map((share) => block({ x: middle(share), y: 0, z: back - 1.55, wide: 0.34, high: 0.68, deep: 0.34, colour: '#8a5a3b' })),
      ];
    case 'corridor':
      return [-1, 1].flatMap((sideways) =>
        [0.9, 3.3, 5.7, 8.1].filter((z) => z < back - 0.6).map((z) => ({
          at: point(sideways * half, 1, z + 0.5),
          draw: (view: View) => {
            const x = sideways * (half - 0.01);
            // Windows on one side, so that the hour shows; doors on the other.
            if (sideways === freeSide) {
              view.polygon([point(x, 0.95, z - 0.15), point(x, 0.95, z + 1.25), point(x, 2, z + 1.25), point(x, 2, z - 0.15)], outlook, { colour: lit('#f2efe8', inks), widthPx: 5 * view.unit });
              view.polygon([point(x, 0.95, z - 0.15), point(x, 0.95, z + 1.25), point(x, 2, z + 1.25), point(x, 2, z - 0.15)], 'rgba(0,0,0,0)', { colour: line, widthPx: 1.5 * view.unit });
              view.lines([[point(x, 0.95, z + 0.55), point(x, 2, z + 0.55)]], lit('#f2efe8', inks), 4 * view.unit);
              return;
            }
            view.polygon([point(x, 0, z), point(x, 0, z + 0.95), point(x, 2.05, z + 0.95), point(x, 2.05, z)], lit('#7f8f9a', inks), { colour: line, widthPx: 1.5 * view.unit });
          },
        })),
      );
    case 'library':
      return [
        flat(0, 0, spread * 0.95, Math.min(2.5, ceiling - 0.25), '#6f4c34'),
        ...Array.from({ length: 5 }, (_, shelf) =>
          Array.from({ length: 9 }, (__, book) => flat((book / 8 - 0.5) * spread * 0.8, 0.25 + shelf * 0.44, spread * 0.085, 0.3 + ((book * 7 + shelf * 3) % 4) * 0.02, ['#8c3b34', '#3d5a80', '#b08a3c', '#4f7351', '#5d4a6e'][(book + shelf * 2) % 5] ?? '#3d5a80')),
        ).flat(),
      ];
    case 'hall':
      return [-1, 1].flatMap((sideways) => [0.6, 3.6, 6.6].filter((z) => z < back + 0.5).map((z) => block({ x: sideways * half * 0.72, y: 0, z: Math.min(z, back - 0.4), wide: 0.55, high: ceiling, deep: 0.55, colour: '#b9b0a2' })));
    case 'station':
      return [
        ...[-1, 1].flatMap((sideways) => [0.6, 4.2].filter((z) => z < back - 0.3).map((z) => block({ x: sideways * half * 0.78, y: 0, z, wide: 0.5, high: ceiling, deep: 0.5, colour: '#b7ab93' }))),
        // The board of departures, the clock above it, benches below.
        flat(0, 2.35, spread * 0.66, 0.95, '#23282f'),
        ...[2.47, 2.66, 2.85, 3.04].map((y) => flat(0, y, spread * 0.56, 0.07, '#e6b84a')),
        { at: point(0, 3.7, back - 0.05), draw: (view) => drawClock(view, point(0, 3.75, back - 0.05), inks, line) },
        ...[-0.5, 0.5].map((share) => block({ x: share * spread, y: 0, z: back - 1.1, wide: spread * 0.62, high: 0.44, deep: 0.5, colour: '#7b5a3e' })),
      ];
    case 'arena':
      return [
        ...[0, 1].map((row) => block({ x: 0, y: 0, z: back - 0.35 - (1 - row) * 0.6, wide: half * 1.5, high: 0.42 + row * 0.42, deep: 0.55, colour: row === 0 ? '#4f6f9a' : '#44618a' })),
        ...[-1, 1].flatMap((sideways) => [0, 1, 2, 3].map((row) => block({ x: sideways * (half - 2.1 + row * 0.6), y: 0, z: Math.min(2.6, back - 1), wide: 0.6, high: 0.45 + row * 0.45, deep: 5.4, colour: row % 2 === 0 ? '#4f6f9a' : '#44618a' }))),
      ];
    case 'studio':
      return [];
    default:
      return [
        flat(middle(-0.05), 1.35, 0.85, 0.62, '#f0e7d6'),
        flat(middle(-0.05), 1.41, 0.73, 0.5, mix('#7f9aa8', '#c98a5a', 0.3)),
        block({ x: middle(0.2), y: 0, z: back - 0.5, wide: Math.min(1.9, spread * 0.9), high: 0.42, deep: 0.8, colour: '#7d8f82' }),
        block({ x: middle(0.2), y: 0.42, z: back - 0.2, wide: Math.min(1.9, spread * 0.9), high: 0.44, deep: 0.22, colour: '#73857a' }),
      ];
  }
}

function drawClock(view: View, at: Point, inks: Inks, line: string): void {
  const face = view.disc(at, 0.42);
  if (!face) return;
  const { context, unit } = view;
  const hand = (turn: number, share: number): void => {
    context.moveTo(face.x, face.y);
    context.lineTo(face.x + Math.sin(turn) * face.r * share, face.y - Math.cos(turn) * face.r * share);
  };
  context.fillStyle = lit('#f6f2e6', inks);
  context.strokeStyle = line;
  context.lineWidth = 2 * unit;
  context.beginPath();
  context.arc(face.x, face.y, face.r, 0, Math.PI * 2);
  context.fill();
  hand(5.2, 0.5);
  hand(0.6, 0.8);
  context.stroke();
}

/** A table: its top and four legs. */
export function table(x: number, z: number, wide: number, deep: number, inks: Inks): Piece {
  const wood = lit('#9c6f47', inks);
  return {
    at: point(x, 0.7, z),
    draw: (view) => {
      for (const [legX, legZ] of [[-1, 1], [1, 1], [-1, -1], [1, -1]] as const) drawBlock(view, { x: x + legX * (wide / 2 - 0.06), y: 0, z: z + legZ * (deep / 2 - 0.06), wide: 0.06, high: 0.7, deep: 0.06, colour: mix(wood, '#000000', 0.2) }, inks.line);
      drawBlock(view, { x, y: 0.7, z, wide, high: 0.05, deep, colour: wood }, inks.line);
    },
  };
}

/** A seat under somebody who sits. */
export function seat(x: number, z: number, inks: Inks): Piece {
  const wood = lit('#8a6a4c', inks);
  return {
    at: point(x, 0.2, z + 0.12),
    draw: (view) => drawBlock(view, { x, y: 0, z: z + 0.02, wide: 0.42, high: 0.41, deep: 0.4, colour: wood }, inks.line),
  };
}
