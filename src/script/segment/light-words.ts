import type { Place } from './place-words.ts';

const SAYS_LIGHT = /\b(?:lights?|lit|lamps?|lamplight|lanterns?|candles?|candlelight|torch(?:es|light)?|moon(?:light|lit)?|sun(?:light|lit|shine|rise|set)?|firelight|fire|flames?|neon|headlights?|streetlights?|glow(?:s|ing)?|shadows?|dark(?:ness)?|bright|dim|gloom|silhouettes?|starlight|lightning|fluorescent|flashlights?|beam|beams|sparks?|match)\b/iu;

/** Light of the time of day, in fixed words; nothing where the shot's own words say where light comes from. */
export function lightWords({ side, time }: Place, words: string): string {
  if (time === undefined || SAYS_LIGHT.test(words)) return '';
  const inside = side === 'Interior';
  if (/night|midnight|noche|nuit|nacht|夜/u.test(time)) return inside ? 'Low warm light, deep shadows.' : 'Dark night, faint cool light.';
  if (/dawn|sunrise|daybreak/u.test(time)) return 'Pale light of dawn.';
  if (/dusk|twilight|nightfall|blue hour/u.test(time)) return 'Fading blue light of dusk.';
  if (/sunset|evening|golden|magic/u.test(time)) return 'Low golden light.';
  if (/morning/u.test(time)) return 'Soft morning light.';
  return inside ? 'Natural daylight.' : 'Clear daylight.';
}
