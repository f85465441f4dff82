import type { PlainText } from './emphasis.ts';

/** The line above a speech, taken apart. */
export interface Cue {
  name: string;
  extensions: string[];
  continued: boolean;
  /** A caret at the end: spoken together with the speech before. */
  dual: boolean;
}

/** CONT'D with any apostrophe or none, CONT., CONTINUED, CONTINUING; alone in its parentheses or last there: `(V.O., CONT'D)`. */
const CONTINUED = /(?:^|[\s,;/])cont(?:inu(?:ed|ing)|['’‘`´]?d)?\.?$/iu;

/**
 * Takes a cue apart. Parentheses may stand anywhere behind the first word and may miss their end.
 * Expects text without marks of emphasis.
 */
export function cueOf(written: string): Cue {
  const trimmed = written.trim();
  const dual = trimmed.endsWith('^');
  const { outside, groups } = parenthesesOf(dual ? withoutCaret(trimmed) : trimmed);
  const inside = groups.map((group) => group.trim()).filter((group) => group !== '');
  return {
    name: outside.split(/\s+/).filter((word) => word !== '').join(' '),
    extensions: inside.map((group) => withoutContinued(group)).filter((group) => group !== ''),
    continued: inside.some((group) => CONTINUED.test(group)),
    dual,
  };
}

function withoutContinued(group: string): string {
  const found = CONTINUED.exec(group);
  if (found === null) return group;
  let end = found.index;
  while (end > 0 && /[\s,;/]/.test(group.charAt(end - 1))) end -= 1;
  return group.slice(0, end);
}

/** The cue without the caret that marks the second of two speeches. */
export function withoutCaret(cue: string): string {
  let end = cue.length;
  while (end > 0 && /[\^\s]/.test(cue.charAt(end - 1))) end -= 1;
  return cue.slice(0, end);
}

/** What stands in parentheses at the outermost level, and the rest with a blank in place of each. */
export function parenthesesOf(text: string): { outside: string; groups: string[] } {
  let outside = '';
  const groups: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: sign, index } of text.matchAll(/[()]/g)) {
    if (sign === '(') {
      if (depth === 0) {
        outside += `${text.slice(from, index)} `;
        from = index + 1;
      }
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth === 0) {
        groups.push(text.slice(from, index));
        from = index + 1;
      }
    }
  }
  if (depth > 0) groups.push(text.slice(from));
  else outside += text.slice(from);
  return { outside, groups };
}

/** The words inside the parentheses of a direction, with their emphasis. */
export function withinParentheses<T extends PlainText>(written: T): T {
  const inside = written.text.slice(1, -1);
  const cut = 1 + inside.length - inside.trimStart().length;
  const text = inside.trim();
  const emphasis = written.emphasis.map((span) => ({ ...span, start: Math.max(0, span.start - cut), end: Math.min(text.length, span.end - cut) }));
  return { ...written, text, emphasis: emphasis.filter(({ start, end }) => start < end) };
}

/** One pair of parentheses around all of it: `(to (all of) them)`, and not `(so) he says (twice)`. */
export function isParenthetical(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/[()]/g)) {
    depth += sign === '(' ? 1 : -1;
    if (depth === 0) return index === text.length - 1;
  }
  return false;
}
