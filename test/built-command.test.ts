import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { probeVideo } from '../src/media/index.ts';

/** The program as it is installed: dist/, its own process, real clips. `npm test` builds it first. */
const bin = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'directorstudio-built-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(...words: string[]) {
  const child = spawn(process.execPath, [bin, ...words], { cwd: folder, env: { ...process.env, DIRECTORSTUDIO_HOME: join(folder, 'home') }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const heard = new Set<() => void>();
  child.stdout.on('data', (piece: Buffer) => {
    output += piece.toString();
    for (const each of heard) each();
  });
  child.stderr.on('data', (piece: Buffer) => {
    errors += piece.toString();
  });
  return {
    child,
    lines: () => output.split('\n').filter((line) => line !== ''),
    json: () => output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>),
    ended: new Promise<{ exit: number | null; output: string; errors: string }>((resolve) => child.on('close', (exit) => resolve({ exit, output, errors }))),
    /** Resolves when standard output holds the words. */
    says: (wanted: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!output.includes(wanted)) return;
          heard.delete(look);
          resolve();
        };
        heard.add(look);
        look();
      }),
  };
}

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

  const { startSandbox } = await import('../src/sandbox/index.ts');
  const sandbox = await startSandbox({ dataFolder: join(folder, 'home', 'sandbox') });
  try {
    expect(sandbox.charges()).toHaveLength(4);
    expect(new Set(sandbox.charges().map(({ externalTaskId }) => externalTaskId)).size).toBe(4);
  } finally {
    await sandbox.close();
  }
});
