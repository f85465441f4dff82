import { KLING_ERROR_TEXTS } from '../kling/error-texts.ts';
import { KlingError } from '../kling/kling-error.ts';
import { ERROR_TEXTS, type ErrorText } from './error-texts.ts';
import type { Locale } from './locale.ts';

/** As much of an error as can be told: a thrown one, or one that was written down with a take. */
export interface ToldError {
  code: string;
  message: string;
  next?: string | undefined;
  detail?: Readonly<Record<string, unknown>>;
}

/** An error in somebody's language. */
export interface ErrorWords {
  what: string;
  /** The same in English with its names and numbers, sentence by sentence; empty where `what` says all. */
  details: string[];
  next: string | undefined;
}

/** Small words around an error. */
export const ERROR_LABELS: Readonly<Record<Locale, Readonly<Record<'error' | 'next' | 'notice', string>>>> = {
  en: { error: 'Error:', next: 'Next:', notice: 'Notice:' },
  de: { error: 'Fehler:', next: 'Weiter:', notice: 'Hinweis:' },
};

/** What a person reads of an error; in English what the error itself says. */
export function errorWords(error: ToldError, locale: Locale): ErrorWords {
  if (locale === 'en') return { what: error.message, details: [], next: error.next };
  if (error instanceof KlingError) {
    const { message, next } = error.localizedMessage(locale);
    return { what: message, details: [], next };
  }
  const { code, message } = error;
  const own: ErrorText | undefined = Object.hasOwn(ERROR_TEXTS[locale], code) ? ERROR_TEXTS[locale][code] : undefined;
  if (own !== undefined) return toldWhole(own, error) ?? { what: own.what, next: own.next, details: [message, error.next ?? ''].filter((line) => line !== '') };
  const kling = Object.entries(KLING_ERROR_TEXTS).find(([name]) => name === code)?.[1][locale];
  // A code of a newer version, read from the store: English is better than nothing.
  return kling === undefined ? { what: message, details: [], next: error.next } : { what: `${kling.what}.`, details: [message], next: kling.next };
}

/** The error with its facts in one language alone; `undefined` where it lacks one of them. */
function toldWhole({ whole, wholeNext, next }: ErrorText, { detail = {} }: ToldError): ErrorWords | undefined {
  const what = whole === undefined ? undefined : filled(whole, detail);
  return what === undefined ? undefined : { what, details: [], next: (wholeNext === undefined ? undefined : filled(wholeNext, detail)) ?? next };
}

function filled(text: string, facts: Readonly<Record<string, unknown>>): string | undefined {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  if (names.some((name) => typeof facts[name] !== 'string')) return undefined;
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name]));
}
