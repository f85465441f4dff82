import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

let folder: string | undefined;

/**
 * A script of this folder as plain JavaScript, for processes that are started by the hundred: loading TypeScript takes
 * longer than they live. Such a script imports nothing but types and what it is told to load from `dist/`.
 * @returns its path; it goes with this process.
 */
export function compiled(name: string): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'proof-scripts-'));
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  const source = readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true } });
  const path = join(folder, `${basename(name, '.ts')}.mjs`);
  writeFileSync(path, outputText);
  return path;
}

/** Where a module of the built package lies. */
export function built(path: string): string {
  return new URL(`../../../dist/${path}`, import.meta.url).href;
}
