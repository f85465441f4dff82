import fc from 'fast-check';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { STATUS_OF_STAGE, type ClipProgress, type ClipStage } from '../protocol/clip-progress.ts';
import { cells } from './printable.ts';
import { progressFrame, type FrameOptions } from './progress-frame.ts';
import { createRunWatch } from './run-watch.ts';

const OPTIONS: FrameOptions = { nowMs: 60_000, columns: 80, rows: 24, colours: picocolors.createColors(false), engine: 'kling', money: (units) => `$${units}`, stopping: false };
const STAGES = Object.keys(STATUS_OF_STAGE) as ClipStage[];

function take(shot: string, stage: ClipStage, more: Partial<ClipProgress> = {}): ClipProgress {
  return { shotId: shot, shot, take: 1, status: STATUS_OF_STAGE[stage], stage, estimateUnits: 1.5, ...more };
}

function frameOf(takes: ClipProgress[], options: Partial<FrameOptions> = {}, sinceMs = 18_000, expectedTakes = takes.length): string[] {
  const watch = createRunWatch(expectedTakes, () => sinceMs);
  for (const each of takes) watch.take(each);
  return progressFrame(watch, { ...OPTIONS, ...options });
}

describe('the live lines of a run', () => {
  it('show what moves before what waits, and count the whole', () => {
    const frame = frameOf([
      take('S01_SH01', 'completed', { billedUnits: 1.5 }),
      take('S01_SH02', 'waitingForSlot'),
      take('S01_SH03', 'processing', { timeLeftMs: 50_000 }),
      take('S01_SH04', 'downloading', { fraction: 0.6 }),
      take('S01_SH05', 'failed', { reason: 'no' }),
    ]);
    expect(frame).toEqual([
      'S01_SH04 Downloading · ━━━━━━──── 60 % · 42 s',
      'S01_SH03 At Kling · about 8 s left · 42 s',
      'S01_SH02 Waiting for a slot · 42 s',
      '1 of 5 takes ready · 1 failed · 1 at Kling · $1.5 so far',
    ]);
  });

  it('tell the time left of the whole only when every take is known, and never a time that has passed', () => {
    const known = [take('S01_SH01', 'processing', { timeLeftMs: 60_000 }), take('S01_SH02', 'processing', { timeLeftMs: 90_000 })];
    expect(frameOf(known).at(-1)).toContain('about 48 s left');
    expect(frameOf([...known, take('S01_SH03', 'waitingForSlot')]).at(-1)).not.toContain('left');
    expect(frameOf(known, {}, 18_000, 3).at(-1)).not.toContain('left');
    expect(frameOf([take('S01_SH01', 'processing', { timeLeftMs: 10_000 })]).join()).not.toContain('left');
  });

  it('name the sandbox, not Kling, in the sandbox', () => {
    expect(frameOf([take('S01_SH01', 'processing')], { engine: 'sandbox' }).join()).not.toContain('Kling');
  });

  it('say that they are stopping', () => {
    expect(frameOf([take('S01_SH01', 'sending')], { stopping: true, columns: 120 }).at(-1)).toContain('stopping: reading the answers under way');
  });

  it('fit any terminal, whatever the run', () => {
    const anyTake = fc.record({
      number: fc.integer({ min: 1, max: 300 }),
      stage: fc.constantFrom(...STAGES),
      reason: fc.option(fc.string({ unit: 'grapheme', maxLength: 200 }), { nil: undefined }),
      fraction: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      timeLeftMs: fc.option(fc.integer({ min: 0, max: 1e7 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(anyTake, { maxLength: 60 }), fc.integer({ min: 10, max: 200 }), fc.integer({ min: 4, max: 60 }), (takes, columns, rows) => {
        const frame = frameOf(
          takes.map(({ number, stage, ...more }) => take(`S01_SH${number}`, stage, Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)))),
          { columns, rows },
        );
        expect(frame.length).toBeLessThan(rows);
        for (const line of frame) {
          expect(cells(line)).toBeLessThan(columns);
          expect(line).not.toMatch(/[\n\r\u001b]/);
        }
      }),
    );
  });

  it('count the takes they have no room for', () => {
    const takes = Array.from({ length: 40 }, (_, index) => take(`S01_SH${index + 10}`, 'waitingForSlot'));
    const frame = frameOf(takes, { rows: 10 });
    expect(frame).toHaveLength(8);
    expect(frame.at(-2)).toBe('… and 34 more waiting');
  });
});

describe('the watch of a run', () => {
  it('tells a new stage from a fraction more, and takes submitted and processing for one wait', () => {
    let now = 0;
    const watch = createRunWatch(1, () => now);
    expect(watch.take(take('S01_SH01', 'submitted'))).toBe('new');
    now = 5_000;
    expect(watch.take(take('S01_SH01', 'processing'))).toBe('stage');
    expect([...watch.takes.values()][0]?.stageSinceMs).toBe(0);
    expect(watch.take(take('S01_SH01', 'downloading', { fraction: 0.1 }))).toBe('stage');
    expect(watch.take(take('S01_SH01', 'downloading', { fraction: 0.2 }))).toBe('fraction');
    expect(watch.take(take('S01_SH01', 'downloading', { fraction: 0.2 }))).toBe('none');
  });
});
