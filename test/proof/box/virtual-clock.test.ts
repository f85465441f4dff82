import { describe, expect, it } from 'vitest';
import { NeverEnds, VirtualClock } from './virtual-clock.ts';

describe('time in the box', () => {
  it('passes only while everybody waits, in the order of the waits', async () => {
    const clock = new VirtualClock({ startMs: 0 });
    const heard: string[] = [];
    const wait = async (name: string, ms: number) => {
      await clock.sleep(ms);
      heard.push(`${name} at ${clock.now()}`);
    };
    await clock.until(Promise.all([wait('hour', 3_600_000), wait('second', 1_000), wait('minute', 60_000), wait('second too', 1_000)]));
    expect(heard).toEqual(['second at 1000', 'second too at 1000', 'minute at 60000', 'hour at 3600000']);
  });

  it('stands still while another thread works', async () => {
    const clock = new VirtualClock({ startMs: 0 });
    let atEnd = -1;
    const work = clock.busyWith(new Promise((resolve) => setTimeout(resolve, 5))).then(() => (atEnd = clock.now()));
    await clock.until(Promise.all([work, clock.sleep(50)]));
    expect(atEnd).toBe(0);
  });

  it('stands still while somebody goes on, however many turns that takes', async () => {
    const clock = new VirtualClock({ startMs: 0 });
    let atEnd = -1;
    const work = async () => {
      for (let step = 0; step < 40; step += 1) {
        clock.stir();
        await new Promise((resolve) => setImmediate(resolve));
      }
      atEnd = clock.now();
    };
    await clock.until(Promise.all([work(), clock.sleep(50)]));
    expect(atEnd).toBe(0);
  });

  it('says so when nobody will ever move', async () => {
    await expect(new VirtualClock().until(new Promise(() => {}))).rejects.toThrow(NeverEnds);
  });

  it('ends a wait that is given up with the reason it was given', async () => {
    const clock = new VirtualClock();
    const reason = new Error('enough');
    const stop = new AbortController();
    const waiting = clock.sleep(1_000, stop.signal);
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
