import { describe, expect, it } from 'vitest';
import { TURBO, create, query, request, sandboxUnderTest, type TaskData } from './sandbox-under-test.ts';
import type { Sandbox } from './sandbox.ts';

async function createMany(sandbox: Sandbox, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { body } = await create(sandbox, { ...TURBO, external_task_id: `t${index}` });
    ids.push((body?.data as TaskData).task_id);
  }
  return ids;
}

describe('a list', () => {
  it('is empty at first and pages through everything once, newest first, product by product', async () => {
    await using under = await sandboxUnderTest({ slots: 50 });
    const { sandbox } = under;
    expect(await request(sandbox, '/v1/videos/text2video')).toMatchObject({ status: 200, body: { code: 0, data: [] } });
    const ids = await createMany(sandbox, 35);
    await create(sandbox, { ...TURBO, image: 'https://img.invalid/a.png' }, 'image2video');
    const page = async (queryText: string) => (await request(sandbox, `/v1/videos/text2video${queryText}`)).body?.data as TaskData[];
    expect((await page('')).map((task) => task.task_id)).toEqual([...ids].reverse().slice(0, 30));
    const pages = [await page('?pageNum=1&pageSize=16'), await page('?pageNum=2&pageSize=16'), await page('?pageNum=3&pageSize=16')];
    expect(pages.flat().map((task) => task.task_id)).toEqual([...ids].reverse());
    expect(await page('?pageNum=4&pageSize=16')).toEqual([]);
    expect(pages[0]?.[0]).toEqual(await query(sandbox, 't34'));
  });

  it.each(['pageNum=0', 'pageNum=1001', 'pageNum=x', 'pageSize=0', 'pageSize=501', 'pageSize=1.5', 'pageSize=-1'])('refuses %s', async (bad) => {
    await using under = await sandboxUnderTest();
    const [name, value] = bad.split('=');
    const answered = await request(under.sandbox, `/v1/videos/text2video?${bad}`);
    expect(answered).toMatchObject({ status: 400, body: { code: 1201, message: `${name} value '${value}' is invalid` } });
  });

  it.each(['pageNum=1000', 'pageSize=500', 'pageNum='])('takes %s', async (good) => {
    await using under = await sandboxUnderTest();
    expect((await request(under.sandbox, `/v1/videos/text2video?${good}`)).status).toBe(200);
  });
});

describe('GET /tasks', () => {
  it('answers in the newer words, over all products, and leaves unknown ids out', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity });
    const { sandbox, clock } = under;
    const [first] = await createMany(sandbox, 1);
    const second = (await create(sandbox, { ...TURBO, image: 'https://img.invalid/a.png' }, 'image2video')).body?.data as TaskData;
    await sandbox.idle();
    const { body } = await request(sandbox, `/tasks?task_ids=${second.task_id},000,${first},${first}`);
    const clip = (id: string | undefined) => ({
      type: 'video',
      id: expect.any(String) as string,
      url: expect.stringContaining(`/clips/${id}.mp4`) as string,
      duration: '5.041',
    });
    const record = { status: 'succeeded', message: '', create_time: clock.now(), update_time: clock.now() };
    const billing = [{ charge_type: 'unit', amount: '1.5', package_type: 'video' }];
    expect(body?.data).toEqual([
      { id: second.task_id, ...record, outputs: [clip(second.task_id)], billing },
      { id: first, ...record, external_id: 't0', outputs: [clip(first)], billing },
    ]);
    expect((await request(sandbox, '/tasks?external_task_ids=t0')).body?.data).toMatchObject([{ id: first }]);
    expect((await request(sandbox, '/tasks?external_task_ids=nope')).body).toMatchObject({ code: 0, data: [] });
  });

  it('has neither outputs nor billing for what runs or failed', async () => {
    await using under = await sandboxUnderTest();
    const { sandbox, clock } = under;
    sandbox.failNext('task-failed-moderation');
    await createMany(sandbox, 1);
    const record = async () => ((await request(sandbox, '/tasks?external_task_ids=t0')).body?.data as object[])[0];
    expect(await record()).toMatchObject({ status: 'submitted', outputs: [], billing: [] });
    clock.pass(300_000);
    expect(await record()).toMatchObject({ status: 'failed', message: 'Failure to pass the risk control system', outputs: [], billing: [] });
  });

  it('wants exactly one kind of ids, at most 20', async () => {
    await using under = await sandboxUnderTest();
    const message = async (queryText: string) => (await request(under.sandbox, `/tasks${queryText}`)).body?.message;
    for (const bad of ['', '?task_ids=', '?task_ids=,', '?task_ids=1&external_task_ids=a']) {
      expect(await message(bad)).toBe('task_ids or external_task_ids is required');
    }
    const ids = Array.from({ length: 21 }, (_, index) => `i${index}`);
    expect(await message(`?external_task_ids=${ids.join(',')}`)).toMatch(/cannot exceed 20 in total$/);
    expect(await message(`?external_task_ids=${ids.slice(1).join(',')}`)).toBe('SUCCEED');
  });
});

describe('the account', () => {
  it('is shown as one pack by /account/costs', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity, balanceUnits: 100 });
    const { sandbox } = under;
    await createMany(sandbox, 2);
    await sandbox.idle();
    const { body } = await request(sandbox, '/account/costs?start_time=0&end_time=9');
    expect(body).not.toHaveProperty('request_id');
    expect(body).toMatchObject({
      code: 0,
      data: { code: 0, msg: 'success', resource_pack_subscribe_infos: [{ resource_pack_name: 'Sandbox-Video-5Con', total_quantity: 100, remaining_quantity: 97, status: 'online' }] },
    });
    sandbox.setSlots(9);
    const changed = await request(sandbox, '/account/costs?start_time=0&end_time=9');
    expect(changed.body).toMatchObject({ data: { resource_pack_subscribe_infos: [{ resource_pack_name: 'Sandbox-Video-9Con' }] } });
    expect((await request(sandbox, '/account/costs?start_time=0')).body).toMatchObject({ code: 1201, message: 'end_time is required' });
  });
});
