import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { TURBO, create, createHandClock, makeFolder, query, sandboxUnderTest, type TaskData } from './sandbox-under-test.ts';
import type { Sandbox } from './sandbox.ts';
import { startSandbox } from './start-sandbox.ts';

const DAY_MS = 24 * 3600 * 1000;

/** A sandbox in a process of its own, which can be killed. */
async function spawnSandbox(folder: string, options: object) {
  const script = `
    const { startSandbox } = await import(${JSON.stringify(new URL('start-sandbox.ts', import.meta.url).href)});
    const sandbox = await startSandbox(${JSON.stringify({ dataFolder: folder, clips: 'tiny', ...options })});
    process.stdout.write(sandbox.baseUrl);
    process.on('disconnect', () => process.exit());`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [baseUrl] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return {
    baseUrl: baseUrl.toString(),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function createAt(baseUrl: string, externalTaskId: string): Promise<number> {
  const headers = { authorization: 'Bearer sandbox-api-key' };
  const body = JSON.stringify({ ...TURBO, external_task_id: externalTaskId });
  const response = await fetch(`${baseUrl}/v1/videos/text2video`, { method: 'POST', headers, body });
  return ((await response.json()) as { code: number }).code;
}

/** How many of each code. */
function counted(codes: readonly (number | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[String(code)] = (counts[String(code)] ?? 0) + 1;
  return counts;
}

describe('one folder, several sandboxes', () => {
  it('accepts an external id once, whichever process is asked first', async () => {
    await using folder = await makeFolder();
    const [one, two] = await Promise.all([spawnSandbox(folder.path, { slots: 1000 }), spawnSandbox(folder.path, { slots: 1000 })]);
    try {
      const ids = Array.from({ length: 40 }, (_, index) => `shot-${index}`);
      const codes = await Promise.all(ids.flatMap((id) => [createAt(one.baseUrl, id), createAt(two.baseUrl, id)]));
      expect(counted(codes)).toEqual({ 0: 40, 1201: 40 });
    } finally {
      await Promise.all([one.kill(), two.kill()]);
    }
  }, 60_000);

  it('shares tasks, slots and money', async () => {
    await using under = await sandboxUnderTest({ slots: 3, balanceUnits: 6 });
    const { sandbox, clock, folder } = under;
    await using other = await startSandbox({ dataFolder: folder, clips: 'tiny', clock });
    const codes = await Promise.all([sandbox, other, sandbox, other, sandbox].map(async (at) => (await create(at)).body?.code));
    expect(counted(codes)).toEqual({ 0: 3, 1303: 2 });
    await Promise.all([sandbox.idle(), other.idle()]);
    clock.pass(DAY_MS);
    expect(other.tasks()).toEqual(sandbox.tasks());
    expect([other.balanceUnits(), sandbox.balanceUnits()]).toEqual([1.5, 1.5]);
    expect(counted([(await create(other)).body?.code, (await create(sandbox)).body?.code])).toEqual({ 0: 1, 1102: 1 });
    other.setSlots(9);
    expect(sandbox.slots()).toBe(9);
  });
});

describe('what is written down', () => {
  it('holds no key and no signature of a picture URL', async () => {
    await using under = await sandboxUnderTest({ apiKey: 'api-key-very-secret' });
    const image = 'https://img.invalid/a.png?Signature=very-secret';
    expect((await create(under.sandbox, { ...TURBO, image }, 'image2video')).body?.code).toBe(0);
    await under.sandbox.idle();
    await under.sandbox.close();
    const files = (await readdir(under.folder)).filter((name) => name.startsWith('sandbox.sqlite'));
    const written = (await Promise.all(files.map((name) => readFile(join(under.folder, name), 'latin1')))).join('');
    expect(written).toContain('https://img.invalid/a.png');
    expect(written).not.toContain('very-secret');
  });
});

describe('after a restart', () => {
  async function finished(sandbox: Sandbox, id: string): Promise<TaskData> {
    await sandbox.idle();
    return await query(sandbox, id);
  }

  it('goes on with what a killed process had accepted, and charges it once', async () => {
    await using folder = await makeFolder();
    const killed = await spawnSandbox(folder.path, {});
    expect([await createAt(killed.baseUrl, 'a'), await createAt(killed.baseUrl, 'b')]).toEqual([0, 0]);
    await killed.kill();

    const clock = createHandClock(Date.now());
    await using sandbox = await startSandbox({ dataFolder: folder.path, clips: 'tiny', clock });
    expect((await finished(sandbox, 'a')).task_status).toBe('submitted');
    clock.pass(20 * 60_000);
    expect((await finished(sandbox, 'a')).task_status).toBe('succeed');
    expect((await finished(sandbox, 'b')).task_status).toBe('succeed');
    expect(sandbox.charges().map((charge) => charge.externalTaskId ?? '').sort()).toEqual(['a', 'b']);
    expect(sandbox.balanceUnits()).toBe(997);
  }, 60_000);

  it('keeps clips, charges, balance, slots and the ids that are taken; the balance option counts only once', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity, slots: 7, balanceUnits: 10 });
    await create(under.sandbox, { ...TURBO, external_task_id: 'old' });
    const before = await finished(under.sandbox, 'old');
    const [tasks, charges] = [under.sandbox.tasks(), under.sandbox.charges()];
    await under.sandbox.close();

    await using sandbox = await startSandbox({ dataFolder: under.folder, clips: 'tiny', clock: under.clock, balanceUnits: 500 });
    expect([sandbox.tasks(), sandbox.charges(), sandbox.balanceUnits(), sandbox.slots()]).toEqual([tasks, charges, 8.5, 7]);
    expect((await create(sandbox, { ...TURBO, external_task_id: 'old' })).body?.code).toBe(1201);
    // The port may differ, the rest of the URL works as before.
    const url = new URL(before.task_result?.videos[0]?.url ?? '');
    expect((await fetch(sandbox.baseUrl + url.pathname + url.search)).status).toBe(200);
  });

  it('a task of a process that died is drawn by the one that is asked for it', async () => {
    await using under = await sandboxUnderTest();
    const { sandbox, clock, folder } = under;
    const dying = await startSandbox({ dataFolder: folder, clock, clips: 'tiny' });
    await create(dying, { ...TURBO, external_task_id: 'orphan' });
    await dying.idle();
    await dying.close();
    // As if it had died before its clip was drawn.
    const database = new Database(join(folder, 'sandbox.sqlite'));
    database.exec('UPDATE tasks SET renderedAtMs = NULL');
    database.close();
    clock.pass(DAY_MS);
    expect((await query(sandbox, 'orphan')).task_status).toBe('processing');
    expect((await finished(sandbox, 'orphan')).task_status).toBe('succeed');
  });

  it('lets go what ended 30 days ago, its file, and the work of killed processes', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity, balanceUnits: 10 });
    const { clock, folder } = under;
    await create(under.sandbox, { ...TURBO, external_task_id: 'old' });
    await under.sandbox.idle();
    clock.pass(20 * DAY_MS);
    await create(under.sandbox, { ...TURBO, external_task_id: 'young' });
    await under.sandbox.idle();
    clock.pass(11 * DAY_MS);
    const drawn = under.sandbox.tasks().map(({ taskId }) => taskId);
    await under.sandbox.close();
    const clips = join(folder, 'clips');
    // As drawn clips lie there; tiny ones are made when they are asked for.
    for (const taskId of drawn) await writeFile(join(clips, `${taskId}.mp4`), 'a clip');
    for (const [name, ageDays] of [['.work-killed', 2], ['.work-busy', 0]] as const) {
      await mkdir(join(clips, name));
      await writeFile(join(clips, name, 'clip.mp4'), 'half');
      const changed = new Date(clock.now() - ageDays * DAY_MS);
      await utimes(join(clips, name), changed, changed);
    }
    await using sandbox = await startSandbox({ dataFolder: folder, clips: 'tiny', clock });
    expect(sandbox.tasks().map((task) => task.externalTaskId)).toEqual(['young']);
    expect((await readdir(clips)).sort()).toEqual(['.work-busy', `${sandbox.tasks()[0]?.taskId}.mp4`]);
    expect(sandbox.balanceUnits()).toBe(7);
  });
});

