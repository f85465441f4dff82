import { describe, expect, it } from 'vitest';
import { findModel } from './find-model.ts';
import { frameCountOf, frameRateOf, frameSizeForImage, frameSizeOf } from './frame.ts';
import { klingVersion, KLING_VERSION_NAMES } from './kling-version.ts';
import { latencyOf } from './latency.ts';
import { KLING_MODELS, modelNamed } from './models.ts';
import { priceUnits } from './price.ts';
import { retirement } from './retirement.ts';
import { supports } from './supports.ts';

const turbo = modelNamed('kling-v2-5-turbo')!;
const v16 = modelNamed('kling-v1-6')!;
const master = modelNamed('kling-v2-master')!;
const v26 = modelNamed('kling-v2-6')!;
const v3 = modelNamed('kling-v3')!;

describe('the catalogue', () => {
  it('holds every model once, and no two share a word', () => {
    expect(KLING_MODELS.map(({ name }) => name).toSorted()).toEqual([
      'kling-3.0-turbo',
      'kling-v1',
      'kling-v1-5',
      'kling-v1-6',
      'kling-v2-1',
      'kling-v2-1-master',
      'kling-v2-5-turbo',
      'kling-v2-6',
      'kling-v2-master',
      'kling-v3',
      'kling-v3-omni',
      'kling-video-o1',
    ]);
    expect(new Set(KLING_MODELS.map(({ word }) => word)).size).toBe(KLING_MODELS.length);
  });

  it.each(KLING_MODELS.map((model) => [model.name, model] as const))('%s has a price, a size and a latency for everything it sells', (_name, model) => {
    for (const mode of model.modes.length === 0 ? [undefined] : model.modes) {
      for (const durationS of model.durationsS) {
        expect(priceUnits(model, { mode, durationS })).toBeGreaterThan(0);
        expect(priceUnits(model, { mode, durationS, sound: true }) === undefined).toBe(!supports(model, 'sound', { mode, durationS }));
        expect(latencyOf(model, mode, durationS)!.p90S).toBeGreaterThan(latencyOf(model, mode, durationS)!.p50S);
      }
      const { width, height } = frameSizeOf(model, mode, '9:16');
      expect(width / height).toBe(9 / 16);
    }
    expect(model.aspectRatios.length > 0).toBe(supports(model, 'textToVideo'));
    expect(model.priceAsOf).toMatch(/^2026-\d\d-\d\d$/);
    expect(model.lifecycleSource).not.toBe('');
    // A model that can't be asked for says why.
    if (!model.callable.textToVideo || !model.callable.imageToVideo) expect(model.callable.reason).toBeTruthy();
  });

  it('knows the three core versions as they really are', () => {
    expect(KLING_VERSION_NAMES.map(klingVersion)).toEqual([
      { version: '1.6-standard', endpoint: '/v1/videos/text2video', modelName: 'kling-v1-6', mode: 'std', resolution: '720p', maxDurationS: 10, supportsNegative: true, supportsEndFrame: false, supportsCfgScale: true },
      { version: '2.0-master', endpoint: '/v1/videos/text2video', modelName: 'kling-v2-master', mode: undefined, resolution: '720p', maxDurationS: 10, supportsNegative: true, supportsEndFrame: false, supportsCfgScale: false },
      { version: '2.5-turbo', endpoint: '/v1/videos/text2video', modelName: 'kling-v2-5-turbo', mode: 'std', resolution: '720p', maxDurationS: 10, supportsNegative: true, supportsEndFrame: false, supportsCfgScale: false },
    ]);
  });

  it('counts frames as Kling does: one more than 24 a second, three more than 30', () => {
    expect(frameCountOf(turbo, 'text2video', 'std', 5)).toBe(121);
    expect(frameCountOf(turbo, 'image2video', 'pro', 10)).toBe(241);
    expect(frameCountOf(v16, 'image2video', 'std', 5)).toBe(153);
    expect([frameRateOf(v16, 'text2video'), frameRateOf(v16, 'image2video')]).toEqual([24, 30]);
  });

  it('gives text its documented sizes and a picture its own shape', () => {
    expect(frameSizeOf(turbo, 'std')).toEqual({ width: 1280, height: 720 });
    expect(frameSizeOf(turbo, 'pro', '9:16')).toEqual({ width: 1080, height: 1920 });
    expect(frameSizeOf(v3, '4k', '1:1')).toEqual({ width: 2880, height: 2880 });
    expect(frameSizeForImage(turbo, 'std', { width: 1600, height: 900 })).toEqual({ width: 1280, height: 720 });
    expect(frameSizeForImage(master, undefined, { width: 500, height: 500 })).toEqual({ width: 960, height: 960 });
  });
});

