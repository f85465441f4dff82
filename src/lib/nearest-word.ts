/**
 * The known word somebody probably meant, or `undefined` when none is near. Upper and lower case, blanks, `_` and `-` count for nothing;
 * a slip is a missing, extra, wrong or swapped letter, and about one in three letters may be one.
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  return nearestWords(word, known)[0];
}

/** All of them that are near, the nearest first. */
export function nearestWords(word: string, known: readonly string[]): string[] {
  const wanted = plain(word).slice(0, 64);
  if (wanted === '') return [];
  return known
    .map((candidate) => ({ candidate, other: plain(candidate) }))
    .map(({ candidate, other }) => {
      const slips = other.startsWith(wanted) || wanted.startsWith(other) ? 0 : slipsBetween(wanted, other);
      return { candidate, slips, allowed: Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3)) };
    })
    .filter(({ slips, allowed }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips)
    .map(({ candidate }) => candidate);
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[\s_-]+/g, '');
}

/** Edit distance with swaps of neighbours (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let slips = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) slips = Math.min(slips, (beforeLast[j - 2] ?? 0) + 1);
      row.push(slips);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
