import { expect, it } from 'vitest';
import { localeOf } from './locale.ts';

it.each([
  [{}, 'en'],
  [{ LANG: 'de_DE.UTF-8' }, 'de'],
  [{ LANG: 'de' }, 'de'],
  [{ LANG: 'de-AT' }, 'de'],
  [{ LANG: 'DE_CH' }, 'de'],
  [{ LANG: 'den_CA' }, 'en'],
  [{ LANG: 'fr_FR.UTF-8' }, 'en'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'en_US', LC_MESSAGES: 'de_DE' }, 'de'],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: '', LC_MESSAGES: '' }, 'de'],
])('%j speaks %s', (env, locale) => {
  expect(localeOf(env)).toBe(locale);
});