describe('supports', () => {
  it.each([
    ['an end frame only in pro', supports(turbo, 'endFrame', { kind: 'image2video', mode: 'std' }), supports(turbo, 'endFrame', { kind: 'image2video', mode: 'pro', durationS: 10 })],
    ['no end frame for text', supports(turbo, 'endFrame', { kind: 'text2video' }), supports(turbo, 'endFrame')],
    ['an end frame only without sound in 2.6', supports(v26, 'endFrame', { mode: 'pro', sound: true }), supports(v26, 'endFrame', { mode: 'pro' })],
    ['sound only in pro for 2.6', supports(v26, 'sound', { mode: 'std' }), supports(v26, 'sound', { mode: 'pro' })],
    ['4k only on 3.0', supports(v26, 'textToVideo', { mode: '4k' }), supports(v3, 'textToVideo', { mode: '4k', durationS: 15 })],
    ['a mode is ignored where there is none', supports(master, 'endFrame', { mode: 'pro' }), supports(master, 'textToVideo', { mode: 'pro' })],
    ['cfg scale on 1.6 and not on 2.5', supports(turbo, 'cfgScale'), supports(v16, 'cfgScale')],
    ['camera control on 1.0 std 5 s only', supports(modelNamed('kling-v1')!, 'cameraControl', { mode: 'std', durationS: 10 }), supports(modelNamed('kling-v1')!, 'cameraControl', { mode: 'std', durationS: 5 })],
  ])('knows %s', (_what, no, yes) => {
    expect([no, yes]).toEqual([false, true]);
  });
});

describe('findModel', () => {
  it.each([
    ['1.6-standard', 'kling-v1-6', 'std'],
    ['1.6-pro', 'kling-v1-6', 'pro'],
    ['2.0-master', 'kling-v2-master', undefined],
    ['2.5-turbo', 'kling-v2-5-turbo', undefined],
    ['2.5-turbo-pro', 'kling-v2-5-turbo', 'pro'],
    ['kling-v2-5-turbo', 'kling-v2-5-turbo', undefined],
    ['Kling 2.5 Turbo', 'kling-v2-5-turbo', undefined],
    [' KLING-V2-5-TURBO ', 'kling-v2-5-turbo', undefined],
    ['2.6', 'kling-v2-6', undefined],
    ['3.0', 'kling-v3', undefined],
    ['3.0-4k', 'kling-v3', '4k'],
    ['kling-v3', 'kling-v3', undefined],
    ['o1', 'kling-video-o1', undefined],
    ['2.1-master', 'kling-v2-1-master', undefined],
  ])('understands %s', (word, name, mode) => {
    const found = findModel(word);
    expect([found.model.name, found.mode]).toEqual([name, mode]);
  });

  it('finds every model by each of its names', () => {
    for (const model of KLING_MODELS) {
      for (const word of [model.name, model.label, model.word, model.newStandardId ?? model.name]) expect(findModel(word).model).toBe(model);
    }
  });

  it.each([
    ['kling-v2-5', /2\.5-turbo/],
    ['2.5-trubo', /2\.5-turbo/],
    ['2.0', /2\.0-master/],
    ['sora', /2\.5-turbo, 2\.6/],
    ['', /2\.5-turbo, 2\.6/],
    ['x'.repeat(100_000), /2\.5-turbo, 2\.6/],
  ])('says what else there is for %.20s', (word, next) => {
    expect(() => findModel(word)).toThrow(expect.objectContaining({ code: 'MODEL_UNKNOWN', next: expect.stringMatching(next) }));
  });

  it('refuses a mode the model has not', () => {
    expect(() => findModel('2.0-master-pro')).toThrow(expect.objectContaining({ code: 'MODEL_HAS_NO_SUCH_MODE' }));
    expect(() => findModel('2.5-turbo-4k')).toThrow(/has the modes std and pro/);
  });
});

describe('retirement', () => {
  it('leaves living models alone', () => {
    for (const model of KLING_MODELS.filter(({ lifecycle }) => lifecycle === 'active')) expect(retirement(model)).toBeUndefined();
  });

  it('names the nearest living model and the price difference', () => {
    const warning = retirement(v16, { mode: 'std', durationS: 5 })!;
    expect(warning).toMatchObject({ nearest: turbo, nearestMode: 'std', oldUnits: 2, nearestUnits: 1.5, priceDifferenceUnits: -0.5, certain: false });
    expect(warning.message).toContain('2.5-turbo std: $0.21 (1.5 units) instead of $0.28 (2 units) for 5 s (-$0.07)');
    expect(retirement(master, { durationS: 10 })).toMatchObject({ nearestMode: 'pro', priceDifferenceUnits: -15 });
    expect(retirement(modelNamed('kling-v1')!)!.message).toMatch(/^Kling has discontinued 1\.0 std .*\+\$0\.07/);
  });
});
