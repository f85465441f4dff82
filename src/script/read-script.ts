import { StudioError } from '../lib/errors.ts';
import type { LaidOutDocument } from '../documents/index.ts';
import { decodeText } from './decode-text.ts';
import { beginningOfFdx } from './fdx/read-fdx.ts';
import { readDocument } from './layout/read-document.ts';
import { readMarkdown } from './markdown/read-markdown.ts';
import { notesOnParagraphs } from './notes-on-paragraphs.ts';
import { openDocument } from './open-document.ts';
import { proseOfText } from './prose/prose-of-text.ts';
import { readProse } from './prose/read-prose.ts';
import { readParagraphs, requireNoScreenplay } from './read-paragraphs.ts';
import { isFdx, readScreenplay } from './read-screenplay.ts';
import { readShotList } from './read-shot-list.ts';
import { refusesTooLong, refuseTooLong } from './refuse-too-long.ts';
import { endingOf, formatOfName, type ScriptFormat } from './script-formats.ts';
import { MAX_SCRIPT_BYTES } from './script-shot.ts';
import type { ReadScript, ScriptReading } from './script-shot.ts';
import type { SegmentOptions } from './segment/segment-script.ts';

const READABLE = 'Readable today: .txt (a shot per paragraph), .fountain and .fdx (screenplays), .md (a story, a screenplay or a table of shots), .docx and .pdf (a story or a screenplay), .json and .csv (shot lists).';

/**
 * Shots of a script. `.txt` is a shot per paragraph, word for word; `.json`, `.csv` and `.tsv` are shot lists, and so is a `.md` with
 * a table that has a prompt column; any other `.md` is a screenplay where it looks like one, else prose; `.fountain` and `.fdx` are
 * screenplays; `.docx` and `.pdf` are what a `.md` without a table is. A file of any other ending that holds text is read like `.txt`, and standard input too, unless it begins as a JSON list does (`[{` or `{"`), a PDF or a Word document.
 * No file is opened, pictures named in a list are not looked at.
 * @param options.name the file's name for the ending and for messages, or `-` for standard input.
 * @param options.as `shots`: a shot per paragraph also where the text looks like a screenplay or is Markdown or Fountain; a shot list stays one.
 *   `screenplay`, `prose`: text of any other ending is read so.
 * @param options.pace, options.longestS how a story or screenplay is cut into shots.
 * @throws StudioError SCRIPT_TOO_LARGE, SCRIPT_EMPTY, SCRIPT_NOT_TEXT, SCRIPT_FORMAT_UNSUPPORTED, SCRIPT_LOOKS_LIKE_SCREENPLAY,
 *   SCRIPT_BAD_JSON, SCRIPT_BAD_CSV, SCRIPT_BAD_TABLE, SCRIPT_BAD_FDX, SCRIPT_BAD_DOCX, SCRIPT_BAD_PDF, SCRIPT_ENCRYPTED, SCRIPT_NO_WORDS, SCRIPT_WRONG_ENDING, SCRIPT_SHOTS_INVALID.
 */
