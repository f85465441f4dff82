import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API_KEY, boat, failure, json, ok, openScriptedKling, submitted, type ScriptedKling } from './kling-under-test.ts';

let kling: ScriptedKling;
beforeEach(async () => {
  kling = await openScriptedKling();
});
afterEach(() => kling.close());

describe('create', () => {
  it('sends Kling’s own words and reads the task', async () => {
    kling.answer = ok(submitted);
    const task = await kling.client().create({ ...boat, mode: 'pro', negativePrompt: 'text', watermark: true, callbackUrl: 'https://me.example/hook' });
    expect(task).toEqual({
      taskId: '867283741759111202',
      externalTaskId: 'ds1-abc-a1',
      status: 'submitted',
      rawStatus: 'submitted',
      statusMessage: '',
      createdAtMs: 1795340000123,
      updatedAtMs: 1795340000123,
      videos: [],
      raw: submitted,
    });
    expect(kling.seen[0]).toMatchObject({ method: 'POST', url: '/v1/videos/text2video', headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' } });
    expect(kling.seen[0]!.headers['content-length']).toBe(String(Buffer.byteLength(kling.seen[0]!.body)));
    expect(JSON.parse(kling.seen[0]!.body)).toEqual({
      model_name: 'kling-v2-5-turbo',
      prompt: 'A paper boat',
      negative_prompt: 'text',
      mode: 'pro',
      duration: '5',
      aspect_ratio: '16:9',
      watermark_info: { enabled: true },
      callback_url: 'https://me.example/hook',
      external_task_id: 'ds1-abc-a1',
    });
  });

  it('says each version’s request the way that version takes it', async () => {
    kling.answer = ok(submitted);
    await kling.client().createTextToVideo({ ...boat, model: 'kling-v2-master', mode: 'pro', durationS: 10, aspectRatio: '1:1' });
    await kling.client().createTextToVideo({ ...boat, model: 'kling-v1-6', cfgScale: 0 });
    await kling.client().createTextToVideo({ ...boat, model: 'kling-v2-6', mode: 'pro', sound: true });
    await kling.client().createTextToVideo({ ...boat, model: 'kling-v1', cameraControl: { type: 'simple', config: { zoom: -3 } } });
    await kling.client().createImageToVideo({ ...boat, mode: 'pro', startFrame: { url: 'https://p.example/a.png' }, endFrame: { url: 'https://p.example/b.png' } });
    const bodies = kling.seen.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(bodies[0]).toEqual({ model_name: 'kling-v2-master', prompt: 'A paper boat', duration: '10', aspect_ratio: '1:1', external_task_id: 'ds1-abc-a1' });
    expect(bodies[1]).toMatchObject({ mode: 'std', cfg_scale: 0 });
    expect(bodies[2]).toMatchObject({ sound: 'on' });
    expect(bodies[3]).toMatchObject({ camera_control: { type: 'simple', config: { zoom: -3 } } });
    expect(bodies[4]).toMatchObject({ image: 'https://p.example/a.png', image_tail: 'https://p.example/b.png' });
    expect(bodies[4]).not.toHaveProperty('aspect_ratio');
    expect(kling.seen[4]!.url).toBe('/v1/videos/image2video');
  });

  it('refuses what the model can not serve before anything is sent, with every reason', async () => {
    kling.answer = ok(submitted);
    const error = await failure(kling.client().createImageToVideo({ ...boat, durationS: 7, startFrame: { bytes: Buffer.from('x') }, endFrame: { path: '/nowhere/b.png' } }));
    expect(error).toMatchObject({ kind: 'invalid-request', outcome: 'refused', action: 'fix-input' });
    expect(error.problems.map(({ field, code }) => `${field} ${code}`)).toEqual(['durationS DURATION_UNSUPPORTED', 'endFrame END_FRAME_UNSUPPORTED', 'startFrame FRAME_UNSUITABLE', 'endFrame FRAME_UNREADABLE']);
    expect(error.message).toContain('not 7 s; ask for 10 s. ');
    expect(kling.seen).toEqual([]);
  });

  it('keeps a task id that comes as a number of 18 digits', async () => {
    kling.answer = json(200, '{"code":0,"data":{"task_id":867283741759111202,"task_status":"submitted"}}');
    expect((await kling.client().create(boat)).taskId).toBe('867283741759111202');
  });

  it('gives back the caller’s own abort, unchanged, before and while waiting', async () => {
    kling.answer = () => controller.abort(reason);
    const reason = new Error('enough');
    const controller = new AbortController();
    await expect(kling.client().create(boat, { signal: controller.signal })).rejects.toBe(reason);
    expect(kling.seen.length).toBe(1);
    await expect(kling.client().create(boat, { signal: controller.signal })).rejects.toBe(reason);
    expect(kling.seen.length).toBe(1);
  });
});
