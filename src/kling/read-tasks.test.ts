import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PAIR, failure, finished, json, ok, openScriptedKling, refusal, submitted, type ScriptedKling } from './kling-under-test.ts';

let kling: ScriptedKling;
beforeEach(async () => {
  kling = await openScriptedKling();
});
afterEach(() => kling.close());

describe('reading tasks', () => {
  it('reads a finished task with its bill and its real length', async () => {
    kling.answer = ok(finished);
    expect(await kling.client().getTask('text2video', { externalTaskId: 'ds1-abc-a1' })).toMatchObject({
      status: 'succeeded',
      rawStatus: 'succeed',
      billedUnits: 1.5,
      videos: [{ id: '951204519020118273', url: 'https://cdn.example/a.mp4?Expires=1', durationS: 5.041 }],
    });
    expect(kling.seen[0]!.url).toBe('/v1/videos/text2video/ds1-abc-a1');
  });

  it('reads what an account that pays in money was charged', async () => {
    kling.answer = ok({ ...finished, final_unit_deduction: undefined, final_balance_deduction: { quota: '0.21', list_price: '0.21' } });
    const task = await kling.client().getTask('text2video', { taskId: '1' });
    expect(task.billedUnits).toBeUndefined();
    expect(task.billedCash).toEqual([{ amount: '0.21', listPrice: '0.21' }]);
  });

  it('survives new words, odd types and missing parts', async () => {
    kling.answer = ok({ task_id: '1', task_status: 'paused', task_info: 'odd', created_at: '1795340000123', task_result: { videos: [null, {}, { url: 'https://cdn.example/b.mp4', duration: 'long' }] }, final_unit_deduction: {}, more: [1] });
    expect(await kling.client().getTask('text2video', { taskId: '1' })).toMatchObject({ status: 'unrecognised', rawStatus: 'paused', createdAtMs: 1795340000123, videos: [{ url: 'https://cdn.example/b.mp4' }] });
    kling.answer = ok({ task_id: '1', task_status: 'succeed', task_result: {} });
    expect(await kling.client().getTask('text2video', { taskId: '1' })).toMatchObject({ status: 'succeeded', videos: [] });
  });

  it('calls a task absent only when Kling says exactly that', async () => {
    kling.answer = refusal(400, 1201, 'Task not found by id/external id: ds1-abc-a1');
    expect(await kling.client().findTask('text2video', { externalTaskId: 'ds1-abc-a1' })).toBeUndefined();
    expect(await failure(kling.client().getTask('text2video', { externalTaskId: 'ds1-abc-a1' }))).toMatchObject({ action: 'not-found' });
    for (const other of [refusal(404, 1203, 'Task not found'), refusal(400, 1201, 'not found'), json(404, 'Task not found'), ok({}), ok(null), refusal(500, 5000), refusal(500, 1201, 'Task not found by id/external id: x')]) {
      kling.answer = other;
      await failure(kling.client().findTask('text2video', { externalTaskId: 'ds1-abc-a1' }));
    }
  });

  it('reads many tasks at once in the newer API’s words', async () => {
    kling.answer = ok([
      { id: '1', status: 'succeeded', message: '', create_time: 1, update_time: 2, external_id: 'a', outputs: [{ type: 'video', id: '9', url: 'https://cdn.example/c.mp4', duration: '5.041' }], billing: [{ charge_type: 'unit', amount: '2.4', package_type: 'video' }, { charge_type: 'unit', amount: '0.1' }, { charge_type: 'cash', amount: '1', currency: 'USD' }] },
      { odd: true },
      { id: '2', status: 'failed', message: 'Failure to pass the risk control system', external_id: '', outputs: [], billing: [] },
    ]);
    const tasks = await kling.client().findTasks({ externalTaskIds: ['a', 'b'] });
    expect(kling.seen[0]!.url).toBe('/tasks?external_task_ids=a,b');
    expect(tasks).toMatchObject([
      { taskId: '1', externalTaskId: 'a', status: 'succeeded', billedUnits: 2.5, billedCash: [{ amount: '1', currency: 'USD' }], videos: [{ url: 'https://cdn.example/c.mp4', durationS: 5.041 }] },
      { taskId: '2', status: 'failed', statusMessage: 'Failure to pass the risk control system', videos: [] },
    ]);
    expect(tasks[1]).not.toHaveProperty('externalTaskId');
    expect(await kling.client().findTasks({ taskIds: [] })).toEqual([]);
  });

  it('pages through the list', async () => {
    kling.answer = ok([finished, submitted]);
    expect((await kling.client().listTasks('image2video', { pageNum: 2, pageSize: 500 })).map(({ status }) => status)).toEqual(['succeeded', 'submitted']);
    expect(kling.seen[0]!.url).toBe('/v1/videos/image2video?pageNum=2&pageSize=500');
    kling.answer = ok([]);
    expect(await kling.client().listTasks('image2video')).toEqual([]);
    kling.answer = ok({ odd: true });
    await failure(kling.client().listTasks('image2video'));
  });

  it('asks nothing with ids or pages that would ask something else', async () => {
    const wrong = expect.objectContaining({ code: 'KLING_ARGUMENT_INVALID' });
    for (const taskId of ['', '..', '.', 'a/b', 'a,b', 'a b', 'a?b']) await expect(kling.client().getTask('text2video', { taskId })).rejects.toEqual(wrong);
    await expect(kling.client().findTasks({ taskIds: Array.from({ length: 21 }, (_, index) => String(index)) })).rejects.toEqual(wrong);
    await expect(kling.client().listTasks('text2video', { pageSize: 501 })).rejects.toEqual(wrong);
    await expect(kling.client({ credentials: PAIR }).findTasks({ taskIds: ['1'] })).rejects.toEqual(expect.objectContaining({ code: 'KLING_NEEDS_API_KEY' }));
    expect(kling.seen).toEqual([]);
  });

  it('reads the account’s packs, also when there are none', async () => {
    kling.answer = ok({ code: 0, msg: 'success', resource_pack_subscribe_infos: [{ resource_pack_name: 'Trial', resource_pack_id: 'x', resource_pack_type: 'decreasing_total', total_quantity: 100, remaining_quantity: 98.5, purchase_time: 1, effective_time: 2, invalid_time: 3, status: 'online' }] });
    expect(await kling.client().accountCosts({ startTimeMs: 1, endTimeMs: 2 })).toEqual([{ name: 'Trial', id: 'x', type: 'decreasing_total', totalUnits: 100, remainingUnits: 98.5, purchasedAtMs: 1, effectiveAtMs: 2, invalidAtMs: 3, status: 'online' }]);
    expect(kling.seen[0]!.url).toBe('/account/costs?start_time=1&end_time=2');
    kling.answer = ok({ code: 0, msg: 'success' });
    expect(await kling.client().accountCosts({ startTimeMs: 1, endTimeMs: 2 })).toEqual([]);
    kling.answer = ok({ code: 1302, msg: 'too fast' });
    expect(await failure(kling.client().accountCosts({ startTimeMs: 1, endTimeMs: 2 }))).toMatchObject({ action: 'slow-down', klingCode: 1302 });
  });

  it('reuses connections for calls that follow each other', async () => {
    kling.answer = ok(finished);
    const one = kling.client();
    for (let call = 0; call < 20; call += 1) await one.getTask('text2video', { taskId: '1' });
    // A second one may open while the first is being put back.
    expect(kling.connections).toBeLessThanOrEqual(2);
  });
});
