import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine, ShotSettings } from '../protocol/shot-settings.ts';
import { externalTaskIdOf, fingerprintOf } from './fingerprint.ts';

const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const anyHash = fc.string({ unit: fc.constantFrom(...Array.from({ length: 16 }, (_, digit) => digit.toString(16))), minLength: 64, maxLength: 64 });
const anyFrame = fc.oneof(
  fc.record({ sha256: anyHash, format: fc.constantFrom('png' as const, 'jpeg' as const), name: anyText }),
  fc.record({ url: fc.webUrl() }),
);

/** What each field of a picture may be. A new field of ShotSettings does not compile until it is here. */
const FIELDS: { [Field in keyof Required<ShotSettings>]: fc.Arbitrary<ShotSettings[Field]> } = {
  kind: fc.constantFrom('text2video' as const, 'image2video' as const),
  model: fc.constantFrom('kling-v1-6', 'kling-v2-master', 'kling-v2-5-turbo'),
  mode: fc.constantFrom('std', 'pro', '4k', undefined),
  prompt: anyText,
  negativePrompt: fc.option(anyText, { nil: undefined }),
  durationS: fc.constantFrom(5, 10),
  aspectRatio: fc.constantFrom('16:9', '9:16', '1:1', undefined),
  cfgScale: fc.option(fc.constantFrom(0, 0.25, 0.5, 1), { nil: undefined }),
  sound: fc.boolean(),
  cameraControl: fc.option(fc.constantFrom<ShotSettings['cameraControl']>({ type: 'down_back' }, { type: 'simple', config: { zoom: 3 } }, { type: 'simple', config: { zoom: -3 } }), { nil: undefined }),
  startFrame: fc.option(anyFrame, { nil: undefined }),
  endFrame: fc.option(anyFrame, { nil: undefined }),
};

const anySettings = fc.record(FIELDS) as fc.Arbitrary<ShotSettings>;
const anyEngine = fc.constantFrom<Engine>('kling', 'sandbox');
const anyTake = fc.integer({ min: 1, max: 99 });

/** What must count as the same value of a field: normalised texts, and frames by what is in them. */
function meaning(field: string, value: unknown): string {
  if (typeof value === 'string') return value.normalize('NFC').replaceAll(/\r\n?/g, '\n').trim();
  if (field.endsWith('Frame') && typeof value === 'object' && value !== null) return 'url' in value ? `url ${String(value.url)}` : `file ${(value as { sha256: string }).sha256}`;
  return JSON.stringify(value) ?? 'nothing';
}

describe('the fingerprint of a picture', () => {
  it.each(Object.keys(FIELDS) as (keyof ShotSettings)[])('changes with %s alone', (field) => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anySettings, FIELDS[field] as fc.Arbitrary<unknown>, anyEngine, anyTake, (settings, value, engine, take) => {
        const same = meaning(field, settings[field]) === meaning(field, value);
        expect(fingerprintOf(settings, engine, take) === fingerprintOf({ ...settings, [field]: value }, engine, take)).toBe(same);
      }),
      { numRuns: 60 },
    );
  });

  it('tells engines and takes apart', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anySettings, anyTake, anyTake, (settings, one, two) => {
        expect(fingerprintOf(settings, 'kling', one)).not.toBe(fingerprintOf(settings, 'sandbox', one));
        expect(fingerprintOf(settings, 'kling', one) === fingerprintOf(settings, 'kling', two)).toBe(one === two);
      }),
    );
  });

  it('does not change with the spelling of the same words: composition, line ends, outer blanks', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anySettings, fc.array(fc.constantFrom('é', 'Å', 'n\u0303', 'a', ' ', '\n', ','), { minLength: 1 }), (settings, letters) => {
        const words = letters.join('');
        const other = `\t ${words.normalize('NFD').replaceAll('\n', '\r\n')} \r\n`;
        const [one, two] = [words, other].map((prompt) => fingerprintOf({ ...settings, prompt, negativePrompt: prompt }, 'kling', 1));
        expect(two).toBe(one);
      }),
    );
  });

  it('changes with a comma, a capital or a blank inside', () => {
    const settings: ShotSettings = { kind: 'text2video', model: 'kling-v2-5-turbo', mode: 'std', prompt: 'A boat at dawn', durationS: 5, aspectRatio: '16:9', sound: false };
    const prompts = ['A boat at dawn', 'A boat, at dawn', 'a boat at dawn', 'A boat  at dawn', 'A boat\nat dawn'];
    expect(new Set(prompts.map((prompt) => fingerprintOf({ ...settings, prompt }, 'kling', 1))).size).toBe(prompts.length);
  });

  it('stays what it was when films were paid for under it', () => {
    const settings: ShotSettings = { kind: 'text2video', model: 'kling-v2-5-turbo', mode: 'std', prompt: 'A boat at dawn', durationS: 5, aspectRatio: '16:9', sound: false };
    // A change here means that every film would be bought again: keep the old recipe as an alias.
    expect(fingerprintOf({ ...settings, kind: 'image2video', startFrame: { lastFrameOf: 'ab'.repeat(32), atS: 3.5 } }, 'kling', 1)).toBe('933fe485e6d6b09886a00d48544aa8046f7aaa65ca7df8c47218b0709222f275');
    expect(() => fingerprintOf({ ...settings, startFrame: { lastFrameOf: 'previous' } }, 'kling', 1)).toThrow(TypeError);
    expect(fingerprintOf(settings, 'kling', 1)).toMatchInlineSnapshot(`"be0a3aab6fc6c5903d8fa0abc120a0acda284ff9d2b2a595fafad785facc56a9"`);
  });
});

describe('our id at Kling', () => {
  it('is at most 64 of a-z, 0-9 and -, and is never the same for two pictures or two attempts', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anyHash, anyHash, fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 1, max: 9_999 }), (one, two, first, second) => {
        const id = externalTaskIdOf(one, first);
        expect(id).toMatch(/^[a-z0-9-]{1,64}$/);
        expect(externalTaskIdOf(one, first)).toBe(id);
        expect(externalTaskIdOf(two, second) === id).toBe(one === two && first === second);
        // The last digits matter as much as the first.
        const last = one.slice(0, 63) + (one.endsWith('0') ? '1' : '0');
        expect(externalTaskIdOf(last, first)).not.toBe(id);
      }),
    );
  });
});
