/** Numbers that look random and are the same for the same seed, on every machine. */
export interface SeededRandom {
  /** From `low` (inclusive) to `high` (exclusive); 0..1 when called without. */
  between(low?: number, high?: number): number;
  /** One of these. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** @param seed any text; one letter more gives other numbers. */
export function seededRandom(seed: string): SeededRandom {
  let state = hashText(seed);
  const next = (): number => {
    // Mulberry32, by Tommy Ettinger (public domain): small, fast, good enough for pictures.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    between: (low = 0, high = 1) => low + next() * (high - low),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  };
}

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
