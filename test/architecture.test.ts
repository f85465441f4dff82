import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom. A row is a folder of src/ (or a file directly in it): the parts of src/ it may use, and the
 * packages. A file may always import from its own folder. Unit tests are free: they may need more to test with.
 * `node: false` marks the pure ones, which touch no disk, network or clock (`node:crypto` hashes, so it is pure too).
 */
const RULES: Record<string, { parts: string[]; packages: string[]; node: boolean }> = {
  lib: { parts: [], packages: [], node: true },
  protocol: { parts: ['lib'], packages: ['zod'], node: false },
  kling: { parts: ['lib'], packages: ['image-size', 'jose', 'zod'], node: true },
  prompt: { parts: ['kling', 'lib'], packages: ['zod'], node: false },
  // Opens documents of other programs: bytes in, lines as they are laid out.
  documents: { parts: ['lib'], packages: ['fflate', 'pdfjs-serverless'], node: true },
  script: { parts: ['documents', 'prompt', 'kling', 'lib'], packages: ['csv-parse', 'markdown-it', 'zod'], node: false },
  media: { parts: ['lib'], packages: ['mediabunny', '@napi-rs/canvas', '@napi-rs/webcodecs'], node: true },
  sandbox: { parts: ['kling', 'media', 'lib'], packages: ['hono', '@hono/node-server', 'image-size', 'jose', 'libsql', 'zod'], node: true },
  cache: { parts: ['lib'], packages: ['zod'], node: true },
  credentials: { parts: ['lib'], packages: ['@napi-rs/keyring', 'zod'], node: true },
  store: { parts: ['protocol', 'lib'], packages: ['kysely', 'libsql', 'zod'], node: true },
  generation: { parts: ['kling', 'cache', 'store', 'media', 'protocol', 'lib'], packages: [], node: true },
  film: { parts: ['media', 'store', 'kling', 'protocol', 'lib'], packages: [], node: true },
  // Scripts and stored shots brought together: which shot of a script is which shot of the project.
  project: { parts: ['prompt', 'script', 'kling', 'store', 'protocol', 'lib'], packages: [], node: true },
  'studio.ts': {
    parts: ['lib', 'protocol', 'kling', 'prompt', 'script', 'media', 'sandbox', 'cache', 'credentials', 'store', 'generation', 'film', 'project'],
    packages: ['env-paths'],
    node: true,
  },
  // What the package offers: names, no work of its own.
  'index.ts': {
    parts: ['studio.ts', 'lib', 'protocol', 'prompt', 'script', 'cache', 'store', 'generation', 'film', 'project'],
    packages: [],
    node: false,
  },
  // As the command line: through the studio, with facts and pure functions of the other parts.
  server: {
    parts: ['studio.ts', 'project', 'film', 'generation', 'store', 'script', 'prompt', 'media', 'credentials', 'kling', 'protocol', 'lib'],
    packages: ['hono', '@hono/node-server', 'zod'],
    node: true,
  },
  // Works through the studio; from the other parts it takes facts and pure functions (money words, shot names, the cut plan).
  cli: {
    parts: ['studio.ts', 'project', 'film', 'generation', 'store', 'script', 'sandbox', 'media', 'credentials', 'kling', 'server', 'protocol', 'lib'],
    packages: ['@clack/prompts', 'commander', 'log-update', 'picocolors', 'zod'],
    node: true,
  },
};
/** Types cost nothing at run time: the command line may name the shapes that the studio hands it. */
const MAY_IMPORT_ANY_TYPE = ['cli', 'server'];

/** Long tables of facts, where a split would only hide them. Everything else stays below the limit. */
const LONGEST_FILE_LINES = 500;
const DATA_FILES: string[] = [];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src');

interface Import {
  specifier: string;
  typeOnly: boolean;
}

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
  .map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'utf8');
    return { path, name: relative(root, path).split(sep).join('/'), text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) };
  });

