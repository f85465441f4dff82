import type { FigureInk, Head } from './head.ts';
import { mix } from './inks.ts';
import type { Point, View } from './view.ts';

/** Forward and up from the middle of the skull, in heights of the figure. */
type Spot = readonly [forward: number, up: number];

// Forehead, nose, lips, chin and jaw; the back is under the hair.
const FACE: readonly Spot[] = [[0.036, 0.046], [0.0455, 0.028], [0.0495, 0.012], [0.0472, 0.001], [0.053, -0.009], [0.0622, -0.0205], [0.0592, -0.0262], [0.0502, -0.0282], [0.0525, -0.0345], [0.0492, -0.0392], [0.0515, -0.0435], [0.0465, -0.0505], [0.0485, -0.0595], [0.0435, -0.0695], [0.032, -0.0735], [0.012, -0.0635], [-0.006, -0.048], [-0.014, -0.03], [-0.04, -0.028], [-0.054, 0], [-0.046, 0.036], [-0.01, 0.058], [0.02, 0.056]];
const HAIR: readonly Spot[] = [[0.042, 0.035], [0.0405, 0.048], [0.024, 0.061], [0, 0.0655], [-0.03, 0.06], [-0.053, 0.042], [-0.063, 0.014], [-0.059, -0.012], [-0.05, -0.03], [-0.039, -0.046], [-0.027, -0.053], [-0.02, -0.045], [-0.016, -0.026], [-0.013, -0.006], [0, 0.003], [0.005, -0.012], [0.009, -0.011], [0.011, 0.009], [0.02, 0.024], [0.032, 0.031]];
const LONG_HAIR: readonly Spot[] = [...HAIR.slice(0, 7), [-0.065, -0.03], [-0.068, -0.085], [-0.06, -0.14], [-0.038, -0.148], [-0.02, -0.12], [-0.021, -0.07], ...HAIR.slice(12)];
const EAR: readonly Spot[] = [[-0.004, 0.002], [0.004, -0.004], [0.0025, -0.014], [-0.0015, -0.0235], [-0.006, -0.022], [-0.011, -0.011], [-0.011, -0.002]];

/** A head from the side: one eye, the ear in the middle, hair over crown and back, and the line from forehead to chin free. */
export function drawProfileFace(view: View, { place, skin, hair, longHair, bald }: Head, radiusPx: number, ink: FigureInk): void {
  const spot = ([forward, up]: Spot): Point => place(0, up, forward);
  const line = { colour: ink.line, widthPx: ink.widthPx };
  const shade = mix(skin, '#a5694a', 0.12);
  view.polygon(rounded(FACE).map(spot), skin, line);
  if (!bald) view.polygon(rounded(longHair ? LONG_HAIR : HAIR).map(spot), hair, line);
  view.polygon(rounded(EAR).map(spot), shade, { ...line, widthPx: ink.widthPx * 0.7 });
  const dark = mix(ink.line, hair, 0.4);
  const stroke = (from: Spot, to: Spot, share: number): void => view.lines([[spot(from), spot(to)]], dark, ink.widthPx * share);
  if (radiusPx <= 34 * view.unit) {
    view.polygon(ring([0.0385, -0.001], 0.0042, 0.0058).map(spot), dark);
  } else {
    view.polygon(rounded([[0.0285, -0.0005], [0.035, 0.005], [0.0412, 0.0052], [0.0425, -0.0005], [0.0405, -0.0048], [0.034, -0.0042]]).map(spot), '#fbf8f2', { colour: dark, widthPx: ink.widthPx * 0.55 });
    view.polygon(ring([0.0393, 0.0002], 0.0031, 0.0052).map(spot), mix(hair, '#5a7486', 0.5));
    view.polygon(ring([0.0399, 0.0002], 0.0018, 0.0028).map(spot), '#14141a');
    stroke([0.0275, 0], [0.035, 0.0056], 1.1);
    stroke([0.035, 0.0056], [0.0435, 0.0058], 1.1);
    view.polygon(([[0.026, 0.0125], [0.034, 0.0178], [0.0465, 0.0148], [0.0465, 0.0118], [0.034, 0.0142]] as const).map(spot), hair);
    view.polygon(rounded([[0.0515, -0.0352], [0.0492, -0.0392], [0.0512, -0.043], [0.046, -0.0445], [0.0385, -0.0398], [0.046, -0.036]]).map(spot), mix(skin, '#9c3f3a', 0.55));
    stroke([0.0515, -0.0262], [0.0545, -0.0248], 0.9);
    stroke([-0.0065, -0.004], [-0.001, -0.012], 0.6);
  }
  if (radiusPx > 9 * view.unit) stroke([0.0375, -0.04], [0.0495, -0.0392], 0.85);
}

function ring([forward, up]: Spot, wide: number, high: number): Spot[] {
  return Array.from({ length: 14 }, (_, index) => [forward + Math.cos((index / 7) * Math.PI) * wide, up + Math.sin((index / 7) * Math.PI) * high] as const);
}

/** A closed curve through all spots, as a polygon with four sides for each. */
function rounded(spots: readonly Spot[]): Spot[] {
  const at = (index: number): Spot => spots[(index + spots.length) % spots.length] ?? [0, 0];
  return spots.flatMap((_, index) => [0, 0.25, 0.5, 0.75].map((t): Spot => {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    const along = (axis: 0 | 1): number => from[axis] + 0.5 * t * (to[axis] - before[axis] + t * (2 * before[axis] - 5 * from[axis] + 4 * to[axis] - after[axis] + t * (3 * (from[axis] - to[axis]) + after[axis] - before[axis])));
    return [along(0), along(1)];
  }));
}
