import { isSungManner, kindOfWords, type DialogueLine, type TextRange } from '../../prompt/dialogue/index.ts';
import type { ScreenplayElement } from './screenplay.ts';

type CueElement = Extract<ScreenplayElement, { kind: 'character' }>;

interface OpenSpeech {
  cue: CueElement;
  words: string[];
  parts: TextRange[];
  manners: string[];
  /** All of it is set as a song. */
  sung: boolean;
  singing: boolean;
}

/** The speeches of a screenplay as lines, each with the places of its words in the source. */
export function dialogueLinesOf(source: string, elements: readonly ScreenplayElement[], nameOf: (written: string) => string): DialogueLine[] {
  const hidden = elements.filter(({ kind }) => kind === 'note' || kind === 'boneyard').map((element): TextRange => [element.source.start, element.source.end]);
  const lines: DialogueLine[] = [];
  let open: OpenSpeech | undefined;
  let nextHidden = 0;
  for (const element of elements) {
    if (element.kind === 'note' || element.kind === 'boneyard') continue;
    if (element.kind === 'character') {
      finish();
      open = { cue: element, words: [], parts: [], manners: [], sung: true, singing: false };
    } else if (open !== undefined && element.kind === 'parenthetical') {
      // `(singing)` above the words is for all of them.
      if (open.words.length === 0 && isSungManner(element.text)) open.singing = true;
      if (element.text.trim() !== '') open.manners.push(oneLine(element.text));
    } else if (open !== undefined && (element.kind === 'dialogue' || (element.kind === 'lyrics' && element.inSpeech))) {
      if (element.kind === 'dialogue') open.sung = false;
      if (element.text.trim() !== '') open.words.push(oneLine(element.text));
      open.parts.push(...partsOf(element));
    } else finish();
  }
  finish();
  return lines;

  function finish(): void {
    if (open !== undefined && open.words.length > 0 && open.parts.length > 0) lines.push(lineOf(open, nameOf));
    open = undefined;
  }

  /** Where the words of an element stand: without what is hidden among them, and the mark of a song. Asked in order. */
  function partsOf({ kind, source: { start, end } }: ScreenplayElement): TextRange[] {
    const parts: TextRange[] = [];
    let from = kind === 'lyrics' ? start + (/^\s*~\s*/.exec(source.slice(start, end))?.[0].length ?? 0) : start;
    while (nextHidden < hidden.length && (hidden[nextHidden]?.[1] ?? 0) <= start) nextHidden += 1;
    for (let at = nextHidden; at < hidden.length && (hidden[at]?.[0] ?? 0) < end; at += 1) {
      const [hiddenStart, hiddenEnd] = hidden[at] ?? [end, end];
      add(from, hiddenStart);
      from = Math.max(from, hiddenEnd);
    }
    add(from, end);
    return parts;

    function add(first: number, last: number): void {
      const words = source.slice(first, last);
      const lead = words.length - words.trimStart().length;
      if (words.trim() !== '') parts.push([first + lead, first + words.trimEnd().length]);
    }
  }
}

function lineOf({ cue, words, parts, manners, sung, singing }: OpenSpeech, nameOf: (written: string) => string): DialogueLine {
  return {
    speaker: nameOf(cue.name),
    speakerSource: 'cue',
    text: words.join(' '),
    parts,
    kind: sung || singing ? 'sung' : kindOfWords(cue.extensions.join(' ')),
    ...(manners.length === 0 ? {} : { parenthetical: manners.join('; ') }),
    dual: cue.side !== undefined,
    confidence: 0.97,
    evidence: [`stands under the cue ${oneLine(cue.text)}`],
  };
}

const oneLine = (words: string): string => words.trim().replaceAll(/\s+/g, ' ');
