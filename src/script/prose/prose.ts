/** A story told in paragraphs. Offsets are UTF-16 units into `text`, `end` exclusive. */
export interface Prose {
  text: string;
  /** What is told, in order: no headings, no lines without words. Lines inside one may be those of the file. */
  paragraphs: { start: number; end: number }[];
  /** Where another part of the story begins: its heading, or the stars between two parts. In order. */
  divisions: { start: number; end: number; kind: 'heading' | 'break' }[];
}
