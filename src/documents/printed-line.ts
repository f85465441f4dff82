/** A printed line before it is known what it is. */
export interface PrintedLine {
  /** Stretches with much room between them: a scene number in the margin, two who speak at once. */
  parts: { text: string; x: number; endX: number }[];
  y: number;
  size: number;
  page: number;
  /** From 1, on its page. */
  number: number;
  /** The speech above goes on in it, over the end of a page. */
  goesOn?: boolean;
}
