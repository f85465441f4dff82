import { elementsIn, type XmlElement } from '../lib/read-xml.ts';

/** The two addresses by which Word's own elements are known: as everybody writes them, and in the strict form of the standard. */
const WORD_ADDRESSES = ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'http://purl.oclc.org/ooxml/wordprocessingml/main'];

/** Finds Word's own elements among those of drawings, formulas and other programs, whatever prefix the file gives them. */
export interface WordNames {
  /** Its name without Word's prefix; `undefined` for an element of another vocabulary. */
  local(element: XmlElement): string | undefined;
  child(element: XmlElement, name: string): XmlElement | undefined;
  attribute(element: XmlElement, name: string): string | undefined;
}

/** @returns `undefined` when the document says nowhere that it is Word's. */
export function wordNames(root: XmlElement): WordNames | undefined {
  const declared = [...root.attributes].find(([name, value]) => (name === 'xmlns' || name.startsWith('xmlns:')) && WORD_ADDRESSES.includes(value));
  if (declared === undefined) return undefined;
  const prefix = declared[0] === 'xmlns' ? '' : `${declared[0].slice('xmlns:'.length)}:`;
  const local = ({ name }: XmlElement): string | undefined => (name.startsWith(prefix) && !name.slice(prefix.length).includes(':') ? name.slice(prefix.length) : undefined);
  return {
    local,
    child: (element, name) => elementsIn(element).find((child) => local(child) === name),
    attribute: (element, name) => element.attributes.get(`${prefix}${name}`) ?? element.attributes.get(name),
  };
}