describe('who may import whom', () => {
  it('has a row for every folder of src, and the rows form no circle', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.map((file) => partOf(file.path)).filter((part) => RULES[part] === undefined)).toEqual([]);
    const done = new Set<string>();
    for (let left = Object.keys(RULES); left.length > 0; left = left.filter((part) => !done.has(part))) {
      const free = left.filter((part) => RULES[part]!.parts.every((needed) => done.has(needed)));
      expect(free, `these rows need each other in a circle: ${left.join(', ')}`).not.toEqual([]);
      for (const part of free) done.add(part);
    }
  });

  it('is what the imports in src say', () => {
    const broken = files.flatMap((file) => importsOf(file.tree).flatMap((entry) => complaint(file, entry) ?? []));
    expect(broken).toEqual([]);
  });

  it('notices a forbidden import of every kind', () => {
    const kinds = [
      `import { x } from '../generation/x.ts';`,
      `import '../generation/x.ts';`,
      `import type { X } from '../generation/x.ts';`,
      `export { x } from '../generation/x.ts';`,
      `export * from '../generation/x.ts';`,
      `const x = await import('../generation/x.ts');`,
      `let x: import('../generation/x.ts').X;`,
      `import { x } from 'mediabunny';`,
    ];
    const path = join(source, 'kling', 'example.ts');
    const file = { path, name: 'src/kling/example.ts' };
    for (const text of kinds) {
      const imports = importsOf(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
      expect(imports.flatMap((entry) => complaint(file, entry) ?? []), text).toHaveLength(1);
    }
    expect(complaint(file, { specifier: '../generation/x.ts', typeOnly: false })).toBe(
      `src/kling/example.ts imports '../generation/x.ts', but src/kling may import only: lib, image-size, jose, zod, node:*.`,
    );
  });
});

describe('files that need each other', () => {
  it('form no circle, types included: each can be read and understood after those it imports', () => {
    expect(circlesOf(new Map(files.map((file) => [file.name, neighboursOf(file)])))).toEqual([]);
  });

  it('are noticed, also where only a type or a late import closes the circle', () => {
    const file = (name: string, text: string) => {
      const path = join(root, name);
      return [name, neighboursOf({ path, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) })] as const;
    };
    const a = file('src/cli/a.ts', `import { b } from './b.ts';\nimport { z } from '../lib/z.ts';`);
    const b = file('src/cli/b.ts', `const c = async () => await import('./c.ts');`);
    const c = file('src/cli/c.ts', `import type { A } from './a.ts';`);
    const z = file('src/lib/z.ts', '');
    expect(circlesOf(new Map([a, b, z, c]))).toEqual(['src/cli/a.ts -> src/cli/b.ts -> src/cli/c.ts -> src/cli/a.ts']);
    expect(circlesOf(new Map([a, b, z]))).toEqual([]);
  });
});

describe('every file of src', () => {
  it(`has at most ${LONGEST_FILE_LINES} lines`, () => {
    const long = files.filter((file) => file.text.split('\n').length - 1 > LONGEST_FILE_LINES && !DATA_FILES.includes(file.name));
    expect(long.map((file) => file.name)).toEqual([]);
  });

  it('exports by name, and leaves no type unchecked', () => {
    expect(files.flatMap((file) => looseEnds(file.tree).map((found) => `${file.name}: ${found}`))).toEqual([]);
  });

  it('notices a default export, an any and a silenced compiler', () => {
    const count = (text: string) => looseEnds(ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2022, true)).length;
    const bad = ['export default 1;', 'export default function f() {}', 'export { a as default };', 'let a: any;', 'const a = b as any;', '// @ts-ignore', '/* @ts-expect-error */', '// oxlint-disable-next-line no-empty'];
    expect(bad.map(count)).toEqual(bad.map(() => 1));
    expect(count('// oxlint-disable-next-line no-empty -- the reason\n// any word and the default are fine here\nexport const many = 1;')).toBe(0);
  });

  it('cannot name the page: document, window and localStorage do not compile, whatever the packages bring', () => {
    const settings = ts.parseJsonConfigFileContent(ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config, ts.sys, root);
    const names = ['document', 'window', 'localStorage', 'HTMLElement'];
    const path = join(source, 'media', 'compiled-by-the-architecture-test.ts');
    const text = `import 'mediabunny';\nexport const all = [${names.join(', ')}];\nexport const fine = process.pid;\n`;
    const host = ts.createCompilerHost(settings.options);
    const withThatFile: ts.CompilerHost = {
      ...host,
      fileExists: (name) => name === path || host.fileExists(name),
      getSourceFile: (name, ...rest) => (name === path ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : host.getSourceFile(name, ...rest)),
    };
    const program = ts.createProgram([path], settings.options, withThatFile);
    const messages = program.getSemanticDiagnostics(program.getSourceFile(path)).map((found) => ts.flattenDiagnosticMessageText(found.messageText, ' '));
    expect(messages.map((message) => /Cannot find name '(\w+)'/.exec(message)?.[1])).toEqual(names);
  });
});

