import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { FAULTS, FAULT_KINDS, type Fault, type FaultKind } from './faults.ts';
import { TURBO, create, query, request, sandboxInMemory, type TaskData } from './sandbox-under-test.ts';
import type { Sandbox } from './sandbox.ts';

const FAULT_OF: Readonly<Record<FaultKind, Fault>> = FAULTS;
const kindsAt = (...moments: string[]) => FAULT_KINDS.filter((kind) => moments.includes(FAULT_OF[kind].moment) && FAULT_OF[kind].effect.do !== 'wait');
const HOUR_MS = 3600_000;

/** A create of this external id, whatever becomes of its answer. @returns the code of an answer that could be read. */
async function shoot(sandbox: Sandbox, externalTaskId = 'e', prompt = TURBO.prompt): Promise<number | undefined> {
  return await create(sandbox, { ...TURBO, prompt, external_task_id: externalTaskId }).then(
    ({ body }) => body?.code,
    () => undefined,
  );
}

describe('a create that fails', () => {
  it.each(kindsAt('create-arrives', 'create-checked'))('%s leaves nothing behind, and its id free', async (kind) => {
    await using under = await sandboxInMemory({ durationsMs: 1000 });
    const { sandbox, clock } = under;
    sandbox.failNext(kind);
    expect(await shoot(sandbox)).not.toBe(0);
    expect(sandbox.tasks()).toEqual([]);
    expect(await shoot(sandbox)).toBe(0);
    clock.pass(HOUR_MS);
    expect(sandbox.charges()).toMatchObject([{ externalTaskId: 'e', units: 1.5 }]);
  });

  it.each(kindsAt('create-accepted'))('%s is accepted, charged once and found by its id', async (kind) => {
    await using under = await sandboxInMemory({ durationsMs: 1000 });
    const { sandbox, clock } = under;
    sandbox.failNext(kind);
    expect(await shoot(sandbox)).not.toBe(0);
    expect((await query(sandbox, 'e')).task_status).toBe('submitted');
    expect(await shoot(sandbox)).toBe(1201);
    clock.pass(HOUR_MS);
    expect(sandbox.charges()).toMatchObject([{ externalTaskId: 'e', units: 1.5 }]);
  });

  it.each(['status-1301', 'status-1302', 'status-1303', 'status-1102', 'status-1100'] as const)(
    '%s keeps the id reserved where Kling would do that, although no task has it',
    async (kind) => {
      await using under = await sandboxInMemory({ refusedIdsStayReserved: true });
      const { sandbox } = under;
      sandbox.failNext(kind);
      await shoot(sandbox);
      expect((await create(sandbox, { ...TURBO, external_task_id: 'e' })).body?.message).toBe('External_task_id e already exists');
      expect((await request(sandbox, '/v1/videos/text2video/e')).body).toMatchObject({ code: 1201, message: 'Task not found by id/external id: e' });
      expect(sandbox.tasks()).toEqual([]);
    },
  );

  it('reserves the id of a create that found no slot or no money as well, and of no other', async () => {
    await using under = await sandboxInMemory({ refusedIdsStayReserved: true, slots: 1, balanceUnits: 100 });
    const { sandbox } = under;
    expect(await shoot(sandbox, 'first')).toBe(0);
    expect(await shoot(sandbox, 'second')).toBe(1303);
    expect((await create(sandbox, { ...TURBO, duration: '7', external_task_id: 'third' })).body?.code).toBe(1201);
    sandbox.setSlots(9);
    expect(await shoot(sandbox, 'second')).toBe(1201);
    expect(await shoot(sandbox, 'third')).toBe(0);
  });
});

