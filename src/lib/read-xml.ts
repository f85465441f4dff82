export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: (XmlElement | string)[];
  /** From its opening tag to the end of its closing one. */
  source: XmlSpan;
}

/** UTF-16 offsets, `end` exclusive; lines from 1, both inclusive. */
export interface XmlSpan {
  start: number;
  end: number;
  startLine: number;
  endLine: number;
}

/** What is wrong with an XML text, and on which line. */
export class XmlProblem extends Error {
  override readonly name = 'XmlProblem';
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** A screenplay file is about ten deep; more is a trap for whoever walks it. */
const DEEPEST = 100;
const OPENING = /<([^\s<>/="'&!?]+)((?:\s+[^\s<>/="'&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const CLOSING = /<\/([^\s<>/="'&]+)\s*>/y;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads an XML document without ever expanding what it defines itself: a document type with definitions in it is refused,
 * so a small file cannot become a large one. No address is opened. One pass, with an explicit stack.
 * @param options.cut the text is the beginning of a document, cut off behind a tag: what is open there ends there.
 * @throws XmlProblem with the line and the reason.
 */
export function readXml(text: string, { cut = false }: { cut?: boolean } = {}): XmlElement {
  const stack: XmlElement[] = [];
  let root: XmlElement | undefined;
  let at = 0;
  let line = 1;
  let lineEnd = text.indexOf('\n');
  /** The line of a place; places are asked for from the beginning to the end. Its end is kept: Word writes a whole book into one line. */
  const lineAt = (offset: number): number => {
    while (lineEnd >= 0 && lineEnd < offset) {
      line += 1;
      lineEnd = text.indexOf('\n', lineEnd + 1);
    }
    return line;
  };
  const problem = (message: string, offset = at): XmlProblem => new XmlProblem(lineAt(offset), message);
  const endOf = (sign: string, from: number, what: string): number => {
    const end = text.indexOf(sign, from);
    if (end < 0) throw problem(`${what} does not end`);
    return end + sign.length;
  };
  const words = (raw: string, offset: number): string => decoded(raw, (index, message) => problem(message, offset + index));
  const put = (child: string): void => {
    const open = stack.at(-1);
    if (open) open.children.push(child);
    else if (child.trim() !== '') throw problem(root ? 'there are words behind the end of the document' : 'it does not begin as XML does');
  };
  while (at < text.length) {
    const next = text.indexOf('<', at);
    if (next !== at) {
      const end = next < 0 ? text.length : next;
      put(words(text.slice(at, end), at));
      at = end;
      continue;
    }
    if (text.startsWith('<!--', at)) at = endOf('-->', at + 4, 'a comment');
    else if (text.startsWith('<![CDATA[', at)) {
      const end = endOf(']]>', at + 9, 'a CDATA section');
      put(text.slice(at + 9, end - 3));
      at = end;
    } else if (text.startsWith('<?', at)) at = endOf('?>', at + 2, 'an instruction');
    else if (text.startsWith('<!', at)) {
      const end = endOf('>', at, 'a declaration');
      if (text.slice(at, end).includes('[')) throw problem('it defines entities of its own, which no screenplay needs');
      at = end;
    } else if (text.startsWith('</', at)) {
      CLOSING.lastIndex = at;
      const closing = CLOSING.exec(text);
      const open = stack.pop();
      if (closing === null) throw problem('a closing tag is broken');
      if (open === undefined) throw problem(`</${closing[1]}> closes nothing`);
      if (open.name !== closing[1]) throw problem(`</${closing[1]}> comes where </${open.name}> is due, which was opened on line ${open.source.startLine}`);
      at += closing[0].length;
      open.source.end = at;
      open.source.endLine = lineAt(at - 1);
    } else {
      OPENING.lastIndex = at;
      const opening = OPENING.exec(text);
      const { 1: name, 2: given = '', 3: slash } = opening ?? [];
      if (opening === null || name === undefined) throw problem('a tag is broken');
      if (root !== undefined && stack.length === 0) throw problem(`<${name}> stands behind the end of the document`);
      if (stack.length >= DEEPEST) throw problem(`elements are nested more than ${DEEPEST} deep`);
      const attributes = new Map([...given.matchAll(ATTRIBUTE)].map(({ 1: key = '', 2: double, 3: single }) => [key, words(double ?? single ?? '', at)]));
      const startLine = lineAt(at);
      const end = at + opening[0].length;
      const element: XmlElement = { name, attributes, children: [], source: { start: at, end, startLine, endLine: startLine } };
      stack.at(-1)?.children.push(element);
      root ??= element;
      at = end;
      element.source.endLine = lineAt(at - 1);
      if (slash !== '/') stack.push(element);
    }
  }
  const open = stack.at(-1);
  if (open && !cut) throw new XmlProblem(open.source.startLine, `<${open.name}> is never closed`);
  if (root === undefined) throw problem('it holds no XML');
  return root;
}

export function elementsIn({ children }: XmlElement): XmlElement[] {
  return children.filter((child) => typeof child !== 'string');
}

function decoded(raw: string, problem: (index: number, message: string) => XmlProblem): string {
  if (!raw.includes('&')) return raw;
  return raw.replaceAll(/&(?:#x([0-9a-f]{1,6});|#(\d{1,7});|([a-z]+);)?/gi, (whole: string, hex: string | undefined, decimal: string | undefined, name: string | undefined, index: number) => {
    if (name !== undefined && NAMED[name] !== undefined) return NAMED[name];
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (name === undefined && whole.length > 1 && isLegal(code)) return String.fromCodePoint(code);
    throw problem(index, whole.length === 1 ? 'an & stands alone; it is written &amp;' : `${whole} is no character`);
  });
}

/** Characters that XML may hold. */
function isLegal(code: number): boolean {
  return code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
