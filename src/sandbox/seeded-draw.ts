/** Numbers by name: the same seed and the same name give the same number, on every machine and in any order of asking. */
export type Draw = (...name: readonly (string | number)[]) => number;

/** @returns a function whose numbers are spread evenly from 0 (inclusive) to 1 (exclusive). */
export function seededDraw(seed: string | number): Draw {
  return (...name) => fractionOf(JSON.stringify([String(seed), ...name]));
}

/** FNV-1a over UTF-16 code units, then MurmurHash3's last mixing (both public domain): even for names that differ in one letter. */
function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
