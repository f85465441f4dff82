import { describe, expect, it } from 'vitest';
import { TURBO, create, pngBase64, query, request, sandboxUnderTest, type TaskData } from './sandbox-under-test.ts';

const MINUTE_MS = 60_000;

describe('a task', () => {
  it('goes from submitted over processing to succeed as time passes, and is charged at the end', async () => {
    await using under = await sandboxUnderTest({ balanceUnits: 10 });
    const { sandbox, clock } = under;
    const createdAt = clock.now();
    await create(sandbox, { ...TURBO, external_task_id: 'mine' });
    await sandbox.idle();
    expect(await query(sandbox, 'mine')).toMatchObject({ task_status: 'submitted', updated_at: createdAt });
    expect(sandbox.balanceUnits()).toBe(10);

    clock.pass(8_000);
    const processing = await query(sandbox, 'mine');
    expect(processing).toMatchObject({ task_status: 'processing', task_status_msg: '' });
    expect(processing).not.toHaveProperty('task_result');
    expect(processing).not.toHaveProperty('final_unit_deduction');
    expect(sandbox.charges()).toEqual([]);

    clock.pass(5 * MINUTE_MS);
    const done = await query(sandbox, 'mine');
    expect(done).toMatchObject({
      task_status: 'succeed',
      task_status_msg: '',
      task_info: { external_task_id: 'mine' },
      watermark_info: { enabled: false },
      final_unit_deduction: '1.5',
      created_at: createdAt,
    });
    expect(done.task_result?.videos).toEqual([
      {
        id: expect.stringMatching(/^\d{18}$/) as string,
        url: expect.stringContaining(`${sandbox.baseUrl}/clips/${done.task_id}.mp4?Expires=`) as string,
        duration: '5.041',
      },
    ]);
    // Ended when its time was up, not when somebody looked.
    expect(done.updated_at).toBeLessThan(clock.now());
    expect(done.updated_at).toBeGreaterThan(createdAt + 8_000);
    expect(sandbox.charges()).toEqual([{ taskId: done.task_id, externalTaskId: 'mine', units: 1.5, chargedAtMs: done.updated_at, status: 'succeed' }]);
    expect(sandbox.balanceUnits()).toBe(8.5);
    expect(await query(sandbox, done.task_id)).toEqual(done);
  });

  it('is found by the path of its own product only', async () => {
    await using under = await sandboxUnderTest();
    await create(under.sandbox, { ...TURBO, external_task_id: 'mine' });
    const { status, body } = await request(under.sandbox, '/v1/videos/image2video/mine');
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 1201, message: 'Task not found by id/external id: mine' } });
  });

  it('says the real length of its clip, by the model and the call', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity });
    const lengthOf = async (body: object, product: string) => {
      const { data } = (await create(under.sandbox, body, product)).body ?? {};
      await under.sandbox.idle();
      return (await query(under.sandbox, (data as TaskData).task_id, product)).task_result?.videos[0]?.duration;
    };
    expect(await lengthOf(TURBO, 'text2video')).toBe('5.041');
    expect(await lengthOf({ ...TURBO, duration: '10' }, 'text2video')).toBe('10.041');
    expect(await lengthOf({ prompt: 'x', model_name: 'kling-v3', duration: '3' }, 'text2video')).toBe('3.041');
    expect(await lengthOf({ prompt: 'x', model_name: 'kling-v1-6', image: pngBase64(320, 320) }, 'image2video')).toBe('5.1');
  });

  it('names a second file when a watermark was asked for', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity });
    await create(under.sandbox, { ...TURBO, external_task_id: 'marked', watermark_info: { enabled: true } });
    await under.sandbox.idle();
    const done = await query(under.sandbox, 'marked');
    expect(done).toMatchObject({ watermark_info: { enabled: true } });
    expect(done.task_result?.videos[0]?.watermark_url).toContain('/clips/');
  });

  it('holds its slot until it ends, per model, and gives it back after a failure too', async () => {
    await using under = await sandboxUnderTest({ slots: 2 });
    const { sandbox, clock } = under;
    sandbox.failNext('task-failed-moderation');
    const codes = async (body: object) => (await create(sandbox, body)).body?.code;
    expect([await codes(TURBO), await codes(TURBO), await codes(TURBO)]).toEqual([0, 0, 1303]);
    expect(await codes({ prompt: 'x', model_name: 'kling-v2-6' })).toBe(0);
    await sandbox.idle();
    clock.pass(5 * MINUTE_MS);
    expect([await codes(TURBO), await codes(TURBO), await codes(TURBO)]).toEqual([0, 0, 1303]);
    sandbox.setSlots(3);
    expect([await codes(TURBO), await codes(TURBO)]).toEqual([0, 1303]);
  });

  it('keeps money aside for what runs, gives it back after a failure, and takes more after a top-up', async () => {
    await using under = await sandboxUnderTest({ balanceUnits: 3 });
    const { sandbox, clock } = under;
    sandbox.failNext('task-failed-moderation');
    const codes = async () => (await create(sandbox)).body?.code;
    expect([await codes(), await codes(), await codes()]).toEqual([0, 0, 1102]);
    await sandbox.idle();
    clock.pass(5 * MINUTE_MS);
    expect(sandbox.balanceUnits()).toBe(1.5);
    expect([await codes(), await codes()]).toEqual([0, 1102]);
    sandbox.addUnits(1.5);
    expect([await codes(), await codes()]).toEqual([0, 1102]);
  });

  it.each([
    ['too small', pngBase64(299, 400), 'Image pixel is invalid'],
    ['too wide', pngBase64(760, 302), 'The resolution or aspect ratio of the input image is invalid. Please ensure it meets the required specifications.'],
    ['no picture', 'aGVsbG8=', 'Image pixel is invalid'],
  ])('with a picture that is %s is accepted and fails later, free of charge', async (_what, image, message) => {
    await using under = await sandboxUnderTest();
    const { sandbox, clock } = under;
    expect((await create(sandbox, { ...TURBO, image, external_task_id: 'bad' }, 'image2video')).body?.code).toBe(0);
    expect(await query(sandbox, 'bad', 'image2video')).toMatchObject({ task_status: 'submitted', task_status_msg: '' });
    clock.pass(5 * MINUTE_MS);
    const failed = await query(sandbox, 'bad', 'image2video');
    expect(failed).toMatchObject({ task_status: 'failed', task_status_msg: message });
    expect(failed).not.toHaveProperty('task_result');
    expect([sandbox.charges(), sandbox.balanceUnits()]).toEqual([[], 1000]);
  });

  it('refuses an external id that was used before, for good and for every product', async () => {
    await using under = await sandboxUnderTest();
    const { sandbox, clock } = under;
    sandbox.failNext('task-failed-moderation');
    await create(sandbox, { ...TURBO, external_task_id: 'once' });
    clock.pass(20 * MINUTE_MS);
    for (const [product, body] of [['text2video', TURBO], ['image2video', { ...TURBO, image: 'https://img.invalid/a.png' }]] as const) {
      expect(await create(sandbox, { ...body, external_task_id: 'once' }, product)).toMatchObject({
        status: 400,
        body: { code: 1201, message: 'External_task_id once already exists' },
      });
    }
    expect(sandbox.tasks()).toHaveLength(1);
  });
});
