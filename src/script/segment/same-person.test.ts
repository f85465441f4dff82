import { expect, it } from 'vitest';
import { isSomebody } from './people.ts';
import { onePersonNames } from './same-person.ts';

it.each([
  [['Ruiz', 'Detective Ruiz', 'Detective Elena Ruiz'], ['Ruiz = Detective Ruiz, Detective Elena Ruiz']],
  [['Bruno', 'Chef Bruno', 'Sam', 'Sam Park'], ['Bruno = Chef Bruno', 'Sam = Sam Park']],
  [['Keller', 'Tommy Keller', 'Mrs. Keller'], ['Keller', 'Tommy Keller', 'Mrs. Keller']],
  [['Mr. Keller', 'Tommy Keller'], ['Mr. Keller', 'Tommy Keller']],
  [['Ruiz', 'Young Ruiz', 'Ruiz’s mother'], ['Ruiz', 'Young Ruiz', 'Ruiz’s mother']],
  [['Man', 'Old man', 'Guard 1', 'Guard 2', 'Officer', 'Officer Reyes'], ['Man', 'Old man', 'Guard 1', 'Guard 2', 'Officer', 'Officer Reyes']],
])('of the names %j these are one person: %j', (names, persons) => {
  expect(onePersonNames(names, (word) => isSomebody(word)).map(({ name, others }) => (others.length === 0 ? name : `${name} = ${others.join(', ')}`))).toEqual(persons);
});
