/**
 * A cheap look before an expensive one: every pattern has words or letters that each of its matches holds, and most prompts
 * have none of them. They are read off the pattern itself, so that they can never fall behind it.
 */

/** What a part of a pattern matches: these strings and no others, or more than can be listed, always with one of `needs` in it. */
interface Reach {
  exact?: readonly string[];
  needs?: readonly string[];
}

/** More strings than this are not listed. */
const LISTED_MAX = 96;
const CLASS_MAX = 8;
const ANY: Reach = {};
const NOTHING: Reach = { exact: [''] };

/** Lower-case strings of which every match holds at least one, whatever its case; `undefined` where there are none such. */
export function signsOf({ source }: RegExp): readonly string[] | undefined {
  const parser = new PatternReader(source);
  return shortest(needsOf(parser.alternatives()));
}

class PatternReader {
  private at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  alternatives(): Reach {
    const found = [this.sequence()];
    while (this.taken('|')) found.push(this.sequence());
    const exact = found.flatMap((reach) => reach.exact ?? []);
    if (found.every((reach) => reach.exact !== undefined) && exact.length <= LISTED_MAX) return { exact };
    const needs = found.map(needsOf);
    return needs.includes(undefined) ? ANY : { needs: needs.flatMap((list) => list ?? []) };
  }

  private sequence(): Reach {
    let run: readonly string[] = [''];
    let best: readonly string[] | undefined;
    let whole = true;
    while (this.at < this.source.length && !'|)'.includes(this.source.charAt(this.at))) {
      const reach = this.repeated(this.one());
      const { exact } = reach;
      if (exact !== undefined && run.length * exact.length <= LISTED_MAX) {
        run = run.flatMap((before) => exact.map((after) => before + after));
        continue;
      }
      whole = false;
      best = better(better(best, run), needsOf(reach));
      run = exact ?? [''];
    }
    return whole ? { exact: run } : { needs: better(best, run) ?? [''] };
  }

  private one(): Reach {
    const letter = this.source.charAt(this.at);
    this.at += 1;
    if (letter === '(') return this.group();
    if (letter === '[') return this.letterClass();
    if (letter === '\\') return this.escaped();
    if (letter === '^' || letter === '$') return NOTHING;
    return letter === '.' ? ANY : literal(letter);
  }

  private group(): Reach {
    const opening = /^\?(?:[=!]|<[=!]|:|<[^>]*>)/.exec(this.source.slice(this.at, this.at + 40))?.[0] ?? '';
    this.at += opening.length;
    const reach = this.alternatives();
    this.at += 1;
    // What stands around a match is no part of it.
    return /[=!]$/.test(opening) ? NOTHING : reach;
  }

  private letterClass(): Reach {
    const start = this.at;
    while (this.source.charAt(this.at) !== ']') this.at += this.source.charAt(this.at) === '\\' ? 2 : 1;
    const letters = this.source.slice(start, this.at);
    this.at += 1;
    if (letters.length > CLASS_MAX || /^\^|\\/.test(letters)) return ANY;
    const [, first = '', last = ''] = /^(.)-(.)$/.exec(letters) ?? [];
    if (first === '' && /.-./.test(letters)) return ANY;
    const listed = first === '' ? letters : lettersBetween(first, last);
    if (listed.length > LISTED_MAX) return ANY;
    const each = Array.from(listed, (letter) => literal(letter).exact);
    return each.includes(undefined) ? ANY : { exact: each.flatMap((exact) => exact ?? []) };
  }

  private escaped(): Reach {
    const letter = this.source.charAt(this.at);
    this.at += 1;
    if (letter === 'b' || letter === 'B') return NOTHING;
    if (/[^a-z0-9]/i.test(letter)) return literal(letter);
    this.at += /^(?:[pPu]\{[^}]*\}|u[0-9a-f]{4}|x[0-9a-f]{2}|k<[^>]*>|.)/iu.exec(this.source.slice(this.at - 1))?.[0].length ?? 1;
    this.at -= 1;
    return ANY;
  }

  private repeated(reach: Reach): Reach {
    const times = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(this.source.slice(this.at, this.at + 12));
    if (times === null) return reach;
    this.at += times[0].length;
    if (times[0].startsWith('?')) return reach.exact === undefined ? ANY : { exact: ['', ...reach.exact] };
    if (times[0].startsWith('*') || times[1] === '0') return ANY;
    const needs = needsOf(reach);
    return needs === undefined ? ANY : { needs };
  }

  private taken(letter: string): boolean {
    if (this.source.charAt(this.at) !== letter) return false;
    this.at += 1;
    return true;
  }
}

function lettersBetween(first: string, last: string): string {
  const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)];
  return String.fromCharCode(...Array.from({ length: Math.min(LISTED_MAX + 1, to - from + 1) }, (_, index) => from + index));
}

/** A letter of another script that has a case is left open: how it is folded depends on the pattern's flags. */
function literal(letter: string): Reach {
  const lower = letter.toLowerCase();
  if (letter > '\u007f' && (lower !== letter || letter.toUpperCase() !== letter || /[\uD800-\uDFFF]/.test(letter))) return ANY;
  return { exact: [lower] };
}

function needsOf({ exact, needs }: Reach): readonly string[] | undefined {
  const list = exact ?? needs;
  return list === undefined || list.includes('') ? undefined : list;
}

const WEIGHED_LETTERS = 6;

/** The longer they are at least, the rarer; of equal ones the fewer. */
function better(one: readonly string[] | undefined, other: readonly string[] | undefined): readonly string[] | undefined {
  if (other === undefined || other.includes('')) return one;
  if (one === undefined) return other;
  const [least, otherLeast] = [one, other].map((list) => Math.min(WEIGHED_LETTERS, ...list.map(({ length }) => length))) as [number, number];
  return otherLeast > least || (otherLeast === least && other.length < one.length) ? other : one;
}

/** Without those that hold another of them. */
function shortest(list: readonly string[] | undefined): readonly string[] | undefined {
  if (list === undefined) return undefined;
  const kept: string[] = [];
  for (const sign of [...new Set(list)].sort((a, b) => a.length - b.length)) if (!kept.some((other) => sign.includes(other))) kept.push(sign);
  return kept;
}
