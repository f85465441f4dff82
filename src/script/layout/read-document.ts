import type { DocumentLine, LaidOutDocument } from '../../documents/index.ts';
import { isPlaceHeading, screenplaySigns } from '../looks-like-screenplay.ts';
import { readProse } from '../prose/read-prose.ts';
import { readParagraphs } from '../read-paragraphs.ts';
import { scriptOfScreenplay } from '../read-screenplay.ts';
import type { ReadScript, ScriptReading } from '../script-shot.ts';
import type { SegmentOptions } from '../segment/segment-script.ts';
import { isStyled } from './line-kinds.ts';
import { headingWords } from './lines-to-elements.ts';
import { proseOfLines } from './prose-of-lines.ts';
import { screenplayOfLines } from './screenplay-of-lines.ts';

/**
 * A document as shots: a screenplay where its styles, columns or words say so, else prose.
 * @throws StudioError SCRIPT_EMPTY, SCRIPT_TOO_LARGE.
 */
export function readDocument({ kind, lines, wholeParagraphs, notes }: LaidOutDocument, name: string, { origin, as, ...options }: { origin: string; as: ScriptReading | undefined } & SegmentOptions): ReadScript {
  if (as === 'screenplay' || (as === undefined && isScreenplay(lines, wholeParagraphs))) {
    const { screenplay, text, placeOf } = screenplayOfLines(lines, wholeParagraphs);
    const script = scriptOfScreenplay(screenplay, name, { format: kind, origin, text }, options);
    return placed({ ...script, notes: [...notes, ...script.notes] }, placeOf);
  }
  const { prose, placeOf } = proseOfLines(lines, wholeParagraphs);
  if (as === 'shots') return placed(readParagraphs(prose.text, name, { format: kind, origin, notes }), placeOf);
  return placed(readProse(prose, name, { format: kind, origin, notes, as, ...options }), placeOf);
}

/** Whether a document is a screenplay, by its styles, or by the same signs that give away a `.txt`. */
function isScreenplay(lines: readonly DocumentLine[], wholeParagraphs: boolean): boolean {
  if (isStyled(lines)) return true;
  const typed = lines.map((line) => {
    const { words } = headingWords(line);
    // Where each paragraph stands whole on its line, a cue and its speech are two of them.
    return `${line.gap || isPlaceHeading(words) || (wholeParagraphs && !/^[^\p{Ll}]+$/u.test(line.text)) ? '\n' : ''}${words}`;
  });
  return screenplaySigns(typed.join('\n')).length > 0;
}

/** Each shot with the place in the document where people find its words. */
function placed(script: ReadScript, placeOf: (start: number, end: number) => string): ReadScript {
  return { ...script, shots: script.shots.map((shot) => ({ ...shot, place: placeOf(shot.source.start, shot.source.end) })) };
}
