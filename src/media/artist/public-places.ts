import { drawBlock } from './block.ts';
import { glow } from './indoors.ts';
import { lit, mix } from './inks.ts';
import { drawSkyAndGround, drawSkyline } from './sky.ts';
import type { Piece, SetBrief, StageSet } from './stage-set.ts';
import { point, wall, type View } from './view.ts';

/** Where the rails lie behind the people, in metres. */
export const TRACK_Z = 4.6;
const PLATFORM_EDGE_Z = 3;

/** The platform of a station: its edge, the rails, the other platform with its roof. */
export function platform(brief: SetBrief, seed: string): StageSet {
  const { inks, place } = brief;
  const dark = place.light === 'night' || place.light === 'dusk';
  const line = (view: View) => ({ colour: inks.line, widthPx: 1.4 * view.unit });
  const stone = lit(place.snowy ? '#e3e9ed' : '#b3ada2', inks);
  const lamps: Piece[] = [-6.5, -1.6, 3.6, 8.2].map((x) => ({
    at: point(x, 2, PLATFORM_EDGE_Z - 0.7),
    draw(view) {
      const z = PLATFORM_EDGE_Z - 0.7;
      view.lines([[point(x, 0, z), point(x, 3.5, z)], [point(x - 0.5, 3.5, z), point(x + 0.5, 3.5, z)]], inks.line, Math.max(1.6 * view.unit, (view.disc(point(x, 2, z), 0.05)?.r ?? 0) * 2));
      for (const side of [-0.5, 0.5]) {
        const bulb = view.disc(point(x + side, 3.36, z), 0.13);
        if (!bulb) continue;
        if (dark) glow(view, bulb.x, bulb.y, bulb.r * 8, '#ffd98c', 0.5);
        view.context.fillStyle = dark ? '#fff0bd' : '#d8dcd8';
        view.context.beginPath();
        view.context.arc(bulb.x, bulb.y, bulb.r, 0, Math.PI * 2);
        view.context.fill();
      }
    },
  }));
  const across: Piece = {
    at: point(0, 1, 8.6),
    draw(view) {
      view.polygon(wall(point(-40, -0.6, 6.9), point(40, -0.6, 6.9), 0.6), mix(stone, '#000000', 0.3), line(view));
      view.polygon([point(-40, 0, 6.9), point(40, 0, 6.9), point(40, 0, 10), point(-40, 0, 10)], stone, line(view));
      for (let x = -18; x <= 18; x += 4.5) drawBlock(view, { x, y: 0, z: 8.6, wide: 0.16, high: 2.9, deep: 0.16, colour: lit('#5d6b62', inks) }, inks.line);
      view.polygon([point(-22, 2.9, 7.4), point(22, 2.9, 7.4), point(22, 3.45, 9.6), point(-22, 3.45, 9.6)], lit('#7d4a3c', inks), line(view));
      view.polygon(wall(point(-22, 2.66, 7.4), point(22, 2.66, 7.4), 0.24), lit('#e6dfcf', inks), line(view));
      for (const x of [-7, 6]) view.polygon(wall(point(x - 1.1, 1.7, 8.4), point(x + 1.1, 1.7, 8.4), 0.5), lit('#2f4f86', inks), line(view));
    },
  };
  return {
    pieces: [...lamps, across],
    backdrop(view) {
      drawSkyAndGround(view, brief, { far: lit('#9a958a', inks), near: stone }, seed);
      drawSkyline(view, [5, 8, 8, 12, 12, 7, 10, 10, 15, 15, 8, 8, 11, 6, 9, 9, 13, 13, 7, 5], 90, lit('#8f9aa5', inks));
      view.polygon([point(-60, 0, PLATFORM_EDGE_Z), point(60, 0, PLATFORM_EDGE_Z), point(60, 0, 6.9), point(-60, 0, 6.9)], lit('#6f675d', inks), line(view));
      const sleepers = Array.from({ length: 46 }, (_, index) => (index - 22.5) * 0.9).map((x) => [point(x - 0.14, 0.01, 3.5), point(x + 0.14, 0.01, 3.5), point(x + 0.14, 0.01, 5.7), point(x - 0.14, 0.01, 5.7)]);
      view.polygons(sleepers, lit('#54463b', inks));
      view.lines([[point(-60, 0.12, 3.95), point(60, 0.12, 3.95)], [point(-60, 0.12, 5.3), point(60, 0.12, 5.3)]], lit('#c5cad0', inks), 2.6 * view.unit);
      view.polygon([point(-60, 0.003, 2.35), point(60, 0.003, 2.35), point(60, 0.003, 2.5), point(-60, 0.003, 2.5)], lit('#e8c84a', inks));
    },
  };
}

