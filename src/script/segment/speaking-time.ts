import { languageOf, speechSeconds, type LanguageCode } from '../../prompt/reading/language.ts';

/** Breath before and after a line. */
const AIR_S = 0.7;

/** Seconds that a line takes, with air around it. */
export const spokenS = (text: string): number => speechSeconds(text) + AIR_S;

/** A sentence ends behind its mark, with the closing quotes and the blank that follow. */
const SENTENCE_END = /(?<=[.!?…]["”’»)」』]{0,4}\s|[。！？]["”’»)」』]{0,4})(?!["”’»)」』])/u;
/** Where a line is parted: behind a clause, else behind a word, else behind a sign of a writing without blanks. */
const CUTS = [/(?<=[.!?…]["”’»)」』]{0,4}\s|[。！？]["”’»)」』]{0,4})(?!["”’»)」』])|(?<=[,;:–—]\s|[、；，])/u, /(?<=\s)/u, /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}])/u];

/**
 * Parts a line that is longer than a clip, each part as long as a clip holds: at the end of a sentence where that leaves the
 * part more than half full, else of a clause, else between words. No word is lost, and none is cut in two unless it is
 * longer than a clip by itself.
 */
export function partsOfLine(text: string, longestS: number): string[] {
  const most = longestS - AIR_S;
  const language = languageOf(text);
  const parts: string[] = [];
  let open: { piece: string; seconds: number }[] = [];
  const close = (count: number): void => {
    const words = open.slice(0, count).map(({ piece }) => piece).join('').trim();
    if (words !== '') parts.push(words);
    open = open.slice(count);
  };
  const fullS = () => open.reduce((sum, { seconds }) => sum + seconds, 0);
  for (const piece of piecesOf(text, most, language)) {
    const seconds = speechSeconds(piece, language);
    while (open.length > 0 && fullS() + seconds > most) {
      const sentence = open.findLastIndex((one) => SENTENCE_END.test(one.piece));
      const kept = open.slice(0, sentence + 1).reduce((sum, one) => sum + one.seconds, 0);
      close(sentence >= 0 && kept > most / 2 ? sentence + 1 : open.length);
    }
    open.push({ piece, seconds });
  }
  close(open.length);
  return parts;
}

function piecesOf(text: string, most: number, language: LanguageCode, cut = 0): string[] {
  const mark = CUTS[cut];
  if (mark === undefined || (cut > 0 && speechSeconds(text, language) <= most)) return [text];
  return text.split(mark).flatMap((piece) => piecesOf(piece, most, language, cut + 1));
}