describe('a task that goes another way', () => {
  it.each([
    ['task-failed-moderation', 'Failure to pass the risk control system', undefined, 0],
    ['task-failed-image', 'The resolution or aspect ratio of the input image is invalid. Please ensure it meets the required specifications.', undefined, 0],
    ['task-failed-internal', 'Internal error, please try again later', undefined, 0],
    ['task-failed-free', 'Internal error, please try again later', '0', 0],
    ['task-failed-charged', 'Internal error, please try again later', '1.5', 1.5],
  ] as const)('%s fails with its reason, says %s as its bill and costs that', async (kind, message, bill, units) => {
    await using under = await sandboxInMemory({ durationsMs: 10_000, balanceUnits: 10 });
    const { sandbox, clock } = under;
    sandbox.failNext(kind);
    expect(await shoot(sandbox)).toBe(0);
    expect(await query(sandbox, 'e')).toMatchObject({ task_status: 'submitted', task_status_msg: '' });
    clock.pass(10_000);
    const failed = await query(sandbox, 'e');
    expect(failed).toMatchObject({ task_status: 'failed', task_status_msg: message });
    expect([failed.final_unit_deduction, failed.task_result]).toEqual([bill, undefined]);
    const [inNewWords] = (await request(sandbox, '/tasks?external_task_ids=e')).body?.data as [{ status: string; billing: { amount: string }[] }];
    expect([inNewWords.status, inNewWords.billing.map(({ amount }) => amount)]).toEqual(['failed', bill === undefined ? [] : [bill]]);
    expect(sandbox.charges()).toMatchObject(units === 0 ? [] : [{ externalTaskId: 'e', units, status: 'failed' }]);
    expect([sandbox.balanceUnits(), sandbox.tasks()[0]?.chargedUnits]).toEqual([10 - units, units]);
  });

  it('task-charged-more succeeds with a bill of 2 units above its price, and is charged that', async () => {
    await using under = await sandboxInMemory({ durationsMs: 10_000, balanceUnits: 10 });
    const { sandbox, clock } = under;
    sandbox.failNext('task-charged-more');
    await shoot(sandbox);
    clock.pass(10_000);
    expect(await query(sandbox, 'e')).toMatchObject({ task_status: 'succeed', final_unit_deduction: '3.5' });
    expect(sandbox.charges()).toMatchObject([{ externalTaskId: 'e', units: 3.5, status: 'succeed' }]);
    expect(sandbox.balanceUnits()).toBe(6.5);
  });

  it('task-stuck stays submitted and keeps its slot, for a time or for ever', async () => {
    await using under = await sandboxInMemory({ durationsMs: 10_000, slots: 2 });
    const { sandbox, clock } = under;
    sandbox.failNext('task-stuck', { ms: 60_000 });
    sandbox.failNext('task-stuck');
    await shoot(sandbox, 'slow');
    await shoot(sandbox, 'never');
    clock.pass(59_999);
    expect((await query(sandbox, 'slow')).task_status).toBe('submitted');
    expect(await shoot(sandbox, 'more')).toBe(1303);
    clock.pass(1_000);
    expect((await query(sandbox, 'slow')).task_status).toBe('submitted');
    clock.pass(1_000);
    expect((await query(sandbox, 'slow')).task_status).toBe('processing');
    clock.pass(30 * 24 * HOUR_MS);
    expect((await query(sandbox, 'slow')).task_status).toBe('succeed');
    expect((await query(sandbox, 'never')).task_status).toBe('submitted');
  });

  it('create-hidden is seen nowhere for a time, is charged, and its id is taken', async () => {
    await using under = await sandboxInMemory({ durationsMs: 1_000 });
    const { sandbox, clock } = under;
    sandbox.failNext('create-hidden', { ms: 12_000 });
    sandbox.failNext('create-reset-after');
    expect(await shoot(sandbox)).toBeUndefined();
    const id = sandbox.tasks()[0]?.taskId ?? '';
    const shown = async () => [
      (await request(sandbox, '/v1/videos/text2video/e')).status,
      (await request(sandbox, `/v1/videos/text2video/${id}`)).status,
      ((await request(sandbox, '/v1/videos/text2video')).body?.data as unknown[]).length,
      ((await request(sandbox, '/tasks?external_task_ids=e')).body?.data as unknown[]).length,
      ((await request(sandbox, `/tasks?task_ids=${id}`)).body?.data as unknown[]).length,
    ];
    clock.pass(11_999);
    expect(await shown()).toEqual([400, 400, 0, 0, 0]);
    expect(sandbox.charges()).toHaveLength(1);
    expect(await shoot(sandbox)).toBe(1201);
    clock.pass(1);
    expect(await shown()).toEqual([200, 200, 1, 1, 1]);
    expect((await query(sandbox, 'e')).task_status).toBe('succeed');
  });

  it('is charged twice when repeated ids make tasks, and the record says so', async () => {
    await using under = await sandboxInMemory({ durationsMs: 1_000, repeatedIds: 'accepted' });
    const { sandbox, clock } = under;
    expect([await shoot(sandbox), await shoot(sandbox), await shoot(sandbox, 'other')]).toEqual([0, 0, 0]);
    clock.pass(1_000);
    const { charges, chargedTwice, tasks } = sandbox.record();
    expect(charges).toHaveLength(3);
    expect(chargedTwice).toEqual([{ externalTaskId: 'e', taskIds: tasks.slice(0, 2).map(({ taskId }) => taskId), units: 3 }]);
    // A look-up by the id shows the later one.
    expect((await query(sandbox, 'e')).task_id).toBe(tasks[1]?.taskId);
  });

  it('does not use its fault up on a create that is refused', async () => {
    await using under = await sandboxInMemory({ durationsMs: 1_000, slots: 1 });
    const { sandbox, clock } = under;
    expect(await shoot(sandbox, 'a')).toBe(0);
    sandbox.failNext('task-failed-internal');
    expect(await shoot(sandbox, 'b')).toBe(1303);
    clock.pass(1_000);
    expect(await shoot(sandbox, 'b')).toBe(0);
    clock.pass(1_000);
    expect((await query(sandbox, 'b')).task_status).toBe('failed');
  });
});

