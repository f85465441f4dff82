import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from './slots.ts';

const unlearned = { known_limit: null, batch_left: 1, batch_size: 1, probed_at: 0 };
const learned = (limit: number, probedAt = 0) => ({ known_limit: limit, batch_left: 0, batch_size: 4, probed_at: probedAt });

describe('the right to send one more task', () => {
  it('doubles at first contact, and each batch waits until the one before was answered', () => {
    let knowledge: NonNullable<ReturnType<typeof decide>> = unlearned;
    const batches: number[] = [];
    for (let active = 0; batches.length < 5; ) {
      let sent = 0;
      for (let next = decide(knowledge, active, sent, 0); next; next = decide(knowledge, active, sent, 0)) {
        knowledge = next;
        sent += 1;
        active += 1;
      }
      batches.push(sent);
    }
    expect(batches).toEqual([1, 2, 4, 8, 16]);
  });

  it('asks a full account for more room once a minute, not sooner', () => {
    expect(decide(learned(5, 1_000), 5, 0, 60_999)).toBeUndefined();
    expect(decide(learned(5, 1_000), 5, 0, 61_000)).toEqual(learned(5, 61_000));
    expect(decide(learned(5, 61_000), 5, 0, 61_001)).toBeUndefined();
  });

  it('never lets more than one beyond the known limit out, and that one at most once a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.array(fc.record({ free: fc.boolean(), passMs: fc.integer({ min: 0, max: 30_000 }) }), { maxLength: 200 }), (limit, steps) => {
        let knowledge = learned(limit);
        let active = 0;
        let nowMs = 60_000;
        let lastBeyondMs = Number.NEGATIVE_INFINITY;
        for (const { free, passMs } of steps) {
          nowMs += passMs;
          if (free && active > 0) active -= 1;
          const next = decide(knowledge, active, 0, nowMs);
          if (!next) {
            expect(active).toBeGreaterThanOrEqual(limit);
            continue;
          }
          if (active >= limit) {
            expect(nowMs - lastBeyondMs).toBeGreaterThanOrEqual(60_000);
            lastBeyondMs = nowMs;
          }
          knowledge = { ...next, known_limit: limit };
          active += 1;
          expect(active).toBeLessThanOrEqual(limit + 1);
        }
      }),
    );
  });
});
