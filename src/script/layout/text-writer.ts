import type { DocumentLine } from '../../documents/index.ts';
import type { SourceSpan } from '../screenplay/screenplay.ts';

/** Puts down the text that is read from a document, and remembers which of its lines each stretch came from. */
export class TextWriter {
  private readonly chunks: string[] = [];
  private length = 0;
  private line = 1;
  /** In order of their offsets. */
  private readonly origins: { start: number; line: DocumentLine }[] = [];

  /** @param before what parts it from the text before, where there is one. */
  write(pieces: readonly { text: string; line: DocumentLine }[], join: string, before: '\n' | '\n\n'): SourceSpan {
    if (this.length > 0) this.put(before);
    const start = this.length;
    const startLine = this.line;
    for (const [index, { text, line }] of pieces.entries()) {
      if (index > 0) this.put(join);
      this.origins.push({ start: this.length, line });
      this.put(text);
    }
    return { start, end: this.length, startLine, endLine: this.line };
  }

  text(): string {
    return this.chunks.join('');
  }

  /** `page 3, line 12`, `pages 3-4`, `paragraph 7`: where people find a stretch of the text in their document. */
  placeOf(start: number, end: number): string {
    const first = this.originAt(start);
    const last = this.originAt(Math.max(start, end - 1));
    if (first === undefined || last === undefined) return '';
    if (first.page === undefined || last.page === undefined) return range('paragraph', first.number, last.number);
    return first.page === last.page ? `page ${first.page}, ${range('line', first.number, last.number)}` : range('page', first.page, last.page);
  }

  private originAt(offset: number): DocumentLine | undefined {
    let low = 0;
    let high = this.origins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.origins[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.origins[low]?.line;
  }

  private put(text: string): void {
    this.chunks.push(text);
    this.length += text.length;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.line += 1;
  }
}

function range(noun: string, first: number, last: number): string {
  return first === last ? `${noun} ${first}` : `${noun}s ${first}-${last}`;
}
