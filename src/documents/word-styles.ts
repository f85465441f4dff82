import { elementsIn, type XmlElement } from '../lib/read-xml.ts';
import type { WordNames } from './word-names.ts';

/** How a paragraph is set, as far as it is known. Twentieths of a point. */
export interface WordLayout {
  leftTwips?: number;
  firstLineTwips?: number;
  align?: 'left' | 'centre' | 'right';
  beforeTwips?: number;
  capitals?: boolean;
  hidden?: boolean;
}

export interface WordStyle extends WordLayout {
  /** As people read it, in lower case. */
  name: string;
}

/** A style may stand on another; no real chain is longer. */
const LONGEST_CHAIN = 20;

/** The paragraph styles of a document by their id, each with what it takes over from the style it stands on. */
export function readStyles(root: XmlElement | undefined, names: WordNames): ReadonlyMap<string, WordStyle> {
  const written = new Map<string, { style: WordStyle; basedOn: string | undefined }>();
  for (const element of root ? elementsIn(root) : []) {
    if (names.local(element) !== 'style') continue;
    const id = names.attribute(element, 'styleId');
    if (id === undefined) continue;
    const named = valueOf(element, 'name', names) ?? id;
    written.set(id, { style: { name: named.trim().toLowerCase(), ...layoutOf(element, names) }, basedOn: valueOf(element, 'basedOn', names) });
  }
  const whole = new Map<string, WordStyle>();
  for (const [id, { style }] of written) {
    let full = style;
    let parent = written.get(id)?.basedOn;
    for (let step = 0; parent !== undefined && step < LONGEST_CHAIN; step += 1) {
      const base = written.get(parent);
      if (base === undefined) break;
      full = { ...base.style, ...full };
      parent = base.basedOn;
    }
    whole.set(id, full);
  }
  return whole;
}

/** What a style or a paragraph says about its layout itself. */
export function layoutOf(element: XmlElement, names: WordNames): WordLayout {
  const paragraph = names.child(element, 'pPr') ?? element;
  const run = names.child(element, 'rPr');
  const indent = names.child(paragraph, 'ind');
  const spacing = names.child(paragraph, 'spacing');
  const align = valueOf(paragraph, 'jc', names);
  const layout: WordLayout = {};
  const left = indent && numberOf(names.attribute(indent, 'left') ?? names.attribute(indent, 'start'));
  const hanging = indent && numberOf(names.attribute(indent, 'hanging'));
  const firstLine = indent && numberOf(names.attribute(indent, 'firstLine'));
  const before = spacing && numberOf(names.attribute(spacing, 'before'));
  if (left !== undefined) layout.leftTwips = left;
  if (hanging !== undefined) layout.firstLineTwips = -hanging;
  else if (firstLine !== undefined) layout.firstLineTwips = firstLine;
  if (before !== undefined) layout.beforeTwips = before;
  if (align !== undefined) layout.align = align === 'center' ? 'centre' : align === 'right' || align === 'end' ? 'right' : 'left';
  if (run && isOn(run, 'caps', names)) layout.capitals = true;
  if (run && isOn(run, 'vanish', names)) layout.hidden = true;
  return layout;
}

/** `<w:b/>` and `<w:b w:val="1"/>` are on, `<w:b w:val="0"/>` is off. */
export function isOn(properties: XmlElement, name: string, names: WordNames): boolean {
  const element = names.child(properties, name);
  return element !== undefined && !['0', 'false', 'off', 'none'].includes(names.attribute(element, 'val') ?? '1');
}

export function valueOf(element: XmlElement, name: string, names: WordNames): string | undefined {
  const found = names.child(element, name);
  return found && names.attribute(found, 'val');
}

function numberOf(word: string | undefined): number | undefined {
  const value = Number(word);
  return word === undefined || !Number.isFinite(value) ? undefined : value;
}