export async function readScript(bytes: Uint8Array, options: { name: string; as?: ScriptReading } & SegmentOptions): Promise<ReadScript> {
  const name = options.name === '-' ? 'standard input' : options.name;
  if (bytes.length > MAX_SCRIPT_BYTES) {
    throw new StudioError('SCRIPT_TOO_LARGE', `${name} has ${(bytes.length / 1024 / 1024).toFixed(1)} MB; a script has at most ${MAX_SCRIPT_BYTES / 1024 / 1024} MB.`, {
      next: 'Check that this is the script and not a video; part a very long one into several files.',
      detail: { name, sizeBytes: bytes.length },
    });
  }
  const format = options.name === '-' ? undefined : formatOfName(options.name);
  if (format?.read === 'not-yet') throw new StudioError('SCRIPT_FORMAT_UNSUPPORTED', `${name} is ${format.what}, which cannot be read yet. ${READABLE}`, { next: format.instead, detail: { name } });
  requireReading(name, format, options.as);
  const cut: SegmentOptions = { ...(options.pace === undefined ? {} : { pace: options.pace }), ...(options.longestS === undefined ? {} : { longestS: options.longestS }) };
  const origin = options.name === '-' ? name : originOf(name);
  const read = (opened: LaidOutDocument) => readDocument(opened, name, { origin, as: options.as, ...cut });
  const document = await openDocument(bytes, name, { format, look: refusesTooLong(name, read) });
  if (document) return read(document);
  const text = decodeText(bytes, name);
  if (text.trim() === '') {
    throw new StudioError('SCRIPT_EMPTY', `${name} is empty.`, { next: 'Write what each shot shows, a paragraph each, a blank line between them.', detail: { name } });
  }
  if (format?.read === 'markdown' && options.as !== 'shots') return await readMarkdown(text, name, { origin, as: options.as, ...cut });
  const asFountain = format?.read === 'fountain' ? options.as === undefined || options.as === 'screenplay' : options.as === 'screenplay' && isPlain(format);
  if (asFountain || format?.read === 'fdx') {
    const how = { format: format?.read === 'fdx' ? ('fdx' as const) : ('fountain' as const), origin, ...cut };
    const beginningOf = how.format === 'fdx' || isFdx(text) ? beginningOfFdx : undefined;
    await refuseTooLong(text, name, (words) => readScreenplay(words, name, { ...how, cut: true }), beginningOf);
    return readScreenplay(text, name, how);
  }
  const list = listFormat(format, text, options.name === '-');
  const shotList = list && readShotList(text, name, { format: list, origin: options.name === '-' ? `JSON from ${origin}` : origin });
  if (shotList) return shotList;
  if (options.as === 'prose') {
    const prose = (words: string) => readProse(proseOfText(words), name, { format: 'txt', origin, notes: [], as: options.as, ...cut });
    await refuseTooLong(text, name, prose);
    return prose(text);
  }
  if (options.as !== 'shots') requireNoScreenplay(text, name);
  const notes = format === undefined && options.name !== '-' ? ['The file ending says nothing, so it was read like .txt.'] : [];
  return readParagraphs(text, name, { format: 'txt', origin, notes: options.as === 'shots' ? notes : [...notes, ...notesOnParagraphs(text)] });
}

/** @throws StudioError SCRIPT_FORMAT_UNSUPPORTED for a reading that this kind of file cannot have. */
function requireReading(name: string, format: ScriptFormat | undefined, as: ScriptReading | undefined): void {
  const isList = format?.read === 'json' || format?.read === 'csv';
  const refusal = (wanted: string, next: string) => new StudioError('SCRIPT_FORMAT_UNSUPPORTED', `${name} cannot be read as ${wanted}. ${READABLE}`, { next, detail: { name } });
  if (isList && (as === 'screenplay' || as === 'prose')) throw refusal(`${as === 'prose' ? 'prose' : 'a screenplay'}: it is a list of shots`, 'Leave `--as` out.');
  if (format?.read === 'fdx' && (as === 'shots' || as === 'prose')) throw refusal(`${as === 'prose' ? 'prose' : 'a shot per paragraph'}: it is a Final Draft file`, 'Leave `--as` out, or export it as plain text (.txt).');
}

/** Words without a format of their own. */
function isPlain(format: ScriptFormat | undefined): boolean {
  return format === undefined || format.read === 'paragraphs';
}

function listFormat(format: ScriptFormat | undefined, text: string, standardInput: boolean): 'json' | 'csv' | undefined {
  if (format?.read === 'csv' || format?.read === 'json') return format.read;
  return standardInput && BEGINS_AS_JSON_LIST.test(text) ? 'json' : undefined;
}

/** No paragraph of words begins so; `[wide shot] A ...` does not match. */
const BEGINS_AS_JSON_LIST = /^\s*(?:\[\s*\{|\{\s*")/;

function originOf(name: string): string {
  const ending = endingOf(name);
  return ending === undefined ? 'no file ending' : `.${ending}`;
}
