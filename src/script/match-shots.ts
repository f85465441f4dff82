/**
 * Says which shot of an edited script continues which earlier one.
 *
 * 1. Equal words in the same order keep their shot (a longest common subsequence).
 * 2. Of the rest, equal words keep their shot wherever they moved.
 * 3. Of the rest, shots of a list with an equal prompt keep theirs: another of their fields was edited, or the list was written anew.
 * 4. Of the rest, shots edited in place keep theirs: as many old as new between the same two unchanged neighbours, paired in order.
 *    So a shot's earlier takes stay in its history; whether anything is generated anew is decided by its words, not here.
 *
 * Made for up to 5,000 shots on each side (two bytes of memory for each pair of shots that differ).
 */
export function matchShots(
  previous: readonly { id: string; text: string; prompt?: string }[],
  next: readonly { text: string; prompt?: string }[],
): {
  /** For each of `next`: the id it continues, or `undefined` for a new shot. No id twice. */
  pairs: (string | undefined)[];
  /** Ids that nothing continues, in their old order. */
  removed: string[];
} {
  const oldOf: (number | undefined)[] = Array.from({ length: next.length }, () => undefined);
  const taken = previous.map(() => false);
  const pair = (oldIndex: number, newIndex: number) => {
    oldOf[newIndex] = oldIndex;
    taken[oldIndex] = true;
  };
  const anchors = commonSubsequence(previous.map((shot) => shot.text), next.map((shot) => shot.text));
  for (const { oldIndex, newIndex } of anchors) pair(oldIndex, newIndex);

  const pairEqual = (wordsOf: (shot: { text: string; prompt?: string }) => string | undefined) => {
    const waiting = new Map<string, number[]>();
    for (const [index, shot] of previous.entries()) {
      const words = wordsOf(shot);
      if (taken[index] || words === undefined) continue;
      const queue = waiting.get(words);
      if (queue) queue.push(index);
      else waiting.set(words, [index]);
    }
    for (const [index, shot] of next.entries()) {
      if (oldOf[index] !== undefined) continue;
      const equal = waiting.get(wordsOf(shot) ?? '')?.shift();
      if (equal !== undefined) pair(equal, index);
    }
  };
  pairEqual(({ text }) => text);
  pairEqual(({ prompt }) => prompt);

  let oldStart = 0;
  let newStart = 0;
  for (const anchor of [...anchors, { oldIndex: previous.length, newIndex: next.length }]) {
    const oldLeft = range(oldStart, anchor.oldIndex).filter((index) => !taken[index]);
    const newLeft = range(newStart, anchor.newIndex).filter((index) => oldOf[index] === undefined);
    if (oldLeft.length === newLeft.length) {
      for (const [position, newIndex] of newLeft.entries()) pair(oldLeft[position] ?? 0, newIndex);
    }
    oldStart = anchor.oldIndex + 1;
    newStart = anchor.newIndex + 1;
  }
  return {
    pairs: oldOf.map((index) => (index === undefined ? undefined : previous[index]?.id)),
    removed: previous.filter((_, index) => !taken[index]).map((shot) => shot.id),
  };
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}

/** Longest common subsequence, as index pairs in order. Equal beginnings and ends, the usual case, cost nothing. */
function commonSubsequence(a: readonly string[], b: readonly string[]): { oldIndex: number; newIndex: number }[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const pairs = range(0, head).map((index) => ({ oldIndex: index, newIndex: index }));

  const rows = a.length - head - tail;
  const columns = b.length - head - tail;
  const width = columns + 1;
  const numbers = new Map<string, number>();
  const numberOf = (text: string) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  const left = Int32Array.from(a.slice(head, head + rows), numberOf);
  const right = Int32Array.from(b.slice(head, head + columns), numberOf);
  const lengths = new Uint16Array((rows + 1) * width); // longest common subsequence of what follows (row, column)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] = left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (left[row] === right[column]) {
      pairs.push({ oldIndex: head + row, newIndex: head + column });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  for (let index = tail; index > 0; index -= 1) pairs.push({ oldIndex: a.length - index, newIndex: b.length - index });
  return pairs;
}
