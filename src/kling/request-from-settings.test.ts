import { describe, expect, it } from 'vitest';
import { checkVideoRequest } from './check-request.ts';
import { requestFromSettings, type RequestSettings } from './request-from-settings.ts';

const settings: RequestSettings<{ hash: string }> = { kind: 'image2video', model: 'kling-v2-5-turbo', mode: 'pro', prompt: 'She turns', negativePrompt: 'text', durationS: 5, cfgScale: 0.5, sound: true, startFrame: { hash: 'a' }, endFrame: { hash: 'b' } };
const imageOf = ({ hash }: { hash: string }) => ({ path: `/frames/${hash}.png` });

describe('requestFromSettings', () => {
  it('loses nothing that changes the picture', () => {
    expect(requestFromSettings(settings, imageOf)).toEqual({ ...settings, startFrame: { path: '/frames/a.png' }, endFrame: { path: '/frames/b.png' } });
    const { startFrame: _start, endFrame: _end, ...words } = settings;
    const text = { ...words, kind: 'text2video', aspectRatio: '9:16', cameraControl: { type: 'simple', config: { zoom: 3 } } } as const;
    expect(requestFromSettings(text, imageOf)).toEqual(text);
  });

  it('says nothing that the settings do not', () => {
    const least = { kind: 'text2video', model: 'kling-v2-master', prompt: 'A boat', durationS: 5 } as const;
    expect(Object.keys(requestFromSettings({ ...least, sound: false, mode: undefined, negativePrompt: undefined }, imageOf)).toSorted()).toEqual(Object.keys(least).toSorted());
    // The start frame decides the shape of a clip made from a picture.
    expect(requestFromSettings({ ...settings, aspectRatio: '1:1' }, imageOf)).not.toHaveProperty('aspectRatio');
  });

  it.each([[null], ['down_back'], [3], [[]], [{}], [{ type: 'spin' }], [{ type: 'simple' }], [{ type: 'simple', config: null }], [{ type: 'simple', config: { zoom: '3' } }], [{ type: 'simple', config: [1] }], [{ type: 'toString' }]])(
    'leaves a camera move that is none, %j, to the check, which names it',
    (cameraControl) => {
      const request = requestFromSettings({ kind: 'text2video', model: 'kling-v1', prompt: 'A boat', durationS: 5, cameraControl }, imageOf);
      expect(checkVideoRequest(request).map(({ field, code }) => `${field} ${code}`)).toContain('cameraControl CAMERA_INVALID');
    },
  );
});
