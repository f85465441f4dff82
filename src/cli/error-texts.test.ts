import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KLING_ERROR_TEXTS, KlingError } from '../kling/index.ts';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';
import { ERROR_TEXTS } from './error-texts.ts';
import { errorWords } from './error-words.ts';

const source = fileURLToPath(new URL('..', import.meta.url));

describe('the table of texts', () => {
  const made = codesIn(
    readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      // What is found in a prompt is no error: nothing is thrown there, and its words come with it.
      .filter((name) => !name.replaceAll('\\', '/').startsWith('prompt/'))
      .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(source, name), 'utf8') })),
  );

  it('has a row for every code that an error is made with, and none for a code that nobody makes', () => {
    const codes = [...made.codes].filter((code) => !Object.hasOwn(KLING_ERROR_TEXTS, code)).sort();
    expect(codes.length).toBeGreaterThan(90);
    expect(Object.keys(ERROR_TEXTS.de).sort()).toEqual(codes);
  });

  it('can be held complete: no code is put together while the program runs', () => {
    expect(made.unreadable).toEqual([]);
  });

  it('notices a code wherever an error is made', () => {
    const found = codesIn([
      {
        name: 'store/x.ts',
        text: `throw new StudioError('A_ONE', 'm'); throw new StudioError(late ? 'A_TWO' : 'A_THREE', 'm'); const facts = { code: 'A_FOUR' };
          function f(deniedCode: 'A_FIVE' | 'A_SIX' = 'A_FIVE') { throw new StudioError(deniedCode, 'm'); } throw new StudioError(facts.code, 'm'); throw new StudioError(name, 'm');`,
      },
      { name: 'kling/x.ts', text: `const problem = { code: 'NOT_THROWN' }; throw new StudioError('A_SEVEN', 'm');` },
    ]);
    expect([...found.codes].sort()).toEqual(['A_FIVE', 'A_FOUR', 'A_ONE', 'A_SEVEN', 'A_SIX', 'A_THREE', 'A_TWO']);
    expect(found.unreadable).toEqual(['store/x.ts: new StudioError(name, ...)']);
  });

  it('calls a shot a Shot: "Einstellung" would be a shot here and a setting there', () => {
    const german = [...Object.values(ERROR_TEXTS.de), ...Object.values(KLING_ERROR_TEXTS).map(({ de }) => de)];
    for (const text of german) expect(JSON.stringify(text)).not.toMatch(/einstellung/i);
  });

  it('says whole sentences', () => {
    for (const [code, { what, next }] of Object.entries(ERROR_TEXTS.de)) {
      expect(what, code).toMatch(/^\p{Lu}.*\.$/u);
      expect(next, code).toMatch(/^(?:\p{Lu}|directorstudio ).*[.\d]$/u);
    }
  });
});

describe('an error', () => {
  const error = { code: 'SCRIPT_MISSING', message: 'There is no file x.', next: 'Did you mean y?' };

  it('is in English what it says itself', () => {
    expect(errorWords(error, 'en')).toEqual({ what: error.message, details: [], next: error.next });
  });

  it('is in German the text of its code, with its names and numbers below', () => {
    expect(errorWords(error, 'de')).toEqual({ what: 'Diese Skriptdatei gibt es nicht.', next: ERROR_TEXTS.de['SCRIPT_MISSING']?.next, details: [error.message, error.next] });
  });

  it('is German alone where the error hands its facts along', () => {
    const detail = { named: 'sotry.txt', path: '/films/sotry.txt' };
    expect(errorWords({ ...error, detail }, 'de')).toEqual({ what: 'Die Skriptdatei sotry.txt gibt es nicht (gesucht: /films/sotry.txt).', details: [], next: ERROR_TEXTS.de['SCRIPT_MISSING']?.next });
    expect(errorWords({ ...error, detail: { ...detail, near: 'story.txt' } }, 'de').next).toBe('Ist story.txt gemeint?');
  });

  it("of Kling's comes from Kling's own table, thrown or written down", () => {
    const thrown = new KlingError({ code: 'KLING_BALANCE_EMPTY', decision: { outcome: 'refused', action: 'stop-account' }, tried: 'POST /v1/videos/text2video', call: 'create', klingCode: 1102 });
    expect(errorWords(thrown, 'de')).toEqual({ what: 'Das Kling-Konto hat keine Videoeinheiten mehr (POST /v1/videos/text2video, code 1102).', details: [], next: 'Kaufe ein API-Paket; Web-Abos zählen nicht.' });
    const written = { code: thrown.code, message: thrown.message, next: thrown.next };
    expect(errorWords(written, 'de')).toEqual({ what: 'Das Kling-Konto hat keine Videoeinheiten mehr.', details: [thrown.message], next: 'Kaufe ein API-Paket; Web-Abos zählen nicht.' });
  });

  it('with a code from a newer version stays readable', () => {
    expect(errorWords({ ...error, code: 'OF_TOMORROW' }, 'de')).toEqual({ what: error.message, details: [], next: error.next });
    expect(errorWords({ ...error, code: 'constructor' }, 'de').what).toBe(error.message);
  });
});

