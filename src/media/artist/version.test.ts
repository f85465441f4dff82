import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ARTIST_VERSION } from './version.ts';

/** The sources that version stands for. */
const KNOWN = { version: 9, sources: '51fb92232f98d9d3' };

const media = join(import.meta.dirname, '..');
const isSource = (name: string): boolean => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'version.ts';

function sourcesHash(): string {
  const files = ['artist', 'staging'].flatMap((folder) => readdirSync(join(media, folder)).filter(isSource).map((name) => `${folder}/${name}`));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), 'camera-move.ts', 'draw-shot.ts', 'still-frame.ts', 'seeded-random.ts', 'burn-in.ts', 'reel-artist.ts', 'render-reel.ts']) {
    hash.update(file).update('\0').update(readFileSync(join(media, file), 'utf8').replaceAll('\r\n', '\n')).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

test('whoever changes a drawing raises the version, so that no film keeps the old one', () => {
  expect({ version: ARTIST_VERSION, sources: sourcesHash() }, 'the artist was changed: raise ARTIST_VERSION unless every drawing stays as it was, and write down both here').toEqual(KNOWN);
});
