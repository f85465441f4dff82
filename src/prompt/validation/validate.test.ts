import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultsOfValidation, inputOf, readCases } from '../../../bench/score/validation.ts';
import { KLING_MODELS, type KlingMode } from '../../kling/index.ts';
import { applyFix, ISSUE_SEVERITIES, validate, type ClipFacts, type IssueCode, type ValidationInput } from './index.ts';

const TURBO: ClipFacts = { model: 'kling-v2-5-turbo', mode: 'std', durationS: 5 };
const codesOf = (input: ValidationInput): IssueCode[] => validate(input).map(({ code }) => code);
const serious = (prompt: string, clip: ClipFacts = TURBO): IssueCode[] => validate({ prompt, clip }).flatMap(({ code, severity }) => (severity === 'info' ? [] : [code]));

const linesOf = <Row>(path: string): Row[] => readFileSync(new URL(`../../../test/fixtures/${path}`, import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Row);
const prompts = linesOf<{ id: string; source: string; prompt: string }>('text-to-video/prompts.jsonl');

describe('the checked cases', () => {
  it('raise what they must and nothing they must not', () => {
    expect(faultsOfValidation()).toEqual([]);
  });

  it('raise what they must and nothing they must not, each code also in quite other words, and leave prompts of many kinds and languages in peace', () => {
    expect(faultsOfValidation('more-cases.jsonl')).toEqual([]);
  });

  it('have a fix for every warning that removes it and brings no error', () => {
    for (const row of [...readCases(), ...readCases('more-cases.jsonl')]) {
      const input = inputOf(row);
      const issues = validate(input);
      const errors = new Set(issues.filter(({ severity }) => severity === 'error').map(({ code }) => code));
      for (const { code, fix } of issues.filter(({ severity }) => severity === 'warning')) {
        expect(fix, `${row.id}: ${code} has no fix`).toBeDefined();
        const after = validate(applyFix(input, fix!));
        expect(after.map((issue) => issue.code), `${row.id}: ${code} is still there`).not.toContain(code);
        expect(after.filter(({ severity, code: other }) => severity === 'error' && !errors.has(other)).map(({ code: other }) => other), `${row.id}: ${code}`).toEqual([]);
      }
    }
  });

  it('have codes that are known here, with the severity they are published with', () => {
    for (const [severity, codes] of Object.entries(JSON.parse(readFileSync(new URL('../../../test/fixtures/prompt-validation/codes.json', import.meta.url), 'utf8')) as Record<string, string[]>)) {
      for (const code of codes) expect(ISSUE_SEVERITIES[code as IssueCode], code).toBe(severity);
    }
  });
});

describe('real prompts', () => {
  it('are never blocked, and hardly ever warned about where one thing happens', () => {
    const single = prompts.filter(({ source }) => !source.includes('plot'));
    const issues = single.map(({ prompt }) => validate({ prompt, clip: TURBO }));
    expect(prompts.flatMap(({ prompt }) => validate({ prompt, clip: TURBO }).filter(({ severity }) => severity === 'error'))).toEqual([]);
    const warned = issues.filter((found) => found.some(({ severity }) => severity === 'warning'));
    expect(warned.length / single.length).toBeLessThanOrEqual(0.05);
    // All of them name the same character of a comic.
    expect(new Set(warned.flat().filter(({ severity }) => severity === 'warning').map(({ code }) => code))).toEqual(new Set(['IP_CHARACTER']));
  });

  it('that tell a whole story are too much for 5 s', () => {
    const stories = prompts.filter(({ source }) => source.includes('plot'));
    expect(stories.filter(({ prompt }) => serious(prompt).includes('TOO_MANY_ACTIONS')).length / stories.length).toBeGreaterThanOrEqual(0.95);
  });
});

/** Each said once without fault, so that a rule that grows too eager shows. */
const CLEAN = [
  'A city street turns from day to night, time-lapse.',
  'At sunset the street lamps come on and a cyclist passes as night falls.',
  'Static shot of a street, then the camera slowly pans left to a cafe as a waiter walks out.',
  'The camera pans left, then pans right to follow the ball as children play.',
  'Dolly zoom on a frightened man standing on a stair.',
  'Two dogs chase one dog through a park.',
  'Close-up of a face, then the camera pulls back to a wide shot of the desert as wind blows.',
  'Medium close-up of a potter shaping clay, warm light.',
  'A woman stands at a window, rain running down the glass, she smiles softly.',
  'Waves crash on rocks as seagulls circle overhead and a lighthouse beam sweeps across the sea, wide shot.',
  'A man walks away without looking back, dusk.',
  'No one is left in the hall; a curtain moves in the wind.',
  'It is raining on a quiet street, a taxi passes.',
  'A basketball player shoots a three-pointer, slow motion.',
  'A photographer shoots a portrait in a studio.',
  'A blood moon rises over the desert, wolves howl.',
  'A tall man named Barry plays chess in a park.',
  'Portrait of an old sailor, static shot, soft light.',
  'A cinematic, photorealistic shot of a lion walking through tall grass, 4k.',
  'A black-and-white cat jumps onto a colorful sofa.',
  'A cat scurries under a fence and stops.',
  'A gymnast executes a flawless backflip on the beam.',
  'A calm lake at sunset, perfectly reflecting the orange sky.',
  'A fragile egg is dropped onto a hard floor.',
  'A stone frog with the head of a crocodile, the wings of a dragonfly, the legs of a horse and the tail of a fox hops along a path.',
  'Photorealistic 3D render of a watch, its hands sweeping round.',
  'A drizzle of honey runs over pancakes on a sunny terrace.',
  'Without a moment’s hesitation a boy jumps into the lake.',
  'Cinematic shot of Van Gogh’s bedroom, Van Gogh style, the curtain moving.',
  '一架无人机飞越一望无际的雪原，天空无云。',
  '一位老人在公园里打太极，清晨的阳光，镜头缓缓推进。',
];

describe('prompts without fault', () => {
  it.each(CLEAN)('%s', (prompt) => {
    expect(serious(prompt)).toEqual([]);
  });
});

/** One fault each. */
const FAULTY: readonly (readonly [code: IssueCode, prompt: string, more?: Partial<ValidationInput>])[] = [
  ['TOO_MANY_SUBJECTS', 'A king, a queen, a jester, two knights, a dragon, a wizard and a cat argue in a hall.'],
  ['WEATHER_CONFLICT', 'A girl walks through a blizzard under a clear blue sky.'],
  ['TIME_CONFLICT', 'A woman jogs at sunrise, sunset glow behind her.'],
  ['STYLE_CONFLICT', 'A watercolor painting, photorealistic, of a dog running on a beach.'],
  ['SPEED_CONFLICT', 'Hyperlapse of a city in extreme slow motion.'],
  ['STATIC_CONFLICT', 'The camera is fixed. The camera slowly zooms in on a sleeping dog.'],
  ['CAMERA_CONFLICT', 'The camera pushes in while pulling back from the singer on stage.'],
  ['CAMERA_OVERLOAD', 'Pan right, dolly in, crane up and roll over a crowded stadium.'],
  ['COUNT_CONFLICT', 'Five candles burn on a table, exactly four candles in the frame.'],
  ['FRAMING_CONFLICT', 'Macro aerial view of a beetle walking on a leaf.'],
  ['TOO_MANY_ACTIONS', 'A chef chops onions, then fries them, then plates the dish, then serves it to a guest, then bows.'],
  ['NEGATION_IN_PROMPT', 'A street at dusk without any cars, a cyclist passes, no text.'],
  ['NEGATIVE_SYNTAX', 'A dog runs on a beach, tracking shot.', { negativePrompt: 'please do not add any people' }],
  ['NEGATIVE_CONTRADICTS', 'A neon sign glows over a bar, rain.', { negativePrompt: 'neon sign, people' }],
  ['DIALOGUE_TOO_LONG', 'A teacher says: "Today we will talk about the history of the sea and about the people who crossed it long before anyone drew a map."', { clip: { model: 'kling-v3', mode: 'std', durationS: 5, sound: true } }],
  ['DIALOGUE_NO_AUDIO', '“I love you,” whispers the old man, close-up.'],
  ['ONSCREEN_TEXT', 'A chalkboard with the words "Back in five minutes" hangs in a cafe window, a door closes.'],
  ['LANGUAGE', 'Une femme marche sur la plage au coucher du soleil, plan large.'],
  ['SCREENPLAY_FORMAT', 'EXT. BEACH - DAY\nWaves roll. A dog runs along the water.'],
  ['MULTIPLE_SHOTS', 'Shot 1: A man enters a bar. Shot 2: Close-up of a glass. Shot 3: He drinks.'],
  ['NO_SUBJECT', 'Cinematic, 4k, beautiful lighting, slow pan, moody atmosphere.'],
  ['NO_MOTION', 'A vase of tulips on a wooden table.'],
  ['NOT_FILMABLE', 'The concept of freedom and the meaning of life.'],
  ['CONTINUITY_REFERENCE', 'The man from the previous shot opens the letter.'],
  ['DANGLING_PRONOUN', 'She opens the letter and cries.'],
  ['REAL_PERSON', 'Barack Obama plays chess in a park.'],
  ['IP_CHARACTER', 'Spider-Man swings between skyscrapers.'],
  ['POLICY_BLOCK', 'A soldier is beheaded in graphic detail.'],
  ['POLICY_RISK', 'A man stabs another man in an alley.'],
  ['FOREIGN_PARAMETERS', 'A fox runs in the snow, (masterpiece:1.2), <lora:snow:0.8>, seed: 42'],
  ['PLACEHOLDER_UNRESOLVED', '[INSERT NAME] walks through the door.'],
  ['DUPLICATED_TEXT', 'A fox runs through the snow. A fox runs through the snow. Overcast light.'],
  ['KEYWORD_SPAM', 'cat, 4k, 8k, hdr, masterpiece, best quality, stunning, epic, award winning, trending on artstation'],
  ['TOO_SHORT', 'cat'],
];

describe('a fault', () => {
  it.each(FAULTY.map(([code, prompt, more]) => ({ code, prompt, more })))('$code is found alone, and its fix leaves nothing worse: $prompt', ({ code, prompt, more }) => {
    const input: ValidationInput = { prompt, clip: TURBO, ...more };
    const issues = validate(input).filter(({ severity }) => severity !== 'info');
    expect(issues.map((issue) => issue.code)).toEqual([code]);
    const fix = issues[0]?.fix;
    expect(fix).toBeDefined();
    const after = validate(applyFix(input, fix!));
    expect(after.map((issue) => issue.code)).not.toContain(code);
    expect(after.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('what shall not be seen', () => {
  it.each([
    ['A woman with no hat waves from a train.', 'A woman waves from a train.', 'hat'],
    ['A dog with no tail barks at a gate.', 'A dog barks at a gate.', 'tail'],
    ['A man with no shoes runs along a beach.', 'A man runs along a beach.', 'shoes'],
    ['A dish of cold soup, no spoon in it, slides along a counter.', 'A dish of cold soup, slides along a counter.', 'spoon'],
  ])('goes into the negative prompt, and what somebody does stays: %s', (prompt, fixed, negativePrompt) => {
    const issue = validate({ prompt, clip: TURBO }).find(({ code }) => code === 'NEGATION_IN_PROMPT');
    expect(issue?.fix && applyFix({ prompt, clip: TURBO }, issue.fix)).toMatchObject({ prompt: fixed, negativePrompt });
  });

  it('is not no man’s land', () => {
    expect(codesOf({ prompt: 'A soldier crawls through no man’s land in the mud.', clip: TURBO })).not.toContain('NEGATION_IN_PROMPT');
  });
});

describe('what only the catalogue knows', () => {
  it('says that a model is gone, certainly or probably, and names the nearest with its price', () => {
    const [gone] = validate({ prompt: CLEAN[0]!, clip: { model: 'kling-v1', mode: 'std', durationS: 5 } });
    expect(gone).toMatchObject({ code: 'MODEL_DISCONTINUED', severity: 'error', fix: { label: 'use 2.5-turbo std' } });
    const [probably] = validate({ prompt: CLEAN[0]!, clip: { model: 'kling-v2-master', durationS: 5 } });
    expect(probably).toMatchObject({ code: 'MODEL_DISCONTINUED', severity: 'warning' });
    expect(probably!.message).toContain('$');
  });

  it('refuses by model, mode and API what is not there, and offers the mode that has it', () => {
    const endFrame: ClipFacts = { ...TURBO, hasStartFrame: true, hasEndFrame: true };
    const [issue] = validate({ prompt: CLEAN[0]!, clip: endFrame });
    expect(issue).toMatchObject({ code: 'FEATURE_UNSUPPORTED', fix: { replacement: { clip: { mode: 'pro' } } } });
    expect(serious(CLEAN[0]!, { ...endFrame, mode: 'pro' })).toEqual([]);
    expect(codesOf({ prompt: CLEAN[0]!, negativePrompt: 'blur', clip: TURBO })).toEqual([]);
    expect(codesOf({ prompt: CLEAN[0]!, negativePrompt: 'blur', clip: { ...TURBO, api: 'new-standard' } })).toEqual(['FEATURE_UNSUPPORTED']);
    expect(codesOf({ prompt: CLEAN[0]!, clip: { model: 'kling-v2-master', durationS: 5, api: 'new-standard' } })).toContain('API_UNSUPPORTED');
  });
});

const WORDS = ['a man', 'two women', 'She', 'runs', 'walks to the door', 'and then', 'pan left', 'pans right', 'zoom in', 'pulls back', 'at night', 'under the midday sun', 'without people', 'no cars', 'says: "We must go now, before they find the boat and everything in it."', 'Elon Musk', 'Batman', 'naked', 'stabs a man', '--ar 16:9', '(fog:1.4)', '{{name}}', 'Shot 1:', 'CUT TO:', 'as in the previous clip', 'the same woman', 'close-up', 'wide shot', 'static camera', 'slow motion', 'time-lapse', 'anime', 'photorealistic', 'sunny', 'in heavy rain', '4k', 'masterpiece', 'best quality', 'a sign that reads "OPEN"', 'regrets that', 'freedom is', ',', '.', '\n', '“', '"', "'", 'INT. HOUSE - DAY', '你好', 'der Hund und die Katze', '🦊', '\u0000', '\uD800', '<<<image_1>>>', 'three dogs', 'four dogs'];
const anyClip: fc.Arbitrary<ClipFacts> = fc.record(
  { model: fc.constantFrom(...KLING_MODELS.map(({ name }) => name), 'kling-v9'), durationS: fc.constantFrom(0, 3, 5, 7, 10, 15, Number.NaN), mode: fc.constantFrom<KlingMode>('std', 'pro', '4k'), sound: fc.boolean(), cfgScale: fc.constantFrom(0.5, 7), hasStartFrame: fc.boolean(), hasEndFrame: fc.boolean(), api: fc.constantFrom('classic' as const, 'new-standard' as const), cameraControl: fc.constantFrom<unknown>({ type: 'simple', config: { zoom: 5 } }, 'left', { type: 'simple' }) },
  { requiredKeys: ['model', 'durationS'] },
);
const anyPrompt = fc.oneof(fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join(' ')), fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 200 }));

describe('whatever is asked', () => {
  it('is answered, the same each time, with spans inside the text', () => {
    fc.assert(
      fc.property(anyPrompt, fc.option(anyPrompt, { nil: undefined }), anyClip, (prompt, negativePrompt, clip) => {
        const input: ValidationInput = { prompt, ...(negativePrompt === undefined ? {} : { negativePrompt }), clip };
        const issues = validate(input);
        expect(validate(input)).toEqual(issues);
        expect(new Set(issues.map(({ code }) => code)).size).toBe(issues.length);
        for (const { field, span } of issues) {
          const text = field === 'clip' ? '' : (input[field] ?? '');
          expect(span[0] >= 0 && span[1] >= span[0] && (field === 'clip' || span[1] <= text.length)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('has for every warning a fix that removes it and brings no error', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 14 }).map((words) => words.join(' ')), (prompt) => {
        const input: ValidationInput = { prompt, clip: TURBO };
        const issues = validate(input);
        const errors = new Set(issues.filter(({ severity }) => severity === 'error').map(({ code }) => code));
        for (const { code, fix } of issues.filter(({ severity }) => severity === 'warning')) {
          expect(fix, `${code} in ${JSON.stringify(prompt)} has no fix`).toBeDefined();
          const fixed = applyFix(input, fix!);
          const after = validate(fixed);
          const words = `${code} in ${JSON.stringify(prompt)} became ${JSON.stringify(fixed.prompt)}`;
          expect(after.map((issue) => issue.code), words).not.toContain(code);
          expect(after.filter(({ severity, code: other }) => severity === 'error' && !errors.has(other)).map(({ code: other }) => other), words).toEqual([]);
        }
      }),
      { numRuns: 600 },
    );
  });

  it.each(['"', '(', '*', '“', ' a', 'no ', '{{', '<<<', ',', '--', 'pan left ', '\n', 'A man says: "', '((', 'two dogs ', 'the same ', 'aaaa', '[', '1:', 'very slowly '])('%j a hundred thousand times is no trouble', (piece) => {
    const startedAt = performance.now();
    validate({ prompt: piece.repeat(100_000 / piece.length), clip: TURBO });
    validate({ prompt: piece.repeat(2_400 / piece.length), clip: TURBO });
    // A bound for what hangs, not a measure of speed.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
