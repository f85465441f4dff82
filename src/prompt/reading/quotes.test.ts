import { expect, it } from 'vitest';
import { quotesOf } from './quotes.ts';

it.each([
  ['— Oui, répondit-elle. Mon frère.', ['Oui,', 'Mon frère.']],
  ['— Votre horloge est arrêtée, dit-elle doucement.', ['Votre horloge est arrêtée,']],
  ['A man waits. — A door opens.', []],
])('finds what a dash opens: %s', (text, lines) => {
  expect(quotesOf(text).filter(({ kind }) => kind === 'speech').map(({ inner }) => text.slice(...inner))).toEqual(lines);
});
