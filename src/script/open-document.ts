import type { LaidOutDocument, LookAtBeginning } from '../documents/index.ts';
import { StudioError } from '../lib/errors.ts';
import { binaryKind } from './file-kind.ts';
import type { ScriptFormat } from './script-formats.ts';

const KINDS = { docx: 'a Word document', pdf: 'a PDF' } as const;
/** Programs put words of their own before a PDF; its readers look this far. */
const PDF_BEGINS_WITHIN_BYTES = 1024;

/**
 * Opens what is a document by its name; without a name that says anything, by its first bytes.
 * @param options.format of its name; `undefined` for standard input and endings that say nothing.
 * @param options.look is shown the beginning of a long document, and may throw where that is enough.
 * @returns `undefined` for what is to be read as text.
 * @throws StudioError SCRIPT_WRONG_ENDING, SCRIPT_EMPTY, and what the readers of documents throw.
 */
export async function openDocument(bytes: Uint8Array, name: string, { format, look }: { format: ScriptFormat | undefined; look?: LookAtBeginning }): Promise<LaidOutDocument | undefined> {
  const named = format?.read === 'docx' || format?.read === 'pdf' ? format.read : undefined;
  if (named === undefined && format !== undefined) return undefined;
  if (named !== undefined && bytes.length === 0) throw new StudioError('SCRIPT_EMPTY', `${name} is empty.`, { next: 'Look for a whole copy of it: there is not a byte in it.', detail: { name } });
  const found = kindOf(bytes);
  if (found === undefined && named === undefined) return undefined;
  if (named !== undefined && found !== named) {
    const what = found === undefined ? (binaryKind(bytes) ?? 'plain text, or damaged from its first byte on') : KINDS[found];
    throw new StudioError('SCRIPT_WRONG_ENDING', `${name} is named like ${KINDS[named]}, but is ${what}.`, {
      next: found === undefined ? 'Give it the ending of what it is (.txt, .md, .fountain, ...), or look for a whole copy.' : `Rename it so that it ends in .${found}.`,
      detail: { name, found: what },
    });
  }
  // Loaded here: most scripts are texts, and every command would wait for it.
  const { readDocx, readPdf } = await import('../documents/index.ts');
  return found === 'pdf' ? await readPdf(bytes, name, look === undefined ? {} : { look }) : await readDocx(bytes, name, look);
}

function kindOf(bytes: Uint8Array): 'docx' | 'pdf' | undefined {
  const start = Buffer.from(bytes.subarray(0, PDF_BEGINS_WITHIN_BYTES));
  const hex = start.subarray(0, 4).toString('hex');
  // Both containers may hold something else: their reader says what.
  if (hex === '504b0304' || hex === 'd0cf11e0') return 'docx';
  return start.includes('%PDF-') ? 'pdf' : undefined;
}
