import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'test', 'fixtures');

/** The path of a file or folder in test/fixtures. */
export const fixturePath = (...parts: string[]): string => join(fixtures, ...parts);

export const readFixture = (...parts: string[]): string => readFileSync(fixturePath(...parts), 'utf8');

/** One JSON value a line. */
export function readJsonLines<Value>(...parts: string[]): Value[] {
  return readFixture(...parts).trim().split('\n').map((line) => JSON.parse(line) as Value);
}
