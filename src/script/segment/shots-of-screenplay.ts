import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Screenplay, ScreenplayElement, SourceSpan, Speech } from '../screenplay/screenplay.ts';
import { speechesOf } from '../screenplay/speeches.ts';
import type { ScriptShot } from '../script-shot.ts';
import { placeWords } from './place-words.ts';
import { partsOfLine, seenS, spokenS } from './speaking-time.ts';

/** Every model of Kling's makes a clip of this length; a shot that fits into it can be filmed with any. */
const LONGEST_SHOT_S = 10;
/** A picture without words is looked at at least this long. */
const SHORTEST_SHOT_S = 3;
const HAS_WORDS = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
/** Words for the editor that stand where action does. */
const EDITING_WORDS = /^(?:fade (?:in|out|up|to .+)|cut to .+|(?:smash|match|jump) cut.*|dissolve.*|the end|title|intercut.*|end credits)\s*[.:!]*$/i;
/** Heard and not seen. */
const UNSEEN = /^(?:v\.?\s?o|o\.?\s?s|o\.?\s?c|voice|off|on (?:the )?(?:radio|phone|telephone|tv|television|intercom|speaker)|(?:into|over|through|via) |filtered|pre-?lap)/i;

interface Draft {
  scene: number;
  heading?: string;
  /** What is seen, without what is said and without the place. */
  seen: string;
  said: string[];
  line: string[];
  cast: string[];
  seconds: number;
  /** The first picture of a scene shows where we are; who speaks comes after it. */
  establishes: boolean;
  source: SourceSpan;
}

/**
 * Shots of a screenplay. A heading begins a scene; a paragraph of action is a shot; a speech belongs to the shot before it when
 * that has no other, is not the first of its scene and stays within a clip, else it is a shot of its own, in parts when it is
 * longer than a clip. A voice that is heard and not seen lies over any picture before it. Every spoken word is in a `line`.
 */
export function shotsOfScreenplay({ elements }: Screenplay): { shots: ScriptShot[]; notes: string[] } {
  const drafter = new Drafter();
  const speeches = new Map(speechesOf(elements).map((speech) => [speech.source.start, speech]));
  for (const unit of unitsOf(elements, speeches)) drafter.take(unit);
  return { shots: drafter.drafts.map(shotOf), notes: drafter.notes() };
}

type Unit = { element: ScreenplayElement } | { speech: Speech; dual?: Speech; sung: boolean };

/** Elements and whole speeches, in order; two that are spoken together are one. */
function* unitsOf(elements: readonly ScreenplayElement[], speeches: ReadonlyMap<number, Speech>): Generator<Unit> {
  let left: Speech | undefined;
  let spoken = 0;
  for (const [index, element] of elements.entries()) {
    if (element.kind === 'character') {
      const speech = speeches.get(element.source.start);
      spoken = speech?.source.end ?? 0;
      if (speech === undefined) continue;
      const sung = elements[index + 1]?.kind === 'lyrics';
      if (speech.side === 'left') left = speech;
      else if (speech.side === 'right' && left) {
        yield { speech: left, dual: speech, sung };
        left = undefined;
      } else yield { speech, sung };
    } else if (element.source.start >= spoken) {
      if (left) yield { speech: left, sung: false };
      left = undefined;
      yield { element };
    }
  }
  if (left) yield { speech: left, sung: false };
}

class Drafter {
  readonly drafts: Draft[] = [];
  private readonly leftOut: { line: number; words: string }[] = [];
  private scene = 1;
  private heading: string | undefined;
  /** A shot line of Final Draft's, which says how the next picture is taken. */
  private framing: ScreenplayElement | undefined;
  private sceneIsEmpty = true;
  /** The newest picture of the scene that action tells. */
  private picture = '';

  take(unit: Unit): void {
    if ('speech' in unit) {
      this.flushFraming();
      this.takeSpeech(unit);
      return;
    }
    const { element } = unit;
    const words = oneLine(element.text);
    switch (element.kind) {
      case 'heading':
        this.flushFraming();
        if (this.drafts.length > 0) this.scene += 1;
        this.heading = words;
        this.sceneIsEmpty = true;
        this.picture = '';
        return;
      case 'shot':
        this.flushFraming();
        this.framing = element;
        return;
      case 'general':
        if (words === words.toUpperCase()) this.leaveOut(element);
        else this.takeAction(element);
        return;
      case 'action':
        if (EDITING_WORDS.test(words)) this.leaveOut(element);
        else this.takeAction(element);
        return;
      case 'dialogue':
      case 'parenthetical':
      case 'character':
        // Words of a speech that lost its cue: shown rather than lost.
        this.takeAction(element);
        return;
      case 'lyrics':
        this.draft(`“${words}” is sung.`, element.source, spokenS(words), { line: [words] });
        return;
      case 'centered':
        this.leaveOut(element);
        return;
      case 'transition':
      case 'section':
      case 'synopsis':
      case 'page-break':
      case 'note':
      case 'boneyard':
    }
  }

