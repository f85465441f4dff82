import { insertRulesOf, NOTE, type InsertRules } from './insert-rules.ts';
import type { TextRange } from './types.ts';

export interface SpeechAndInserts {
  parts: TextRange[];
  /** What the narrator says in between and behind. */
  inserts: TextRange[];
}

/** How far a look ahead reads: a clause is short, and so no text makes it slow. */
const LOOK_AHEAD_LETTERS = 160;

/** Speech with a narrator in it, taken apart: `Tiens, | dit-il, | c'est vous.` */
export function speechAndInserts(text: string, start: number, end: number, language: string): SpeechAndInserts {
  const rules = insertRulesOf(language);
  const body = text.slice(start, end);
  const parts: TextRange[] = [];
  const inserts: TextRange[] = [];
  let from = 0;
  // A tag stands behind a mark; so only there the long pattern of verbs is tried.
  for (const { index, 0: mark } of body.matchAll(/[,!?….;»"”)\]—–-]\s+|\[/gu)) {
    const isNote = mark === '[';
    const at = isNote ? index : index + mark.length;
    if (at < from) continue;
    const length = isNote ? lengthAt(NOTE, body, at) : tagLengthAt(rules.tag, body, at);
    if (length === 0) continue;
    const resumesAt = isNote ? at + length : endOfInsert(body, at + length, rules);
    addTo(parts, from, at);
    addTo(inserts, at, resumesAt);
    from = resumesAt;
  }
  addTo(parts, from, body.length);
  return { parts, inserts };

  function addTo(list: TextRange[], first: number, last: number): void {
    const range = trimmedRange(text, start + first, start + last);
    if (range !== undefined) list.push(range);
  }
}

/** A range without the blanks around it; nothing when it holds no letter, digit or mark of a cry. */
export function trimmedRange(text: string, start: number, end: number): TextRange | undefined {
  let [first, last] = [start, end];
  while (first < last && /\s/.test(text.charAt(first))) first += 1;
  while (last > first && /\s/.test(text.charAt(last - 1))) last -= 1;
  return /[\p{L}\p{N}!?…]/u.test(text.slice(first, Math.min(last, first + 40))) || last - first > 40 ? [first, last] : undefined;
}

/** How long the match of a sticky pattern at this place is; 0 for none. */
function lengthAt(pattern: RegExp, body: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(body)?.[0].length ?? 0;
}

/** A verb of the present before a small word is an order (`demande le prix`), before a name a tag. */
function tagLengthAt(tag: RegExp, body: string, at: number): number {
  const length = lengthAt(tag, body, at);
  const isOrder = length > 0 && /^\p{Ll}+e$|^dis$/u.test(body.slice(at, at + length).trim()) && !/^\s?\p{Lu}/u.test(body.slice(at + length, at + length + 2));
  return isOrder ? 0 : length;
}

/** Where speech goes on behind a tag that ends at `from`; the end of the body when it does not. */
function endOfInsert(body: string, from: number, rules: InsertRules): number {
  const boundary = /[,;:.!?…]+/g;
  boundary.lastIndex = from;
  for (let match = boundary.exec(body); match !== null; match = boundary.exec(body)) {
    const mark = match[0];
    const behind = match.index + mark.length;
    if (mark === '.' && isAbbreviation(body, match.index)) continue;
    if (/\d/.test(body.charAt(match.index - 1)) && /\d/.test(body.charAt(behind))) continue;
    const next = body.slice(behind, behind + LOOK_AHEAD_LETTERS).trimStart();
    if (next === '') return body.length;
    // The dots of a pause belong to the words that follow it.
    if (!isStillNarrator(mark, next, rules)) return mark === '…' || mark.startsWith('..') ? match.index : behind;
    if (mark === ',' || mark === ';') continue;
    // `Puis il reprit : Enfin on m’empoigne` — a narrator's sentence that hands over again.
    const handsOver = /^[^.!?…:]*:(?=\s)/u.exec(next)?.[0];
    if (handsOver !== undefined) return body.indexOf(':', behind) + 1;
    if (mark.startsWith('.')) return body.length;
  }
  return body.length;
}

function isStillNarrator(mark: string, next: string, rules: InsertRules): boolean {
  if (/^["“«—–]/.test(next)) return false;
  if (mark.startsWith(',')) {
    if (!rules.goesOn.test(next)) return false;
    const clause = /^[^,;.!?…:]*/.exec(next)?.[0] ?? '';
    return !rules.speaks.test(clause) || /^(?:en|tout\sen|with|qui|who|d[’']une?)\s/iu.test(clause);
  }
  if (mark === ';' || mark === ':') return mark === ';' && rules.narrates.test(next) && !rules.speaks.test(firstSentence(next));
  return isNarration(next, rules);
}

/** Whether a sentence is the narrator's: somebody does something, and nobody says I, you or cries out. */
export function isNarration(next: string, rules: InsertRules): boolean {
  return rules.narrates.test(next) && !rules.speaks.test(firstSentence(next));
}

const firstSentence = (next: string): string => /^[^.!?…]*[.!?…]?/.exec(next)?.[0] ?? '';

const isAbbreviation = (body: string, at: number): boolean => /(?:^|[^\p{L}])(?:M|MM|Mr|Mrs|Ms|Dr|St|Sr|Sra|Mme|Mlle|\p{Lu})$/u.test(body.slice(Math.max(0, at - 5), at));