describe('a poll that fails', () => {
  const paths = { find: '/v1/videos/text2video/e', list: '/v1/videos/text2video', tasks: '/tasks?external_task_ids=e' } as const;

  it.each(kindsAt('read-arrives', 'read-answered'))('%s strikes the poll it was told, once', async (kind) => {
    await using under = await sandboxInMemory();
    const { sandbox } = under;
    await shoot(sandbox);
    const codeOf = async (path: string) => await request(sandbox, path).then(({ body }) => body?.code, () => undefined);
    for (const only of ['find', 'list', 'tasks'] as const) {
      sandbox.failNext(kind, { only });
      for (const [route, path] of Object.entries(paths)) if (route !== only) expect(await codeOf(path)).toBe(0);
      expect(await codeOf(paths[only])).not.toBe(0);
      expect(await codeOf(paths[only])).toBe(0);
    }
    expect(sandbox.faultStrikes()).toHaveLength(3);
  });
});

describe('lists', () => {
  async function idsOf(sandbox: Sandbox, pageSize: number): Promise<string[]> {
    const ids: string[] = [];
    for (let pageNum = 1; ; pageNum += 1) {
      const page = (await request(sandbox, `/v1/videos/text2video?pageNum=${pageNum}&pageSize=${pageSize}`)).body?.data as TaskData[];
      if (page.length === 0) return ids;
      ids.push(...page.map(({ task_info: { external_task_id: id }, task_id }) => id ?? task_id));
    }
  }

  it.each(['newest', 'oldest', 'shuffled'] as const)('name every task once, %s first, whatever the page size', async (listOrder) => {
    await using under = await sandboxInMemory({ listOrder, slots: 50 });
    const { sandbox, clock } = under;
    const made = Array.from({ length: 17 }, (_, index) => `t${index}`);
    for (const id of made) {
      await shoot(sandbox, id);
      clock.pass(id === 't3' ? 0 : 5);
    }
    const listed = await idsOf(sandbox, 5);
    expect(await idsOf(sandbox, 500)).toEqual(listed);
    expect([...listed].sort()).toEqual([...made].sort());
    if (listOrder === 'newest') expect(listed).toEqual([...made].reverse());
    if (listOrder === 'oldest') expect(listed).toEqual(made);
    if (listOrder === 'shuffled') expect([listed, [...listed].reverse()]).not.toContainEqual(made);
  });

  it('hold tasks of somebody else before and after ours, more of them as time passes; they cost us nothing', async () => {
    await using under = await sandboxInMemory({ foreignTasks: 60, durationsMs: 1_000 });
    const { sandbox, clock } = under;
    clock.pass(5 * 60_000 + 1);
    await shoot(sandbox, 'ours');
    clock.pass(5 * 60_000);
    const listed = await idsOf(sandbox, 4);
    const place = listed.indexOf('ours');
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(listed.length - 1);
    expect(new Set(listed).size).toBe(listed.length);
    clock.pass(HOUR_MS);
    expect((await idsOf(sandbox, 100)).length).toBeGreaterThan(listed.length);
    expect(sandbox.charges()).toHaveLength(1);
    expect(sandbox.tasks()).toHaveLength(1);
    expect((await query(sandbox, 'somebody-else-2')).task_status).toBe('succeed');
  });
});

