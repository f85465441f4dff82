import type { Shot } from '../../src/protocol/api/index.ts';
import type { FoundIssue } from '../../src/protocol/prompt-findings.ts';

/** From where to where in the script's text, in UTF-16 offsets, the end not included. */
export interface Place {
  start: number;
  end: number;
}

/** Something that was found in a shot, with where its words stand; without `place` it is no word of the script. */
export interface Problem {
  /** Names it as long as the plan is the same. */
  key: string;
  shotName: string;
  issue: FoundIssue;
  place?: Place;
  /** Where the cursor goes for it. */
  at: number;
}

/** A change of a text as one exchange: what stood from `at` on, `removed` long, is `inserted` long now. */
export interface TextChange {
  at: number;
  removed: number;
  inserted: number;
}

export function changeBetween(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before.charCodeAt(at) === after.charCodeAt(at)) at += 1;
  let tail = 0;
  while (tail < most - at && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail += 1;
  return { at, removed: before.length - tail - at, inserted: after.length - tail - at };
}

/** Where a place is after a change; `undefined` where the change reached into it. */
export function carried({ start, end }: Place, { at, removed, inserted }: TextChange): Place | undefined {
  if (end <= at) return { start, end };
  if (start >= at + removed) return { start: start + inserted - removed, end: end + inserted - removed };
  return undefined;
}

/** The same for what grows and shrinks with its words: a shot. */
export function carriedWhole(place: Place, change: TextChange): Place {
  const { at, removed, inserted } = change;
  const moved = (offset: number, atEnd: boolean) => (offset <= at ? offset : offset >= at + removed ? offset + inserted - removed : atEnd ? at + inserted : at);
  return { start: moved(place.start, false), end: moved(place.end, true) };
}

/** Letters on each side by which a change is found again in a text that was written in since. */
const AROUND = 12;

/** A text with one change taken back and what was written since kept; as it is, where somebody wrote into that change. */
export function undone(before: string, after: string, now: string): string {
  const { at, removed, inserted } = changeBetween(before, after);
  const from = Math.max(0, at - AROUND);
  const known = after.slice(from, at + inserted + AROUND);
  const again = now.indexOf(known);
  const isAlone = again !== -1 && now.indexOf(known, again + 1) === -1;
  const start = isAlone ? again + at - from : carried({ start: at, end: at + inserted }, changeBetween(after, now))?.start;
  return start === undefined ? now : now.slice(0, start) + before.slice(at, at + removed) + now.slice(start + inserted);
}

/** Offsets at which lines begin. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Finds words whatever white space parts them. @returns where they stand, or nothing. */
export function findWords(text: string, words: string, from: number, to: number): Place | undefined {
  const wanted = words.trim();
  if (wanted === '') return undefined;
  const part = text.slice(from, to);
  const exact = part.indexOf(wanted);
  if (exact !== -1) return { start: from + exact, end: from + exact + wanted.length };
  const found = new RegExp(wanted.split(/\s+/).map(escaped).join('\\s+'), 'u').exec(part);
  return found ? { start: from + found.index, end: from + found.index + found[0].length } : undefined;
}

function escaped(words: string): string {
  return words.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Where each shot stands: its own words where they are found in its lines, else the whole lines. */
export function placesOfShots(text: string, shots: readonly Shot[]): Place[] {
  const starts = lineStarts(text);
  let last: Place = { start: 0, end: 0 };
  return shots.map((shot) => {
    const from = starts[shot.startLine - 1] ?? text.length;
    const to = Math.max(from, (starts[shot.endLine] ?? text.length + 1) - 1);
    // Several shots can stand on one line: the next is looked for behind the one before.
    const after = last.end > from && last.end < to ? last.end : from;
    last = findWords(text, shot.text, after, to) ?? findWords(text, shot.text, from, to) ?? { start: from, end: to };
    return last;
  });
}

/** Everything that was found, in the order of the text. */
export function problemsOf(text: string, shots: readonly Shot[], places: readonly Place[]): Problem[] {
  const problems = shots.flatMap((shot, index) => {
    const whole = places[index] ?? { start: 0, end: 0 };
    return shot.issues.map((issue, number): Problem => {
      const place = issue.field === 'prompt' ? placeOfIssue(text, shot, whole, issue) : undefined;
      return { key: `${shot.name} ${number}`, shotName: shot.name, issue, ...(place ? { place } : {}), at: place?.start ?? whole.start };
    });
  });
  return problems.sort((one, other) => one.at - other.at);
}

/** The words of an issue in the script: the same one of several equal ones as in the prompt. */
function placeOfIssue(text: string, shot: Shot, whole: Place, { words, span }: FoundIssue): Place | undefined {
  if (words.trim() === '') return undefined;
  const before = shot.prompt.slice(0, span[0]);
  let from = whole.start;
  for (let at = before.indexOf(words); at !== -1; at = before.indexOf(words, at + words.length)) {
    const skipped = findWords(text, words, from, whole.end);
    if (skipped) from = skipped.end;
  }
  return findWords(text, words, from, whole.end) ?? findWords(text, words, whole.start, whole.end);
}

/** The shot that an offset is in; where one ends and the next begins, the next; between two, the one before. */
export function shotAt(places: readonly Place[], offset: number): number {
  const inside = places.findIndex(({ start, end }) => offset >= start && offset < end);
  return inside === -1 ? Math.max(0, places.findLastIndex(({ start }) => start <= offset)) : inside;
}

/** The text with a fix of a shot's prompt in it, where the shot's words stand there as they are; else nothing. */
export function withFix(text: string, shot: Shot, place: Place, prompts: readonly string[]): string | undefined {
  const found = findWords(text, shot.prompt, place.start, place.end);
  const [fixed] = prompts;
  if (!found || fixed === undefined) return undefined;
  if (prompts.length > 1) return text.slice(0, found.start) + prompts.join('\n\n') + text.slice(found.end);
  // Only what the fix changes, so that line breaks between the other words stay.
  const { at, removed, inserted } = changeBetween(shot.prompt, fixed);
  const offsets = offsetsOf(text.slice(found.start, found.end), shot.prompt);
  const from = offsets[at];
  const to = offsets[at + removed];
  if (from === undefined || to === undefined) return undefined;
  return text.slice(0, found.start + from) + fixed.slice(at, at + inserted) + text.slice(found.start + to);
}

/** For each offset in `words` where it is in `written`, which has other white space between the same words. */
function offsetsOf(written: string, words: string): number[] {
  const offsets: number[] = [];
  let at = 0;
  const trimmedFrom = words.length - words.trimStart().length;
  for (let index = 0; index < words.length; index += 1) {
    offsets.push(at);
    if (index < trimmedFrom) continue;
    const isSpace = /\s/.test(words[index] ?? '');
    if (!isSpace) at += 1;
    else if (!/\s/.test(words[index + 1] ?? '')) while (at < written.length && /\s/.test(written[at] ?? '')) at += 1;
  }
  offsets.push(at);
  return offsets;
}
