/** How a script of this file ending is read. */
export type ScriptFormat = { read: 'paragraphs' | 'json' | 'csv' | 'fountain' | 'fdx' | 'markdown' | 'docx' | 'pdf' } | { read: 'not-yet'; what: string; instead: string };

const TXT: ScriptFormat = { read: 'paragraphs' };
const FOUNTAIN: ScriptFormat = { read: 'fountain' };
const MARKDOWN: ScriptFormat = { read: 'markdown' };
const sealed = (what: string, instead: string): ScriptFormat => ({ read: 'not-yet', what, instead });
const EXPORT_TEXT = 'Export or save it as plain text (.txt), a blank line between shots.';
const EXPORT_TABLE = 'Save it as CSV.';

/** By file ending, in lower case. */
const FORMATS = new Map<string, ScriptFormat>(
  Object.entries({
    txt: TXT,
    text: TXT,
    json: { read: 'json' },
    csv: { read: 'csv' },
    tsv: { read: 'csv' },
    fountain: FOUNTAIN,
    spmd: FOUNTAIN,
    md: MARKDOWN,
    markdown: MARKDOWN,
    fdx: { read: 'fdx' },
    docx: { read: 'docx' },
    docm: { read: 'docx' },
    doc: sealed('a Word document of the old kind', 'Save it as .docx.'),
    odt: sealed('an OpenDocument text', EXPORT_TEXT),
    rtf: sealed('rich text', EXPORT_TEXT),
    pages: sealed('a Pages document', EXPORT_TEXT),
    pdf: { read: 'pdf' },
    html: sealed('a web page', EXPORT_TEXT),
    xlsx: sealed('an Excel table', EXPORT_TABLE),
    xls: sealed('an Excel table', EXPORT_TABLE),
    ods: sealed('an OpenDocument table', EXPORT_TABLE),
    numbers: sealed('a Numbers table', EXPORT_TABLE),
    jsonl: sealed('JSON Lines', 'Write the shots as one JSON list: [ {...}, {...} ].'),
    ndjson: sealed('JSON Lines', 'Write the shots as one JSON list: [ {...}, {...} ].'),
    yaml: sealed('YAML', 'Write the shots as JSON or CSV.'),
    yml: sealed('YAML', 'Write the shots as JSON or CSV.'),
  } satisfies Record<string, ScriptFormat>),
);

/** Every ending that is known; `instead` says what to do with a file that cannot be read. */
export function listScriptEndings(): { ending: string; instead?: string }[] {
  return [...FORMATS].map(([ending, format]) => (format.read === 'not-yet' ? { ending, instead: format.instead } : { ending }));
}

/** `undefined` for an ending we don't know, or none. */
export function formatOfName(name: string): ScriptFormat | undefined {
  const ending = endingOf(name);
  return ending === undefined ? undefined : FORMATS.get(ending);
}

/** `fountain` of `Film.Fountain`; `undefined` for a name without one. */
export function endingOf(name: string): string | undefined {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase();
}
