/** An element to be written. */
export interface XmlElement {
  name: string;
  /** What is undefined is left out. */
  attributes?: Readonly<Record<string, string | number | undefined>>;
  /** Elements, or text alone. */
  content?: readonly XmlElement[] | string | number;
}

/** A document in UTF-8, indented. */
export function xmlDocument(doctype: string, root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ${doctype}>\n${elementText(root, '')}\n`;
}

function elementText({ name, attributes = {}, content }: XmlElement, indent: string): string {
  const written = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(String(value), true)}"`]));
  const open = `${indent}<${name}${written.join('')}`;
  if (typeof content === 'string' || typeof content === 'number') return `${open}>${escaped(String(content), false)}</${name}>`;
  if (content === undefined || content.length === 0) return `${open}/>`;
  return [`${open}>`, ...content.map((child) => elementText(child, `${indent}  `)), `${indent}</${name}>`].join('\n');
}

/** What no XML file may hold, not even escaped: most control characters, halves of letters, and two that are none. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

/** Line ends and tabs in attributes would come back as blanks, so they are written as numbers there. */
function escaped(text: string, inAttribute: boolean): string {
  return text.replaceAll(FORBIDDEN, '').replaceAll(inAttribute ? /[&<>"\t\n\r]/g : /[&<>\r]/g, (mark) => MARKS[mark] ?? mark);
}
