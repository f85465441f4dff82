import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShotSettings } from '../protocol/shot-settings.ts';
import { openStore, type Project, type ProjectPrompt, type Store } from '../store/index.ts';
import { writeDown } from './write-down.ts';

let home: string;
let store: Store;
let project: Project;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'write-down-'));
  store = await openStore({ home });
  project = await store.projects.createProject({ name: 'film', engine: 'kling' });
});
afterEach(async () => {
  await store.close();
  await rm(home, { recursive: true, force: true });
});

async function plan(words: readonly string[], takesWanted = 1): Promise<ProjectPrompt[]> {
  const settings = (prompt: string): ShotSettings => ({ kind: 'text2video', model: 'kling-v2-5-turbo', mode: 'std', prompt, durationS: 5, aspectRatio: '16:9', sound: false });
  return await store.projects.savePromptList(project.id, words.map((text) => ({ sceneNumber: 1, text, startLine: 1, endLine: 1, settings: settings(text), inS: 0, takesWanted })));
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `Boat ${index + 1} leaves.`);

/** The store of a process that is killed when it comes to write its second piece. */
function killedAtSecondPiece(): Store {
  let pieces = 0;
  const together: Store['together'] = async (work) => {
    pieces += 1;
    if (pieces > 1) throw new Error('killed');
    return await store.together(work);
  };
  return { ...store, together };
}

const unfinished = async () => (await store.takes.listUnfinished(project.id, 'kling')).map(({ generation }) => generation);

describe('a film of more takes than are written together', () => {
  it('is written by the next run to its end, nothing twice, when a process died between two pieces', async () => {
    const shots = await plan(numbered(250), 2);
    await expect(writeDown(killedAtSecondPiece(), 'kling', { projectId: project.id })).rejects.toThrow('killed');
    const before = await unfinished();
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(500);
    expect(before.every(({ state }) => state.status === 'waiting')).toBe(true);

    const { shared } = await writeDown(store, 'kling', { projectId: project.id });
    const after = await unfinished();
    expect(after).toHaveLength(500);
    const ids = new Set(after.map(({ id }) => id));
    expect(before.every(({ id }) => ids.has(id))).toBe(true);
    expect(new Set(shared.keys())).toEqual(ids);
    const takes = await store.takes.list(shots.map(({ id }) => id), 'kling');
    expect(takes.map(({ number }) => number)).toEqual(shots.flatMap(() => [1, 2]));
  });

  it('asks for one more take of each whole, so that a second try asks no shot for two', async () => {
    await plan(numbered(250));
    expect((await writeDown(killedAtSecondPiece(), 'kling', { projectId: project.id, newTake: true })).shared.size).toBe(250);
  });

  it('keeps one take for each of two equal shots far apart when their picture is tried again', async () => {
    const words = numbered(250);
    const shots = await plan([...words, words[0]!]);
    const twins = [shots[0]!.id, shots.at(-1)!.id];
    const [first] = (await writeDown(store, 'kling', { projectId: project.id })).shared.values();
    expect(first?.seats.map(({ shot }) => shot.id)).toEqual(twins);
    const row = (await store.ledger.claim(first!.id))!;
    const failed = { status: 'failed', cause: 'task-failed', error: { code: 'TEST', message: 'a test' }, charged: 'no', taskId: '1', posts: 1 } as const;
    await store.ledger.release(await store.ledger.commit(row, { state: failed, event: 'task-failed' }));

    const [again] = (await writeDown(store, 'kling', { projectId: project.id })).shared.values();
    expect(again?.id).not.toBe(first?.id);
    expect(again?.seats.map(({ shot, number }) => [shot.id, number])).toEqual(twins.map((id) => [id, 1]));
    expect((await store.takes.list(twins, 'kling')).map(({ number, generation }) => [number, generation.attempt])).toEqual([[1, 2], [1, 2]]);
  });
});
