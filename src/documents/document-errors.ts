import { StudioError } from '../lib/errors.ts';

export type DocumentKind = 'docx' | 'pdf';

const KINDS = { docx: 'Word document', pdf: 'PDF' } as const;

/** A document that is broken, or built to do harm. */
export function badDocument(kind: DocumentKind, name: string, reason: string, detail: Record<string, unknown> = {}): StudioError {
  return new StudioError(kind === 'docx' ? 'SCRIPT_BAD_DOCX' : 'SCRIPT_BAD_PDF', `${name} cannot be read as a ${KINDS[kind]}: ${reason}.`, {
    next: 'Open it in the program that wrote it and save it again, or save its words as plain text (.txt).',
    detail: { name, reason, ...detail },
  });
}

export function encryptedDocument(kind: DocumentKind, name: string): StudioError {
  return new StudioError('SCRIPT_ENCRYPTED', `${name} is a ${KINDS[kind]} that opens only with its password.`, {
    next: 'Save a copy without the password and take that. A password is never asked for here.',
    detail: { name },
  });
}

/** It opens, and holds no words: pages that are pictures, or nothing. */
export function wordlessDocument(kind: DocumentKind, name: string, found: string): StudioError {
  return new StudioError('SCRIPT_NO_WORDS', `${name} holds no words that can be read: ${found}.`, {
    next: kind === 'pdf' ? 'Run text recognition (OCR) over it and take the result, or export a PDF from the program it was written in.' : 'Write what the film shows, or save its words as plain text (.txt).',
    detail: { name },
  });
}
