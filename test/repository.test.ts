import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('package.json and package-lock.json', () => {
  const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'optionalDependencies' | 'devDependencies', Record<string, string>>;
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Record<string, unknown>> };

  it('pin every version exactly, so that a year from now the same packages are installed', () => {
    const pins = Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies });
    expect(pins.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('agree with each other, so that npm ci accepts them', () => {
    const { dependencies, optionalDependencies, devDependencies } = manifest;
    expect(lock.packages['']).toMatchObject({ dependencies, optionalDependencies, devDependencies });
  });

  it('name no registry host, so that any mirror can serve them, and hold what proves the bytes', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
    const installedHere = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && entry['optional'] !== true);
    expect(installedHere.filter(([, entry]) => typeof entry['integrity'] !== 'string').map(([path]) => path)).toEqual([]);
  });

  it('list the codecs and the native parts for every system people work on', () => {
    for (const system of ['darwin-arm64', 'darwin-x64', 'linux-x64-gnu', 'linux-arm64-gnu', 'win32-x64-msvc']) {
      for (const part of ['webcodecs', 'canvas', 'keyring']) {
        expect(Object.keys(lock.packages)).toContain(`node_modules/@napi-rs/${part}-${system}`);
      }
    }
  });
});

describe('the documents', () => {
  const documents = [...readdirSync(root), ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => join('docs', path))].filter((path) => path.endsWith('.md'));

  it('link to files and headings that exist', () => {
    expect(documents.length).toBeGreaterThan(0);
    expect(documents.flatMap((path) => deadLinks(path, read(path)))).toEqual([]);
  });

  it('would notice a dead link', () => {
    const text = '# A title: `code` & more\n[a](package.json) [b](#a-title-code--more) ![c](./test/) [d](https://example.com)\n```\n[in code](nowhere)\n```\n';
    expect(deadLinks('made-up.md', text)).toEqual([]);
    expect(deadLinks('made-up.md', '[a](nowhere.md) [b](#nowhere) [c](CONTRIBUTING.md#nowhere)')).toHaveLength(3);
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((path) => [...read(path).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1]!));
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

/** The relative links of a Markdown text that lead nowhere; `path` is relative to the root, as the links are to it. */
function deadLinks(path: string, text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].flatMap(([, link]) => {
    if (/^[a-z]+:/i.test(link!)) return [];
    const [file, anchor] = link!.split('#');
    const target = file === '' ? path : join(dirname(path), decodeURIComponent(file!));
    if (file !== '' && !existsSync(join(root, target))) return [`${path}: ${link} (no such file)`];
    if (anchor === undefined) return [];
    const content = file === '' ? text : statSync(join(root, target)).isFile() ? read(target) : '';
    return headingAnchors(content).includes(anchor) ? [] : [`${path}: ${link} (no such heading in ${relative('.', target)})`];
  });
}

function withoutCode(text: string): string {
  return text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '').replaceAll(/`[^`\n]*`/g, '');
}

/** Anchors as the usual Markdown sites make them: lower case, no punctuation, a hyphen for each blank. */
function headingAnchors(text: string): string[] {
  const headings = text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  return [...headings].map(([, heading]) => heading!.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-'));
}
