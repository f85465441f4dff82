import type { BuildingShape, VehicleShape } from '../staging/thing-words.ts';
import { lit, mix, type Inks } from './inks.ts';
import { point, type Point, type View } from './view.ts';

type Outline = readonly (readonly [x: number, y: number])[];

/** One flat shape of a profile, in metres from the middle of the thing's foot; it looks to the right. */
interface Part {
  outline: Outline;
  colour: string;
  /** Parts of the far side are drawn first, this much behind. */
  back?: number;
}

interface Profile {
  wide: number;
  high: number;
  deep: number;
  parts: readonly Part[];
  wheels?: readonly (readonly [x: number, r: number])[];
}

const box = (left: number, low: number, right: number, high: number): Outline => [[left, low], [right, low], [right, high], [left, high]];
const row = (count: number, left: number, step: number, wide: number, low: number, high: number, colour: string): Part[] => Array.from({ length: count }, (_, index) => ({ outline: box(left + index * step, low, left + index * step + wide, high), colour }));
const round = (x: number, y: number, r: number): Outline => Array.from({ length: 16 }, (_, index) => [x + Math.cos((index / 8) * Math.PI) * r, y + Math.sin((index / 8) * Math.PI) * r] as const);
const GLASS = '#bcd8e4';
const METAL = '#50555e';

