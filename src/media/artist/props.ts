import type { Staging } from '../staging/staging.ts';
import { drawBlock } from './block.ts';
import { lit, mix, type Inks } from './inks.ts';
import { crownOf, type Mannequin } from './mannequin.ts';
import { moves, placeAt } from './motion.ts';
import type { Piece } from './stage-set.ts';
import { point, type CameraPose } from './view.ts';

const TREAD_M = 0.3;
const RISE_M = 0.18;
/** The step that the middle of the set stands on. */
const MIDDLE_STEP = 3;

/** Which way the stairs rise: to where the first one looks when he climbs them, else the other way. */
function riseOf({ stairs, figures }: Staging): 1 | -1 {
  return (figures[0]?.facing === 'left') === (stairs === 'up') ? -1 : 1;
}

/** How high the step at `x` is, in metres; 0 where there are no stairs. */
export function stepHeight(staging: Staging, x: number): number {
  return staging.stairs === undefined ? 0 : Math.max(0, MIDDLE_STEP + Math.round((x * riseOf(staging)) / TREAD_M)) * RISE_M;
}

/** Steps across the frame under the people, with a rail behind them. */
export function stairsPiece(staging: Staging, inks: Inks): Piece {
  const rise = riseOf(staging);
  const [near, far] = staging.figures.some(({ pose }) => pose === 'sit') ? [1, 2.2] : [-0.55, 0.75];
  const colour = lit(staging.place.inside ? '#8f6f52' : '#a7a196', inks);
  const steps = Array.from({ length: 15 }, (_, index) => ({ x: (index + 1 - MIDDLE_STEP) * TREAD_M * rise, high: (index + 1) * RISE_M }));
  return {
    at: point(0, 0, far + 0.15),
    draw(view) {
      const rail = steps.filter((_, index) => index % 2 === 0);
      view.lines([...rail.map(({ x, high }) => [point(x, high, far), point(x, high + 0.95, far)] as const), ...rail.slice(1).map(({ x, high }, index) => [point(rail[index]?.x ?? x, (rail[index]?.high ?? high) + 0.95, far), point(x, high + 0.95, far)] as const)], mix(colour, '#000000', 0.45), 3 * view.unit);
      // What is further from the middle of the frame is behind its neighbour.
      for (const { x, high } of steps.toSorted((one, other) => Math.abs(other.x - view.pose.x) - Math.abs(one.x - view.pose.x))) drawBlock(view, { x, y: 0, z: (near + far) / 2, wide: TREAD_M, high, deep: far - near, colour }, inks.line);
    },
  };
}

/** An open umbrella in the hand of somebody. */
export function umbrellaPiece(figure: Mannequin, inks: Inks, base: CameraPose): Piece {
  const { turn, tall, colour, motion } = figure;
  const reach = Math.sin(turn) * 0.17 * tall;
  const top = figure.at.y + crownOf(figure);
  const cloth = mix(colour, '#20242c', 0.35);
  return {
    at: point(figure.at.x + reach, top, figure.at.z + 0.03),
    moving: moves(motion),
    draw(view) {
      const at = placeAt(figure.at, motion, view, base);
      const [x, z] = [at.x + reach, at.z + 0.03];
      const line = { colour: inks.line, widthPx: 1.6 * view.unit };
      const middle = at.x + (x - at.x) * 0.5;
      const rim = top + 0.03;
      view.lines([[point(x, at.y + tall * 0.62, z), point(middle, rim + 0.29, z)]], mix(inks.line, '#6b5040', 0.4), 3.2 * view.unit);
      const arch = (from: number, to: number, low: number, high: number) => Array.from({ length: 13 }, (_, index) => point(middle + from + ((to - from) * index) / 12, low + Math.sin((index / 12) * Math.PI) * high, z));
      const gores = [-0.46, -0.16, 0.16, 0.46];
      const scallops = [2, 1, 0].flatMap((index) => arch(gores[index + 1] ?? 0, gores[index] ?? 0, rim, 0.035));
      view.polygon([...Array.from({ length: 25 }, (_, index) => point(middle - Math.cos((index / 24) * Math.PI) * 0.46, rim + Math.sin((index / 24) * Math.PI) * 0.27, z)), ...scallops], cloth, line);
      view.lines([[point(middle - 0.16, rim, z), point(middle, rim + 0.27, z)], [point(middle + 0.16, rim, z), point(middle, rim + 0.27, z)]], line.colour, line.widthPx * 0.7);
    },
  };
}