const CLOTHES = ['#b0584f', '#4f74a8', '#c9a24a', '#5f8f6a', '#d8d4cc'] as const;

/** A pitch with stands around it; people sit in them only where the words have a crowd. */
export function stadium(brief: SetBrief, seed: string): StageSet {
  const { inks, place } = brief;
  const dark = place.light === 'night' || place.light === 'dusk';
  const rows = 8;
  return {
    pieces: [],
    backdrop(view) {
      const line = { colour: inks.line, widthPx: 1.2 * view.unit };
      drawSkyAndGround(view, brief, { far: snowOn(brief, '#6fa05a'), near: snowOn(brief, '#5d9149') }, seed);
      for (let row = 0; row < rows; row += 1) {
        const [y, z] = [0.4 + row * 0.85, 24 + row * 1.1];
        view.polygon(wall(point(-70, y, z), point(70, y, z), 0.85), lit(row % 2 === 0 ? '#8d99a8' : '#7a8797', inks), row % 2 === 0 ? line : undefined);
        if (brief.crowd) drawSpectators(view, brief, row, y + 0.3, z - 0.05);
      }
      view.polygon([point(-70, 10.2, 22), point(70, 10.2, 22), point(70, 11.6, 33), point(-70, 11.6, 33)], lit('#c9ced4', inks), line);
      for (const x of [-24, 24]) {
        view.lines([[point(x, 0, 34), point(x, 16, 34)]], inks.line, 3 * view.unit);
        const lamp = view.disc(point(x, 16.4, 34), 1.5);
        if (!lamp) continue;
        if (dark) glow(view, lamp.x, lamp.y, lamp.r * 4, '#fff6d8', 0.6);
        view.context.fillStyle = dark ? '#fffbe8' : lit('#dfe3e6', inks);
        view.context.fillRect(lamp.x - lamp.r, lamp.y - lamp.r * 0.6, lamp.r * 2, lamp.r * 1.2);
      }
      const chalk = lit('#f2f4f0', inks);
      view.lines([[point(-40, 0.01, 4), point(40, 0.01, 4)], [point(-40, 0.01, 20), point(40, 0.01, 20)], [point(-3, 0.01, 4), point(-6, 0.01, 20)]], chalk, 2.4 * view.unit);
    },
  };
}

function drawSpectators(view: View, { inks }: SetBrief, row: number, y: number, z: number): void {
  for (const [index, colour] of CLOTHES.entries()) {
    const seats = Array.from({ length: 24 }, (_, seat) => (seat * CLOTHES.length + ((index * 3 + row * 2) % CLOTHES.length)) * 0.85 - 51);
    view.polygons(seats.map((x) => wall(point(x - 0.24, y, z), point(x + 0.24, y, z), 0.5)), mix(lit(colour, inks), '#14161c', 0.1));
    view.polygons(seats.map((x) => wall(point(x - 0.13, y + 0.52, z), point(x + 0.13, y + 0.52, z), 0.26)), lit('#dfc2a0', inks));
  }
}

function snowOn(brief: SetBrief, colour: string): string {
  return lit(brief.place.snowy ? '#eaf0f4' : colour, brief.inks);
}
