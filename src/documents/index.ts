export type { DocumentLine, LaidOutDocument, LookAtBeginning } from './laid-out.ts';
export { readDocx } from './read-docx.ts';
export { readPdf } from './read-pdf.ts';