describe('the command line in a German shell', () => {
  let lab: CliLab;
  beforeEach(async () => {
    lab = await openCliLab();
  });
  afterEach(async () => {
    await lab[Symbol.asyncDispose]();
  });
  const env = { LANG: 'de_DE.UTF-8' };

  it('says an error in German: with its facts, or with what it says in English below', async () => {
    await lab.write('story.txt', scriptOf(1));
    const { exit, err } = await lab.run(['film', 'sotry.txt'], { env });
    expect(exit).toBe(2);
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^Fehler: Die Skriptdatei sotry\.txt gibt es nicht \(gesucht: \/.*\/sotry\.txt\)\.$/),
      'Weiter: Ist story.txt gemeint?',
      '',
    ]);
    const refused = await lab.run(['film', 'story.txt', '--model', '9.9'], { env });
    expect(refused.err).toMatch(/^Fehler: Ein Kling-Modell dieses Namens gibt es nicht\.\n {2}.*9\.9/);
  });

  it('keeps code and English for machines', async () => {
    const run = await lab.run(['film', 'nothing.txt', '--json'], { env });
    expect(run.json()[0]).toMatchObject({ type: 'error', code: 'SCRIPT_MISSING', message: expect.stringContaining('There is no file nothing.txt') });
    expect(run.err).toContain('Fehler: Die Skriptdatei nothing.txt gibt es nicht');
  });

  it('says why a shot failed, in the report and in status', async () => {
    await lab.write('story.txt', scriptOf(1));
    lab.kling.failNext('task-failed-moderation');
    const { exit, out } = await lab.run(['film', 'story.txt', '--yes'], { env: { ...env, ...lab.klingEnv } });
    expect(exit).toBe(1);
    expect(out).toMatch(/S01_SH01: Kling lehnt den Inhalt dieses Shots ab\..*\n {4}Kling could not make this clip: .*\n.*\n {4}Weiter: Ändere seine Worte/);
    expect((await lab.run(['status'], { env: { ...env, ...lab.klingEnv } })).out).toContain('S01_SH01: Kling lehnt den Inhalt');
  });

  it('finds problems of this machine in German', async () => {
    const { out } = await lab.run(['doctor'], { env: { ...env, KLING_ACCESS_KEY: 'half' } });
    expect(out).toMatch(/problem {2}Kling key +Es ist nur die Hälfte eines Schlüsselpaars gesetzt\.\n {9}environment: KLING_ACCESS_KEY is set/);
  });
});

/** Node's and undici's codes: causes, not errors that are told. */
const OF_THE_SYSTEM = /^(?:E[A-Z0-9]+|UND_ERR_\w+)$/;

interface SourceFile {
  /** Below src, parted by `/`. */
  name: string;
  text: string;
}

/**
 * Every code that an error can have: what stands first in `new StudioError(...)`, and every literal below a name `code` or
 * `...Code`, because errors are also made of facts (`{ code, message }`). In src/kling such literals are Kling's answers and
 * the reasons of a refused request; its errors are in the union that its own table is complete for.
 */
function codesIn(files: readonly SourceFile[]): { codes: Set<string>; unreadable: string[] } {
  const codes = new Set<string>();
  const unreadable: string[] = [];
  for (const { name, text } of files) {
    const literals = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node) && /^[A-Z][A-Z0-9_]+$/.test(node.text) && !OF_THE_SYSTEM.test(node.text)) codes.add(node.text);
      ts.forEachChild(node, literals);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) && node.expression.getText() === 'StudioError') {
        const [code] = node.arguments ?? [];
        if (code !== undefined) literals(code);
        if (code === undefined || !/'|(?:^|\W)code$|Code$/.test(code.getText())) unreadable.push(`${name}: new StudioError(${code?.getText() ?? ''}, ...)`);
      }
      const named = ts.isPropertyAssignment(node) || ts.isPropertySignature(node) || ts.isParameter(node) ? node : undefined;
      if (named !== undefined && /^code$|Code$/.test(named.name.getText()) && !name.startsWith('kling/')) ts.forEachChild(named, literals);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true));
  }
  return { codes, unreadable };
}
