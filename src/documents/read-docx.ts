import { elementsIn, readXml, XmlProblem, type XmlElement } from '../lib/read-xml.ts';
import { badDocument, encryptedDocument, wordlessDocument } from './document-errors.ts';
import type { LaidOutDocument, LookAtBeginning } from './laid-out.ts';
import { openZip, ZipProblem, type Zip } from './open-zip.ts';
import { WordLines } from './word-lines.ts';
import { wordNames } from './word-names.ts';
import { readStyles } from './word-styles.ts';

/** Of the XML, which has several times the letters of its words. */
const BEGINNING_LETTERS = 3_000_000;
/** A document that is less than so many times its beginning is read at once. */
const WORTH_A_LOOK = 1.6;
/** A paragraph ends within so many letters. */
const LAST_TAG_WITHIN = 200_000;
const RELATIONS = '_rels/.rels';
const USUAL_MAIN = 'word/document.xml';
/** What other archives with words in them are, by a part that each has. */
const OTHER_ARCHIVES: readonly (readonly [RegExp, string])[] = [
  [/^xl\//, 'an Excel table: save it as CSV'],
  [/^ppt\//, 'a PowerPoint presentation'],
  [/^Index\/(?:Document|Tables)\b|\.iwa$/, 'a Pages document: export it as Word'],
  [/^content\.xml$/, 'an OpenDocument text: save it as Word (.docx)'],
  [/^META-INF\/container\.xml$/, 'an e-book (EPUB)'],
];

/**
 * The lines of a Word document (DOCX, DOCM), as they are set. Left out are what is deleted or hidden, remarks, footnotes, heads
 * and feet of pages, pictures; macros are never looked at. Nothing is unpacked beyond 32 MB, no address is opened.
 * @param look is shown the beginning of a long document, and twice as much until it is all.
 * @throws StudioError SCRIPT_BAD_DOCX, SCRIPT_ENCRYPTED, SCRIPT_NO_WORDS, and what `look` throws.
 */
export async function readDocx(bytes: Uint8Array, name: string, look?: LookAtBeginning): Promise<LaidOutDocument> {
  if (isOldContainer(bytes)) {
    // Word puts a document with a password into the container of its old files.
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'))) throw encryptedDocument('docx', name);
    throw badDocument('docx', name, 'it is in the old format of Word (.doc)');
  }
  try {
    const zip = await openZip(bytes);
    return linesOf(zip, name, look);
  } catch (error) {
    if (error instanceof ZipProblem) throw badDocument('docx', name, error.message);
    if (error instanceof XmlProblem) throw badDocument('docx', name, `line ${error.line} of its words: ${error.message}`, { line: error.line });
    throw error;
  }
}

function linesOf(zip: Zip, name: string, look: LookAtBeginning | undefined): LaidOutDocument {
  const main = mainPart(zip);
  if (main === undefined) {
    const other = OTHER_ARCHIVES.find(([part]) => zip.names.some((one) => part.test(one)))?.[1];
    throw badDocument('docx', name, `it is ${other ?? 'an archive without a Word document in it'}`);
  }
  const stylesPart = main.replace(/[^/]*$/, 'styles.xml');
  const parts = zip.open([main, stylesPart]);
  const xml = decoded(parts.get(main));
  const stylesXml = parts.get(stylesPart);
  const stylesRoot = stylesXml && readXml(decoded(stylesXml));
  const read = (root: XmlElement) => {
    const names = wordNames(root);
    const body = names?.child(root, 'body');
    if (names === undefined || body === undefined) throw badDocument('docx', name, `${main} in it is no document of Word's`);
    const stylesNames = stylesRoot && wordNames(stylesRoot);
    const words = new WordLines(names, readStyles(stylesRoot, stylesNames ?? names));
    words.takeAll(body);
    return words.finish();
  };
  for (let letters = BEGINNING_LETTERS; look !== undefined && letters * WORTH_A_LOOK <= xml.length; letters *= 2) {
    const [end] = [...xml.slice(letters - LAST_TAG_WITHIN, letters).matchAll(/<\/(?:[\w-]+:)?p>/g)].slice(-1).map((tag) => letters - LAST_TAG_WITHIN + tag.index + tag[0].length);
    if (end === undefined) break;
    const beginning = readBeginning(xml.slice(0, end));
    if (beginning === undefined) break;
    const { lines, wholeParagraphs } = read(beginning);
    look({ kind: 'docx', lines, wholeParagraphs, notes: [] });
  }
  const { lines, wholeParagraphs, pictures } = read(readXml(xml));
  if (lines.length === 0) throw wordlessDocument('docx', name, pictures > 0 ? 'it has pictures and no text' : 'it is empty');
  const macros = zip.names.some((part) => /vbaProject\.bin$/i.test(part)) ? ['It has macros; they were neither run nor read.'] : [];
  return { kind: 'docx', lines, wholeParagraphs, notes: macros };
}

/** What is wrong with a beginning is said of the whole. */
function readBeginning(xml: string): XmlElement | undefined {
  try {
    return readXml(xml, { cut: true });
  } catch (error) {
    if (error instanceof XmlProblem) return undefined;
    throw error;
  }
}

/** The part that holds the words: the one the archive names, since some programs write document2.xml. */
function mainPart(zip: Zip): string | undefined {
  if (zip.names.includes(USUAL_MAIN)) return USUAL_MAIN;
  if (!zip.names.includes(RELATIONS)) return undefined;
  const root = readXml(decoded(zip.open([RELATIONS]).get(RELATIONS)));
  const relation = elementsIn(root).find((element) => element.attributes.get('Type')?.endsWith('/officeDocument'));
  const target = relation?.attributes.get('Target')?.replace(/^\//, '');
  return target !== undefined && /(?:^|\/)document\d*\.xml$/.test(target) && zip.names.includes(target) ? target : undefined;
}

function isOldContainer(bytes: Uint8Array): boolean {
  return bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;
}

function decoded(bytes: Uint8Array | undefined): string {
  const start = bytes?.subarray(0, 2) ?? new Uint8Array();
  const encoding = start[0] === 0xff && start[1] === 0xfe ? 'utf-16le' : start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new ZipProblem('its words are in no known encoding');
  }
}
