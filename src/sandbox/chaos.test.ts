import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULTS, FAULT_KINDS, type FaultKind } from './faults.ts';
import type { FaultRates } from './fault-rates.ts';
import { TURBO, sandboxInMemory } from './sandbox-under-test.ts';
import type { SandboxOptions } from './sandbox.ts';

/** Every moment's kinds share one draw, so their rates together stay below 1. */
const ratesArbitrary = fc.dictionary(fc.constantFrom(...FAULT_KINDS), fc.double({ min: 0, max: 1, noNaN: true }), { maxKeys: 12 }).map((weights): FaultRates => {
  const sums = new Map<string, number>();
  for (const [kind, weight] of Object.entries(weights)) {
    const { moment } = FAULTS[kind as FaultKind];
    sums.set(moment, (sums.get(moment) ?? 0) + weight);
  }
  return Object.fromEntries(Object.entries(weights).map(([kind, weight]) => [kind, { probability: weight / Math.max(1, sums.get(FAULTS[kind as FaultKind].moment) ?? 1), ms: 500 }]));
});

const stepArbitrary = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('create' as const), id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), model: fc.constantFrom('kling-v2-5-turbo', 'kling-v2-6') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), way: fc.constantFrom('find', 'list', 'tasks') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 4_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('slots' as const), slots: fc.integer({ min: 0, max: 4 }) }) },
);
type Step = typeof stepArbitrary extends fc.Arbitrary<infer Item> ? Item : never;

const BALANCE_UNITS = 40;

/** Plays the steps, checks the account after each, and tells everything that could differ between two runs. */
async function play(options: SandboxOptions, steps: readonly Step[]): Promise<unknown> {
  await using under = await sandboxInMemory({ ...options, balanceUnits: BALANCE_UNITS, slots: 2 });
  const { sandbox, clock } = under;
  const headers = { authorization: `Bearer ${sandbox.apiKey}` };
  const waiting: Promise<unknown>[] = [];
  let most = 2;
  for (const step of steps) {
    if (step.do === 'pass') clock.pass(step.ms);
    else if (step.do === 'slots') sandbox.setSlots(step.slots);
    else {
      const before = sandbox.requestCount;
      const path = { create: '', find: `/${step.do === 'read' ? step.id : ''}`, list: '', tasks: '' }[step.do === 'read' ? (step.way as 'find') : 'create'];
      const url = step.do === 'read' && step.way === 'tasks' ? `${sandbox.baseUrl}/tasks?external_task_ids=${step.id}` : `${sandbox.baseUrl}/v1/videos/text2video${path}`;
      const init = step.do === 'create' ? { method: 'POST', headers, body: JSON.stringify({ ...TURBO, model_name: step.model, external_task_id: step.id }) } : { headers };
      const sleeping = clock.sleeping();
      waiting.push(sandbox.fetch(url, init).then(async (response) => await response.text()).catch(() => undefined));
      // Until it is answered, or held up before it is looked at.
      for (let turns = 0; sandbox.requestCount === before && clock.sleeping() === sleeping; turns += 1) {
        if (turns > 1000) throw new Error('neither answered nor waiting');
        await new Promise((resolve) => setImmediate(resolve));
      }
    }

    const tasks = sandbox.tasks();
    most = Math.max(most, sandbox.slots());
    const running = tasks.filter(({ status }) => status === 'submitted' || status === 'processing');
    for (const { model } of running) expect(running.filter((task) => task.model === model).length).toBeLessThanOrEqual(most);
    const charged = sandbox.charges().map(({ taskId, units }) => ({ taskId, units }));
    const endedCharged = tasks.filter(({ chargedUnits }) => chargedUnits > 0).map(({ taskId, chargedUnits: units }) => ({ taskId, units }));
    const byId = (a: { taskId: string }, b: { taskId: string }) => (a.taskId < b.taskId ? -1 : 1);
    expect(charged.sort(byId)).toEqual(endedCharged.sort(byId));
    expect(sandbox.balanceUnits()).toBeCloseTo(BALANCE_UNITS - charged.reduce((sum, { units }) => sum + units, 0), 8);
    expect(sandbox.balanceUnits()).toBeGreaterThanOrEqual(0);
    if (options.repeatedIds !== 'accepted') expect(new Set(tasks.map(({ externalTaskId }) => externalTaskId)).size).toBe(tasks.length);
  }
  const { tasks, charges, faults } = sandbox.record();
  await sandbox.close();
  await Promise.all(waiting);
  return { tasks, charges, struck: faults.struck };
}

describe('with any mix of faults', () => {
  it('charges are the tasks that ended charged, slots and money are kept, no id is sold twice, and the same seed replays', async () => {
    const switches = fc.record({
      seed: fc.string(),
      rates: ratesArbitrary,
      repeatedIds: fc.constantFrom('refused' as const, 'accepted' as const),
      refusedIdsStayReserved: fc.boolean(),
      listOrder: fc.constantFrom('newest' as const, 'oldest' as const, 'shuffled' as const),
      foreignTasks: fc.constantFrom(0, 5),
    });
    await fc.assert(
      fc.asyncProperty(switches, fc.array(stepArbitrary, { minLength: 5, maxLength: 40 }), async ({ rates, ...options }, steps) => {
        const first = await play({ ...options, durationsMs: 3_000, faults: { rates } }, steps);
        expect(await play({ ...options, durationsMs: 3_000, faults: { rates } }, steps)).toEqual(first);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
