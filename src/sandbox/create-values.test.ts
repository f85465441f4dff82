import { describe, expect, it } from 'vitest';
import { TURBO, create, query, request, sandboxUnderTest, type TaskData } from './sandbox-under-test.ts';

/** A body, and Kling's answer to it: 0 for accepted, else the text of a 1201. */
const CASES: [product: 'text2video' | 'image2video', body: object, answer: 0 | string][] = [
  ['text2video', TURBO, 0],
  ['text2video', { ...TURBO, unheard_of: 1, settings: { mode: 'x' } }, 0],
  ['text2video', { ...TURBO, mode: null, duration: null, external_task_id: '' }, 0],
  ['text2video', { ...TURBO, cfg_scale: 0.5, negative_prompt: 'text' }, 0],
  ['text2video', { model_name: 'kling-v2-5-turbo' }, 'prompt is required'],
  ['text2video', { ...TURBO, prompt: '' }, 'prompt is required'],
  ['text2video', { ...TURBO, prompt: 'x'.repeat(2500) }, 0],
  ['text2video', { ...TURBO, prompt: 'x'.repeat(2501) }, 'prompt exceeds 2500 characters'],
  ['text2video', { ...TURBO, duration: '7' }, "duration value '7' is invalid"],
  ['text2video', { ...TURBO, duration: 5 }, "duration value '5' is invalid"],
  ['text2video', { ...TURBO, duration: '30' }, "duration value '30' is invalid"],
  ['text2video', { ...TURBO, mode: '4k' }, "mode value '4k' is invalid"],
  ['text2video', { ...TURBO, aspect_ratio: '4:3' }, "aspect_ratio value '4:3' is invalid"],
  ['text2video', { ...TURBO, cfg_scale: 2 }, "cfg_scale value '2' is invalid"],
  ['text2video', { ...TURBO, sound: true }, "sound value 'true' is invalid"],
  ['text2video', { ...TURBO, sound: 'on' }, 'kling-v2-5-turbo is not supported with sound'],
  ['text2video', { ...TURBO, camera_control: { type: 'spin' } }, "camera_control.type value 'spin' is invalid"],
  [
    'text2video',
    { ...TURBO, camera_control: { type: 'simple', config: { pan: 1, zoom: 2 } } },
    `camera_control.config value '{"pan":1,"zoom":2}' is invalid`,
  ],
  ['text2video', { ...TURBO, prompt: 'y'.repeat(9), external_task_id: 'x'.repeat(300) }, 'external_task_id exceeds 255 characters'],
  ['text2video', { ...TURBO, model_name: 'kling-v3-omni' }, 'model is not supported'],
  ['text2video', { ...TURBO, model_name: 'kling-v2-1' }, 'model is not supported'],
  ['text2video', { prompt: 'The default model is the oldest' }, "The model 'kling-v1' has been discontinued and is no longer available."],
  ['text2video', { prompt: 'x', model_name: 'kling-v1-6' }, 0],
  ['text2video', { prompt: 'x', model_name: 'kling-v2-master', mode: 'pro' }, 0],
  ['text2video', { prompt: 'x', model_name: 'kling-v2-6', mode: 'pro', sound: 'on' }, 0],
  ['text2video', { prompt: 'x', model_name: 'kling-v3', mode: '4k', duration: '15' }, 0],
  ['image2video', { ...TURBO }, 'image is required'],
  ['image2video', { ...TURBO, image: 'https://img.invalid/a.png' }, 0],
  ['image2video', { ...TURBO, image: '%%%' }, 'File is not in a valid base64 format'],
  ['image2video', { ...TURBO, image: 'aaaaa' }, 'File is not in a valid base64 format'],
  ['image2video', { ...TURBO, image: 'aaaa', image_tail: 'bbbb', mode: 'std' }, 'kling-v2-5-turbo is not supported with image_tail'],
  ['image2video', { ...TURBO, image: 'aaaa', image_tail: 'bbbb', mode: 'pro' }, 0],
  ['image2video', { ...TURBO, image_tail: 'bbbb', mode: 'pro' }, 'kling-v2-5-turbo is not supported with image_tail without image'],
  ['image2video', { prompt: 'x', model_name: 'kling-v1-6', image_tail: 'bbbb', mode: 'pro' }, 0],
  ['image2video', { prompt: 'x', model_name: 'kling-v1-6', image: 'aaaa', static_mask: 'bbbb' }, 'kling-v1-6 is not supported with motion brush'],
];

