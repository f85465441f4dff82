import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../lib/clock.ts';
import { failure, finished, json, ok, openScriptedKling, refusal, submitted, type Script, type ScriptedKling } from './kling-under-test.ts';

let kling: ScriptedKling;
beforeEach(async () => {
  kling = await openScriptedKling();
});
afterEach(() => kling.close());

describe('waitForTask', () => {
  /** Pauses pass at once and are written down; time limits of calls (30 s and more) never strike. */
  function quickClock(): Clock & { pauses: number[] } {
    const pauses: number[] = [];
    let passedMs = 0;
    return {
      pauses,
      now: () => systemClock.now(),
      monotonic: () => passedMs,
      sleep: async (ms, signal) => {
        if (ms >= 30_000) return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
        signal?.throwIfAborted();
        pauses.push(ms);
        passedMs += ms;
      },
    };
  }
  function answers(...scripts: Script[]): void {
    kling.answer = (response, request) => (scripts.length > 1 ? scripts.shift()! : scripts[0]!)(response, request);
  }

  it('asks after 1, 2, 4, then every 8 s, through every passing trouble', async () => {
    const clock = quickClock();
    const states: string[] = [];
    answers(
      ok(submitted),
      ok({ ...submitted, task_status: 'thinking' }),
      refusal(500, 5000),
      refusal(429, 1302),
      (response) => response.socket!.destroy(),
      json(502, '<html>'),
      ok({ ...submitted, task_status: 'processing' }),
      ok(finished),
    );
    const task = await kling.client({ clock }).waitForTask('text2video', '867283741759111202', { onUpdate: ({ status }) => states.push(status) });
    expect(task.status).toBe('succeeded');
    expect(states).toEqual(['submitted', 'unrecognised', 'processing', 'succeeded']);
    expect(clock.pauses).toEqual([1000, 2000, 4000, 8000, 8000, 8000, 8000]);
  });

  it('returns a failed task as what it is', async () => {
    answers(ok({ ...submitted, task_status: 'failed', task_status_msg: 'Failure to pass the risk control system' }));
    expect(await kling.client({ clock: quickClock() }).waitForTask('text2video', '1')).toMatchObject({ status: 'failed', statusMessage: 'Failure to pass the risk control system' });
  });

  it('ends at the deadline after one last look, and says the task goes on', async () => {
    const clock = quickClock();
    answers(ok(submitted));
    await expect(kling.client({ clock }).waitForTask('text2video', '1', { deadlineMs: 10_000 })).rejects.toEqual(expect.objectContaining({ code: 'KLING_WAIT_TIMEOUT', next: expect.stringContaining('billed') as string }));
    expect(clock.pauses).toEqual([1000, 2000, 4000, 3000]);
    expect(kling.seen.length).toBe(5);
  });

  it('gives up at once when Kling refuses the question', async () => {
    answers(refusal(401, 1002, 'api key not found'));
    expect(await failure(kling.client({ clock: quickClock() }).waitForTask('text2video', '1'))).toMatchObject({ action: 'renew' });
    expect(kling.seen.length).toBe(1);
  });

  it('gives back the caller’s abort unchanged', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    answers(ok(submitted));
    await expect(kling.client({ clock: quickClock() }).waitForTask('text2video', '1', { signal: controller.signal, onUpdate: () => controller.abort(reason) })).rejects.toBe(reason);
  });
});
