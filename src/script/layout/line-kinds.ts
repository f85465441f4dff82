import type { DocumentLine } from '../../documents/index.ts';
import type { ScreenplayElement } from '../screenplay/screenplay.ts';

/** Kinds that a line of a document can be; the rest of a screenplay has no form of its own there. */
export type LineKind = Extract<ScreenplayElement['kind'], 'heading' | 'action' | 'character' | 'parenthetical' | 'dialogue' | 'transition' | 'shot' | 'lyrics' | 'centered'>;

/** What templates for screenplays call their paragraphs, in the order in which they are asked. */
const STYLE_KINDS: readonly (readonly [RegExp, LineKind])[] = [
  [/parenthetical|wryly|regieanweisung|didascalie interne|acotaci/u, 'parenthetical'],
  [/dialog/u, 'dialogue'],
  [/scene\s*(?:heading|header|title)|\bscene\b(?!.*number)|slug\s*line|\bslug\b|sceneheading|szenen?(?:kopf|überschrift|titel)|intitul[ée]/u, 'heading'],
  [/character|speaker|\bcue\b|figur|rolle|personnage|personaje|personaggio/u, 'character'],
  [/transition|übergang/u, 'transition'],
  [/\bshot\b|camera angle/u, 'shot'],
  [/lyric|song|gesang/u, 'lyrics'],
  [/action|description|stage direction|business|handlung|acci[óo]n|azione/u, 'action'],
];

export function kindOfStyle(style: string | undefined): LineKind | undefined {
  return style === undefined ? undefined : STYLE_KINDS.find(([word]) => word.test(style))?.[1];
}

/** Whether the document's own styles say what is what: a good part of its lines, and among them scenes or speeches. */
export function isStyled(lines: readonly DocumentLine[]): boolean {
  const kinds = lines.map(({ style }) => kindOfStyle(style));
  const has = (kind: LineKind): boolean => kinds.includes(kind);
  return kinds.filter((kind) => kind !== undefined).length >= lines.length * 0.3 && (has('heading') || (has('character') && has('dialogue')));
}
