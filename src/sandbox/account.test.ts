import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { create, query, sandboxUnderTest } from './sandbox-under-test.ts';
import { startSandbox } from './start-sandbox.ts';

const BALANCE_UNITS = 25;
const SLOTS = 2;

/** Anything a user can do to an account, in any order. */
const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      body: fc.record({
        model_name: fc.constantFrom('kling-v2-5-turbo', 'kling-v2-6', 'kling-v3'),
        mode: fc.constantFrom('std', 'pro'),
        duration: fc.constantFrom('5', '10'),
        prompt: fc.constant('x'),
        external_task_id: fc.constantFrom('a', 'b', 'c', undefined),
      }),
      failing: fc.nat(3).map((chance) => chance === 0),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 200 }), drawn: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

describe('the account, whatever happens', () => {
  it('never runs more than its slots per model, never promises or takes more than it has, never sells one id twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        await using under = await sandboxUnderTest({ balanceUnits: BALANCE_UNITS, slots: SLOTS });
        const { clock, folder } = under;
        let { sandbox } = under;
        let accepted = 0;
        try {
          for (const next of steps) {
            if (next.do === 'pass') {
              if (next.drawn) await sandbox.idle();
              clock.pass(next.seconds * 1000);
            } else if (next.do === 'create') {
              if (next.failing) sandbox.failNext('task-failed-moderation');
              if ((await create(sandbox, next.body)).status === 200) accepted += 1;
            } else {
              await sandbox.close();
              sandbox = await startSandbox({ dataFolder: folder, clips: 'tiny', clock });
            }

            const tasks = sandbox.tasks();
            const running = tasks.filter(({ status }) => status === 'submitted' || status === 'processing');
            for (const { model } of running) expect(running.filter((task) => task.model === model).length).toBeLessThanOrEqual(SLOTS);
            const spent = sum(sandbox.charges().map((charge) => charge.units));
            expect(sandbox.balanceUnits()).toBeCloseTo(BALANCE_UNITS - spent, 8);
            expect(sum(running.map((task) => task.priceUnits))).toBeLessThanOrEqual(sandbox.balanceUnits() + 1e-8);
            expect(tasks).toHaveLength(accepted);
            const ids = tasks.flatMap((task) => task.externalTaskId ?? []);
            expect(new Set(ids).size).toBe(ids.length);
            const charged = sandbox.charges().map((charge) => charge.taskId);
            const succeeded = tasks.filter((task) => task.status === 'succeed').map((task) => task.taskId);
            expect(charged.sort()).toEqual(succeeded.sort());
          }
          // And everything that was accepted ends.
          await sandbox.idle();
          clock.pass(3600_000);
          for (const task of sandbox.tasks()) expect((await query(sandbox, task.taskId)).task_status).toMatch(/^(succeed|failed)$/);
        } finally {
          await sandbox.close();
        }
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
