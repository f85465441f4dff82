import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { nextInPage } from './next-words.ts';

const source = fileURLToPath(new URL('../..', import.meta.url));

it('tells a person in front of the page no word of the command line, whatever part of the program says what to do', () => {
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.slice(source.length).startsWith('cli'));
  const said = files.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/next: (?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/g)].map((match) => match[1] ?? match[2] ?? '')).filter((next) => next.includes('directorstudio '));
  expect(said.length).toBeGreaterThan(20);
  expect(said.map(nextInPage).filter((next) => /directorstudio [a-z]|--[a-z]/.test(next) && !next.startsWith('On the command line'))).toEqual([]);
});

it('says where it is in the page', () => {
  expect(nextInPage('Make room, then directorstudio resume. The clip waits at Kling.')).toBe('Make room, then making the clips on the board. The clip waits at Kling.');
  expect(nextInPage('directorstudio resume --cap UNITS (or --cap none) goes on with a higher cap.')).toBe('Raise the cap of the film on its board, then make the clips.');
  expect(nextInPage('Try again with directorstudio retake, or change the prompt.')).toBe('Make one more take, or change the prompt.');
});