const VEHICLES: Record<VehicleShape, Profile> = {
  car: { wide: 4.2, high: 1.45, deep: 1.7, parts: [{ outline: [[-2.1, 0.35], [2.1, 0.35], [2.1, 0.75], [1.95, 0.88], [1.1, 0.95], [0.5, 1.42], [-1.1, 1.45], [-1.75, 0.95], [-2.1, 0.85]], colour: '#c8553d' }, { outline: [[0.9, 0.96], [0.42, 1.33], [-0.22, 1.36], [-0.22, 0.96]], colour: GLASS }, { outline: [[-0.34, 0.96], [-0.34, 1.36], [-1.05, 1.36], [-1.5, 0.96]], colour: GLASS }, { outline: box(1.86, 0.6, 2.1, 0.76), colour: '#ffe9a8' }], wheels: [[-1.3, 0.36], [1.3, 0.36]] },
  truck: { wide: 6.2, high: 2.9, deep: 2.2, parts: [{ outline: box(-3.1, 0.6, 1.1, 2.9), colour: '#d9d3c4' }, { outline: [[1.2, 0.5], [3.1, 0.5], [3.1, 1.3], [2.6, 2.3], [1.2, 2.3]], colour: '#3f7a9a' }, { outline: [[1.9, 1.35], [2.95, 1.35], [2.52, 2.15], [1.9, 2.15]], colour: GLASS }], wheels: [[-2.1, 0.5], [-0.9, 0.5], [2.2, 0.5]] },
  bus: { wide: 9, high: 3, deep: 2.5, parts: [{ outline: box(-4.5, 0.45, 4.5, 3), colour: '#d8a32b' }, ...row(6, -4.1, 1.35, 1.1, 1.55, 2.55, GLASS), { outline: box(4, 1.3, 4.5, 2.55), colour: GLASS }], wheels: [[-2.9, 0.5], [2.9, 0.5]] },
  train: { wide: 15, high: 3.6, deep: 2.8, parts: [{ outline: [[-7.5, 0.7], [6.3, 0.7], [7.5, 1.1], [7.5, 1.9], [6.4, 3.4], [-7.5, 3.4]], colour: '#3d6c8f' }, ...row(7, -7, 1.8, 1.3, 1.8, 2.8, GLASS), { outline: box(-7.5, 1.2, 7.4, 1.4), colour: '#e6e0cf' }], wheels: [[-6, 0.45], [-4.6, 0.45], [0, 0.45], [4, 0.45], [5.4, 0.45]] },
  bicycle: { wide: 1.8, high: 1.1, deep: 0.4, parts: [{ outline: [[-0.55, 0.36], [-0.2, 0.9], [0.42, 0.86], [0.05, 0.34], [-0.15, 0.84], [-0.2, 0.8], [0, 0.3], [0.5, 0.82], [0.56, 0.36], [0.6, 0.4], [0.5, 0.95], [-0.22, 0.96]], colour: '#b8473a' }, { outline: box(-0.36, 0.94, -0.08, 1.0), colour: METAL }, { outline: box(0.36, 1.0, 0.62, 1.05), colour: METAL }], wheels: [[-0.56, 0.35], [0.56, 0.35]] },
  motorcycle: { wide: 2.1, high: 1.1, deep: 0.6, parts: [{ outline: [[-0.75, 0.45], [0.5, 0.4], [0.78, 0.95], [0.3, 0.98], [-0.1, 0.82], [-0.95, 0.86]], colour: '#8f3f3a' }, { outline: box(-0.3, 0.3, 0.35, 0.55), colour: METAL }, { outline: box(0.55, 1.0, 0.85, 1.07), colour: METAL }], wheels: [[-0.75, 0.36], [0.78, 0.36]] },
  boat: { wide: 4, high: 1, deep: 1.4, parts: [{ outline: [[-2, 0.75], [-1.5, 0.02], [1.3, 0.02], [2.2, 0.95], [1.2, 0.72]], colour: '#8a5a3b' }, { outline: [[-1.9, 0.7], [1.3, 0.66], [2.1, 0.9], [1.2, 0.78], [-1.95, 0.8]], colour: '#d8c8a4' }] },
  ship: { wide: 24, high: 19, deep: 6, parts: [{ outline: [[-11, 3.4], [-9, -0.2], [9, -0.2], [12.5, 4.2], [9, 3], [-8, 2.6]], colour: '#6f4a34' }, { outline: box(-5.2, 2.6, -4.7, 18), colour: '#4a3426' }, { outline: box(3.8, 2.6, 4.3, 19), colour: '#4a3426' }, { outline: [[-9, 5], [-1.6, 4.6], [-1.2, 10.6], [-8.4, 10.8]], colour: '#efe6d2' }, { outline: [[-8, 11.4], [-1.8, 11.4], [-2.6, 16.6], [-7.4, 16.6]], colour: '#e6dcc6' }, { outline: [[0, 5], [8.2, 4.8], [8.4, 11.2], [0.4, 11.2]], colour: '#efe6d2' }, { outline: [[0.6, 12], [7.8, 12], [6.8, 17.8], [1.4, 17.8]], colour: '#e6dcc6' }] },
  plane: { wide: 18, high: 5.6, deep: 14, parts: [{ outline: [[-9, 2.2], [7, 1.6], [9, 2.4], [8.4, 3.1], [6.5, 3.5], [-8, 3.5]], colour: '#e4e8ec' }, { outline: [[-9, 3.3], [-6.6, 3.4], [-8.4, 5.6], [-9.4, 5.6]], colour: '#c8553d' }, { outline: [[-1.5, 2.2], [2, 2.2], [-3, 0.6], [-4.4, 0.6]], colour: '#b9c1c9' }, ...row(9, -5, 1.2, 0.5, 2.8, 3.2, '#54708a')] },
  helicopter: { wide: 9, high: 3.2, deep: 2, parts: [{ outline: [[-1.5, 0.9], [2.2, 0.9], [3, 1.6], [2.2, 2.4], [0, 2.6], [-1.5, 2.1], [-5.2, 2.2], [-5.3, 1.9], [-1.5, 1.5]], colour: '#4f7a5a' }, { outline: [[1.2, 1.5], [2.8, 1.5], [2.1, 2.25], [1.2, 2.3]], colour: GLASS }, { outline: box(-4.6, 3.0, 5, 3.1), colour: METAL }, { outline: box(0.1, 2.5, 0.3, 3.1), colour: METAL }, { outline: box(-1.6, 0.3, 2.2, 0.42), colour: METAL }, { outline: [[-5.6, 1.5], [-5.1, 1.5], [-5.1, 3], [-5.6, 3]], colour: '#4f7a5a' }] },
  rocket: { wide: 4, high: 12, deep: 3, parts: [{ outline: [[-1.2, 1], [1.2, 1], [1.4, 5], [1, 9], [0, 12], [-1, 9], [-1.4, 5]], colour: '#e4e6ea' }, { outline: [[-1.2, 1], [-2.2, 0.2], [-2.2, 2.6], [-1.3, 4.2]], colour: '#c8553d' }, { outline: [[1.2, 1], [2.2, 0.2], [2.2, 2.6], [1.3, 4.2]], colour: '#c8553d' }, { outline: round(0, 7.4, 0.55), colour: '#54708a' }] },
  cart: { wide: 2.6, high: 1.4, deep: 1.2, parts: [{ outline: [[-1.1, 0.6], [1.1, 0.6], [1.25, 1.25], [-1.25, 1.25]], colour: '#8a6240' }, { outline: [[1.1, 0.72], [2.3, 0.86], [2.3, 0.96], [1.1, 0.84]], colour: '#6b4a30' }], wheels: [[-0.5, 0.5], [0.55, 0.5]] },
};

