import { assertNever } from '../lib/errors.ts';
import { markdownCell } from './markdown-cells.ts';
import type { ScriptShot } from './script-shot.ts';
import { withGuard } from './spreadsheet-guard.ts';

export type ShotListFormat = 'csv' | 'md' | 'json';

/** A shot as a list says it, with the slate for people. */
export type WrittenShot = Omit<ScriptShot, 'source' | 'place' | 'text'> & { slate: string };

/** A cell's or member's value; `undefined` says nothing. */
type Written = string | number | boolean | readonly string[] | object | undefined;

/** Every column that is written, in the order a person reads a shot: where, what, when, how. */
const COLUMNS: readonly { name: string; valueOf: (shot: WrittenShot) => Written }[] = [
  { name: 'scene', valueOf: (shot) => shot.scene },
  { name: 'heading', valueOf: (shot) => shot.sceneHeading },
  { name: 'shot', valueOf: (shot) => shot.slate },
  { name: 'prompt', valueOf: (shot) => shot.prompt },
  { name: 'in', valueOf: (shot) => shot.inS },
  { name: 'out', valueOf: (shot) => shot.outS },
  { name: 'model', valueOf: (shot) => shot.model },
  { name: 'mode', valueOf: (shot) => shot.mode },
  { name: 'duration', valueOf: (shot) => shot.durationS },
  { name: 'aspect', valueOf: (shot) => shot.aspectRatio },
  { name: 'camera', valueOf: (shot) => shot.cameraControl },
  { name: 'startFrame', valueOf: (shot) => shot.startFrame },
  { name: 'endFrame', valueOf: (shot) => shot.endFrame },
  { name: 'continues', valueOf: (shot) => shot.continues },
  { name: 'cast', valueOf: (shot) => shot.cast },
  { name: 'line', valueOf: (shot) => shot.line },
  { name: 'takes', valueOf: (shot) => shot.takes },
  { name: 'negative', valueOf: (shot) => shot.negativePrompt },
  { name: 'cfg', valueOf: (shot) => shot.cfgScale },
  { name: 'sound', valueOf: (shot) => shot.sound },
  { name: 'notes', valueOf: (shot) => shot.notes },
];

/** The columns of a written list; `screen` is another way to say `out`, `size` and `move` stand in the prompt: they are not among them. */
export const WRITTEN_COLUMNS: readonly string[] = COLUMNS.map(({ name }) => name);

/**
 * Shots as a list that reads back as the same shots: CSV for spreadsheets (with a byte order mark, or Excel takes UTF-8 for
 * something else), a Markdown table, or JSON.
 * @param more members of the JSON object beside `shots`, such as the cast.
 */
export function writeShotList(shots: readonly WrittenShot[], format: ShotListFormat, more: Readonly<Record<string, object>> = {}): string {
  switch (format) {
    case 'csv':
      return `\ufeff${[WRITTEN_COLUMNS, ...shots.map((shot) => COLUMNS.map((column) => csvCell(cellOf(column.valueOf(shot)))))].map((cells) => cells.join(',')).join('\n')}\n`;
    case 'md':
      return markdownTable(shots);
    case 'json':
      return jsonText({ ...more, shots: shots.map((shot) => Object.fromEntries(COLUMNS.map(({ name, valueOf }) => [name, valueOf(shot)]))) });
    default:
      return assertNever(format, 'shot list format');
  }
}

/** JSON for people, in which separators that readers of text take for line ends are escaped. */
function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2).replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`)}\n`;
}

/** Without the columns that say nothing anywhere: a table in a text should fit on a page. */
function markdownTable(shots: readonly WrittenShot[]): string {
  const columns = COLUMNS.filter(({ name, valueOf }) => name === 'prompt' || shots.some((shot) => valueOf(shot) !== undefined));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `${[
    line(columns.map(({ name }) => name)),
    line(columns.map(() => '---')),
    ...shots.map((shot) => line(columns.map(({ valueOf }) => markdownCell(cellOf(valueOf(shot)))))),
  ].join('\n')}\n`;
}

/** A value as words, as the fields read them from a cell. */
function cellOf(value: Written): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return namesCell(value as readonly string[]);
  if (typeof value === 'object') return cameraCell(value);
  // Cells hold one kind of line end.
  return String(value).replaceAll(/\r\n?/g, '\n');
}

function namesCell(names: readonly string[]): string {
  const plain = names.join(', ');
  return names.some((name) => /[,;\n]/.test(name)) || plain.startsWith('[') ? JSON.stringify(names) : plain;
}

function cameraCell(camera: object): string {
  const { type, config } = camera as { type?: unknown; config?: object };
  if (config === undefined) return String(type);
  const [move, ...others] = Object.entries(config);
  return move !== undefined && others.length === 0 ? `${move[0]} ${String(move[1])}` : JSON.stringify(camera);
}

function csvCell(words: string): string {
  const cell = withGuard(words);
  return /[",;\t\n\u2028\u2029]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
