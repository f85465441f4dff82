import { describe, expect, it } from 'vitest';
import { firstFrameOfHourOne, frameRateFrom, rationalSeconds, timecode } from './frame-rate.ts';

describe('a frame rate', () => {
  it.each([
    [24, '24/1'],
    [23.976, '24000/1001'],
    [24_000 / 1001, '24000/1001'],
    [23.98, '24000/1001'],
    [25, '25/1'],
    [29.97, '30000/1001'],
    [30.0001, '30/1'],
    [59.94, '60000/1001'],
    [12.5, '25/2'],
    [0.0001, '1/1000'],
  ])('of %d is %s', (perSecond, fraction) => {
    const { numerator, denominator } = frameRateFrom(perSecond);
    expect(`${numerator}/${denominator}`).toBe(fraction);
  });

  it('writes times that are exact, in as small numbers as they come', () => {
    expect(rationalSeconds(121, frameRateFrom(24))).toBe('121/24s');
    expect(rationalSeconds(48, frameRateFrom(24))).toBe('2s');
    expect(rationalSeconds(0, frameRateFrom(23.976))).toBe('0s');
    expect(rationalSeconds(1, frameRateFrom(23.976))).toBe('1001/24000s');
    // An hour of time code is more than an hour of time: no frame is ever dropped.
    expect(rationalSeconds(firstFrameOfHourOne(frameRateFrom(23.976)), frameRateFrom(23.976))).toBe('18018/5s');
    // Two hours of a film are still whole frames.
    expect(rationalSeconds(172_799, frameRateFrom(23.976))).toBe('172971799/24000s');
  });

  it('counts time code in whole frames, and never drops one', () => {
    const film = frameRateFrom(23.976);
    expect(timecode(firstFrameOfHourOne(film), film)).toBe('01:00:00:00');
    expect(timecode(firstFrameOfHourOne(film) + 23, film)).toBe('01:00:00:23');
    expect(timecode(24 * 60, film)).toBe('00:01:00:00');
    expect(timecode(30 * 60, frameRateFrom(30))).toBe('00:01:00:00');
    expect(timecode(30 * 60, frameRateFrom(29.97))).toBe('00:01:00:00');
    expect(timecode(24 * 3600 * 25, frameRateFrom(25))).toBe('00:00:00:00');
  });
});
