import type { AskAgain } from '../generation/index.ts';
import { ERROR_LABELS, errorWords } from './error-words.ts';
import type { Locale } from './locale.ts';
import { printable } from './printable.ts';

/** Where the words go, as a session hands it in. */
interface Listener {
  locale: Locale;
  tell(line: string): void;
  emit(type: string, fields: Readonly<Record<string, unknown>>): void;
  talkColours: { yellow(text: string): string };
}

const WORDS: Readonly<Record<Locale, (again: { seconds: number; number: number; of: number }) => string>> = {
  en: ({ seconds, number, of }) => `Kling is asked again in ${seconds} s (${number} of ${of}). Nothing is spent by that.`,
  de: ({ seconds, number, of }) => `Kling wird in ${seconds} s noch einmal gefragt (${number} von ${of}). Das kostet nichts.`,
};

/** Says that Kling gave no good answer to the first question of a start, and that the program has not given up. */
export function sayAskAgain(session: Listener, { error, inMs, number, of }: AskAgain): void {
  const { locale, talkColours } = session;
  const words = WORDS[locale]({ seconds: Math.max(1, Math.round(inMs / 1000)), number, of });
  session.tell(`${talkColours.yellow(ERROR_LABELS[locale].notice)} ${printable(errorWords(error, locale).what)} ${words}`);
  session.emit('notice', { at: new Date().toISOString(), code: error.code, message: error.message, askedAgainInMs: inMs });
}