const BUILDINGS: Record<BuildingShape, Profile> = {
  house: { wide: 7, high: 6, deep: 5, parts: [{ outline: box(-3.5, 0, 3.5, 3.2), colour: '#e9e2d2' }, { outline: [[-4, 3.1], [4, 3.1], [2.4, 5.6], [-2.4, 5.6]], colour: '#7d4f42' }, { outline: box(-0.55, 0, 0.55, 2.1), colour: '#6b4a34' }, { outline: box(-2.7, 1.1, -1.4, 2.3), colour: '#7f95a0' }, { outline: box(1.4, 1.1, 2.7, 2.3), colour: '#7f95a0' }, { outline: box(1.4, 5.2, 2, 6.5), colour: '#8f5a4a' }] },
  lighthouse: { wide: 6, high: 17, deep: 4, parts: [{ outline: [[-2, 0], [2, 0], [1.25, 13], [-1.25, 13]], colour: '#f1ede4' }, { outline: [[-1.85, 2.5], [1.85, 2.5], [1.68, 5.5], [-1.68, 5.5]], colour: '#c8453d' }, { outline: [[-1.5, 8.6], [1.5, 8.6], [1.34, 11.4], [-1.34, 11.4]], colour: '#c8453d' }, { outline: box(-1.6, 13, 1.6, 13.5), colour: METAL }, { outline: box(-1, 13.5, 1, 15.4), colour: '#ffe59a' }, { outline: [[-1.3, 15.4], [1.3, 15.4], [0, 17]], colour: '#c8453d' }] },
  castle: { wide: 20, high: 14, deep: 8, parts: [{ outline: [[-8, 0], [8, 0], [8, 7], [7, 7], [7, 6.2], [6, 6.2], [6, 7], [4, 7], [4, 6.2], [2, 6.2], [2, 7], [0, 7], [0, 6.2], [-2, 6.2], [-2, 7], [-4, 7], [-4, 6.2], [-6, 6.2], [-6, 7], [-8, 7]], colour: '#9a948a' }, { outline: box(-10, 0, -7, 11), colour: '#8c867c' }, { outline: [[-10.4, 11], [-6.6, 11], [-8.5, 15]], colour: '#7a4a44' }, { outline: box(7, 0, 10, 11), colour: '#8c867c' }, { outline: [[6.6, 11], [10.4, 11], [8.5, 15]], colour: '#7a4a44' }, { outline: [[-1.4, 0], [1.4, 0], [1.4, 2.6], [0, 3.8], [-1.4, 2.6]], colour: '#4a3a30' }] },
  tower: { wide: 7, high: 18, deep: 5, parts: [{ outline: box(-2.4, 0, 2.4, 12.5), colour: '#b9b0a0' }, { outline: [[-2.9, 12.5], [2.9, 12.5], [0, 18]], colour: '#6f6a78' }, { outline: box(-0.7, 0, 0.7, 2.4), colour: '#5a4334' }, { outline: box(-0.5, 5, 0.5, 6.8), colour: '#54616c' }, { outline: box(-0.5, 9, 0.5, 10.8), colour: '#54616c' }] },
  tent: { wide: 4, high: 2.4, deep: 3, parts: [{ outline: [[-2, 0], [2, 0], [0, 2.4]], colour: '#c9853f' }, { outline: [[-0.6, 0], [0.6, 0], [0, 1.7]], colour: '#5a4030' }] },
  bridge: { wide: 34, high: 9, deep: 5, parts: [{ outline: box(-17, 4, 17, 4.8), colour: '#a9573f' }, { outline: box(-9.6, 0, -8.6, 10), colour: '#a9573f' }, { outline: box(8.6, 0, 9.6, 10), colour: '#a9573f' }, { outline: [[-9, 10], [-4.5, 6.4], [0, 5.2], [4.5, 6.4], [9, 10], [4.5, 6.1], [0, 4.9], [-4.5, 6.1]], colour: '#7f3f30' }] },
  windmill: { wide: 8, high: 12, deep: 4, parts: [{ outline: [[-2, 0], [2, 0], [1.2, 8], [-1.2, 8]], colour: '#e6dcc8' }, { outline: [[-1.4, 8], [1.4, 8], [0, 9.6]], colour: '#7d4f42' }, { outline: [[-4.2, 3.6], [-3.6, 3.2], [4.2, 11.8], [3.6, 12.2]], colour: '#8a6a4c' }, { outline: [[4.2, 3.6], [3.6, 3.2], [-4.2, 11.8], [-3.6, 12.2]], colour: '#8a6a4c' }] },
  pyramid: { wide: 26, high: 15, deep: 10, parts: [{ outline: [[-13, 0], [4, 0], [0, 15]], colour: '#d9b474' }, { outline: [[4, 0], [13, 0.6], [0, 15]], colour: '#b08d55' }] },
};

