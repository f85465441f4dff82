import type { SpeechKind } from '../../prompt/dialogue/index.ts';
import type { LanguageCode } from '../../prompt/reading/language.ts';
import type { Screenplay, ScreenplayElement, Speech } from '../screenplay/screenplay.ts';
import { isCameraDirection } from '../screenplay/camera-direction.ts';
import { speechesOf } from '../screenplay/speeches.ts';
import { joinedSpans, oneLine, type FindParts, type Passage } from './passage.ts';
import type { People } from './people.ts';
import { spelledName } from './name-words.ts';
import { placeSpelling } from './place-spelling.ts';
import { hasSide, placeOfHeading, type Place } from './place-words.ts';
import type { ScriptUnit, UnitLine } from './script-unit.ts';
import { sentenceRanges } from './sentences.ts';
import { isPlaceHeading } from '../looks-like-screenplay.ts';
import { BACK_TO, isFlashbackHeading, isTimeLine, isTitleOfShots } from './view-words.ts';

const HAS_WORDS = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
/** Words for the editor that stand where action does. */
const EDITING_WORDS = /^(?:fade (?:in|out|up|to .+)|cut to .+|(?:smash|match|jump) cut.*|dissolve.*|the end|title|intercut.*|end credits|credits|continued)\s*[.:!]*$/i;
/** The same in other languages, and where they are words of a sentence too: only in capitals. */
const EDITING_CAPITALS = new RegExp(
  `^(?:${[
    'THE END|END|FINIS|BLACK ?OUT|(?:CUT|SMASH TO|SMASH CUT|SNAP) TO BLACK|(?:WIPE|IRIS|FADE)(?: (?:TO|IN|OUT|UP))?',
    'ENDE|SCHNITT(?: (?:AUF|ZU[RM]?))?|(?:SCHWARZ|AUF|AB|ÜBER|WEISS|WEIẞ|WEIß)BLENDE(?: (?:AUF|ZU|IN|INS SCHWARZE?))?|BLENDE(?: (?:AUF|ZU|INS SCHWARZE?))?|(?:ABSPANN|VORSPANN)',
    'FIN|COUPE(?:Z)?(?: (?:SUR|À|AU NOIR|FRANCHE))?|COUPE FRANCHE(?: SUR)?|(?:OUVERTURE|FERMETURE)(?: (?:AU|EN) (?:NOIR|FONDU))?|FONDU(?: (?:AU NOIR|AU BLANC|ENCHAÎNÉ|SUR|À))?|GÉNÉRIQUE(?: DE (?:FIN|DÉBUT))?',
    'CORTE(?: (?:A|A NEGRO|DIRECTO(?: A)?))?|FUNDIDO(?: (?:A NEGRO|A BLANCO|DE APERTURA|DE CIERRE|ENCADENADO|DESDE NEGRO|A))?|(?:ABRE|CIERRA|FUNDE) A NEGRO|CRÉDITOS',
    'FINE|STACCO(?: (?:SU|A|NETTO(?: SU)?|A NERO))?|DISSOLVENZA(?: (?:SU|A NERO|IN NERO|IN APERTURA|IN CHIUSURA|INCROCIATA|DA NERO|A))?|TITOLI(?: DI (?:CODA|TESTA))?|NERO',
  ].join('|')})\\s*[.:!…]*$`,
  'u',
);
/** Heard and not seen. */
const UNSEEN = /^(?:v\.?\s?o|o\.?\s?s|o\.?\s?c|voice|off|on (?:the )?(?:radio|phone|telephone|tv|television|intercom|speaker)|(?:over|through|via) |filtered|pre-?lap)/i;
const VOICE_OVER = /^(?:v\.?\s?o|voice|pre-?lap)/i;
/** Directions that say nothing of how a line sounds or looks. */
const NO_MANNER = /^(?:a |another |long |short )*(?:beat|pause|then|continuing|cont(?:['’]d|inued)?|more|silence|re:? .*|subtitled?.*|v\.?o\.?|o\.?s\.?)[.!…]*$/iu;

/** Directions between lines of action are paragraphs of their own; one whose line goes on below is left whole. */
function* directionsApart(elements: readonly ScreenplayElement[], findParts: FindParts): Generator<ScreenplayElement> {
  for (const element of elements) {
    const rows = element.kind === 'action' ? element.text.split('\n').filter((row) => row.trim() !== '') : [];
    const directs = rows.map((row, index) => isCameraDirection(row) && !/^\s*\p{Ll}/u.test(rows[index + 1] ?? ''));
    if (rows.length < 2 || !directs.includes(true)) {
      yield element;
      continue;
    }
    const texts: string[] = [];
    for (const [index, row] of rows.entries()) {
      if (index === 0 || directs[index] === true || directs[index - 1] === true) texts.push(row);
      else texts[texts.length - 1] += `\n${row}`;
    }
    const spans = findParts(element.source, texts);
    for (const [index, text] of texts.entries()) yield { ...element, kind: 'action', text, emphasis: [], source: spans[index] ?? element.source };
  }
}

/** What tells how the script writes its names. */
const TOLD = new Set<ScreenplayElement['kind']>(['action', 'general', 'shot', 'dialogue']);

/** The units of a screenplay: a heading begins a scene, a paragraph of action is a picture, a speech is somebody's lines. */
export function* unitsOfScreenplay(screenplay: Screenplay, people: People, findParts: FindParts, language: LanguageCode = 'en'): Generator<ScriptUnit> {
  const spelledPlace = placeSpelling(screenplay.elements.flatMap(({ kind, text }) => (TOLD.has(kind) ? [text] : [])), language);
  const spelling = (words: string) => people.spelled(spelledPlace(words));
  const elements = [...directionsApart(screenplay.elements, findParts)];
  const speeches = new Map(speechesOf(elements).map((speech) => [speech.source.start, speech]));
  let left: Speech | undefined;
  let spoken = 0;
  let place: Place | undefined;
  /** Of the last heading that says inside or outside; others may be places within it. */
  let outer: Place | undefined;
  /** A line that says how the next picture is taken: a shot of Final Draft's, a direction in capitals. */
  let framing: ScreenplayElement | undefined;
  /** The scene that a flashback left. */
  let present: { heading: string; place: Place } | undefined;
  let heading = '';
  let inMontage = false;
  for (const [index, element] of elements.entries()) {
    if (element.kind === 'character') {
      const speech = speeches.get(element.source.start);
      spoken = speech?.source.end ?? 0;
      if (speech === undefined) continue;
      if (framing) yield pictureOf(framing, findParts);
      framing = undefined;
      const sung = elements[index + 1]?.kind === 'lyrics';
      if (speech.side === 'left') left = speech;
      else if (speech.side === 'right' && left) {
        yield speechUnit([left, speech], people, sung);
        left = undefined;
      } else yield speechUnit([speech], people, sung);
      continue;
    }
    if (element.source.start < spoken) continue;
    if (left) yield speechUnit([left], people, false);
    left = undefined;
    const words = oneLine(element.text);
    const directs = element.kind === 'shot' || (element.kind === 'action' && isCameraDirection(words) && isPicture(element, words));
    if (framing && (directs || !isPicture(element, words))) {
      yield pictureOf(framing, findParts);
      framing = undefined;
    }
    if (isHeading(element, words)) {
      if (isTimeLine(words)) yield { kind: 'cut' };
      if (!isFlashbackHeading(words)) present = undefined;
      else if (place !== undefined) present ??= { heading, place };
      place = placeOfHeading(words, { before: place, outer, spelling });
      if (place.side !== undefined && hasSide(words)) outer = place;
      heading = words;
      inMontage = false;
      yield { kind: 'scene', heading, place, source: element.source };
      continue;
    }
    if (directs) {
      framing = element;
      continue;
    }
    switch (element.kind) {
      case 'heading':
      case 'shot':
        break;
      case 'general':
      case 'action':
      case 'dialogue':
      case 'parenthetical':
        // Words of a speech that lost its cue are shown rather than lost.
        if (!HAS_WORDS.test(words)) break;
        if (BACK_TO.test(words) && present !== undefined) {
          ({ heading, place } = present);
          present = undefined;
          yield { kind: 'scene', heading, place, source: element.source };
        } else if (BACK_TO.test(words) || isTimeLine(words)) yield { kind: 'cut' };
        inMontage = isTitleOfShots(words) || (inMontage && !BACK_TO.test(words));
        if (isTitleOfShots(words)) yield { kind: 'cut' };
        if (!isPicture(element, words)) yield { kind: 'left-out', words, source: element.source };
        else yield* picturesOf(element, { framing, inMontage, findParts });
        framing = undefined;
        break;
      case 'lyrics':
        yield { kind: 'speech', lines: [{ unseen: false, kind: 'sung', text: words }], opens: true, source: element.source };
        break;
      case 'centered':
      case 'transition':
        if (words !== '') yield { kind: 'left-out', words, source: element.source };
        if (element.kind === 'transition' || /^the end/i.test(words)) yield { kind: 'cut' };
        break;
      case 'section':
      case 'synopsis':
      case 'page-break':
      case 'note':
      case 'boneyard':
    }
  }
  if (left) yield speechUnit([left], people, false);
  if (framing) yield pictureOf(framing, findParts);
}

/** Fountain knows no headings but INT. and EXT.; writers do, in their own language and for what is not now. */
function isHeading({ kind }: ScreenplayElement, words: string): boolean {
  return kind === 'heading' || ((kind === 'action' || kind === 'general') && (isFlashbackHeading(words) || isPlaceHeading(words)));
}

function isPicture(element: ScreenplayElement, words: string): boolean {
  if (!['action', 'general', 'dialogue', 'parenthetical'].includes(element.kind) || !HAS_WORDS.test(words)) return false;
  if (element.kind === 'general' && words === words.toUpperCase()) return false;
  return !isForEditor(words) && !isTitleOfShots(words) && !BACK_TO.test(words) && !isTimeLine(words);
}

const isForEditor = (words: string): boolean => EDITING_WORDS.test(words) || EDITING_CAPITALS.test(words);

function pictureOf(element: ScreenplayElement, findParts: FindParts): ScriptUnit {
  return { kind: 'picture', sentences: passagesOf(element, oneLine(element.text), findParts), opens: true };
}

const ITEM = /^\s*(?:[-–—•*]{1,2}\s*|\(?(?:\d{1,2}|[A-Z])[.)]\s+)(?=\S)/u;

/** A paragraph's sentences; a list below each other, as a montage has it, is a picture an item. */
function* picturesOf(element: ScreenplayElement, { framing, inMontage, findParts }: { framing: ScreenplayElement | undefined; inMontage: boolean; findParts: FindParts }): Generator<ScriptUnit> {
  const rows = element.text.split('\n').filter((row) => row.trim() !== '');
  const items = rows.filter((row) => ITEM.test(row)).length;
  if (framing === undefined && items > 0 && items >= rows.length - 1 && (rows.length > 1 || inMontage || /^\s*[-–—•]/u.test(element.text))) {
    const texts = rows.map((row) => oneLine(row.replace(ITEM, '')));
    const spans = findParts(element.source, texts);
    for (const [index, text] of texts.entries()) yield { kind: 'picture', sentences: [{ text, source: spans[index] ?? element.source }], alone: 'montage', opens: true };
    return;
  }
  const sentences = passagesOf(element, oneLine(element.text), findParts);
  const [first, ...others] = sentences;
  if (framing === undefined || first === undefined) {
    yield { kind: 'picture', sentences, opens: true };
    return;
  }
  const words = oneLine(framing.text);
  // `ANGLE ON` and below it what: one sentence.
  const goesOn = /\s(?:ON|OF|TO|WITH|FROM|AT|AUF|SUR|SU|A)$/iu.test(words);
  const led: Passage = { text: goesOn ? `${words} ${first.text.replace(/^(?:The|A|An|His|Her|Their|Its)(?=\s)/u, (word) => word.toLowerCase())}` : `${/[.!?…:]$/u.test(words) ? words : `${words}.`} ${first.text}`, source: joinedSpans(framing.source, first.source) };
  yield { kind: 'picture', sentences: [led, ...others], opens: true };
}

function passagesOf({ source }: ScreenplayElement, text: string, findParts: FindParts): Passage[] {
  const texts = sentenceRanges(text).map(([start, end]) => text.slice(start, end));
  const spans = findParts(source, texts);
  return texts.map((words, index) => ({ text: words, source: spans[index] ?? source }));
}

function speechUnit(speeches: readonly Speech[], people: People, sung: boolean): ScriptUnit {
  const lines = speeches.map(({ character, extensions, parentheticals, text }): UnitLine => {
    const unseen = extensions.some((extension) => UNSEEN.test(extension));
    const manner = parentheticals.map((one) => oneLine(one)).filter((one) => one !== '' && !NO_MANNER.test(one)).join(', ');
    const kind: SpeechKind = sung ? 'sung' : unseen ? (extensions.some((extension) => VOICE_OVER.test(extension)) ? 'vo' : 'os') : 'spoken';
    return { speaker: people.named(character.toUpperCase())?.name ?? spelledName(character), unseen, kind, ...(manner === '' ? {} : { manner }), text: oneLine(text) };
  });
  const [first, last] = [speeches[0], speeches.at(-1)];
  const source = first && last ? joinedSpans(first.source, last.source) : { start: 0, end: 0, startLine: 1, endLine: 1 };
  return { kind: 'speech', lines, opens: true, source };
}
