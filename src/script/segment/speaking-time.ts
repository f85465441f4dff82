/** People on screen speak about two and a half words a second. */
const WORDS_PER_S = 2.5;
/** Breath before and after a line. */
const AIR_S = 0.7;
/** Writing without blanks between words: two signs count as a word. */
const SIGN_WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu;

/** Words as a voice takes time for them. */
export function spokenWords(text: string): number {
  const signs = text.match(SIGN_WORDS)?.length ?? 0;
  const rest = text.replaceAll(SIGN_WORDS, ' ').split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return rest + signs / 2;
}

/** Seconds that a line takes, with air around it. */
export const spokenS = (text: string): number => spokenWords(text) / WORDS_PER_S + AIR_S;

/** A picture is taken in faster than it is said: as fast as its words are read in silence. */
const READ_WORDS_PER_S = 4;

/** Seconds that a paragraph of action is on screen. */
export const seenS = (text: string): number => spokenWords(text) / READ_WORDS_PER_S;

/**
 * Parts a line that is longer than a clip: at the ends of sentences, else of clauses, else between words. No word is lost,
 * and none is cut in two unless it is longer than a clip by itself.
 */
export function partsOfLine(text: string, longestS: number): string[] {
  const most = (longestS - AIR_S) * WORDS_PER_S;
  const parts: string[] = [];
  let open = '';
  let openWords = 0;
  for (const piece of piecesOf(text, most)) {
    const words = spokenWords(piece);
    if (open !== '' && openWords + words > most) {
      parts.push(open.trim());
      open = '';
      openWords = 0;
    }
    open += piece;
    openWords += words;
  }
  if (open.trim() !== '') parts.push(open.trim());
  return parts;
}

/** Each ends behind its mark, with the closing quotes and the blank that follow. */
const CUTS = [/(?<=[.!?…]["”’»)」』]{0,4}\s|[。！？]["”’»)」』]{0,4})(?!["”’»)」』])/u, /(?<=[,;:–—]\s|[、；，])/u, /(?<=\s)/u, /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}])/u];

function piecesOf(text: string, most: number, cut = 0): string[] {
  const mark = CUTS[cut];
  if (spokenWords(text) <= most || mark === undefined) return [text];
  return text.split(mark).flatMap((piece) => piecesOf(piece, most, cut + 1));
}
