import type { Light, Weather } from '../staging/place-words.ts';

/** The colours of a light: sky from top to horizon, and the tint that lies on everything else. */
export interface Inks {
  skyTop: string;
  skyLow: string;
  /** Sun or moon. */
  body: string;
  tint: string;
  /** How much of the tint is in the set's colours, 0..1, and in people's. */
  onSet: number;
  onPeople: number;
  line: string;
  accent: string;
}

const INKS: Record<Light, Inks> = {
  day: { skyTop: '#7fb2dc', skyLow: '#dcebf2', body: '#fff7df', tint: '#ffffff', onSet: 0, onPeople: 0, line: '#2c3038', accent: '#e3a21a' },
  dawn: { skyTop: '#8f9fce', skyLow: '#ffd9b8', body: '#fff0cf', tint: '#f0a98c', onSet: 0.26, onPeople: 0.2, line: '#33303e', accent: '#f0a070' },
  dusk: { skyTop: '#4a4c86', skyLow: '#f7935a', body: '#ffd58a', tint: '#8a4a5c', onSet: 0.42, onPeople: 0.24, line: '#261f30', accent: '#ff9d5c' },
  night: { skyTop: '#0a1026', skyLow: '#26355e', body: '#eef2ff', tint: '#0d1733', onSet: 0.66, onPeople: 0.26, line: '#080c18', accent: '#8fb8ff' },
};

export function inksFor(light: Light, weather: Weather, inside: boolean): Inks {
  const inks = INKS[light];
  if (inside) return { ...inks, onSet: inks.onSet * (light === 'night' ? 0.7 : 0.4), onPeople: inks.onPeople * 0.5 };
  if (weather !== 'rain' && weather !== 'fog' && weather !== 'snow') return inks;
  const grey = light === 'night' ? '#222a3a' : '#b4bcc4';
  return { ...inks, skyTop: mix(inks.skyTop, grey, 0.6), skyLow: mix(inks.skyLow, grey, 0.5) };
}

/** A colour of the set under this light. */
export function lit(colour: string, inks: Inks): string {
  return inks.onSet === 0 ? colour : mix(colour, inks.tint, inks.onSet);
}

/** `amount` 0 is `from`, 1 is `to`; `#rrggbb` both. */
export function mix(from: string, to: string, amount: number): string {
  const a = channels(from);
  const b = channels(to);
  return `#${a.map((value, index) => Math.round(value + ((b[index] ?? value) - value) * amount).toString(16).padStart(2, '0')).join('')}`;
}

/** The colour with an alpha of 0..1, as CSS. */
export function withAlpha(colour: string, alpha: number): string {
  return `rgba(${channels(colour).join(',')},${alpha})`;
}

export function isDark(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = channels(colour);
  return red * 0.3 + green * 0.59 + blue * 0.11 < 140;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
