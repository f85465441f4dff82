/** Stairs that the words put into the picture, and whether somebody goes up or down them. */
export function findStairs(text: string): 'up' | 'down' | undefined {
  if (!/\b(?:stairs?|staircases?|stairways?|stairwells?)\b|\b(?:up|down|climbs?|climbing|on) (?:the|a|some|these) (?:[\p{L}-]+ )?steps\b|楼梯|台阶/iu.test(text)) return undefined;
  return /\b(?:down|descends?|descending)\b(?: (?:the|a|some|these|into))?(?: [\p{L}-]+){0,2} (?:stairs?|staircases?|stairways?|stairwells?|steps)\b|下楼/iu.test(text) ? 'down' : 'up';
}

/** How many of the people hold an open umbrella: each when there are several, else one. */
export function findUmbrellas(text: string, people: number): number {
  const match = /(?<!\b(?:no|without|closed|folded|furled|without an|without a|closes? (?:the|her|his|an)|lost|beach|cocktail) )\b(?:umbrella|parasol)(s)?\b(?! stand)|伞/iu.exec(text);
  if (!match) return 0;
  return match[1] === undefined ? Math.min(1, people) : people;
}