  notes(): string[] {
    this.flushFraming();
    if (this.leftOut.length === 0) return [];
    const shown = this.leftOut.slice(0, 5).map(({ line, words }) => `line ${line} (${JSON.stringify(words.slice(0, 30))})`);
    return [`Titles and words for the editor make no shot: ${shown.join(', ')}${this.leftOut.length > 5 ? ` and ${this.leftOut.length - 5} more` : ''}.`];
  }

  private leaveOut(element: ScreenplayElement): void {
    if (element.text.trim() !== '') this.leftOut.push({ line: element.source.startLine, words: oneLine(element.text) });
  }

  private takeAction(element: ScreenplayElement): void {
    const words = oneLine(element.text);
    if (!HAS_WORDS.test(words)) return;
    const framing = this.framing;
    this.framing = undefined;
    const seen = framing === undefined ? words : `${sentence(oneLine(framing.text))} ${words}`;
    this.picture = seen;
    this.draft(seen, framing === undefined ? element.source : joined(framing.source, element.source), seenS(words), {});
  }

  private flushFraming(): void {
    const framing = this.framing;
    this.framing = undefined;
    if (framing && HAS_WORDS.test(framing.text)) this.draft(oneLine(framing.text), framing.source, 0, {});
  }

  private takeSpeech({ speech, dual, sung }: { speech: Speech; dual?: Speech; sung: boolean }): void {
    const both = dual === undefined ? [speech] : [speech, dual];
    const lines = both.map(({ text }) => oneLine(text));
    const seconds = Math.max(...lines.map((line) => spokenS(line)));
    const unseen = both.every(({ extensions }) => extensions.some((extension) => UNSEEN.test(extension)));
    if (dual !== undefined && seconds > LONGEST_SHOT_S) {
      for (const one of both) this.takeSpeech({ speech: one, sung });
      return;
    }
    const before = this.drafts.at(-1);
    const fits = before !== undefined && !this.sceneIsEmpty && before.line.length === 0 && before.seconds + seconds <= LONGEST_SHOT_S;
    const cast = both.filter(({ extensions }) => !extensions.some((extension) => UNSEEN.test(extension))).map(({ character }) => character);
    if (fits && (unseen || !before.establishes)) {
      before.said.push(...both.map((one, index) => saidBy(one, lines[index] ?? '', sung)));
      before.line.push(...lines);
      before.cast.push(...cast);
      before.seconds += seconds;
      before.source = joined(before.source, (dual ?? speech).source);
      return;
    }
    if (dual !== undefined) {
      this.draft('', joined(speech.source, dual.source), seconds, { said: both.map((one, index) => saidBy(one, lines[index] ?? '', sung)), line: lines, cast });
      return;
    }
    // The picture over which a voice is heard stays what it was.
    const seen = unseen ? this.picture : '';
    for (const part of partsOfLine(lines[0] ?? '', LONGEST_SHOT_S)) this.draft(seen, speech.source, spokenS(part), { said: [saidBy(speech, part, sung)], line: [part], cast });
  }

  private draft(seen: string, source: SourceSpan, seconds: number, { said = [], line = [], cast = [] }: { said?: string[]; line?: string[]; cast?: string[] }): void {
    this.drafts.push({
      scene: this.scene,
      ...(this.heading === undefined ? {} : { heading: this.heading }),
      seen,
      said,
      line,
      cast: [...cast],
      seconds: Math.min(Math.max(seconds, SHORTEST_SHOT_S), LONGEST_SHOT_S),
      establishes: this.sceneIsEmpty,
      source,
    });
    this.sceneIsEmpty = false;
  }
}

/** `MARA, quietly, says: “It holds.”` A voice nobody sees has no name: the name would put its owner into the picture. */
function saidBy({ character, extensions, parentheticals }: Speech, line: string, sung: boolean): string {
  const manner = parentheticals.map((one) => oneLine(one)).filter((one) => one !== '');
  const how = manner.length === 0 ? ' ' : `, ${manner.join(', ')}, `;
  const who = extensions.some((extension) => UNSEEN.test(extension)) ? 'A voice off screen' : character;
  return `${who}${how}${sung ? 'sings' : 'says'}: “${line}”`;
}

function shotOf({ scene, heading, seen, said, line, cast, seconds, source }: Draft): ScriptShot {
  const place = heading === undefined ? '' : placeWords(heading);
  const prompt = [seen, ...said, place].filter((part) => part !== '').join(' ');
  const fields = {
    ...(heading === undefined ? {} : { sceneHeading: heading }),
    prompt,
    outS: Math.ceil(seconds * 10) / 10,
    ...(line.length === 0 ? {} : { line: line.join('\n') }),
    ...(cast.length === 0 ? {} : { cast: [...new Set(cast)] }),
  };
  const { start, end, startLine, endLine } = source;
  // The scene's number is no part of it: a scene put in before it changes no shot.
  return { scene, ...fields, source: { start, end, startLine, endLine }, text: canonicalJson(fields) };
}

function joined(a: SourceSpan, b: SourceSpan): SourceSpan {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end), startLine: Math.min(a.startLine, b.startLine), endLine: Math.max(a.endLine, b.endLine) };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function sentence(words: string): string {
  return /[.!?…:]$/u.test(words) ? words : `${words}.`;
}
