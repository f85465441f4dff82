import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../src/lib/clock.ts';
import { probeVideo } from '../src/media/index.ts';
import { startSandbox, type Sandbox } from '../src/sandbox/index.ts';

/** The program as it is installed: dist/, its own process, real clips. `npm test` builds it first. */
const bin = fileURLToPath(new URL('../dist/bin/directorstudio.js', import.meta.url));

// Real clips, drawn by a process of its own beside everything else that is tested: a bound for what hangs.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'directorstudio-built-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(...words: string[]) {
  return run([process.execPath, bin, ...words], {});
}

function startWith(env: Record<string, string>, ...words: string[]) {
  return run([process.execPath, bin, ...words], env);
}

/** With a limit to the size of every file it writes, in blocks of 512 bytes: what a full disk is, without a disk to fill. */
function startLimited(blocks: number, ...words: string[]) {
  return run(['sh', '-c', `ulimit -f ${blocks} && exec "$@"`, 'sh', process.execPath, bin, ...words], {});
}

function run([program = '', ...words]: string[], env: Record<string, string>) {
  // In English, whatever the shell of the one who runs the tests speaks.
  const environment = { ...process.env, LC_ALL: 'C', DIRECTORSTUDIO_HOME: join(folder, 'home'), ...env };
  const child = spawn(program, words, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const heard = new Set<() => void>();
  child.stdout.on('data', (piece: Buffer) => {
    output += piece.toString();
    for (const each of heard) each();
  });
  child.stderr.on('data', (piece: Buffer) => {
    errors += piece.toString();
    for (const each of heard) each();
  });
  return {
    child,
    lines: () => output.split('\n').filter((line) => line !== ''),
    json: () => output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>),
    ended: new Promise<{ exit: number | null; output: string; errors: string }>((resolve) => child.on('close', (exit) => resolve({ exit, output, errors }))),
    /** Resolves when standard output or standard error holds the words. */
    says: (wanted: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!output.includes(wanted) && !errors.includes(wanted)) return;
          heard.delete(look);
          resolve();
        };
        heard.add(look);
        look();
      }),
  };
}

test('this Node knows the flag that the program sets: nothing but the answer is said', async () => {
  const { output, errors, exit } = await start('--version').ended;
  expect({ errors, exit }).toEqual({ errors: '', exit: 0 });
  expect(output).toMatch(/^\d+\.\d+\.\d+/);
});

test('a script becomes a film that plays; the same film again generates and cuts nothing', async () => {
  writeFileSync(join(folder, 'lake.txt'), 'A rowing boat on a lake at dawn, camera pans left.\n\nThe same lake at night, static shot.\n');
  const first = await start('film', 'lake.txt', '--sandbox').ended;
  expect(first.errors).toContain('S01_SH02  Ready');
  expect(first.exit).toBe(0);
  const said = first.output.trimEnd().split('\n');
  expect(said[0]).toContain('SANDBOX, not Kling');
  expect(said.at(-1)).toContain('SANDBOX, not Kling');
  const film = await probeVideo(join(folder, 'lake.mp4'));
  expect({ frames: film.frameCount, width: film.width, height: film.height, rate: film.frameRate }).toEqual({ frames: 242, width: 1280, height: 720, rate: 24 });
  expect(readdirSync(join(folder, 'lake.clips')).sort()).toEqual(['S01_SH01_T01.mp4', 'S01_SH02_T01.mp4']);

  const again = start('film', 'lake.txt', '--sandbox', '--json');
  expect((await again.ended).exit).toBe(0);
  expect(again.json().at(-1)).toMatchObject({ v: 1, type: 'summary', shots: 2, completed: 2, generated: 0, cached: 2, billedUnits: 0, exit: 0 });
  expect(again.lines().length).toBe(again.json().length);
});

