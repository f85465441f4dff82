import { allVerbs } from '../prompt/dialogue/speech-verbs.ts';
import { paragraphsOf, type Paragraph } from './paragraphs.ts';
import { isPageOfPrompts } from './prose/page-of-prompts.ts';
import { tongueOf } from './segment/tongue.ts';

/** `3.`, `Scene 3:`, `[5-8s]`, `0:04-0:07` ahead of the words. */
const AHEAD = /^\s*(?:\(?\d{1,3}[.):]\s|(?:shot|beat|scene|einstellung|szene|plan|scène|toma|escena|inquadratura|scena)\s\d{1,3}\s*[:.–—-]|[[(]?\d{1,2}(?::\d\d)?\s?[-–—]\s?\d{1,2}(?::\d\d)?\s?s?[\])]?\s)/iu;
/** A length behind them: `, 4 seconds.` */
const BEHIND = /(?:^|[\s,;(])\d{1,2}(?:[.,]\d)?\s?(?:s|secs?|seconds?|sekunden|secondes|segundos|secondi)[).]*\s*$/iu;
const SPOKEN = /[“”"„«»]|^\s*[—–]\s/u;

/** Sentences for whoever gives a text that is filmed word for word and seems to be meant otherwise. */
export function notesOnParagraphs(text: string): string[] {
  const paragraphs = paragraphsOf(text);
  const numbered = paragraphs.filter((paragraph) => AHEAD.test(paragraph.text) || BEHIND.test(paragraph.text));
  const [first] = numbered;
  return [
    ...(numbered.length < 2 && isTold(text, paragraphs) ? ['If this is a story: `--as prose` cuts it into shots by what is seen and said in it.'] : []),
    ...(first !== undefined && numbered.length > 1 ? [`Numbers and times beside the words (as in line ${first.startLine}) are sent with them: a text is filmed word for word. A shot list has columns for them: write this one as such with \`plan FILE -o shots.csv\`.`] : []),
  ];
}

/** Whether people speak in it as in a story, again and again, and nothing says how pictures are taken. */
function isTold(text: string, paragraphs: readonly Paragraph[]): boolean {
  const says = new RegExp(String.raw`(?<![\p{L}])(?:${allVerbs(tongueOf(text).language)})(?![\p{L}])`, 'iu');
  const told = paragraphs.filter((paragraph) => SPOKEN.test(paragraph.text) && says.test(paragraph.text));
  return told.length > 1 && told.length * 5 >= paragraphs.length && !isPageOfPrompts({ text, paragraphs: [...paragraphs], divisions: [] });
}
