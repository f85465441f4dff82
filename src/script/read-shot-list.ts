import { readCsvList } from './read-csv-list.ts';
import { readJsonList } from './read-json-list.ts';
import { readMarkdownList } from './read-markdown-list.ts';
import type { ReadScript } from './script-shot.ts';

/**
 * A list of shots as its writer gave it. Expects `\n` line ends.
 * @param name for messages.
 * @returns `undefined` for Markdown without a table of shots.
 * @throws StudioError SCRIPT_BAD_JSON, SCRIPT_BAD_CSV, SCRIPT_BAD_TABLE, SCRIPT_SHOTS_INVALID, SCRIPT_EMPTY, SCRIPT_TOO_LARGE.
 */
export function readShotList(text: string, name: string, { format, origin }: { format: 'json' | 'csv' | 'md'; origin: string }): ReadScript | undefined {
  const list: Omit<ReadScript, 'shots'> = { reading: 'shot-list', format, origin, notes: [], text };
  if (format === 'csv') return { ...list, ...readCsvList(text, name) };
  if (format === 'json') return { ...list, ...readJsonList(text, name) };
  const table = readMarkdownList(text, name);
  return table && { ...list, ...table, origin: `a table in ${origin}` };
}
