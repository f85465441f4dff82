import { insertRulesOf } from './insert-rules.ts';
import { isNarration, speechAndInserts, trimmedRange, type SpeechAndInserts } from './inserts.ts';
import type { Paragraph } from './paragraphs.ts';

/** A turn that a dash opens. */
export interface DashTurn extends SpeechAndInserts {
  paragraph: number;
  /** From the dash to the end of the turn with the narrator's words in it. */
  outerStart: number;
  outerEnd: number;
}

const OPENING_DASH = /^(?:[—–―]|--?)[\s\u00a0\u202f]*/u;
/** Languages whose books set dialogue with dashes: there a hyphen may stand for one. */
const DASH_LANGUAGES = new Set(['fr', 'es', 'it', 'pt', 'ru']);
/** A dash between two turns of one paragraph, in texts that lost their line breaks. */
const INNER_DASH = /(?<=[.!?…:][\s\u00a0\u202f]{0,3})(?:[—–―]|--)[\s\u00a0\u202f]*(?=[«\p{Lu}]|$)/gu;

export interface DashStyle {
  opens: boolean;
  /** Turns follow each other within paragraphs. */
  runOn: boolean;
  hyphen: boolean;
}

/** Whether dashes open speech in this text: in English only where they do it again and again, and no quote marks do. */
export function dashStyleOf(text: string, paragraphs: readonly Paragraph[], language: string, quotedCount: number, isPrompt: boolean): DashStyle {
  const opening = paragraphs.filter(({ start }) => /^[—–―]/.test(text.charAt(start)) || text.startsWith('--', start)).length;
  const native = DASH_LANGUAGES.has(language);
  const inner = native ? (text.match(INNER_DASH)?.length ?? 0) : 0;
  return {
    opens: native ? true : opening >= 2 && opening > quotedCount,
    runOn: native && inner >= 30 && inner > opening * 1.5,
    hyphen: native && !isPrompt,
  };
}

export function dashTurns(text: string, paragraphs: readonly Paragraph[], language: string, style: DashStyle): DashTurn[] {
  if (!style.opens) return [];
  return paragraphs.flatMap((paragraph, number) => {
    const dash = OPENING_DASH.exec(text.slice(paragraph.start, paragraph.start + 6))?.[0];
    const starts = style.runOn ? innerDashes(text, paragraph) : [];
    if (dash !== undefined && mayOpen(dash, text, paragraph, style)) starts.unshift({ outer: paragraph.start, inner: paragraph.start + dash.length });
    return starts.flatMap(({ outer, inner }, at) => {
      const end = starts[at + 1]?.outer ?? paragraph.end;
      // `— « words »` is quoted speech: its marks say where it ends.
      if (text.charAt(inner) === '«' && text.slice(inner, end).includes('»')) return [];
      const speechEnd = Math.min(end, closedAt(text, inner, end), style.runOn ? endOfRunOn(text, inner, end, language) : end);
      const read = readTurn(text, text.charAt(inner) === '«' ? inner + 1 : inner, speechEnd, language);
      return read.parts.length === 0 ? [] : [{ ...read, paragraph: number, outerStart: outer, outerEnd: speechEnd }];
    });
  });
}

