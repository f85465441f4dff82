/** Spoken words over a time of the film, in seconds from its start. */
export interface Subtitle {
  startS: number;
  endS: number;
  /** One or two lines, parted by `\n`. */
  text: string;
}

/** A shot's line and when the shot is on the screen, in seconds from the film's start. */
export interface SpokenShot {
  line?: string | undefined;
  startS: number;
  endS: number;
}

/** As people speak: letters a second in alphabets, and signs a second in scripts without spaces, where a sign is a syllable. */
const LETTERS_A_SECOND = 14;
const SIGNS_A_SECOND = 4.5;
/** Shorter than this nobody reads anything. */
const SHORTEST_S = 1;
/** As broadcasters set them: what the eye takes in at once. */
const LETTERS_A_ROW = 42;
const ROWS = 2;

const SIGN = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]|[\u{20000}-\u{3fffd}]/u;
/** Made when it is needed: its tables are a tenth of what a start takes. */
let graphemes: Intl.Segmenter | undefined;

function lettersOf(text: string): Intl.Segments {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return graphemes.segment(text);
}

/**
 * Subtitles from the shots' lines, at speaking pace from each shot's first frame and never beyond its last: a line that
 * needs more time than the shot has is spread over the shot. A long line becomes several subtitles.
 */
export function subtitlesOf(shots: readonly SpokenShot[]): Subtitle[] {
  return shots.flatMap(({ line, startS, endS }) => {
    const parts = partsOf(line ?? '');
    const needed = parts.map(partTimeS);
    const total = needed.reduce((sum, timeS) => sum + timeS, 0);
    const pace = Math.min(1, (endS - startS) / total);
    let atS = startS;
    return parts.map((text, index) => {
      const fromS = atS;
      atS = index === parts.length - 1 && pace < 1 ? endS : fromS + (needed[index] ?? 0) * pace;
      return { startS: fromS, endS: atS, text };
    });
  });
}

/** How long a shot has to be for its line to be said at ease, in seconds; 0 without words. */
export function lineTimeS(line: string): number {
  return partsOf(line).reduce((sum, text) => sum + partTimeS(text), 0);
}

function partTimeS(text: string): number {
  return Math.max(SHORTEST_S, speakingTimeS(text));
}

/** How long it takes to say some words, in seconds. */
export function speakingTimeS(text: string): number {
  let timeS = 0;
  for (const { segment } of lettersOf(text.replaceAll(/\s+/g, ' ').trim())) timeS += SIGN.test(segment) ? 1 / SIGNS_A_SECOND : 1 / LETTERS_A_SECOND;
  return timeS;
}

/** SubRip, as `.srt` files hold it. */
export function toSrt(subtitles: readonly Subtitle[]): string {
  const cues = subtitles.map(({ startS, endS, text }, index) => `${index + 1}\n${clock(startS, ',')} --> ${clock(endS, ',')}\n${text.replaceAll('-->', '→')}\n`);
  return cues.join('\n');
}

/** WebVTT, as browsers take it. */
export function toVtt(subtitles: readonly Subtitle[]): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return ['WEBVTT\n', ...subtitles.map(({ startS, endS, text }) => `${clock(startS, '.')} --> ${clock(endS, '.')}\n${escaped(text)}\n`)].join('\n');
}

function clock(timeS: number, point: ',' | '.'): string {
  const ms = Math.round(timeS * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${point}${String(ms % 1000).padStart(3, '0')}`;
}

/** A line in parts of at most two rows, a long one parted where a clause ends; the line ends that somebody wrote stay where they fit. */
function partsOf(line: string): string[] {
  const parts: string[][] = [];
  for (const written of line.split(/\r\n|[\n\r\u2028\u2029]/)) {
    for (const [index, chunk] of chunksOf(written.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()).entries()) {
      const rows = rowsOf(chunk);
      const last = parts.at(-1);
      // Two short lines stand together, as they were written.
      if (index === 0 && last?.length === 1 && rows.length === 1) last.push(...rows);
      else for (let row = 0; row < rows.length; row += ROWS) parts.push(rows.slice(row, row + ROWS));
    }
  }
  return parts.map((rows) => rows.join('\n'));
}

const CLAUSE = /.+?(?:[.!?…;:,]+["'”’»)]*\s+|[。！？…，、；：]+|$)/gu;

/** As much as two rows hold, in whole clauses; a clause that is longer stays whole and is broken into rows. */
function chunksOf(text: string): string[] {
  if (width(text) <= ROWS * LETTERS_A_ROW) return [text];
  const chunks: string[] = [];
  for (const clause of text.match(CLAUSE) ?? []) {
    const joined = (chunks.at(-1) ?? '') + clause;
    // Rows break between words, so two of them rarely take all the letters that would fit.
    if (chunks.length > 0 && width(joined.trim()) <= ROWS * LETTERS_A_ROW - 8) chunks.splice(-1, 1, joined);
    else chunks.push(clause);
  }
  return chunks.map((chunk) => chunk.trim());
}

/** Rows of about equal length, broken between words; a word longer than a row is broken inside. */
function rowsOf(text: string): string[] {
  const length = width(text);
  if (length === 0) return [];
  const target = Math.min(LETTERS_A_ROW, Math.ceil(length / Math.ceil(length / LETTERS_A_ROW)) + 6);
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ').flatMap((each) => brokenWord(each, target))) {
    if (row !== '' && width(row) + 1 + width(word) > target) {
      rows.push(row);
      row = '';
    }
    row = row === '' ? word : `${row} ${word}`;
  }
  return [...rows, row];
}

function brokenWord(word: string, most: number): string[] {
  const pieces: string[] = [''];
  for (const { segment } of lettersOf(word)) {
    if (width(pieces.at(-1) ?? '') + width(segment) > most) pieces.push('');
    pieces.push((pieces.pop() ?? '') + segment);
  }
  return pieces;
}

/** In letters of an alphabet; a sign is as wide as two. */
function width(text: string): number {
  let sum = 0;
  for (const { segment } of lettersOf(text)) sum += SIGN.test(segment) ? 2 : 1;
  return sum;
}
