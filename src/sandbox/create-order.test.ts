import { describe, expect, it } from 'vitest';
import { create, request, sandboxUnderTest } from './sandbox-under-test.ts';
import type { Sandbox } from './sandbox.ts';

interface Attempt {
  sandbox: Sandbox;
  headers: Record<string, string>;
  body: Record<string, unknown>;
  text: (json: string) => string;
}

/** A start frame that is base64 of no picture: accepted, and failed later. */
const BASE64 = 'aGVsbG8gd29ybGQ=';

/** Every reason to refuse a create, in the order in which Kling looks for them. */
const REASONS: { reason: string; spoil: (attempt: Attempt) => void; code: number; message: string | RegExp }[] = [
  { reason: 'no key', spoil: ({ headers }) => delete headers['authorization'], code: 1001, message: 'Authorization is empty' },
  {
    reason: 'no JSON',
    spoil: (attempt) => {
      attempt.text = (json) => `${json}}`;
    },
    code: 1200,
    message: /JSON/,
  },
  { reason: 'wrong value', spoil: ({ body }) => (body['mode'] = 'standard'), code: 1201, message: "mode value 'standard' is invalid" },
  { reason: 'unknown model', spoil: ({ body }) => (body['model_name'] = 'kling-v2-5'), code: 1201, message: 'model is not supported' },
  {
    reason: 'model cannot',
    spoil: ({ body }) => (body['camera_control'] = { type: 'down_back' }),
    code: 1201,
    message: 'kling-v2-5-turbo is not supported with camera control',
  },
  {
    reason: 'data URI',
    spoil: ({ body }) => (body['image'] = `data:image/png;base64,${BASE64}`),
    code: 1201,
    message: 'File is not in a valid base64 format',
  },
  { reason: 'moderation', spoil: ({ sandbox }) => sandbox.failNext('status-1301'), code: 1301, message: /safety/ },
  // 1.5 of the 2 units are held by the first task.
  { reason: 'no money', spoil: ({ body }) => (body['duration'] = '10'), code: 1102, message: 'Account balance not enough' },
  { reason: 'no slot', spoil: ({ sandbox }) => sandbox.setSlots(1), code: 1303, message: 'parallel task over resource pack limit' },
  { reason: 'id taken', spoil: ({ body }) => (body['external_task_id'] = 'first'), code: 1201, message: 'External_task_id first already exists' },
];

const pairs = REASONS.flatMap((first, index) => REASONS.slice(index + 1).map((second) => [first.reason, second.reason, first, second] as const));

async function attemptWith(spoils: ((attempt: Attempt) => void)[]) {
  await using under = await sandboxUnderTest({ balanceUnits: 3 });
  const { sandbox } = under;
  const good = { model_name: 'kling-v2-5-turbo', prompt: 'A boat', image: BASE64, mode: 'std', duration: '5' };
  expect((await create(sandbox, { ...good, external_task_id: 'first' }, 'image2video')).status).toBe(200);
  const attempt: Attempt = {
    sandbox,
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
    body: { ...good, external_task_id: 'second' },
    text: (json) => json,
  };
  for (const spoil of spoils) spoil(attempt);
  const { headers, body, text } = attempt;
  const answered = await request(sandbox, '/v1/videos/image2video', { method: 'POST', headers, body: text(JSON.stringify(body)) });
  return { ...answered, tasks: sandbox.tasks().length };
}

describe('the order of the checks', () => {
  it('accepts the request that nothing spoils', async () => {
    expect(await attemptWith([])).toMatchObject({ status: 200, tasks: 2 });
  });

  it.each(REASONS)('refuses: $reason', async ({ spoil, code, message }) => {
    const { body, tasks } = await attemptWith([spoil]);
    expect(body?.code).toBe(code);
    expect(body?.message).toMatch(message);
    expect(body).not.toHaveProperty('data');
    expect(tasks).toBe(1);
  });

  it.each(pairs)('%s is said before %s', async (_first, _second, first, second) => {
    const { body, tasks } = await attemptWith([second.spoil, first.spoil]);
    expect(body?.code).toBe(first.code);
    // The model's name is part of the ability's text only when the model is known.
    expect(body?.message).toMatch(first.message);
    expect(tasks).toBe(1);
  });
});
