import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../lib/clock.ts';
import { failure, json, ok, openScriptedKling, PAIR, refusal, type Script, type ScriptedKling } from './kling-under-test.ts';
import type { KlingTask } from './kling-task.ts';
import { walkTasks, type WalkOptions } from './walk-tasks.ts';

let kling: ScriptedKling;
beforeEach(async () => {
  kling = await openScriptedKling();
});
afterEach(() => kling.close());

const NOW = Date.UTC(2026, 10, 23);
const DAY = 86_400_000;
/** A task as the list tells it, made so many days ago. */
const aged = (days: number, id = days) => ({ task_id: `8672837417591${String(id).padStart(5, '0')}`, task_status: 'succeed', created_at: NOW - days * DAY });
const idOf = (days: number) => aged(days).task_id;

/** Serves a list by pages, as the query asks. */
function pagesOf(list: () => unknown[]): Script {
  return (response, request) => {
    const { searchParams } = new URL(request.url, kling.baseUrl);
    const [pageNum, pageSize] = ['pageNum', 'pageSize'].map((name) => Number(searchParams.get(name)));
    ok(list().slice((pageNum! - 1) * pageSize!, pageNum! * pageSize!))(response, request);
  };
}

async function walk(options: WalkOptions = {}, client = kling.client()): Promise<KlingTask[]> {
  const tasks: KlingTask[] = [];
  for await (const task of client.walkTasks('text2video', options)) tasks.push(task);
  return tasks;
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('walkTasks', () => {
  it('finds lost tasks with everything that is needed to fetch and account for them', async () => {
    const list = `[{"task_id":867283741759111202,"task_status":"succeed","task_status_msg":"","task_info":{"external_task_id":"ds1-abc-a1"},"created_at":${NOW - 1},"updated_at":${NOW},
      "final_unit_deduction":"1.5","task_result":{"videos":[{"id":"951204519020118273","url":"https://cdn.example/a.mp4?Expires=1","duration":"5.041"}]}},
      {"odd":true},
      {"task_id":"867283741759111203","task_status":"failed","task_status_msg":"Failure to pass the risk control system","task_info":{},"created_at":${NOW - 2}}]`;
    kling.answer = (response, request) => json(200, `{"code":0,"data":${request.url.includes('pageNum=1&') ? list : '[]'}}`)(response, request);
    expect(await walk({}, kling.client({ credentials: PAIR }))).toMatchObject([
      { taskId: '867283741759111202', externalTaskId: 'ds1-abc-a1', status: 'succeeded', createdAtMs: NOW - 1, updatedAtMs: NOW, billedUnits: 1.5, videos: [{ id: '951204519020118273', durationS: 5.041 }] },
      { taskId: '867283741759111203', status: 'failed', statusMessage: 'Failure to pass the risk control system' },
    ]);
    expect(kling.seen.map(({ url }) => url)).toEqual(['/v1/videos/text2video?pageNum=1&pageSize=100', '/v1/videos/text2video?pageNum=2&pageSize=100']);
  });

  it('finds a young task behind a whole page of old ones, in a list that looked as if it ran from new to old', async () => {
    const list = [...range(20), ...range(30).map((day) => day + 40), 5.5].map((day) => aged(day, day * 10));
    kling.answer = pagesOf(() => list);
    const found = (await walk({ sinceMs: NOW - 30 * DAY, pageSize: 10 })).map(({ createdAtMs }) => (NOW - createdAtMs!) / DAY);
    expect(found).toEqual([...range(20), 5.5]);
  });

  it('misses nothing and repeats nothing, in whatever order the list comes', async () => {
    const lists = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(lists, fc.integer({ min: 1, max: 7 }), fc.constantFrom('new', 'old', 'any', 'any'), async (days, pageSize, order) => {
        const list = order === 'any' ? days : days.toSorted((a, b) => (order === 'new' ? a - b : b - a));
        kling.answer = pagesOf(() => list.map((day) => aged(day)));
        const found = (await walk({ sinceMs: NOW - 30 * DAY, pageSize })).map(({ taskId }) => taskId);
        expect(found).toEqual(list.filter((day) => day <= 30).map(idOf));
      }),
      { numRuns: 100 },
    );
  });

  it('gives a task once when new ones push it onto the next page', async () => {
    let made = 0;
    kling.answer = (response, request) => {
      pagesOf(() => [...range(made).map((index) => aged(0, 900 - index)), ...range(25).map((day) => aged(day))])(response, request);
      made += 3;
    };
    const found = (await walk({ pageSize: 10 })).map(({ taskId }) => taskId);
    expect(found.toSorted()).toEqual(range(25).map(idOf).toSorted());
  });

  it('ends on a server that gives the same page for ever', async () => {
    kling.answer = ok([aged(1), aged(2)]);
    expect(await walk()).toHaveLength(2);
    expect(kling.seen.length).toBe(2);
  });

  it('passes over a page that it can read nothing of', async () => {
    kling.answer = pagesOf(() => [aged(1), aged(2), { odd: 1 }, { odd: 2 }, aged(3)]);
    expect(await walk({ pageSize: 2, sinceMs: NOW - 30 * DAY })).toHaveLength(3);
  });

  describe('in trouble', () => {
    function quickClock(): Clock & { pauses: number[] } {
      const pauses: number[] = [];
      return {
        ...systemClock,
        pauses,
        sleep: async (ms, signal) => {
          if (ms >= 30_000) return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
          signal?.throwIfAborted();
          pauses.push(ms);
        },
      };
    }

    it('that passes, asks for the same page again', async () => {
      const clock = quickClock();
      const troubles: Script[] = [refusal(429, 1302), refusal(500, 5000), (response) => response.socket!.destroy()];
      kling.answer = (response, request) => (request.url.includes('pageNum=2') && troubles.length > 0 ? troubles.shift()! : pagesOf(() => range(15).map((day) => aged(day))))(response, request);
      expect(await walk({ pageSize: 10 }, kling.client({ clock }))).toHaveLength(15);
      expect(clock.pauses).toEqual([1000, 2000, 4000]);
    });

    it('that stays, or is a refusal, throws it', async () => {
      const clock = quickClock();
      kling.answer = refusal(503, 5001);
      expect(await failure(walk({}, kling.client({ clock })))).toMatchObject({ code: 'KLING_UNAVAILABLE' });
      expect(kling.seen.length).toBe(6);
      kling.answer = refusal(401, 1002);
      expect(await failure(walk({}, kling.client({ clock })))).toMatchObject({ action: 'renew' });
      expect(kling.seen.length).toBe(7);
      await expect(walk({ pageSize: 501 })).rejects.toMatchObject({ code: 'KLING_ARGUMENT_INVALID' });
    });

    it('of the caller’s own making, gives back the abort unchanged', async () => {
      const controller = new AbortController();
      const reason = new Error('enough');
      kling.answer = pagesOf(() => range(15).map((day) => aged(day)));
      const reading = async () => {
        for await (const task of kling.client().walkTasks('text2video', { pageSize: 10, signal: controller.signal })) controller.abort(task.taskId === idOf(0) ? reason : undefined);
      };
      await expect(reading()).rejects.toBe(reason);
      expect(kling.seen.length).toBe(1);
    });
  });

  it('says that the list cannot be read to its end, instead of ending as if it had been', async () => {
    let pages = 0;
    const endless = async (pageNum: number) => {
      pages += 1;
      return { tasks: [{ taskId: String(pageNum), status: 'failed', rawStatus: 'failed', statusMessage: '', videos: [], raw: {} } satisfies KlingTask], entries: 1 };
    };
    const reading = walkTasks(endless, systemClock, {});
    const readAll = async () => {
      while ((await reading.next()).done !== true);
    };
    await expect(readAll()).rejects.toMatchObject({ code: 'KLING_LIST_TOO_LONG' });
    expect(pages).toBe(1000);
  });
});
