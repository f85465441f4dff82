import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyOf, NO_KEY, openLab, planFilm, shoot, shotsOf, type Lab } from '../test/money/lab.ts';
import { createStudio } from './studio.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

describe('a studio', () => {
  it.each([
    ['half a key pair', { KLING_ACCESS_KEY: 'a'.repeat(32) }, 'KEY_PAIR_HALF'],
    ['a KLING_ name that nobody reads', { KLING_APIKEY: 'x' }, 'ENV_UNKNOWN_NAME'],
    ['a base URL without a key', { KLING_BASE_URL: 'https://api-singapore.klingai.com' }, 'BASE_URL_WITHOUT_KEY'],
  ])('does not open with %s, and leaves no home behind', async (_, env, code) => {
    await expect(createStudio({ home: lab.home, env: { ...NO_KEY, ...env } })).rejects.toMatchObject({ code });
    expect(existsSync(lab.home)).toBe(false);
  });

  it('asks a key that Kling refuses nothing more, spends nothing, and says what to do', async () => {
    const studio = await lab.studio({ env: keyOf(lab.kling, 'api-key-kling-wrong') });
    await planFilm(studio, shotsOf(2));
    await expect(studio.orchestrator('kling')).rejects.toMatchObject({ klingCode: 1002, next: expect.stringMatching(/\w/) as string });
    expect(await studio.checkKey()).toMatchObject({ ok: false, error: { klingCode: 1002 } });
    expect(lab.kling.tasks()).toEqual([]);
    expect(lab.kling.requests().every(({ method }) => method === 'GET')).toBe(true);
  });

  it('works with an access and a secret key, which may not ask for many tasks at once', async () => {
    const { KLING_BASE_URL } = lab.env;
    const studio = await lab.studio({ env: { ...NO_KEY, KLING_BASE_URL, KLING_ACCESS_KEY: lab.kling.accessKey, KLING_SECRET_KEY: lab.kling.secretKey } });
    const { report } = await shoot(studio, shotsOf(6));
    expect(report.summary).toMatchObject({ completed: 6, failed: 0 });
    expect(lab.kling.charges()).toHaveLength(6);
    expect(lab.kling.requests().some(({ path }) => path === '/tasks')).toBe(false);
  });

  it('films with a new key from the moment it is there: whoever asks while the old one is put away gets the new one, and it stays', async () => {
    const env = { ...lab.env };
    const other = await lab.otherAccount();
    const studio = await lab.studio({ env });
    const before = await studio.orchestrator('kling');
    const { project } = await planFilm(studio, shotsOf(2));
    Object.assign(env, keyOf(other));
    const renewed = studio.renewKey();
    const meanwhile = studio.orchestrator('kling');
    await renewed;
    const orchestrator = await studio.orchestrator('kling');
    expect(orchestrator).not.toBe(before);
    const { summary } = await orchestrator.generateAll({ projectId: project.id });
    expect({ completed: summary.completed, old: lab.kling.charges().length, new: other.charges().length }).toEqual({ completed: 2, old: 0, new: 2 });
    expect(studio.key?.baseUrl).toBe(other.baseUrl);
    // The question of the moment between was put with one key or the other, and never left the old one behind.
    await meanwhile.catch(() => {});
    expect(await studio.orchestrator('kling')).toBe(orchestrator);
  });

  it('keeps its key when the new one is half there', async () => {
    const env: Record<string, string> = { ...lab.env };
    const studio = await lab.studio({ env });
    const before = await studio.orchestrator('kling');
    delete env['KLING_API_KEY'];
    env['KLING_ACCESS_KEY'] = 'a'.repeat(32);
    await expect(studio.renewKey()).rejects.toMatchObject({ code: 'KEY_PAIR_HALF' });
    expect(await studio.orchestrator('kling')).toBe(before);
  });

  it('keeps no key and no signed address anywhere in its home', async () => {
    const studio = await lab.studio();
    lab.kling.failNext('create-reset-after');
    lab.kling.failNext('download-404', { times: 2 });
    await shoot(studio, shotsOf(3));
    await studio.close();
    const files = (await readdir(lab.home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      // SQLite may take the file of its write-ahead log away a moment after the close; what is gone holds no key.
      const bytes = await readFile(join(file.parentPath, file.name)).catch(() => Buffer.alloc(0));
      expect(`${file.name} ${bytes.includes(lab.kling.apiKey)} ${bytes.includes('Signature=')}`).toBe(`${file.name} false false`);
    }
  });

  it('plays in the sandbox without a key, whose takes go on after a restart', async () => {
    const first = await lab.studio({ env: NO_KEY });
    expect(first.key).toBeUndefined();
    const { project } = await planFilm(first, shotsOf(2));
    expect(project.engine).toBe('sandbox');
    const stop = new AbortController();
    const orchestrator = await first.orchestrator('sandbox');
    orchestrator.on((event) => {
      if (event.type === 'clip' && event.stage === 'submitted') stop.abort(new Error('Ctrl-C'));
    });
    await orchestrator.generateAll({ projectId: project.id, signal: stop.signal });
    await first.close();
    const { report } = await shoot(await lab.studio({ env: NO_KEY }), shotsOf(2));
    expect(report.summary).toMatchObject({ completed: 2, failed: 0 });
    expect(lab.kling.requestCount).toBe(0);
  });
});
