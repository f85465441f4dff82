import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { whyNotDrawn } from './clip-maker.ts';
import { TURBO, create, createHandClock, makeFolder, query, request, sandboxUnderTest } from './sandbox-under-test.ts';
import { startSandbox } from './start-sandbox.ts';
import { openTaskStore } from './task-store.ts';

describe('when nothing can be drawn', () => {
  it('the task fails with the reason, free of charge, instead of never ending', async () => {
    await using under = await sandboxUnderTest({ clips: 'rendered', durationsMs: 1000 });
    const { sandbox, clock, folder } = under;
    await rm(join(folder, 'clips'), { recursive: true });
    await writeFile(join(folder, 'clips'), 'a file where the folder was');
    await create(sandbox, { ...TURBO, external_task_id: 'e' });
    await sandbox.idle();
    clock.pass(1000);
    const failed = await query(sandbox, 'e');
    expect(failed.task_status).toBe('failed');
    expect(failed.task_status_msg).toMatch(/^The sandbox could not draw: .*ENOTDIR.*clips/);
    expect([sandbox.charges(), sandbox.balanceUnits()]).toEqual([[], 1000]);
    expect((await request(sandbox, '/sandbox/tasks')).text).toContain('could not draw');
  });

  it.each([
    [Object.assign(new Error('ENOSPC: no space left on device, mkdir'), { code: 'ENOSPC' }), 'The sandbox could not draw: no space left in /play/clips'],
    [new Error('The drawing process said: ENOSPC: no space left on device, write'), 'The sandbox could not draw: no space left in /play/clips'],
    [Object.assign(new Error('EDQUOT: disk quota exceeded, write'), { code: 'EDQUOT' }), 'The sandbox could not draw: no space left in /play/clips'],
    [new Error('the encoder gave up'), 'The sandbox could not draw: the encoder gave up'],
  ])('%s is told in words for people', (error, words) => {
    expect(whyNotDrawn(error, '/play/clips')).toBe(words);
  });

  it('that is also said when it cannot be written down, and written down as soon as it can', async () => {
    await using folder = await makeFolder();
    const clock = createHandClock();
    const options = { clock, folder: folder.path, slots: 1, balanceTenThousandths: 100_000, repeatedIds: 'refused' as const };
    await using sandbox = await startSandbox({ dataFolder: folder.path, clock, durationsMs: 0, clips: 'tiny' });
    await create(sandbox, { ...TURBO, external_task_id: 'e' });
    const database = new Database(join(folder.path, 'sandbox.sqlite'));
    database.exec(`UPDATE tasks SET renderedAtMs = NULL, tinyBytes = NULL, status = 'running', endedAtMs = NULL`);
    const store = await openTaskStore(options);
    const [task] = store.all();
    // Nobody can write, as on a full disk.
    database.exec(`CREATE TRIGGER full BEFORE UPDATE ON tasks BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END`);
    expect(() => store.markFailed(task?.taskId ?? '', 'The sandbox could not draw: no space left in /clips')).toThrow(/full/);
    expect(store.all()).toMatchObject([{ state: { status: 'failed' }, failure: 'The sandbox could not draw: no space left in /clips' }]);
    database.exec('DROP TRIGGER full');
    expect(sandbox.tasks()).toMatchObject([{ status: 'processing' }]);
    if (task !== undefined) expect(store.insert({ ...task, taskId: '2', externalTaskId: 'f' }, { startFrame: undefined, endFrame: undefined }).outcome).toBe('inserted');
    expect(sandbox.tasks()).toMatchObject([{ status: 'failed', statusMessage: 'The sandbox could not draw: no space left in /clips' }, { externalTaskId: 'f' }]);
    store.close();
    database.close();
  });
});

describe('a folder of the first version', () => {
  it('is brought up to date with its tasks, its money and its taken ids', async () => {
    await using folder = await makeFolder();
    const clock = createHandClock();
    {
      await using sandbox = await startSandbox({ dataFolder: folder.path, clips: 'tiny', clock, durationsMs: 0, balanceUnits: 10 });
      await create(sandbox, { ...TURBO, external_task_id: 'old' });
    }
    const database = new Database(join(folder.path, 'sandbox.sqlite'));
    // As the first version made it.
    database.exec(`
      CREATE TABLE before (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, taskId TEXT NOT NULL UNIQUE, externalTaskId TEXT UNIQUE,
        product TEXT NOT NULL, model TEXT NOT NULL, mode TEXT, prompt TEXT NOT NULL,
        durationS REAL NOT NULL, sound INTEGER NOT NULL, watermark INTEGER NOT NULL, frameUrls TEXT NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL, frameRate REAL NOT NULL, frameCount INTEGER NOT NULL,
        price INTEGER NOT NULL, createdAtMs REAL NOT NULL, processingAtMs REAL NOT NULL, dueAtMs REAL NOT NULL,
        renderedAtMs REAL, failure TEXT, status TEXT NOT NULL CHECK (status IN ('running', 'succeed', 'failed')), endedAtMs REAL) STRICT;
      INSERT INTO before SELECT sequence, taskId, externalTaskId, product, model, mode, prompt, durationS, sound, watermark, frameUrls, width,
        height, frameRate, frameCount, price, createdAtMs, processingAtMs, dueAtMs, renderedAtMs, failure, status, endedAtMs FROM tasks;
      DROP TABLE tasks; DROP TABLE reservedIds; ALTER TABLE before RENAME TO tasks;
      CREATE INDEX tasksRunning ON tasks (model, price) WHERE status = 'running';
      CREATE INDEX tasksListed ON tasks (product, sequence);
      PRAGMA user_version = 0;`);
    database.close();
    await using sandbox = await startSandbox({ dataFolder: folder.path, clips: 'tiny', clock, repeatedIds: 'accepted', durationsMs: 0 });
    expect(sandbox.tasks()).toMatchObject([{ externalTaskId: 'old', status: 'succeed', chargedUnits: 1.5 }]);
    expect(sandbox.balanceUnits()).toBe(8.5);
    expect((await create(sandbox, { ...TURBO, external_task_id: 'old' })).body?.code).toBe(0);
    expect(sandbox.tasks()).toHaveLength(2);
    await using strict = await startSandbox({ dataFolder: folder.path, clips: 'tiny', clock });
    expect((await create(strict, { ...TURBO, external_task_id: 'old' })).body?.code).toBe(1201);
  });
});
