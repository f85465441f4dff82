/** A line as a document lays it out: of a PDF a printed line, of a Word document a paragraph or a line of one. */
export interface DocumentLine {
  /** Without outer blanks. */
  text: string;
  /** How far its words stand from the left edge of the page (PDF) or of the text (Word), in tenths of an inch: a sign of a typewriter each. */
  indent: number;
  /** Where its words end, in the same measure; of Word unknown. */
  endsAt?: number;
  /** Its stretches, where much room is between them: a number in the margin, two who speak at once. */
  parts?: { text: string; indent: number }[];
  /** More room than between two lines of a paragraph stands before it. */
  gap: boolean;
  align: 'left' | 'centre' | 'right';
  /** What the document calls it, in lower case: `scene heading`. Of a PDF unknown. */
  style?: string;
  /** From 1; of Word unknown. */
  page?: number;
  /** From 1: the line of its page, or the paragraph of the document. */
  number: number;
}

/** Sees the beginning of a long document while the rest is not yet read; what it throws ends the reading. */
export type LookAtBeginning = (beginning: LaidOutDocument) => void;

export interface LaidOutDocument {
  kind: 'docx' | 'pdf';
  lines: DocumentLine[];
  /** Each paragraph stands whole on a line of its own, so that the end of a line ends it. */
  wholeParagraphs: boolean;
  /** Sentences for a person: what was left out. */
  notes: string[];
}
