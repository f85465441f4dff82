import { StudioError } from '../lib/errors.ts';
import { decodeText } from './decode-text.ts';
import { JsonScanError, jsonValueOf, scanJson } from './json-scan.ts';
import { linesOf } from './line-of.ts';
import { castOf } from './read-cast.ts';
import { castInvalid, shown, type ShotProblem } from './shot-problem.ts';
import type { WrittenCast } from './written-cast.ts';

/** Longest file of cast and look, in bytes. */
export const MAX_CAST_FILE_BYTES = 1024 * 1024;

/**
 * Cast and look from a file of their own: `{ "cast": {...}, "look": {...} }`. Pure; pictures are not looked at.
 * @throws StudioError CAST_INVALID with everything that is wrong, SCRIPT_NOT_TEXT.
 */
export function readCastFile(bytes: Uint8Array, name: string): WrittenCast {
  if (bytes.length > MAX_CAST_FILE_BYTES) throw castInvalid([{ where: 'file', field: 'size', message: `is ${Math.ceil(bytes.length / 1024)} kB, takes at most ${MAX_CAST_FILE_BYTES / 1024}` }], name);
  const value = valueOf(decodeText(bytes, name), name);
  const problems: ShotProblem[] = [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw castInvalid([{ where: 'file', field: 'content', message: `got ${shown(value)}, takes {"cast": {...}, "look": {...}}` }], name);
  }
  for (const key of Object.keys(value)) if (key !== 'cast' && key !== 'look') problems.push({ where: 'file', field: shown(key), message: 'is not known here; known are cast, look' });
  const written = castOf(value, problems);
  if (problems.length > 0) throw castInvalid(problems, name);
  return written;
}

function valueOf(text: string, name: string): unknown {
  try {
    return jsonValueOf(scanJson(text));
  } catch (error) {
    if (!(error instanceof JsonScanError)) throw error;
    const { line, column } = linesOf(text)(error.offset);
    throw new StudioError('CAST_INVALID', `${name} is no correct JSON: line ${line}, column ${column}: ${error.message}.`, { next: 'Correct that place and run the command again.', detail: { name, line, column } });
  }
}
