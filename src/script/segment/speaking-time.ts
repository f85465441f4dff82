import { languageOf, speechSeconds, type LanguageCode } from '../../prompt/reading/language.ts';

/** Breath before and after a line. */
const AIR_S = 0.7;

/** Seconds that a line takes, with air around it. */
export const spokenS = (text: string): number => speechSeconds(text) + AIR_S;

/** A sentence ends behind its mark, with the closing quotes and the blank that follow. */
const SENTENCE_END = /(?<=[.!?…]["”’»)」』]{0,4}\s|[。！？]["”’»)」』]{0,4})(?!["”’»)」』])/u;
/** Where a line is parted: behind a clause, else behind a word, else behind a sign of a writing without blanks. */
const CUTS = [/(?<=[.!?…]["”’»)」』]{0,4}\s|[。！？]["”’»)」』]{0,4})(?!["”’»)」』])|(?<=[,;:–—]\s|[、；，])/u, /(?<=\s)/u, /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}])/u];

/** Marks between words take no time; a part has at most so many pieces, so that time grows with the length of the line alone. */
const MOST_PIECES = 300;
/** What it costs to cut behind a piece, beside parts of unequal length: at the end of a sentence nothing. */
const CUT_COSTS = { sentence: 0, clause: 0.15, beforeConjunction: 0.6, word: 2 };
const PART_COST = 0.4;
/** Less is no shot: it is over before it is looked at. */
const SHORT_PART_S = 2;
const SHORT_PART_COST = 0.6;
const CLAUSE_END = /[,;:–—、；，]["”’»)]?\s*$/u;
const CONJUNCTION = /^(?:that|which|who|and|or|but|because|when|if|where|while|until|as|so|und|oder|dass|weil|wenn|qui|que|mais|parce|quand|pero|porque|cuando|ma|perché|mas|quando)(?![\p{L}])/iu;

/**
 * Parts a line that is longer than a clip into parts that a clip holds, as few and as even as they can be, at the ends of
 * sentences before those of clauses, and between words where nothing else is left. No word is lost, and none is cut in two
 * unless it is longer than a clip by itself.
 */
export function partsOfLine(text: string, longestS: number): string[] {
  const most = longestS - AIR_S;
  const language = languageOf(text);
  const pieces = piecesOf(text, most, language).map((piece) => ({ piece, seconds: speechSeconds(piece, language) }));
  const wholeS = pieces.reduce((sum, { seconds }) => sum + seconds, 0);
  if (wholeS <= most) return text.trim() === '' ? [] : [text.trim()];
  const evenS = wholeS / Math.max(1, Math.ceil(wholeS / most));
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= pieces.length; end += 1) {
    const cut = end === pieces.length ? 0 : cutCost(pieces[end - 1]?.piece ?? '', pieces[end]?.piece ?? '');
    let found = { cost: Number.POSITIVE_INFINITY, from: end - 1 };
    let seconds = 0;
    for (let from = end - 1; from >= 0; from -= 1) {
      seconds += pieces[from]?.seconds ?? 0;
      if ((seconds > most || end - from > MOST_PIECES) && from < end - 1) break;
      const cost = (best[from]?.cost ?? 0) + cut + PART_COST + ((seconds - evenS) / evenS) ** 2 + (seconds < SHORT_PART_S ? SHORT_PART_COST : 0);
      if (cost < found.cost) found = { cost, from };
    }
    best.push(found);
  }
  const parts: string[] = [];
  for (let end = pieces.length; end > 0; end = best[end]?.from ?? 0) {
    const words = pieces.slice(best[end]?.from ?? 0, end).map(({ piece }) => piece).join('').trim();
    if (words !== '') parts.unshift(words);
  }
  return parts;
}

/** `Dr. Mortimer` is no end of a sentence. */
const ABBREVIATION = /(?<!\p{L})(?:mr|mrs|ms|dr|st|prof|sr|jr|capt|col|gen|lt|sgt|rev|hon|mt|no|\p{L})\.\s*$/iu;

function cutCost(before: string, after: string): number {
  if (SENTENCE_END.test(before)) return ABBREVIATION.test(before) ? CUT_COSTS.word : CUT_COSTS.sentence;
  if (CLAUSE_END.test(before)) return CUT_COSTS.clause;
  return CONJUNCTION.test(after) ? CUT_COSTS.beforeConjunction : CUT_COSTS.word;
}

function piecesOf(text: string, most: number, language: LanguageCode, cut = 0): string[] {
  const mark = CUTS[cut];
  if (mark === undefined || (cut === CUTS.length - 1 && speechSeconds(text, language) <= most)) return [text];
  return text.split(mark).flatMap((piece) => piecesOf(piece, most, language, cut + 1));
}
