import { Worker } from 'node:worker_threads';
import { badDocument, encryptedDocument, wordlessDocument } from './document-errors.ts';
import type { LaidOutDocument, LookAtBeginning } from './laid-out.ts';
import { linesOfPages } from './pdf-lines.ts';
import type { PdfPage, PdfReply, PdfTask } from './pdf-process.ts';

export interface PdfLimits {
  /** Longest time to read one file, in milliseconds. Default: 60,000. */
  timeoutMs?: number;
  /** Most memory the reading may take, in bytes. Default: 1 GB. */
  memoryBytes?: number;
  /** Is shown the beginning of a long file while the rest is not yet read; what it throws ends the reading. */
  look?: LookAtBeginning;
  /** It is shown the pages that are there when they hold so many letters, and when they hold twice as many. Default: 1,500,000. */
  lookAfterLetters?: number;
}

const MOST_PAGES = 2000;
const MOST_CHARACTERS = 20_000_000;
const LOOK_EVERY_MS = 50;

/**
 * The lines of a PDF, as they are printed. Left out are numbers, heads and feet of pages, what says that a scene or a speech
 * goes on overleaf, and words that do not stand upright. Nothing in it is run or fetched.
 * @throws StudioError SCRIPT_BAD_PDF with the page, SCRIPT_ENCRYPTED, SCRIPT_NO_WORDS for pages that are pictures.
 */
export async function readPdf(bytes: Uint8Array, name: string, limits: PdfLimits = {}): Promise<LaidOutDocument> {
  const pages = await pagesOf(bytes, name, limits);
  if (!pages.some(({ runs }) => runs.some(({ text }) => text.trim() !== ''))) {
    throw wordlessDocument('pdf', name, pages.length === 1 ? 'its page is a picture, as a scan is, or empty' : `its ${pages.length} pages are pictures, as scans are, or empty`);
  }
  const document = linesOfPages(pages);
  if (document.lines.length === 0) throw wordlessDocument('pdf', name, 'there is nothing but numbers, heads and feet of pages');
  return document;
}

async function pagesOf(bytes: Uint8Array, name: string, { timeoutMs = 60_000, memoryBytes = 1024 ** 3, look, lookAfterLetters = 1_500_000 }: PdfLimits): Promise<PdfPage[]> {
  // A copy, because it is given away: a slice of a Buffer is none, and would take the caller's bytes from him.
  const task: PdfTask = { bytes: new Uint8Array(bytes), mostPages: MOST_PAGES, mostCharacters: MOST_CHARACTERS };
  const worker = new Worker(threadSource(), {
    workerData: task,
    transferList: [task.bytes.buffer as ArrayBuffer],
    execArgv: [],
    // What a broken file makes the reader say is for nobody.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(memoryBytes / 1024 ** 2) },
  });
  const pages: PdfPage[] = [];
  let letters = 0;
  let lookAfter = lookAfterLetters;
  const takePage = (page: PdfPage, reject: (error: unknown) => void): void => {
    pages.push(page);
    letters += page.runs.reduce((sum, { text }) => sum + text.length, 0);
    if (look === undefined || letters < lookAfter) return;
    lookAfter *= 2;
    try {
      look(linesOfPages(pages));
    } catch (error) {
      reject(error);
    }
  };
  const before = process.memoryUsage.rss();
  const clocks: NodeJS.Timeout[] = [];
  const read = new Promise<PdfPage[]>((resolve, reject) => {
    const refuse = (reason: string): void => reject(badDocument('pdf', name, reason, { page: pages.length }));
    const tooMuch = (): void => refuse(`reading it takes more than ${Math.round(memoryBytes / 1024 ** 2)} MB of memory, after page ${pages.length}`);
    clocks.push(setTimeout(() => refuse(`reading it takes longer than ${timeoutMs / 1000} s, after page ${pages.length}`), timeoutMs));
    clocks.push(setInterval(() => (process.memoryUsage.rss() - before > memoryBytes ? tooMuch() : undefined), LOOK_EVERY_MS));
    worker.on('message', (reply: PdfReply) => {
      if (reply.type === 'page') takePage(reply.page, reject);
      else if (reply.type === 'done') resolve(pages);
      else reject(failure(reply, name));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : refuse(error.message)));
    worker.on('exit', () => refuse('the reading of it ended by itself'));
  });
  try {
    return await read;
  } finally {
    for (const clock of clocks) clearTimeout(clock);
    await worker.terminate();
  }
}

/** In the source tree the thread is TypeScript, which it needs tsx to read; in the package it is JavaScript. */
function threadSource(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./pdf-process.js', import.meta.url);
  const thread = new URL('./pdf-process.ts', import.meta.url).href;
  // Node 20 gives a thread no --import, so that its first lines must do it.
  return new URL(`data:text/javascript,${encodeURIComponent(`import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))}; register(); await import(${JSON.stringify(thread)});`)}`);
}

function failure(reply: Extract<PdfReply, { type: 'failed' }>, name: string): Error {
  if (reply.reason === 'encrypted') return encryptedDocument('pdf', name);
  const where = reply.page === undefined ? '' : `page ${reply.page}: `;
  return badDocument('pdf', name, `${where}${inWords(reply)}`, reply.page === undefined ? {} : { page: reply.page });
}

function inWords({ reason, words }: Extract<PdfReply, { type: 'failed' }>): string {
  if (reason === 'pages') return `${words}, and a script has at most ${MOST_PAGES}`;
  return reason === 'damaged' ? `it is damaged (${words.replace(/\.$/, '')})` : words;
}
