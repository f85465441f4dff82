import { expect, it } from 'vitest';
import { freeTitle, titleOfFile, titleOfText } from './film-title.ts';

it.each([
  ['the_brass-key.fountain', 'The brass key'],
  ['Night.Train.v2.docx', 'Night.Train.v2'],
])('a film of %s is offered the title %s', (fileName, title) => {
  expect(titleOfFile(fileName)).toBe(title);
});

it.each([
  ['the title page', 'Title:\n    _**The Brass Key**_\nCredit: Written by\n\nFADE IN:', 'The Brass Key'],
  ['its first heading', 'By somebody, long ago.\n\n# Night light\n\nA lamp.', 'Night light'],
  ['a first line that is short', 'The Keeper\n\nA lighthouse in a storm.', 'The Keeper'],
  ['nothing where it begins with a sentence', 'A lighthouse on a cliff.\n\nWaves.', ''],
])('pasted words are offered %s', (_, text, title) => {
  expect(titleOfText(text)).toBe(title);
});

it('a title that is taken is offered with a number, and there is always one', () => {
  expect(freeTitle('Reeds', ['Reeds', 'Reeds (2)'])).toBe('Reeds (3)');
  expect(freeTitle('', [])).toBe('Untitled film');
});