describe('what cannot start', () => {
  it('says that a damaged file is in the way', async () => {
    await using folder = await makeFolder();
    await writeFile(join(folder.path, 'sandbox.sqlite'), 'this is no database, however long it goes on '.repeat(50));
    await expect(startSandbox({ dataFolder: folder.path })).rejects.toMatchObject({ code: 'SANDBOX_FOLDER_UNUSABLE' });
    await expect(startSandbox({ dataFolder: join(folder.path, 'sandbox.sqlite') })).rejects.toMatchObject({ code: 'SANDBOX_FOLDER_UNUSABLE' });
  });

  it('says that a port is taken, and leaves the folder free', async () => {
    await using under = await sandboxUnderTest();
    const port = Number(new URL(under.sandbox.baseUrl).port);
    await using folder = await makeFolder();
    await expect(startSandbox({ dataFolder: folder.path, port })).rejects.toMatchObject({ code: 'SANDBOX_PORT_UNUSABLE' });
    await using sandbox = await startSandbox({ dataFolder: folder.path });
    expect(sandbox.tasks()).toEqual([]);
  });

  it.each([{ speed: 0 }, { speed: Number.NaN }, { slots: 1.5 }, { slots: -1 }, { balanceUnits: -1 }, { balanceUnits: Infinity }, { apiKey: '' }, { apiKey: [] }, { urlLifetimeMs: 0 }, { port: 6000 }])(
    'refuses %o and makes no folder',
    async (options) => {
      await using folder = await makeFolder();
      await expect(startSandbox({ dataFolder: join(folder.path, 'new'), ...options })).rejects.toMatchObject({ code: 'SANDBOX_OPTION_INVALID' });
      expect(await readdir(folder.path)).toEqual([]);
    },
  );

  it('closes twice without harm and cuts a caller that still waits', async () => {
    await using under = await sandboxUnderTest();
    under.sandbox.failNext('create-slow-after');
    const waiting = create(under.sandbox).catch((error: unknown) => (error as Error).message);
    await expect.poll(() => under.sandbox.tasks().length).toBe(1);
    await Promise.all([under.sandbox.close(), under.sandbox.close()]);
    expect(await waiting).toBe('fetch failed');
  });
});
