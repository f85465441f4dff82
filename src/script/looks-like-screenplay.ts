import { paragraphsOf } from './paragraphs.ts';
import { isCameraDirection } from './screenplay/camera-direction.ts';

const PLACE = String.raw`(?:INT\.?\s?\/\s?EXT|EXT\.?\s?\/\s?INT|I\s?\/\s?E|INT|EXT|EST|INNEN|AUSSEN|AUẞEN|AUßEN|INT[EÉ]RIEUR|EXT[EÉ]RIEUR|INTERIOR|EXTERIOR|INTERNO|ESTERNO|BINNEN|BUITEN|ИНТ|НАТ|ЭКСТ)`;
/** A scene heading all in capitals: `12 INT. KITCHEN - DAY`. Words after it in lower case make it the begin of a description. */
const CAPITAL_HEADING = new RegExp(String.raw`^(?:\d+[A-Z]?\.?\s+)?${PLACE}[.\s]\s*[^\s.].*$`, 'u');
/** One in any case needs its full stop and the dash before the time of day: `Int. kitchen - night`. */
const ANY_HEADING = new RegExp(String.raw`^(?:\d+[A-Z]?\.?\s+)?${PLACE}\.\s*[^\s.].*\s[-–—]\s*\S[^.!?]{0,40}$`, 'iu');
const TRANSITION = /^(?:>\s*)?(?:FADE (?:IN|OUT|TO BLACK)|(?:[A-Z]+ )?CUT TO(?: BLACK)?|DISSOLVE TO|MATCH CUT|SMASH CUT)\s*[:.]$/u;
/** A name in capitals, with a manner or number perhaps: `ANNA (V.O.)`, `GUARD 2`, `MRS. O'NEIL ^`. */
const CUE = /^@?[\p{Lu}][\p{Lu}\p{N} .'’-]{0,37}(?:\s*\([^()]{1,30}\))*\s*\^?$/u;
/** Headings that shot lists written as text use in the place of a name. */
const NOT_A_NAME =
  /\b(?:SHOT|SCENE|ACT|CHAPTER|PART|ANGLE|CLOSE|CLOSEUP|WIDE|MEDIUM|LONG|ESTABLISHING|INSERT|POV|MONTAGE|TITLE|TITLES|CREDITS|PROLOGUE|EPILOGUE|END|BEGINNING|INTRO|OUTRO|CAMERA|VIEW|DRONE|AERIAL|LATER|MORNING|NIGHT|DAY|CUT|FADE|PRODUCT|LOGO|HOOK)\b/u;

export interface ScreenplaySign {
  /** From 1. */
  line: number;
  kind: 'scene heading' | 'character cue over dialogue' | 'transition';
  words: string;
}

/**
 * The signs that a text is a screenplay, in order; empty when they do not add up to one. Enough is: two scene headings; or one with a
 * cue or transition; or a transition with two cues; or three cues of which a name comes back.
 * One capitalised line, a `FADE` in a sentence or a heading that goes on as a description is nothing.
 */
export function screenplaySigns(text: string): ScreenplaySign[] {
  const signs: ScreenplaySign[] = [];
  for (const paragraph of paragraphsOf(text)) {
    const lines = paragraph.text.split('\n').map((line) => line.trim());
    for (const [index, words] of lines.entries()) {
      const line = paragraph.startLine + index;
      if (isPlaceHeading(words)) signs.push({ line, kind: 'scene heading', words });
      else if (isTransitionLine(words)) signs.push({ line, kind: 'transition', words });
      else if (index === 0 && isCue(words, lines[1])) signs.push({ line, kind: 'character cue over dialogue', words });
    }
  }
  const headings = signs.filter((sign) => sign.kind === 'scene heading').length;
  const transitions = signs.filter((sign) => sign.kind === 'transition').length;
  const cues = signs.filter((sign) => sign.kind === 'character cue over dialogue');
  const names = new Set(cues.map((cue) => nameOf(cue.words)));
  const enough =
    headings >= 2 || (headings === 1 && (cues.length > 0 || transitions > 0)) || (transitions > 0 && cues.length >= 2) || (cues.length >= 3 && names.size < cues.length);
  return enough ? signs : [];
}

/** `INT. KITCHEN - DAY` alone on its line. */
export function isPlaceHeading(words: string): boolean {
  if (words.length > 120) return false;
  return (CAPITAL_HEADING.test(words) && !/\p{Ll}/u.test(words)) || ANY_HEADING.test(words);
}

/** `CUT TO:` alone on its line. */
export function isTransitionLine(words: string): boolean {
  return TRANSITION.test(words);
}

function isCue(words: string, under: string | undefined): boolean {
  return under !== undefined && standsLikeACue(words) && /\p{Ll}/u.test(under);
}

/** A name in capitals, as above a speech: `ANNA (V.O.)`, and not `CLOSE UP` or `THE STORM OF THE CENTURY`. */
export function standsLikeACue(words: string): boolean {
  return CUE.test(words) && !NOT_A_NAME.test(words) && !isCameraDirection(words) && /\p{Lu}{2}/u.test(words) && nameOf(words).split(/\s+/).length <= 4;
}

function nameOf(cue: string): string {
  return cue.replaceAll(/\([^()]*\)|[@^]/g, '').trim();
}
