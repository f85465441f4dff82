import { markedLine } from '../screenplay/emphasis.ts';
import type { EmphasisSpan, Screenplay, ScreenplayElement } from '../screenplay/screenplay.ts';
import { isCue, isForcedHeading, isHeading, isInCapitals, isTransition } from './line-forms.ts';
import { looksLikeTitleKey } from './title-page.ts';

/** What begins a line of another kind. */
const FORCED_MARK = /^[!@~>=#.]/;

/**
 * A screenplay as Fountain, with forced marks only where a line would be read as something else. Read again it has the same
 * elements; an editor's shot lines and general paragraphs become action, and a note inside a speech moves behind it.
 */
export function fountainToText({ titlePage, elements }: Screenplay): string {
  const blocks: string[] = [];
  if (titlePage.length > 0) blocks.push(titlePage.map(({ key, values }) => (values.length === 1 ? `${key}: ${values[0]}` : [`${key}:`, ...values.map((value) => `    ${value}`)].join('\n'))).join('\n'));
  let speech: string[] | undefined;
  let behindSpeech: string[] = [];
  const finishSpeech = (): void => {
    if (speech) blocks.push(speech.join('\n'));
    blocks.push(...behindSpeech);
    speech = undefined;
    behindSpeech = [];
  };
  for (const [index, element] of elements.entries()) {
    const { kind } = element;
    if (kind === 'note' || kind === 'boneyard') {
      const hidden = kind === 'note' ? `[[${element.text}]]` : `/* ${element.text} */`;
      (speech ? behindSpeech : blocks).push(hidden);
    } else if (kind === 'character') {
      finishSpeech();
      speech = [cueLine(element, wordsBelow(elements, index + 1), blocks.length === 0)];
    } else if (speech && isPartOfSpeech(element)) {
      speech.push(speechLines(element));
    } else {
      finishSpeech();
      blocks.push(blockOf(element, blocks.length === 0));
    }
  }
  finishSpeech();
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

function isPartOfSpeech(element: ScreenplayElement): boolean {
  return element.kind === 'dialogue' || element.kind === 'parenthetical' || (element.kind === 'lyrics' && element.inSpeech);
}

/** The first line of what is said below a cue. */
function wordsBelow(elements: readonly ScreenplayElement[], from: number): string | undefined {
  let at = from;
  while (elements[at]?.kind === 'note' || elements[at]?.kind === 'boneyard') at += 1;
  const next = elements[at];
  return next !== undefined && isPartOfSpeech(next) ? speechLines(next).split('\n')[0] : undefined;
}

function cueLine(cue: Extract<ScreenplayElement, { kind: 'character' }>, below: string | undefined, first: boolean): string {
  const words = markedLines(cue)[0] ?? '';
  const natural = below !== undefined && !(isHeading(below) && isInCapitals(below)) && isCue(words) && !FORCED_MARK.test(words) && !(first && looksLikeTitleKey(words));
  return `${natural ? '' : '@'}${words}${cue.side === 'right' ? ' ^' : ''}`;
}

function speechLines(element: ScreenplayElement): string {
  const lines = markedLines(element);
  if (element.kind === 'parenthetical') return `(${lines.join('\n')})`;
  if (element.kind === 'lyrics') return lines.map((line) => `~ ${line}`).join('\n');
  return lines.map((line) => (line.trim() === '' ? '  ' : line)).join('\n');
}

function blockOf(element: ScreenplayElement, first: boolean): string {
  const lines = markedLines(element);
  const words = lines.join(' ');
  switch (element.kind) {
    case 'heading': {
      const number = element.sceneNumber === undefined ? '' : ` #${element.sceneNumber}#`;
      if (!isHeading(words) && !isForcedHeading(`.${words}`)) return actionBlock([`${words}${number}`], true);
      return `${isHeading(words) ? '' : '.'}${words}${number}`;
    }
    case 'transition':
      return isTransition(words) && !(first && looksLikeTitleKey(words)) ? words : `> ${words}`;
    case 'centered':
      return `> ${words} <`;
    case 'page-break':
      return '===';
    case 'synopsis':
      return `= ${words}`;
    case 'section':
      return `${'#'.repeat(element.level)} ${words}`;
    case 'lyrics':
      return lines.map((line) => `~ ${line}`).join('\n');
    default: // every other kind is a paragraph; words of a speech that has no cue too
      return actionBlock(lines, first);
  }
}

/** A mark before each line that would be read as something else. */
function actionBlock(lines: readonly string[], first: boolean): string {
  return lines
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const words = line.trim();
      const other = FORCED_MARK.test(words) || isHeading(words) || isTransition(words) || isCue(words) || (first && index === 0 && looksLikeTitleKey(line));
      return other ? `!${line}` : line;
    })
    .join('\n');
}

/** The element's lines with the marks of their emphasis. */
function markedLines({ text, emphasis }: { text: string; emphasis: readonly EmphasisSpan[] }): string[] {
  let from = 0;
  let at = 0;
  return text.split('\n').map((line) => {
    const end = from + line.length;
    const own: EmphasisSpan[] = [];
    for (let span = emphasis[at]; span !== undefined && span.start < end; span = emphasis[at]) {
      own.push({ style: span.style, start: span.start - from, end: Math.min(span.end, end) - from });
      at += 1;
    }
    from = end + 1;
    return markedLine({ text: line, emphasis: own });
  });
}
