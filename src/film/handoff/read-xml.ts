import { unreadable } from './read-timeline.ts';

/** An element as it was read. */
export interface XmlNode {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: XmlNode[];
  /** The text directly inside it. */
  text: string;
  /** Counted from 1. */
  line: number;
}

/** Deeper than any editor nests, and shallow enough for every walk over it. */
const DEEPEST = 256;
const MOST_ELEMENTS = 1_000_000;

const NAME = String.raw`[\p{L}_:][\p{L}\p{N}_:.\-·]*`;
const TAG_START = new RegExp(String.raw`<(${NAME})`, 'uy');
const ATTRIBUTE = new RegExp(String.raw`\s+(${NAME})\s*=\s*(?:"([^"<]*)"|'([^'<]*)')`, 'uy');
const TAG_END = /\s*(\/?)>/y;
const CLOSING = new RegExp(String.raw`</(${NAME})\s*>`, 'uy');
const DOCTYPE = /<!DOCTYPE\s+[^\s>[]+(?:\s+(?:SYSTEM|PUBLIC)(?:\s+(?:"[^"]*"|'[^']*'))+)?\s*>/y;
const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));|&/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads an XML document of plain elements: no definitions of its own, no entities but the five and characters by number, so
 * nothing grows while it is read and nothing is fetched. Small on purpose: what comes back from editors needs no more, and
 * every error knows its line.
 * @throws StudioError EDIT_UNREADABLE with line and reason.
 */
export function readXml(source: string, fileName: string): XmlNode {
  let at = 0;
  let line = 1;
  let counted = 0;
  let elements = 0;
  const open: XmlNode[] = [];
  let root: XmlNode | undefined;

  const lineAt = (position: number): number => {
    for (; counted < position; counted += 1) if (source.charCodeAt(counted) === 10) line += 1;
    return line;
  };
  const fail = (reason: string, position = at): never => {
    throw unreadable(fileName, `line ${lineAt(position)}`, reason);
  };
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) at = pattern.lastIndex;
    return found ?? undefined;
  };
  const skipTo = (end: string, from: number, what: string): string => {
    const stop = source.indexOf(end, from);
    if (stop < 0) fail(`${what} has no end`);
    const inside = source.slice(from, stop);
    at = stop + end.length;
    return inside;
  };
  const decoded = (text: string, from: number): string =>
    text.replaceAll(REFERENCE, (whole: string, decimal: string | undefined, hex: string | undefined, name: string | undefined, offset: number) => {
      if (name !== undefined) return ENTITIES[name] ?? '';
      if (decimal === undefined && hex === undefined) return fail('an & stands for nothing; only &amp; &lt; &gt; &quot; &apos; and characters by number are read', from + offset);
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) fail(`${whole} is no character`, from + offset);
      return String.fromCodePoint(code);
    });
  const addText = (text: string): void => {
    const parent = open.at(-1);
    if (parent) parent.text += text;
    else if (text.trim() !== '') fail('there is text outside of the document');
  };
  const openElement = (): void => {
    const name = match(TAG_START)?.[1] ?? fail('a < begins nothing');
    if (root && open.length === 0) fail(`<${name}> stands behind the end of the document`);
    if (open.length >= DEEPEST) fail(`it is nested deeper than ${DEEPEST} elements`);
    elements += 1;
    if (elements > MOST_ELEMENTS) fail(`it has more than ${MOST_ELEMENTS} elements`);
    const attributes = new Map<string, string>();
    const node: XmlNode = { name, attributes, children: [], text: '', line: lineAt(at) };
    for (let found = match(ATTRIBUTE); found; found = match(ATTRIBUTE)) {
      const [, key = '', double, single] = found;
      if (attributes.has(key)) fail(`<${name}> has ${key} twice`);
      attributes.set(key, decoded(double ?? single ?? '', at - (double ?? single ?? '').length - 1));
    }
    const end = match(TAG_END) ?? fail(`<${name}> is written wrongly`);
    open.at(-1)?.children.push(node);
    root ??= node;
    if (end[1] !== '/') open.push(node);
  };

  while (at < source.length) {
    if (source[at] !== '<') {
      const next = source.indexOf('<', at);
      const text = source.slice(at, next < 0 ? source.length : next);
      addText(decoded(text, at));
      at += text.length;
    } else if (source.startsWith('<!--', at)) skipTo('-->', at + 4, 'a comment');
    else if (source.startsWith('<![CDATA[', at)) addText(skipTo(']]>', at + 9, 'a CDATA part'));
    else if (source.startsWith('<?', at)) skipTo('?>', at + 2, 'an instruction');
    else if (source.startsWith('<!', at)) {
      if (root || !match(DOCTYPE)) fail('definitions inside a file are not read');
    } else if (source.startsWith('</', at)) {
      const closing = match(CLOSING) ?? fail('a closing tag is written wrongly');
      const node = open.pop();
      if (node?.name !== closing[1]) fail(node ? `<${node.name}> of line ${node.line} is closed as </${closing[1]}>` : `</${closing[1]}> closes nothing`);
    } else openElement();
  }
  const unclosed = open.at(-1);
  if (unclosed) fail(`it ends inside of <${unclosed.name}> of line ${unclosed.line}`);
  return root ?? fail('there is no element in it');
}

/** Every element of a name below a node, itself too, in the file's order. */
export function elementsNamed(node: XmlNode, name: string): XmlNode[] {
  return [...(node.name === name ? [node] : []), ...node.children.flatMap((child) => elementsNamed(child, name))];
}
