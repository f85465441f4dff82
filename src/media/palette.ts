import type { Light, SceneDescription, Setting } from './scene-words.ts';

/** Colours of a scene, `#rrggbb`, from far to near. */
export interface Palette {
  skyTop: string;
  skyMiddle: string;
  skyLow: string;
  /** The sun or the moon. */
  light: string;
  far: string;
  middle: string;
  near: string;
  water: string;
  /** For the heading and the progress bar. */
  accent: string;
}

type Row = readonly [skyTop: string, skyMiddle: string, skyLow: string, light: string, far: string, middle: string, near: string, water: string, accent: string];

const PALETTES: Record<Light, readonly [Row, Row, Row]> = {
  day: [
    ['#2a68b0', '#79b3e2', '#e3f0f2', '#fffbe8', '#8fb2c9', '#5b8c7c', '#27463a', '#3f86a8', '#ffd166'],
    ['#35739c', '#92c6d8', '#f6eedb', '#fff6da', '#a3bcb6', '#7a9a63', '#364c2c', '#4c93a3', '#f4a259'],
    ['#4563ab', '#9bb6e2', '#f9e6d8', '#fff0dc', '#99a6c8', '#6b7fa2', '#2b3956', '#5579ab', '#ef8e7d'],
  ],
  dawn: [
    ['#34447a', '#cf93a2', '#ffdcae', '#fff3d0', '#8f7fa2', '#5c5683', '#262745', '#6d6f9a', '#ffb48a'],
    ['#235064', '#8ab9ae', '#ffe6ba', '#fff4cf', '#7ea0a0', '#4a7277', '#1a343c', '#5b8f93', '#ffd38a'],
    ['#54497a', '#dba8b6', '#fff0d4', '#fff7e4', '#a08fae', '#746690', '#322b48', '#83779f', '#ffc6a8'],
  ],
  dusk: [
    ['#1c2050', '#b1486c', '#ffb35c', '#ffd887', '#71405f', '#442951', '#181130', '#5b3560', '#ff9d5c'],
    ['#10304f', '#d46a4c', '#ffd584', '#ffe3a1', '#80493f', '#4a3240', '#1a141e', '#4d4759', '#ffb84d'],
    ['#381b49', '#cb4a70', '#ffa071', '#ffc790', '#6f3357', '#472349', '#1b0f24', '#5a2c55', '#ff8fa0'],
  ],
  night: [
    ['#040917', '#0e2247', '#2d4a80', '#eef2ff', '#1a305a', '#0f1e3c', '#050a16', '#142b52', '#8fb8ff'],
    ['#08081a', '#1e1b48', '#4b3a76', '#f4ecff', '#2a2552', '#191736', '#08070f', '#221f4a', '#c4a2ff'],
    ['#031216', '#0b323b', '#286569', '#eafff8', '#12434a', '#0a2a31', '#030d10', '#0f3c44', '#7fe3cf'],
  ],
};

// The ground's own colour, mixed into the three distances.
const GROUND: Partial<Record<Setting, readonly [colour: string, amount: number]>> = {
  desert: ['#cf8a48', 0.78],
  forest: ['#2f6b46', 0.3],
  hills: ['#5d8b4a', 0.25],
  room: ['#8a5c3c', 0.55],
};

/** The colours of a scene; `variant` picks one of three hand-made sets for its light. */
export function paletteFor(scene: SceneDescription, variant: number): Palette {
  const sets = PALETTES[scene.light];
  const [skyTop, skyMiddle, skyLow, light, ...ground] = sets[((variant % 3) + 3) % 3] ?? sets[0];
  const [far, middle, near, water, accent] = ground;
  const overcast = scene.weather === 'rain' || scene.weather === 'fog' ? 0.45 : 0;
  const grey = scene.light === 'night' ? '#1a2230' : '#8a97a3';
  const tint = scene.snowy ? (['#dfe9f2', scene.light === 'night' ? 0.25 : 0.55] as const) : GROUND[scene.setting];
  const ground3 = (colour: string, share: number): string => mix(tint ? mix(colour, tint[0], tint[1] * share) : colour, grey, overcast * 0.5);
  return {
    skyTop: mix(skyTop, grey, overcast),
    skyMiddle: mix(skyMiddle, grey, overcast),
    skyLow: mix(skyLow, grey, overcast * 0.7),
    light,
    far: ground3(far, 0.8),
    middle: ground3(middle, 1),
    near: ground3(near, 0.65),
    water: mix(water, grey, overcast * 0.5),
    accent,
  };
}

/** `amount` 0 is `from`, 1 is `to`. */
export function mix(from: string, to: string, amount: number): string {
  const a = channels(from);
  const b = channels(to);
  return `#${a.map((value, index) => Math.round(value + ((b[index] ?? value) - value) * amount).toString(16).padStart(2, '0')).join('')}`;
}

/** The colour with an alpha of 0..1, as CSS. */
export function withAlpha(colour: string, alpha: number): string {
  return `rgba(${channels(colour).join(',')},${alpha})`;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
