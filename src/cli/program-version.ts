import { readFileSync } from 'node:fs';

/** The version of this package. */
export function programVersion(): string {
  // src/cli and dist/cli are both two folders below package.json.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
