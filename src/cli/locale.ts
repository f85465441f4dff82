/** Languages that errors have texts in. */
export type Locale = 'en' | 'de';

/** What decides the language of messages, in this order, as POSIX has it; an empty one says nothing. */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** The language of a shell: `de_AT.UTF-8` is German; `C` and every language without texts is English. */
export function localeOf(env: Readonly<Record<string, string | undefined>>): Locale {
  const word = VARIABLES.map((name) => env[name] ?? '').find((value) => value !== '') ?? '';
  return /^de(?:[^a-z]|$)/i.test(word) ? 'de' : 'en';
}