function mayOpen(dash: string, text: string, { start, end }: Paragraph, style: DashStyle): boolean {
  const first = text.charAt(start + dash.length);
  if (!/[\p{L}\p{N}«"“¿¡….[('’]/u.test(first) || start + dash.length >= end) return false;
  return dash.trim() !== '-' || (style.hyphen && /[\p{Lu}«¿¡…]/u.test(first));
}

function innerDashes(text: string, { start, end }: Paragraph): { outer: number; inner: number }[] {
  const found: { outer: number; inner: number }[] = [];
  for (const match of text.slice(start, end).matchAll(INNER_DASH)) {
    if (match.index > 0) found.push({ outer: start + match.index, inner: start + match.index + match[0].length });
  }
  return found;
}

/** A closing guillemet that nothing in the turn opened ends a dialogue that a paragraph before opened. */
function closedAt(text: string, start: number, end: number): number {
  let depth = text.charAt(start) === '«' ? -1 : 0;
  for (let at = start; at < end; at += 1) {
    const mark = text.charAt(at);
    if (mark === '«') depth += 1;
    if (mark === '»' && depth <= 0) return at;
    if (mark === '»') depth -= 1;
  }
  return end;
}

/** In texts without line breaks a turn ends where a sentence is the narrator's. */
function endOfRunOn(text: string, start: number, end: number, language: string): number {
  const rules = insertRulesOf(language);
  for (const match of text.slice(start, end).matchAll(/[.!?…](?:\s?[»”])?\s+(?=\p{Lu})/gu)) {
    const at = start + match.index + match[0].length;
    if (isNarration(text.slice(at, Math.min(end, at + 160)), rules)) return at;
  }
  return end;
}

/** Spanish, Portuguese and Russian put the narrator between dashes; other texts only between commas. */
function readTurn(text: string, start: number, end: number, language: string): SpeechAndInserts {
  const dashed = betweenDashes(text, start, end, language);
  if (dashed !== undefined) return dashed;
  return speechAndInserts(text, start, end, language);
}

function betweenDashes(text: string, start: number, end: number, language: string): SpeechAndInserts | undefined {
  const body = text.slice(start, end);
  const { tag, narrates, speaks } = insertRulesOf(language);
  const pieces: { from: number; to: number; dash: string }[] = [];
  let [from, dash] = [0, ''];
  for (const match of body.matchAll(/\s*(?:[—–―]|--)\s*/gu)) {
    pieces.push({ from, to: match.index, dash });
    from = match.index + match[0].length;
    dash = match[0];
  }
  pieces.push({ from, to: body.length, dash });
  if (pieces.length < 2) return undefined;
  const parts: SpeechAndInserts['parts'] = [];
  const inserts: SpeechAndInserts['inserts'] = [];
  let found = false;
  let before: 'speech' | 'narrator' = 'speech';
  for (const [at, piece] of pieces.entries()) {
    const words = body.slice(piece.from, Math.min(piece.to, piece.from + 200));
    const previous = body.slice(Math.max(0, (pieces[at - 1]?.to ?? 0) - 3), pieces[at - 1]?.to ?? 0);
    // `—dijo Marta—`: glued to its words and apart from what is before it.
    const glued = /^\s+\S+$/u.test(piece.dash) && /^\p{Ll}/u.test(words);
    const tagAt = /^\p{Ll}/u.test(words) ? placeOf(tag, words) : -1;
    const lowerTag = tagAt === 0 || (tagAt > 0 && tagAt < 40 && /[,.!?…»]\s*$/u.test(previous));
    const acts = /[.!?…]\s*$/u.test(previous) && narrates.test(words) && !speaks.test(/^[^.!?…]*/u.exec(words)?.[0] ?? '');
    const narrator: boolean = at > 0 && before === 'speech' && (glued || lowerTag || acts);
    const range = trimmedRange(text, start + piece.from, start + piece.to);
    const last = parts.at(-1);
    if (narrator) found = true;
    if (range !== undefined) {
      if (narrator) inserts.push(range);
      else if (before === 'speech' && last !== undefined) parts[parts.length - 1] = [last[0], range[1]];
      else parts.push(behindPunctuation(text, range));
    }
    before = narrator ? 'narrator' : 'speech';
  }
  return found ? { parts, inserts } : undefined;
}

/** Where a tag begins among the first words; -1 for nowhere. */
function placeOf(tag: RegExp, words: string): number {
  for (const { index } of words.slice(0, 40).matchAll(/(?<![\p{L}-])\p{L}/gu)) {
    tag.lastIndex = index;
    if (tag.test(words)) return index;
  }
  return -1;
}

/** `—dijo Marta—, pero voy`: the comma behind the insert is not a word of the speech. */
function behindPunctuation(text: string, [start, end]: readonly [number, number]): readonly [number, number] {
  let first = start;
  while (first < end && /[,.;:\s]/.test(text.charAt(first))) first += 1;
  return [first, end];
}
