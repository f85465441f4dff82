import { StudioError } from '../lib/errors.ts';
import { binaryKind } from './file-kind.ts';

/**
 * A script's bytes as text: UTF-8, or UTF-16 that says so in a byte order mark. Line ends become `\n`, the byte order mark goes.
 * @throws StudioError SCRIPT_NOT_TEXT with what the file looks like, or the position of the first byte that is no text.
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const kind = binaryKind(bytes);
  if (kind !== undefined) throw notText(name, `it is ${kind}`, nextFor(kind));
  const text = bomOf(bytes) === undefined ? decodeUtf8(bytes, name) : decodeMarked(bytes, name);
  const plain = text.endsWith('\u001a') ? text.slice(0, -1) : text; // the end mark of old DOS editors
  const control = CONTROL.exec(plain);
  if (control) {
    const line = plain.slice(0, control.index).split(/\r\n|[\r\n]/).length;
    throw notText(name, `line ${line} holds the control character ${codePoint(control[0])}`, 'Remove it, or save the file as plain text (UTF-8).', { line });
  }
  return plain.replaceAll(/\r\n|[\r\v\u0085\u2028]/g, '\n').replaceAll(/[\u2029\f]/g, '\n\n');
}

/** Control characters, but for tabs, line ends and page ends. Those from U+0080 on come from a text saved in the wrong encoding. */
const CONTROL = /(?![\s\u0085])\p{Cc}/u;

function bomOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function decodeMarked(bytes: Uint8Array, name: string): string {
  const encoding = bomOf(bytes) ?? 'utf-16le';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw notText(name, `it says it is ${encoding.toUpperCase()} but is damaged`, 'Save it again as UTF-8.');
  }
}

function decodeUtf8(bytes: Uint8Array, name: string): string {
  const zeroAt = bytes.indexOf(0);
  if (zeroAt >= 0) {
    const everySecond = bytes.length >= 4 && [0, 1].some((odd) => bytes.subarray(0, 64).every((byte, index) => index % 2 !== odd || byte === 0));
    throw notText(name, everySecond ? 'it looks like UTF-16 without a byte order mark' : `byte ${zeroAt + 1} is zero, as in no text`, 'Save it as UTF-8.', { byte: zeroAt });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const at = firstInvalidUtf8(bytes);
    const found = `byte ${at + 1} (0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}, line ${bytes.subarray(0, at).filter((byte) => byte === 10).length + 1}) is not UTF-8`;
    throw notText(name, found, 'In your editor choose "save with encoding" and UTF-8; older editors save Latin-1 or Windows-1252.', { byte: at });
  }
}

/** Offset of the first byte that begins no whole character: by halving, as a beginning of the text decodes (as a stream) exactly up to there. */
function firstInvalidUtf8(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle), { stream: true })) good = middle;
    else bad = middle;
  }
  while (good > 0 && !decodes(bytes.subarray(0, good), { stream: false })) good -= 1; // back to where its character begins
  return good;
}

function decodes(bytes: Uint8Array, options: { stream: boolean }): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, options);
    return true;
  } catch {
    return false;
  }
}

/** What is read under its own ending only needs that. */
function nextFor(kind: string): string {
  if (kind.includes('PDF')) return 'Rename it so that it ends in .pdf.';
  return kind.includes('zip') ? 'If it is a Word document, rename it so that it ends in .docx; else save its words as plain text (.txt).' : 'Save its words as plain text (.txt) or as a shot list (.json, .csv).';
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function notText(name: string, found: string, next: string, detail: Record<string, unknown> = {}): StudioError {
  return new StudioError('SCRIPT_NOT_TEXT', `${name} cannot be read as text: ${found}.`, { next, detail: { name, ...detail } });
}
