import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../src/sandbox/index.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const documents = ['README.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md')).map((path) => join('docs', path))];

interface Example {
  /** Document and line, for whoever has to correct it. */
  where: string;
  /** As its first line names it; others may import it by that. */
  fileName: string;
  text: string;
}

/** The TypeScript blocks of a document. */
function examplesOf(document: string, markdown: string): Example[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ index, 1: text = '' }, number) => {
    const line = markdown.slice(0, index).split('\n').length + 1;
    const fileName = /^\/\/ ([\w-]+\.ts)$/m.exec(text.split('\n', 1)[0]!)?.[1];
    return { where: `${document}:${line}`, fileName: fileName ?? `${document.replaceAll(/\W/g, '-')}-${number}.ts`, text };
  });
}

/** What the compiler says about examples, as a strict project that has the package would hear it. */
function complaintsAbout(examples: readonly Example[]): string[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  options.paths = { directorstudio: [join(root, 'src/index.ts')], 'directorstudio/*': [join(root, 'src/*/index.ts')] };
  // An example may show a value without using it.
  options.noUnusedLocals = false;
  // In a folder that is there, or the compiler looks for no neighbours in it.
  const paths = new Map(examples.map((example) => [join(root, 'docs', example.fileName), example]));
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...paths.keys()], options, {
    ...host,
    fileExists: (path) => paths.has(path) || host.fileExists(path),
    readFile: (path) => paths.get(path)?.text ?? host.readFile(path),
    getSourceFile: (path, ...rest) => {
      const example = paths.get(path);
      return example ? ts.createSourceFile(path, example.text, ts.ScriptTarget.ES2022) : host.getSourceFile(path, ...rest);
    },
  });
  return [...paths].flatMap(([path, { where }]) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ messageText }) => `${where}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
}

const examples = documents.flatMap((document) => examplesOf(document, readFileSync(join(root, document), 'utf8')));

describe('the examples in the documents', () => {
  it('compile as they stand', () => {
    expect(examples.map(({ where }) => where.split(':')[0])).toEqual(expect.arrayContaining([join('docs', 'kling.md'), join('docs', 'library.md')]));
    expect(complaintsAbout(examples)).toEqual([]);
  });

  it('would not, with a name that is not there, a wrong type or half a line', () => {
    const markdown = (line: string) => `# Page\n\n\`\`\`ts\nimport { priceUnits } from 'directorstudio/kling';\n${line}\n\`\`\`\n`;
    const wrong = ["import { nothing } from 'directorstudio';", "const units: string = priceUnits;", 'priceUnits('].map((line, index) => ({ ...examplesOf('page.md', markdown(line))[0]!, fileName: `wrong-${index}.ts` }));
    const said = complaintsAbout(wrong);
    for (const word of ['nothing', 'string', 'expected']) expect(said.join('\n')).toContain(word);
    expect(said.every((complaint) => complaint.startsWith('page.md:4: '))).toBe(true);
  });

  it('of a first clip pays once, however often it is run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'examples-'));
    const sandbox = await startSandbox({ dataFolder: join(folder, 'kling'), clips: 'tiny', speed: Number.POSITIVE_INFINITY });
    try {
      const { text } = examples.find(({ fileName }) => fileName === 'first-clip.ts')!;
      // tsx resolves nothing from a folder outside the package, so the package is named by where it lies.
      await writeFile(join(folder, 'first-clip.mts'), text.replaceAll("'directorstudio/kling'", `'${pathToFileURL(join(root, 'src/kling/index.ts')).href}'`));
      const env = { ...process.env, KLING_API_KEY: sandbox.apiKey, KLING_BASE_URL: sandbox.baseUrl };
      const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/esm/index.mjs')).href;
      const run = async () => (await promisify(execFile)(process.execPath, ['--import', tsx, 'first-clip.mts'], { cwd: folder, env })).stdout;
      sandbox.failNext('create-502-after');
      await expect(run()).rejects.toMatchObject({ stderr: expect.stringContaining('502') as string });
      for (let again = 0; again < 2; again += 1) {
        await rm(join(folder, 'first-clip.mp4'), { force: true });
        expect(await run()).toContain('first-clip.mp4: 5.041');
        expect((await readFile(join(folder, 'first-clip.mp4'))).subarray(4, 8).toString()).toBe('ftyp');
      }
      expect(sandbox.charges()).toHaveLength(1);
    } finally {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
