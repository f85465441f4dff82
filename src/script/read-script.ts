import { StudioError } from '../lib/errors.ts';
import { requireShotCount } from './build-shots.ts';
import { decodeText } from './decode-text.ts';
import { screenplaySigns } from './looks-like-screenplay.ts';
import { shotsOfParagraphs } from './paragraphs.ts';
import { readCsvList } from './read-csv-list.ts';
import { readJsonList } from './read-json-list.ts';
import { readMarkdownList } from './read-markdown-list.ts';
import { readScreenplay } from './read-screenplay.ts';
import { endingOf, formatOfName, type ScriptFormat } from './script-formats.ts';
import { MAX_SCRIPT_BYTES } from './script-shot.ts';
import type { ReadScript, ScriptReading } from './script-shot.ts';

const READABLE = 'Readable today: .txt (a shot per paragraph), .fountain and .fdx (screenplays), .json and .csv (shot lists), .md with a table of shots.';

/**
 * Shots of a script. `.txt` is a shot per paragraph, word for word; `.json`, `.csv` and `.tsv` are shot lists, and so is a `.md` with
 * a table that has a prompt column; `.fountain` and `.fdx` are screenplays. A file of any other ending that holds text is read like `.txt`, and standard input too, unless it begins as a JSON list does (`[{` or `{"`).
 * Pure: no file is opened, pictures named in a list are not looked at.
 * @param options.name the file's name for the ending and for messages, or `-` for standard input.
 * @param options.as `shots`: a shot per paragraph also where the text looks like a screenplay or is Markdown or Fountain; a shot list stays one. `screenplay`: text of any other ending is read as Fountain.
 * @throws StudioError SCRIPT_TOO_LARGE, SCRIPT_EMPTY, SCRIPT_NOT_TEXT, SCRIPT_FORMAT_UNSUPPORTED, SCRIPT_LOOKS_LIKE_SCREENPLAY,
 *   SCRIPT_BAD_JSON, SCRIPT_BAD_CSV, SCRIPT_BAD_TABLE, SCRIPT_BAD_FDX, SCRIPT_SHOTS_INVALID.
 */
export function readScript(bytes: Uint8Array, options: { name: string; as?: ScriptReading }): ReadScript {
  const name = options.name === '-' ? 'standard input' : options.name;
  if (bytes.length > MAX_SCRIPT_BYTES) {
    throw new StudioError('SCRIPT_TOO_LARGE', `${name} has ${(bytes.length / 1024 / 1024).toFixed(1)} MB; a script has at most ${MAX_SCRIPT_BYTES / 1024 / 1024} MB.`, {
      next: 'Check that this is the script and not a video; part a very long one into several files.',
      detail: { name, sizeBytes: bytes.length },
    });
  }
  const format = options.name === '-' ? undefined : formatOfName(options.name);
  const table = format?.read === 'not-yet' && format.mayHoldTable ? tableOf(bytes, name) : undefined;
  if (table) return table;
  if (format?.read === 'not-yet' && !(format.asShots && options.as === 'shots')) {
    const next = format.asShots ? 'Use `--as shots` to film each of its paragraphs word for word.' : format.instead;
    throw new StudioError('SCRIPT_FORMAT_UNSUPPORTED', `${name} is ${format.what}, which cannot be read yet. ${READABLE}`, { next, detail: { name } });
  }
  const screenplay = screenplayFormat(format, options.as);
  if (screenplay === undefined && (options.as === 'prose' || options.as === 'screenplay' || format?.read === 'fdx')) {
    const wanted = options.as === 'prose' ? 'prose yet' : options.as === 'screenplay' ? 'a screenplay: it is a list of shots' : 'a shot per paragraph: it is a Final Draft file';
    throw new StudioError('SCRIPT_FORMAT_UNSUPPORTED', `${name} cannot be read as ${wanted}. ${READABLE}`, {
      next: format?.read === 'fdx' ? 'Leave `--as` out, or export it as plain text (.txt).' : options.as === 'screenplay' ? 'Leave `--as` out.' : 'Use `--as shots` to film each of its paragraphs word for word.',
      detail: { name },
    });
  }
  const text = decodeText(bytes, name);
  if (text.trim() === '') {
    throw new StudioError('SCRIPT_EMPTY', `${name} is empty.`, { next: 'Write what each shot shows, a paragraph each, a blank line between them.', detail: { name } });
  }
  const origin = options.name === '-' ? name : originOf(name);
  if (screenplay !== undefined) return readScreenplay(text, name, { format: screenplay, origin });
  if (format?.read === 'csv') return { reading: 'shot-list', format: 'csv', origin, shots: readCsvList(text, name), notes: [], text };
  if (format?.read === 'json' || (options.name === '-' && BEGINS_AS_JSON_LIST.test(text))) {
    return { reading: 'shot-list', format: 'json', origin: options.name === '-' ? `JSON from ${origin}` : origin, ...readJsonList(text, name), notes: [], text };
  }
  return paragraphs(text, name, { origin, forced: options.as === 'shots', unknownEnding: format === undefined && options.name !== '-' });
}

/** The format of a screenplay, when this is to be read as one. Standard input and unknown endings may hold Final Draft's XML too. */
function screenplayFormat(format: ScriptFormat | undefined, as: ScriptReading | undefined): 'fountain' | 'fdx' | undefined {
  if (as === 'shots' || as === 'prose') return undefined;
  if (format?.read === 'fountain' || format?.read === 'fdx') return format.read;
  return as === 'screenplay' && (format === undefined || format.read === 'paragraphs') ? 'fountain' : undefined;
}

/** A Markdown file's shot list, when it has one. */
function tableOf(bytes: Uint8Array, name: string): ReadScript | undefined {
  let text: string;
  try {
    text = decodeText(bytes, name);
  } catch {
    return undefined; // what cannot be read as text holds no table, and hears so below
  }
  const list = readMarkdownList(text, name);
  return list && { reading: 'shot-list', format: 'md', origin: `a table in ${originOf(name)}`, ...list, text };
}

/** No paragraph of words begins so; `[wide shot] A ...` does not match. */
const BEGINS_AS_JSON_LIST = /^\s*(?:\[\s*\{|\{\s*")/;

function originOf(name: string): string {
  const ending = endingOf(name);
  return ending === undefined ? 'no file ending' : `.${ending}`;
}

function paragraphs(text: string, name: string, how: { origin: string; forced: boolean; unknownEnding: boolean }): ReadScript {
  const signs = how.forced ? [] : screenplaySigns(text);
  if (signs.length > 0) {
    const shown = signs.slice(0, 3).map(({ line, kind, words }) => `line ${line} is a ${kind} (${JSON.stringify(words.slice(0, 60))})`);
    throw new StudioError('SCRIPT_LOOKS_LIKE_SCREENPLAY', `${name} looks like a screenplay: ${shown.join(', ')}${signs.length > 3 ? ` and ${signs.length - 3} more signs` : ''}.`, {
      next: 'Use `--as screenplay` to film it scene by scene, or `--as shots` to film each of its paragraphs word for word.',
      detail: { name, signs: signs.slice(0, 20) },
    });
  }
  const { shots, notes } = shotsOfParagraphs(text, name);
  if (shots.length === 0) throw new StudioError('SCRIPT_EMPTY', `${name} holds no words.`, { next: 'Write what each shot shows, a paragraph each.', detail: { name, notes } });
  requireShotCount(shots.length, name);
  const ending = how.unknownEnding ? ['The file ending says nothing, so it was read like .txt.'] : [];
  return { reading: 'paragraphs', format: 'txt', origin: how.origin, shots, notes: [...ending, ...notes], text };
}
