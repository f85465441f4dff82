import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const page = fileURLToPath(new URL('../../dist/page', import.meta.url));
const LIMIT_BYTES = 200 * 1024;

it('comes with at most 200 kB of script, whichever screen is opened first', () => {
  const html = readFileSync(join(page, 'index.html'), 'utf8');
  const entries = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!);
  expect(entries.length).toBeGreaterThan(0);
  for (const screen of readdirSync(join(page, 'assets')).filter((name) => name.endsWith('-screen.js') || /-screen-[\w-]+\.js$/.test(name))) {
    const scripts = withImports([...entries, `assets/${screen}`]);
    const bytes = [...scripts].reduce((sum, name) => sum + gzipSync(readFileSync(join(page, name))).length, 0);
    expect(bytes, screen).toBeLessThanOrEqual(LIMIT_BYTES);
  }
});

it('runs no script and no style that stands in the HTML', () => {
  const html = readFileSync(join(page, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
});

/** Scripts and everything that they import before they run. */
function withImports(names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    for (const match of readFileSync(join(page, name), 'utf8').matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)) visit(`assets/${match[1]!}`);
  };
  for (const name of names) visit(name);
  return found;
}