test('a film that is larger than the system allows is one message, nothing half is left, and its clip is kept', async () => {
  writeFileSync(join(folder, 'lake.txt'), 'A rowing boat on a lake at dawn, camera pans left.\n');
  expect((await start('film', 'lake.txt', '--sandbox').ended).exit).toBe(0);
  // In blocks of 512 bytes: enough for the database, not for the film; its clip is there and only linked.
  const limit = Math.floor((statSync(join(folder, 'lake.mp4')).size * 0.75) / 512);
  const cut = await startLimited(limit, 'film', 'lake.txt', '--sandbox', '-o', 'out/other.mp4').ended;
  expect(cut.exit).toBe(1);
  expect(cut.errors).toContain(`Error: Cannot write ${join(realpathSync(folder), 'out', 'other.mp4')}: a file of this size may not be written there.`);
  expect(cut.errors.match(/Error:/g)).toHaveLength(1);
  expect(readdirSync(join(folder, 'out'), { recursive: true })).toEqual(['other.clips', 'other.clips/S01_SH01_T01.mp4']);
  expect(await start('resume').ended).toMatchObject({ exit: 0, output: expect.stringContaining('Nothing generated') });
  expect((await probeVideo(join(folder, 'out', 'other.mp4'))).frameCount).toBe(121);
});

test('killed in the middle of a film, resume finishes it and pays for each shot once', async () => {
  writeFileSync(join(folder, 'storm.txt'), Array.from({ length: 4 }, (_, shot) => `Shot ${shot + 1}: a storm over the sea, waves break on a pier.`).join('\n\n'));
  const killed = start('film', 'storm.txt', '--sandbox', '--json');
  await killed.says('"status":"completed"');
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(existsSync(join(folder, 'storm.mp4'))).toBe(false);

  const resumed = start('resume', '--json');
  expect(await resumed.ended).toMatchObject({ exit: 0 });
  expect((await probeVideo(join(folder, 'storm.mp4'))).frameCount).toBe(4 * 121);

  const sandbox = await startSandbox({ dataFolder: join(folder, 'home', 'sandbox') });
  try {
    expect(sandbox.charges()).toHaveLength(4);
    expect(new Set(sandbox.charges().map(({ externalTaskId }) => externalTaskId)).size).toBe(4);
  } finally {
    await sandbox.close();
  }
});

describe('Ctrl-C', () => {
  let kling: Sandbox;
  let laterMs = 0;
  let env: Record<string, string>;
  beforeEach(async () => {
    laterMs = 0;
    // Kling's own pace, so nothing is done until the test lets time pass there.
    kling = await startSandbox({ dataFolder: join(folder, 'kling'), clips: 'tiny', speed: 1, clock: { ...systemClock, now: () => Date.now() + laterMs } });
    env = { KLING_API_KEY: kling.apiKey, KLING_BASE_URL: kling.baseUrl };
    writeFileSync(join(folder, 'sea.txt'), Array.from({ length: 3 }, (_, shot) => `Shot ${shot + 1}: a ship on a calm sea.`).join('\n\n'));
  });
  afterEach(async () => await kling.close());

  test('parks the work and says how to go on; resume brings it in, paid for once', async () => {
    const stopped = startWith(env, 'film', 'sea.txt', '--yes');
    await stopped.says('S01_SH03  At Kling');
    stopped.child.kill('SIGINT');
    const { exit, output, errors } = await stopped.ended;
    expect(exit).toBe(130);
    expect(errors).toContain('Stopping: reading the answers under way. Ctrl-C again ends it at once.');
    expect(output).toContain('Stopped: 3 takes not ready yet');
    expect(output).toContain('To go on: directorstudio resume');
    expect(existsSync(join(folder, 'sea.mp4'))).toBe(false);

    laterMs = 3_600_000;
    expect(await startWith(env, 'resume', '--yes').ended).toMatchObject({ exit: 0, output: expect.stringContaining('sea.mp4') });
    expect(kling.tasks()).toHaveLength(3);
    expect(kling.charges()).toHaveLength(3);
  });

  test('twice ends at once, also while Kling keeps an answer back; resume finds what was paid for', async () => {
    // The task is made, and whoever asked for it never hears of it.
    kling.failNext('create-slow-after');
    writeFileSync(join(folder, 'sea.txt'), 'A ship on a calm sea.');
    const stopped = startWith(env, 'film', 'sea.txt', '--yes', '--json');
    while (kling.tasks().length === 0 && stopped.child.exitCode === null) await setImmediate();
    stopped.child.kill('SIGINT');
    await stopped.says('Ctrl-C again ends it at once');
    stopped.child.kill('SIGINT');
    expect((await stopped.ended).exit).toBe(130);
    // An orderly end would have waited for the answers and told a summary.
    expect(stopped.json().map(({ type }) => type)).not.toContain('summary');

    laterMs = 3_600_000;
    expect(await startWith(env, 'resume', '--yes').ended).toMatchObject({ exit: 0 });
    expect(kling.tasks()).toHaveLength(1);
  });
});
