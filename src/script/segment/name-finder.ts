/** Where names stand in a text, from its beginning, none over another. */
export type NameFinder = (text: string) => { start: number; end: number }[];

const LETTER = String.raw`[\p{L}\p{M}\p{N}]`;
const NOT_BEHIND = String.raw`(?<![\p{L}\p{M}\p{N}_])`;
const NOT_AHEAD = String.raw`(?![\p{L}\p{M}\p{N}_])`;
const FIRST_WORD = new RegExp(`${LETTER}+`, 'u');
const WORDS = new RegExp(`${NOT_BEHIND}${LETTER}+`, 'gu');

/**
 * Finds any of some names as whole words, with any white space within, the longest that fits. A novel has hundreds of names:
 * each word of the text is looked up, and only the names with that first word are tried.
 */
export function nameFinder(names: readonly string[]): NameFinder {
  const byFirstWord = new Map<string, Map<string, string[]>>();
  for (const name of names.toSorted((a, b) => b.length - a.length)) {
    // `’Arry` has a mark in front of its first word.
    const { 0: first, index } = FIRST_WORD.exec(name) ?? { 0: '', index: 0 };
    const byLead = byFirstWord.get(first) ?? new Map<string, string[]>();
    const lead = name.slice(0, index);
    byLead.set(lead, [...(byLead.get(lead) ?? []), name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`)]);
    byFirstWord.set(first, byLead);
  }
  const patterns = new Map([...byFirstWord].map(([first, byLead]) => [first, [...byLead].map(([lead, spellings]) => ({ lead, pattern: new RegExp(`${NOT_BEHIND}(?:${spellings.join('|')})${NOT_AHEAD}`, 'uy') }))]));
  return (text) => {
    const found: { start: number; end: number }[] = [];
    let at = 0;
    for (const { 0: word, index } of text.matchAll(WORDS)) {
      for (const { lead, pattern } of patterns.get(word) ?? []) {
        const start = index - lead.length;
        if (start < at) continue;
        pattern.lastIndex = start;
        const match = pattern.exec(text);
        if (match === null) continue;
        at = start + match[0].length;
        found.push({ start, end: at });
        break;
      }
    }
    return found;
  };
}