export function vehicleSize(shape: VehicleShape): { wide: number; high: number } {
  return VEHICLES[shape];
}

export function buildingSize(shape: BuildingShape): { wide: number; high: number } {
  return BUILDINGS[shape];
}

/** Draws a vehicle or a building in profile; `way` -1 looks to the left. */
export function drawProfile(view: View, shape: VehicleShape | BuildingShape, at: Point, way: 1 | -1, inks: Inks): void {
  const profile = shape in VEHICLES ? VEHICLES[shape as VehicleShape] : BUILDINGS[shape as BuildingShape];
  const line = { colour: inks.line, widthPx: 1.8 * view.unit };
  const place = ([x, y]: readonly [number, number], back = 0): Point => point(at.x + x * way, at.y + y, at.z + back);
  const night = inks.onSet > 0.4;
  // The far side first, darker: it gives the thing its thickness from above and below.
  const [body] = profile.parts;
  if (body) view.polygon(body.outline.map((corner) => place(corner, profile.deep)), mix(lit(body.colour, inks), '#000000', 0.3), line);
  for (const { outline, colour } of profile.parts) {
    const glass = colour === GLASS || colour === '#7f95a0' || colour === '#54616c';
    view.polygon(outline.map((corner) => place(corner)), night && glass ? '#ffd98c' : colour === '#ffe59a' || colour === '#ffe9a8' ? colour : lit(colour, inks), line);
  }
  for (const [x, r] of profile.wheels ?? []) {
    const thin = shape === 'bicycle' || shape === 'motorcycle' || shape === 'cart';
    view.polygon(round(x, r, r).map((corner) => place(corner, -0.02)), thin ? 'rgba(0,0,0,0)' : '#26282e', { colour: '#1c1e24', widthPx: thin ? 3.4 * view.unit : line.widthPx });
    view.polygon(round(x, r, r * 0.5).map((corner) => place(corner, -0.04)), thin ? 'rgba(0,0,0,0)' : lit('#aab0b6', inks));
  }
}