describe("Kling's clock", () => {
  it('is ahead or behind in the Date header, in answers and for tokens, and the tasks run as before', async () => {
    await using under = await sandboxInMemory({ durationsMs: 10_000, skewMs: 120_000 });
    const { sandbox, clock } = under;
    const token = async () => {
      const nowS = Math.floor(clock.now() / 1000);
      const jwt = new SignJWT({}).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setIssuer(sandbox.accessKey).setNotBefore(nowS - 5).setExpirationTime(nowS + 60);
      return await jwt.sign(new TextEncoder().encode(sandbox.secretKey));
    };
    const asked = async () => {
      const response = await sandbox.fetch(`${sandbox.baseUrl}/v1/videos/text2video`, { headers: { authorization: `Bearer ${await token()}` } });
      return { code: ((await response.json()) as { code: number }).code, dateMs: Date.parse(response.headers.get('date') ?? '') };
    };
    expect(await asked()).toEqual({ code: 1004, dateMs: clock.now() + 120_000 });
    sandbox.setSkew(-120_000);
    expect(await asked()).toEqual({ code: 1003, dateMs: clock.now() - 120_000 });
    sandbox.setSkew(0);
    expect(await asked()).toEqual({ code: 0, dateMs: clock.now() });

    sandbox.setSkew(30_000);
    await shoot(sandbox);
    const createdAtMs = clock.now();
    expect((await query(sandbox, 'e')).created_at).toBe(createdAtMs + 30_000);
    clock.pass(10_000);
    expect(await query(sandbox, 'e')).toMatchObject({ task_status: 'succeed', updated_at: createdAtMs + 40_000 });
    expect(() => sandbox.setSkew(Number.NaN)).toThrow(/skewMs/);
  });
});

describe('downloads', () => {
  async function clip(sandbox: Sandbox): Promise<string> {
    await shoot(sandbox);
    return (await query(sandbox, 'e')).task_result?.videos[0]?.url ?? '';
  }

  it('are cut, too long, too short, another film, a page, gone, and then right', async () => {
    await using under = await sandboxInMemory({ durationsMs: 0, clipSizeBytes: 40_000 });
    const { sandbox } = under;
    const url = await clip(sandbox);
    const fetched = async (kind?: FaultKind) => {
      if (kind !== undefined) sandbox.failNext(kind);
      const response = await sandbox.fetch(url);
      const bytes = await response.arrayBuffer().then((read) => Buffer.from(read), () => undefined);
      return { status: response.status, promised: Number(response.headers.get('content-length')), bytes };
    };
    const right = await fetched();
    expect(right).toMatchObject({ status: 200, promised: 40_000 });
    expect(await fetched('download-cut')).toEqual({ status: 200, promised: 40_000, bytes: undefined });
    expect(await fetched('download-more')).toEqual(right);
    expect((await fetched('download-garbage')).bytes).toEqual(Buffer.alloc(40_000));
    expect(await fetched('download-half')).toEqual({ status: 200, promised: 20_000, bytes: right.bytes?.subarray(0, 20_000) });
    const shorter = await fetched('download-shorter');
    expect(shorter.promised).toBe(40_000);
    expect(shorter.bytes?.equals(right.bytes ?? Buffer.alloc(0))).toBe(false);
    expect(shorter.bytes?.toString('latin1', 4, 8)).toBe('ftyp');
    expect((await fetched('download-html')).bytes?.toString()).toContain('<html>');
    for (const [kind, status] of [['download-403', 403], ['download-404', 404], ['download-5xx', 503]] as const) expect((await fetched(kind)).status).toBe(status);
    expect(await fetched()).toEqual(right);
  });
});
