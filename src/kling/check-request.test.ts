import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkVideoRequest } from './check-request.ts';
import { KLING_MODELS } from './models.ts';
import type { ImageToVideoRequest, TextToVideoRequest, VideoRequest } from './request.ts';
import { supports } from './supports.ts';

const text: TextToVideoRequest = { kind: 'text2video', model: 'kling-v2-5-turbo', prompt: 'A paper boat crosses a puddle at dawn', durationS: 5 };
const frame = { url: 'https://pictures.example/a.png' };
const image: ImageToVideoRequest = { kind: 'image2video', model: 'kling-v2-5-turbo', prompt: 'She turns', durationS: 5, startFrame: frame };

function codes(request: VideoRequest): string[] {
  return checkVideoRequest(request).map(({ code }) => code);
}

describe('checkVideoRequest', () => {
  it('lets the seed’s three versions pass in full', () => {
    expect(codes({ ...text, mode: 'pro', durationS: 10, negativePrompt: 'text', aspectRatio: '9:16', externalTaskId: 'ds1-abc_DEF-a1' })).toEqual([]);
    expect(codes({ ...text, model: 'kling-v1-6', cfgScale: 0.5, negativePrompt: 'text' })).toEqual([]);
    // 2.0 takes no mode; one that is given is ignored, as Kling does.
    expect(codes({ ...text, model: 'kling-v2-master', mode: 'pro', negativePrompt: 'text' })).toEqual([]);
    expect(codes({ ...image, mode: 'pro', endFrame: frame })).toEqual([]);
  });

  it('names the mode that would do, and what it costs more', () => {
    expect(checkVideoRequest({ ...image, endFrame: frame })).toEqual([
      { field: 'endFrame', code: 'END_FRAME_UNSUPPORTED', message: '2.5-turbo std has no end frame', fix: 'use mode pro (+$0.14)', change: { mode: 'pro' } },
    ]);
    expect(checkVideoRequest({ ...text, model: 'kling-v2-6', sound: true })).toMatchObject([{ code: 'SOUND_UNSUPPORTED', fix: 'use mode pro (+$0.49)' }]);
  });

  it('names the mode that would do also when the length is wrong as well', () => {
    expect(checkVideoRequest({ ...image, durationS: 7, endFrame: frame })).toMatchObject([
      { code: 'DURATION_UNSUPPORTED' },
      { code: 'END_FRAME_UNSUPPORTED', fix: 'use mode pro', change: { mode: 'pro' } },
    ]);
  });

  it('gives every reason at once', () => {
    const everything: ImageToVideoRequest = {
      kind: 'image2video',
      model: 'kling-v2-master',
      prompt: 'x'.repeat(2501),
      negativePrompt: '\uD800',
      durationS: 7,
      cfgScale: 2,
      sound: true,
      cameraControl: { type: 'simple', config: { pan: 11, zoom: 1 } },
      endFrame: frame,
      externalTaskId: 'with blank',
      callbackUrl: 'ftp://x',
    };
    expect(codes(everything).toSorted()).toEqual(
      [
        'DURATION_UNSUPPORTED',
        'PROMPT_TOO_LONG',
        'TEXT_MALFORMED',
        'EXTERNAL_TASK_ID_INVALID',
        'CALLBACK_URL_INVALID',
        'CFG_SCALE_UNSUPPORTED',
        'CFG_SCALE_OUT_OF_RANGE',
        'SOUND_UNSUPPORTED',
        'CAMERA_UNSUPPORTED',
        'CAMERA_WITH_END_FRAME',
        'CAMERA_INVALID',
        'CAMERA_INVALID',
        'START_FRAME_MISSING',
      ].toSorted(),
    );
  });

  it.each<[string, VideoRequest, string[]]>([
    ['an empty prompt', { ...text, prompt: ' \n' }, ['PROMPT_EMPTY']],
    ['exactly the limit', { ...text, prompt: 'é'.repeat(2500) }, []],
    ['one above the limit', { ...text, negativePrompt: 'x'.repeat(2501) }, ['NEGATIVE_PROMPT_TOO_LONG']],
    ['a model word instead of its name', { ...text, model: '2.5-turbo' }, ['MODEL_UNKNOWN']],
    ['no frame at all', { ...image, startFrame: undefined }, ['FRAME_MISSING']],
    ['an end frame alone where the model takes it', { ...image, model: 'kling-v1-6', mode: 'pro', startFrame: undefined, endFrame: frame }, []],
    ['an end frame with sound on 2.6', { ...image, model: 'kling-v2-6', mode: 'pro', sound: true, endFrame: frame }, ['END_FRAME_UNSUPPORTED']],
    ['4k on 2.5', { ...text, mode: '4k' }, ['MODE_UNSUPPORTED']],
    ['an omni model', { ...text, model: 'kling-v3-omni' }, ['MODEL_NOT_CALLABLE']],
    ['text on a picture model', { ...text, model: 'kling-v2-1' }, ['MODEL_NOT_CALLABLE']],
    ['a camera move where the model takes it', { ...text, model: 'kling-v1', cameraControl: { type: 'down_back' } }, []],
    ['a big camera move on 1.5', { ...image, model: 'kling-v1-5', mode: 'pro', cameraControl: { type: 'forward_up' } }, ['CAMERA_UNSUPPORTED']],
    ['a camera move of nothing', { ...text, model: 'kling-v1', cameraControl: { type: 'simple', config: { pan: 0 } } }, ['CAMERA_INVALID']],
    ['a duration that is no number', { ...text, durationS: Number.NaN }, ['DURATION_UNSUPPORTED']],
    ['half a second too much', { ...text, model: 'kling-v3', durationS: 3.5 }, ['DURATION_UNSUPPORTED']],
    ['a cfg scale that is no number', { ...text, model: 'kling-v1-6', cfgScale: Number.NaN }, ['CFG_SCALE_OUT_OF_RANGE']],
  ])('judges %s', (_what, request, expected) => {
    expect(codes(request)).toEqual(expected);
  });

  it('helps with the full name of a model', () => {
    expect(checkVideoRequest({ ...text, model: '2.5-turbo' })[0]).toMatchObject({ change: { model: 'kling-v2-5-turbo' } });
    expect(checkVideoRequest({ ...text, model: 'sora' })[0]!.change).toBeUndefined();
  });

  const anyRequest = fc.record({
    model: fc.constantFrom(...KLING_MODELS.map(({ name }) => name)),
    mode: fc.constantFrom(undefined, 'std' as const, 'pro' as const, '4k' as const),
    durationS: fc.integer({ min: 0, max: 20 }),
    sound: fc.constantFrom(undefined, false, true),
    cfgScale: fc.constantFrom(undefined, 0.5),
    startFrame: fc.constantFrom(undefined, frame),
    endFrame: fc.constantFrom(undefined, frame),
    kind: fc.constantFrom('text2video' as const, 'image2video' as const),
    prompt: fc.constant('A boat'),
  });

  it('lets nothing pass that the capability map forbids', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        if (checkVideoRequest(request).length > 0) return;
        const model = KLING_MODELS.find(({ name }) => name === request.model)!;
        const mode = request.mode ?? 'std';
        const cell = { kind: request.kind, mode, durationS: request.durationS };
        expect(supports(model, request.kind === 'text2video' ? 'textToVideo' : 'imageToVideo', cell)).toBe(true);
        if (request.sound === true) expect(supports(model, 'sound', cell)).toBe(true);
        if (request.cfgScale !== undefined) expect(supports(model, 'cfgScale', cell)).toBe(true);
        if (request.kind === 'image2video' && request.endFrame !== undefined) {
          expect(supports(model, request.startFrame === undefined ? 'endFrameOnly' : 'endFrame', { ...cell, sound: request.sound })).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('offers only changes that remove the problem they are offered for', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        for (const problem of checkVideoRequest(request)) {
          if (problem.change === undefined) continue;
          expect(codes({ ...request, ...problem.change })).not.toContain(problem.code);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
