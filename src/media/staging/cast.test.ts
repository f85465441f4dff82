import fc from 'fast-check';
import { expect, test } from 'vitest';
import { castOfFilm, castOfShot, castOfShots, colourAt, colourOfName } from './cast.ts';

const SCENE = [{ prompt: 'MARA (30s) sits at a table.' }, { prompt: 'Mara and Jonah argue.' }, { prompt: 'CU on jonah.' }, { prompt: 'An old sailor smokes.' }, { prompt: 'The sailor laughs at Jonah.' }];

test('characters come in the order in which they appear, each once, with one colour', () => {
  const cast = castOfFilm(SCENE);
  expect(cast.map(({ name }) => name)).toEqual(['Mara', 'Jonah', 'Sailor']);
  expect(new Set(cast.map(({ colour }) => colour)).size).toBe(3);
});

test('two who share a shot stand on different sides, in every shot', () => {
  const cast = castOfFilm(SCENE);
  const side = (name: string) => cast.find((member) => member.name === name)?.side;
  expect(new Set([side('Mara'), side('Jonah')])).toEqual(new Set(['left', 'right']));
  expect(side('Sailor')).not.toBe(side('Jonah'));
});

test('a shot has those of the film who are named in it or given with it', () => {
  const cast = castOfFilm([...SCENE, { prompt: 'They dance.', cast: ['Mara', 'Ines'] }]);
  const names = (shot: { prompt: string; cast?: string[] }) => castOfShot(cast, shot).map(({ name }) => name);
  expect(names({ prompt: 'CU on jonah.' })).toEqual(['Jonah']);
  expect(names({ prompt: 'An empty room.' })).toEqual([]);
  expect(names({ prompt: 'They dance.', cast: ['Mara', 'Ines'] })).toEqual(['Mara', 'Ines']);
});

test('names given in different spellings of their case are one character', () => {
  expect(castOfFilm([{ prompt: 'x', cast: ['MARA'] }, { prompt: 'x', cast: ['Mara', ' mara '] }])).toHaveLength(1);
});

test('colours are different for a large cast, and a name always has the same one', () => {
  expect(new Set(Array.from({ length: 40 }, (_, index) => colourAt(index))).size).toBe(40);
  fc.assert(fc.property(fc.string(), fc.nat(200), (name, index) => /^#[0-9a-f]{6}$/u.test(colourOfName(name)) && colourOfName(name) === colourOfName(name.toUpperCase().toLowerCase()) && /^#[0-9a-f]{6}$/u.test(colourAt(index))));
});

test('somebody is the same person in every shot, also where a shot says less: one name, one build', () => {
  const cast = castOfFilm([{ prompt: 'Roque, the old conductor in a peaked cap, waves.' }, { prompt: 'Ines Vidal hurries along.' }, { prompt: 'Close on Ines. She laughs.' }, { prompt: 'Roque waits. He coughs.' }]);
  expect(cast).toMatchObject([{ name: 'Roque', looks: { old: true, hat: 'cap', gender: 'man' } }, { name: 'Ines', looks: { gender: 'woman' } }]);
});

test('who is only called he or she is the one seen last whom that fits: the same person is drawn', () => {
  const shots = [{ prompt: 'Wen, a young woman, cuts onions.' }, { prompt: 'Tomas watches. He smiles.' }, { prompt: 'Extreme close-up of her eye.' }, { prompt: 'She stands, he sits.' }, { prompt: 'The empty kitchen.' }, { prompt: 'They talk.' }];
  expect(castOfShots(castOfFilm(shots), shots).map((members) => members.map(({ name }) => name))).toEqual([['Wen'], ['Tomas'], ['Wen'], ['Wen', 'Tomas'], [], ['Wen', 'Tomas']]);
});