/** `kling` for src/kling/x/y.ts, `studio.ts` for src/studio.ts. */
function partOf(path: string): string {
  return relative(source, path).split(sep)[0]!;
}

/** What is wrong with this import, or undefined. */
function complaint(file: { path: string; name: string }, { specifier, typeOnly }: Import): string | undefined {
  const part = partOf(file.path);
  const rule = RULES[part];
  if (rule === undefined) return undefined; // the first test names it
  const allowed = [...rule.parts, ...rule.packages, ...(rule.node ? ['node:*'] : ['node:crypto'])];
  const refusal = `${file.name} imports '${specifier}', but src/${part} may import only: ${allowed.join(', ')}.`;
  if (specifier.startsWith('.')) {
    const target = join(dirname(file.path), specifier);
    if (relative(source, target).startsWith('..')) return `${file.name} imports '${specifier}', which is outside src.`;
    const targetPart = partOf(target);
    const anyType = typeOnly && MAY_IMPORT_ANY_TYPE.includes(part);
    return targetPart === part || anyType || rule.parts.includes(targetPart) ? undefined : refusal;
  }
  if (isBuiltin(specifier)) return rule.node || specifier === 'node:crypto' ? undefined : refusal;
  const packageName = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return rule.packages.includes(packageName) ? undefined : refusal;
}

function importsOf(tree: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    ts.forEachChild(node, visit);
  };
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    // A computed specifier names nothing we could check; there is one kind: a file of our own, started as a worker.
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) found.push({ specifier: specifier.text, typeOnly });
  };
  visit(tree);
  return found;
}

/** The files of src that a file imports, each by its name. */
function neighboursOf(file: { path: string; tree: ts.SourceFile }): string[] {
  const own = importsOf(file.tree).filter(({ specifier }) => specifier.startsWith('.'));
  return own.map(({ specifier }) => relative(root, join(dirname(file.path), specifier)).split(sep).join('/'));
}

/** One way round for every import that leads back to a file on the way to it. */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): void => {
    const from = way.indexOf(name);
    if (from >= 0) found.push([...way.slice(from), name].join(' -> '));
    if (from >= 0 || done.has(name)) return;
    for (const next of graph.get(name) ?? []) visit(next, [...way, name]);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return found;
}

/** Default exports, `any`, and comments that silence the compiler, or the linter without a reason. */
function looseEnds(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isDefault =
      (ts.isExportAssignment(node) && !node.isExportEquals) ||
      (ts.isExportSpecifier(node) && node.name.text === 'default') ||
      (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword));
    if (isDefault) found.push('a default export');
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push('any');
    ts.forEachChild(node, visit);
  };
  visit(tree);
  for (const line of tree.text.split('\n')) {
    const comment = /(?:\/\/|\/\*)(.*)/.exec(line)?.[1] ?? '';
    if (/@ts-(?:ignore|nocheck|expect-error)/.test(comment)) found.push(`a silenced compiler: ${line.trim()}`);
    if (/(?:oxlint|eslint)-disable/.test(comment) && !comment.includes(' -- ')) found.push(`a silenced linter without its reason (-- why): ${line.trim()}`);
  }
  return found;
}
