/**
 * Reads the words of a PDF, in a thread of its own: a file that was built to fill the memory or to run for ever is ended
 * from outside, and what the reader of PDFs adds to the language stays in here.
 */
import { parentPort, workerData } from 'node:worker_threads';

/** A run of words, upright as the page is looked at, in points from its upper left corner. */
export interface PdfRun {
  text: string;
  x: number;
  /** Of its base line. */
  y: number;
  width: number;
  /** Of its letters. */
  size: number;
}

export interface PdfPage {
  width: number;
  height: number;
  runs: PdfRun[];
}

export type PdfReply =
  | { type: 'page'; page: PdfPage }
  | { type: 'done' }
  | { type: 'failed'; reason: 'encrypted' | 'pages' | 'words' | 'damaged'; words: string; page?: number };

export interface PdfTask {
  bytes: Uint8Array;
  mostPages: number;
  mostCharacters: number;
}

type Matrix = readonly [number, number, number, number, number, number];

/** What is used of the reader of PDFs; its own types cannot be found from its package. */
interface PdfReader {
  getDocument: (this: void, options: Record<string, unknown>) => { promise: Promise<{ numPages: number; getPage(number: number): Promise<ReaderPage> }> };
}

interface ReaderPage {
  getViewport(options: { scale: number }): { width: number; height: number; transform: Matrix };
  getTextContent(): Promise<{ items: ({ str: string; transform: number[]; width: number } | { type: string })[] }>;
  cleanup(): void;
}

if (parentPort !== null) {
  const port = parentPort;
  const reply = (message: PdfReply): void => port.postMessage(message);
  // The reader of PDFs leaves some failures of parts that nobody asked for to nobody; what was asked for fails by itself.
  process.on('unhandledRejection', () => undefined);
  await readPages(workerData as PdfTask, reply).catch((error: unknown) => reply(failureOf(error)));
}

async function readPages({ bytes, mostPages, mostCharacters }: PdfTask, reply: (message: PdfReply) => void): Promise<void> {
  const { getDocument } = (await import('pdfjs-serverless')) as unknown as PdfReader;
  // Nothing in a script may run or be fetched.
  const document = await getDocument({ data: bytes, isEvalSupported: false, enableXfa: false, useSystemFonts: false, disableFontFace: true, verbosity: 0 }).promise;
  if (document.numPages > mostPages) return reply({ type: 'failed', reason: 'pages', words: `it has ${document.numPages} pages` });
  let characters = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    try {
      const page = await document.getPage(number);
      const { width, height, transform } = page.getViewport({ scale: 1 });
      const { items } = await page.getTextContent();
      const runs: PdfRun[] = [];
      for (const item of items) {
        if (!('str' in item) || item.str === '') continue;
        const run = runOf(item, transform);
        if (run) runs.push(run);
        characters += item.str.length;
      }
      if (characters > mostCharacters) return reply({ type: 'failed', reason: 'words', words: `it holds more than ${mostCharacters} letters`, page: number });
      reply({ type: 'page', page: { width, height, runs } });
      page.cleanup();
    } catch (error) {
      return reply({ ...failureOf(error), page: number });
    }
  }
  reply({ type: 'done' });
}

/** `undefined` for words that do not stand upright, such as a mark across the page. */
function runOf({ str, transform, width }: { str: string; transform: number[]; width: number }, view: Matrix): PdfRun | undefined {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = transform;
  const across = view[0] * a + view[2] * b;
  const slant = view[1] * a + view[3] * b;
  const size = Math.hypot(view[0] * c + view[2] * d, view[1] * c + view[3] * d);
  if (across <= 0 || Math.abs(slant) > across * 0.1 || !Number.isFinite(size) || size <= 0) return undefined;
  const x = view[0] * e + view[2] * f + view[4];
  const y = view[1] * e + view[3] * f + view[5];
  return Number.isFinite(x) && Number.isFinite(y) ? { text: str, x, y, width: Math.abs(width), size } : undefined;
}

function failureOf(error: unknown): Extract<PdfReply, { type: 'failed' }> {
  const { name = '', message = '' } = error instanceof Error ? error : { message: String(error) };
  return name === 'PasswordException' ? { type: 'failed', reason: 'encrypted', words: message } : { type: 'failed', reason: 'damaged', words: message };
}
