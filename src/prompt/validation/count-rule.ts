import { countedNouns } from '../reading/figures.ts';
import type { Span } from '../reading/text.ts';
import { clauseAround, quoted, replaced, type Finding, type Rule } from './rule.ts';

const ALL_OF_THEM = /\b(?:all\s+(?:of\s+)?(?:the\s+)?(two|three|four|five|six|seven|eight|nine|ten)(?:\s+of\s+them)?|the (two|three|four|five|six|seven) of them|both of them|all (two|three|four|five|six|seven))\b/i;

export const COUNT_CONFLICT: Rule = {
  code: 'COUNT_CONFLICT',
  find({ reading: { inPlain, plain, text, figures: groups } }) {
    const counted = countedNouns(inPlain);
    const all = inPlain.first(ALL_OF_THEM);
    if (all !== null) {
      const word = (all[1] ?? all[2] ?? all[3] ?? 'two').toLowerCase();
      const number = VALUES[word] ?? 2;
      const before = [...counted.filter(({ span }) => span[0] < all.index).map(({ count: amount, span }) => ({ amount, span })), ...groups.filter(({ span, count: amount }) => span[0] < all.index && amount !== undefined).map(({ count: amount, span }) => ({ amount: amount ?? 0, span }))].sort((a, b) => a.span[0] - b.span[0]);
      const total = before.filter(({ span }, index) => index === 0 || span[0] >= (before[index - 1]?.span[1] ?? 0)).reduce((sum, { amount }) => sum + amount, 0);
      if (before.length > 0 && total !== number && !before.some(({ amount }) => amount === number)) {
        return [{ span: [before[0]?.span[0] ?? 0, all.index + all[0].length], message: `two numbers for the same: ${quoted(plain, before[0]?.span ?? [0, 0])} and ${quoted(plain, [all.index, all.index + all[0].length])}`, label: `keep ${quoted(text, before[0]?.span ?? [0, 0])}`, ...sameNumber(text, before[0], all) }];
      }
    }
    const group = inPlain.first(GROUP_OF);
    if (group !== null && GROUP_SIZES[group[1] ?? ''] !== VALUES[group[2] ?? '']) {
      const span = [group.index, group.index + group[0].length] as const;
      return [{ span, message: `two numbers for the same: ${quoted(plain, span)}`, label: `keep “${group[2] ?? ''}”`, repair: () => ({ prompt: replaced(text, span, group[2] ?? '') }) }];
    }
    for (const [index, first] of counted.entries()) {
      const second = counted.slice(index + 1).find((other) => other.noun === first.noun && other.count !== first.count);
      if (second === undefined || /\b(?:then|another|other|more|join(?:s|ed|ing)?|leav(?:es|ing)|of (?:the|them)|becom(?:es|ing)|split(?:s|ting)?|from|to|one|left|right|background|foreground|behind|and)\b/.test(plain.slice(first.span[1], second.span[1]))) continue;
      return [{ span: [first.span[0], second.span[1]], message: `two numbers for the same: ${quoted(plain, first.span)} and ${quoted(plain, second.span)}`, label: `keep ${quoted(text, first.span)}`, ...(first.count > 1 && second.count > 1 ? { repair: () => ({ prompt: replaced(text, second.numberSpan, text.slice(...first.numberSpan).toLowerCase()) }) } : { drop: [clauseWithCommas(plain, second.span)] }) }];
    }
    return [];
  },
};

/** `Two cellists, the three of them bow`: the first number holds; beside one the phrase goes. */
function sameNumber(text: string, first: { amount: number; span: Span } | undefined, all: RegExpExecArray): Pick<Finding, 'drop' | 'repair'> {
  const word = Object.keys(VALUES).find((name) => VALUES[name] === first?.amount);
  const number = all[1] ?? all[2] ?? all[3];
  if (word === undefined || number === undefined) return { drop: [betweenCommas(text, [all.index, all.index + all[0].length])] };
  const at = all.index + all[0].toLowerCase().indexOf(number.toLowerCase());
  const isBoth = word === 'two' && /^all\s/i.test(all[0]);
  return { repair: () => ({ prompt: text.slice(0, isBoth ? all.index : at) + (isBoth ? 'both' : word) + text.slice(at + number.length) }) };
}

/** `A lone rider, three riders side by side, gallops`: what stands between one and the verb goes with both commas. */
function clauseWithCommas(plain: string, span: Span): Span {
  const [start, end] = clauseAround(plain, span);
  return plain[start - 1] === ',' && /^,\s*[a-z]{2,}[^s\s]s\b/.test(plain.slice(end)) ? [start - 1, end + 1] : [start, end];
}

/** A phrase set apart by commas goes with both of them. */
function betweenCommas(plain: string, [start, end]: Span): Span {
  const before = /,\s*$/.exec(plain.slice(0, start));
  const after = /^\s*,/.exec(plain.slice(end));
  return [start - (before?.[0].length ?? 0), end + (before === null ? 0 : (after?.[0].length ?? 0))];
}
const GROUP_SIZES: Record<string, number> = { pair: 2, couple: 2, duo: 2, trio: 3, quartet: 4, quintet: 5 };
const GROUP_OF = /\b(?:a |an |the )?(pair|couple|duo|trio|quartet|quintet) of (two|three|four|five|six|seven|eight|nine|ten)\b(?!-)/;
const VALUES: Record<string, number> = { two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 };