const TITLED = CASES.map(
  ([product, body, answer]) => [`${product} ${JSON.stringify(body).slice(0, 90)} -> ${answer || 'accepted'}`, product, body, answer] as const,
);

describe('a create', () => {
  it.each(TITLED)('%s', async (_title, product, body, answer) => {
    await using under = await sandboxUnderTest();
    const { status, body: answered } = await create(under.sandbox, body, product);
    if (answer === 0) expect(answered).toMatchObject({ code: 0, message: 'SUCCEED' });
    else expect({ status, ...answered }).toMatchObject({ status: 400, code: 1201, message: answer });
  });

  it('refuses a picture beyond 10 MB', async () => {
    await using under = await sandboxUnderTest();
    const { body } = await create(under.sandbox, { ...TURBO, image: 'A'.repeat(14 * 1024 * 1024) }, 'image2video');
    expect(body).toMatchObject({ code: 1201, message: 'image exceeds 10 MB' });
  });

  it.each(['null', '[]', '"text"', '12', '', '{"prompt":', 'not json'])('refuses the body %j whole', async (text) => {
    await using under = await sandboxUnderTest();
    expect(await create(under.sandbox, text)).toMatchObject({ status: 400, body: { code: 1200 } });
  });

  it('is answered as created: submitted, both times equal, 18 digits, the external id back', async () => {
    await using under = await sandboxUnderTest();
    const { body } = await create(under.sandbox, { ...TURBO, external_task_id: 'job-7f3a-take1' });
    const nowMs = under.clock.now();
    expect(body).toEqual({
      code: 0,
      message: 'SUCCEED',
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      data: {
        task_id: expect.stringMatching(/^[1-9]\d{17}$/) as string,
        task_status: 'submitted',
        task_info: { external_task_id: 'job-7f3a-take1' },
        created_at: nowMs,
        updated_at: nowMs,
      },
    });
    const { body: without } = await create(under.sandbox);
    expect((without?.data as TaskData).task_info).toEqual({});
  });

  it.each([
    ['as-seen', { 'kling-v1': 1201, 'kling-v1-6': 0, 'kling-v2-5-turbo': 0 }],
    ['served', { 'kling-v1': 0, 'kling-v1-6': 0, 'kling-v2-5-turbo': 0 }],
    ['refused', { 'kling-v1': 1201, 'kling-v1-6': 1201, 'kling-v2-5-turbo': 0 }],
  ] as const)('treats retired models: %s', async (retiredModels, codes) => {
    await using under = await sandboxUnderTest({ retiredModels });
    for (const [model_name, code] of Object.entries(codes)) {
      expect((await create(under.sandbox, { prompt: 'x', model_name })).body?.code).toBe(code);
    }
  });

  it('lets one model be switched, over the rest', async () => {
    await using under = await sandboxUnderTest({ models: { 'kling-v1': 'served', 'kling-v2-5-turbo': 'refused' } });
    expect((await create(under.sandbox, { prompt: 'x', model_name: 'kling-v1' })).body?.code).toBe(0);
    expect((await create(under.sandbox)).body?.message).toBe("The model 'kling-v2-5-turbo' has been discontinued and is no longer available.");
  });

  it('refuses a body beyond 64 MB without keeping it', async () => {
    await using under = await sandboxUnderTest();
    const { status, body } = await create(under.sandbox, JSON.stringify({ ...TURBO, extra: 'x'.repeat(65 * 1024 * 1024) }));
    expect([status, body?.code]).toEqual([413, 1200]);
    expect((await create(under.sandbox)).body?.code).toBe(0);
  });

  it('answers 404 where Kling has nothing, and for a wrong method', async () => {
    await using under = await sandboxUnderTest();
    expect(await request(under.sandbox, '/v1/videos/123')).toMatchObject({ status: 404, body: { code: 1203 } });
    expect(await request(under.sandbox, '/v1/videos/text2video', { method: 'DELETE' })).toMatchObject({ status: 404, body: { code: 1202 } });
    expect(await query(under.sandbox, 'nope')).toBeUndefined();
  });
});
