import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonLines } from '../../../bench/score/fixtures.ts';
import { faultsOfAdvice, testRows } from '../../../bench/score/model-advice.ts';
import type { KlingFeature } from '../../kling/index.ts';
import { catalogueRows, KlingModelAdvisor, type AdvisorRow, type Preference } from './index.ts';

const { adviseModel, adviseFilm, complexityOf } = KlingModelAdvisor;

describe('the checked decisions', () => {
  it('are all right', () => {
    expect(faultsOfAdvice()).toEqual([]);
  });

  it('are right for other questions of each kind: what is missing, too dear, too long, gone, or best asked for', () => {
    expect(faultsOfAdvice('more-cases.jsonl')).toEqual([]);
  });
});

const SUBJECTS = ['A man', 'An old woman', 'A red fox', 'Two children', 'A paper boat', 'A candle', 'A crowd of fifty people', 'Five jugglers', 'A nun', 'A swarm of bees', 'A silver sports car', 'A mother and her son', 'Old hands', 'A swordsman'];
const DOINGS = ['walks along a street', 'sits on a bench', 'juggles burning torches', 'drifts down a river', 'dances in the rain', 'opens a sealed letter', 'runs through deep snow', 'shakes hands with a stranger', 'melts into a puddle', 'falls off a shelf', 'reads "NO EXIT" on a door', 'glides over a frozen lake'];
const ADJECTIVES = ['soft golden light', 'muted colours', 'calm mood', 'overcast sky', 'shallow depth of field', 'pale morning light', 'warm tones', 'quiet, timeless, elegant', '35 mm film look', 'high contrast', 'gentle lens flare', 'vintage 1970s look', 'rim light', 'medium close-up', 'eye level', 'highly detailed', 'photorealistic', 'teal and orange grading', 'starry sky', 'in a rustic kitchen'];
const anyPrompt = fc.tuple(fc.constantFrom(...SUBJECTS), fc.constantFrom(...DOINGS)).map(([subject, doing]) => `${subject} ${doing}`);

describe('complexity', () => {
  it('never falls when a figure, an action or a camera move is added', () => {
    fc.assert(
      fc.property(anyPrompt, fc.constantFrom(', a second man beside him', ', a dog follows', ', then jumps over a wall', ' and throws a ball', ', slow push-in', ', pan left', ', the camera orbits', ', three girls watch', ', waves crash behind', ', with a policeman in the background', ' before it opens a box', ', rack focus', ', the camera rises', ', handheld'), (prompt, more) => {
        expect(complexityOf(prompt + more).score).toBeGreaterThanOrEqual(complexityOf(prompt).score);
      }),
    );
  });

  it('hardly moves with adjectives, light and length', () => {
    fc.assert(
      fc.property(anyPrompt, fc.array(fc.constantFrom(...ADJECTIVES), { maxLength: 8 }), (prompt, words) => {
        for (const longer of [[prompt, ...words], [...words, prompt]]) expect(Math.abs(complexityOf(longer.join(', ')).score - complexityOf(prompt).score)).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('does the same in Chinese', () => {
    const anyChinese = fc.tuple(fc.constantFrom('一个男人', '两名舞者', '一只橘猫', '一艘木船', '一群马'), fc.constantFrom('走过石桥', '坐在窗边', '在雨中奔跑', '从桌上掉下来', '静静地站着')).map(([subject, doing]) => subject + doing);
    fc.assert(
      fc.property(anyChinese, fc.constantFrom('，旁边站着一个女孩', '，人群围观', '，然后转身离开', '，突然摔倒', '，镜头缓缓推进', '，镜头环绕'), fc.constantFrom('柔和的光线', '电影感', '油画质感', '薄雾笼罩', '色彩鲜艳', '低角度'), (prompt, more, look) => {
        expect(complexityOf(prompt + more).score).toBeGreaterThanOrEqual(complexityOf(prompt).score);
        expect(Math.abs(complexityOf(`${prompt}，${look}`).score - complexityOf(prompt).score)).toBeLessThanOrEqual(3);
      }),
    );
  });

  it.each([
    ['A man walks along a street.', '一个男人沿着街道走。'],
    ['A cat sleeps on a sofa.', '一只猫在沙发上睡觉。'],
    ['Two wrestlers wrestle in the mud.', '两个摔跤手在泥里摔跤。'],
    ['A candle burns on a table.', '一支蜡烛在桌上燃烧，火焰。'],
    ['Two fencers duel on a wet rooftop, cloaks whip in the wind, the camera orbits them.', '两名击剑手在湿滑的屋顶上决斗，斗篷在风中飘动，镜头环绕他们。'],
    ['A woman runs through the rain, tracking shot.', '一个女人在雨中奔跑，跟拍。'],
  ])('is about the same in English and Chinese: %s', (english, chinese) => {
    expect(Math.abs(complexityOf(english).score - complexityOf(chinese).score)).toBeLessThanOrEqual(10);
  });

  it.each([
    ['A dog chases a cat.', 'A dog is chasing a cat.'],
    ['Two men shake hands.', 'Two guys shaking hands.'],
    ['The camera pans left over a lake.', 'Slow pan left across a lake.'],
    ['A boy jumps into a river.', 'A boy leaps into the river.'],
  ])('is about the same in other words: %s', (one, other) => {
    expect(Math.abs(complexityOf(one).score - complexityOf(other).score)).toBeLessThanOrEqual(10);
  });

  it('is higher for the harder of two, also where it has fewer words, and within 10 for the same in other words or in Chinese', () => {
    const pairs = readJsonLines<{ simpler: string; harder: string } | { same: [string, string] }>('model-advice', 'more-pairs.jsonl');
    const scoreOf = (prompt: string) => complexityOf(prompt).score;
    expect(pairs.filter((pair) => ('same' in pair ? Math.abs(scoreOf(pair.same[0]) - scoreOf(pair.same[1])) > 10 : scoreOf(pair.simpler) >= scoreOf(pair.harder)))).toEqual([]);
  });

  it('says what made it', () => {
    const { score, points } = complexityOf('Two women shake hands and exchange a sealed letter, slow push-in.');
    expect(score).toBe(Math.min(100, 10 + points.reduce((sum, point) => sum + point.points, 0)));
    expect(points.map(({ what }) => what)).toEqual(['further actions', 'figures', 'camera moves', 'bodies that touch or hand something over']);
  });
});

const preferences = fc.constantFrom<Preference>('cheap', 'balanced', 'best');
const tables = fc.constantFrom('A', 'B_old_turbo_dear').map((scenario) => testRows(scenario));
const features = fc.uniqueArray(fc.constantFrom<KlingFeature>('sound', 'endFrame', 'cameraControl', 'multiImage', 'multiShot', 'cfgScale', 'negativePrompt'), { maxLength: 2 });
const questions = fc.record({ prompt: anyPrompt, durationS: fc.constantFrom(3, 5, 7, 10, 12, 15, 20), prefer: preferences, requires: features, rows: fc.oneof(tables, fc.constant(catalogueRows())) });
const cheaper = (rows: readonly AdvisorRow[], id: string, factor: number): AdvisorRow[] => rows.map((row) => (row.id === id ? { ...row, priceUsd: (clip) => (row.priceUsd(clip) ?? Number.NaN) * factor } : row));

describe('a choice', () => {
  it('never gets worse with more money', () => {
    fc.assert(
      fc.property(questions, fc.double({ min: 0.05, max: 3, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true }), (question, budgetUsd, more) => {
        const less = adviseModel({ ...question, budgetUsd }).choice?.quality ?? -1;
        expect(adviseModel({ ...question, budgetUsd: budgetUsd + more }).choice?.quality ?? -1).toBeGreaterThanOrEqual(less);
      }),
    );
  });

  it('is not there with one more demand where it was not there without', () => {
    fc.assert(
      fc.property(questions, fc.constantFrom<KlingFeature>('sound', 'endFrame', 'cameraControl', 'multiShot'), (question, feature) => {
        fc.pre(adviseModel(question).choice === undefined && feature !== 'endFrame');
        expect(adviseModel({ ...question, requires: [...question.requires, feature] }).choice).toBeUndefined();
      }),
    );
  });

  it('stays when it gets cheaper', () => {
    fc.assert(
      fc.property(questions, fc.option(fc.double({ min: 0.1, max: 3, noNaN: true }), { nil: undefined }), fc.double({ min: 0.1, max: 1, noNaN: true }), (question, budget, factor) => {
        const asked = { ...question, ...(budget === undefined ? {} : { budgetUsd: budget }) };
        const { choice } = adviseModel(asked);
        fc.pre(choice !== undefined);
        expect(adviseModel({ ...asked, rows: cheaper(question.rows, choice.id, factor) }).choice?.id).toBe(choice.id);
      }),
    );
  });

  it('is never one that another beats in price and in quality', () => {
    fc.assert(
      fc.property(questions, ({ rows, ...question }) => {
        const { choice } = adviseModel({ ...question, rows });
        fc.pre(choice !== undefined);
        const clip = { durationS: question.durationS, sound: question.requires.includes('sound') };
        const beats = rows.filter((row) => row.lifecycle === 'active' && row.durationsS.includes(clip.durationS) && row.has('textToVideo', { kind: 'text2video', ...clip }) && question.requires.every((feature) => row.has(feature, { kind: 'text2video', ...clip })) && row.quality > choice.quality && (row.priceUsd(clip) ?? Number.POSITIVE_INFINITY) < choice.priceUsd - 1e-4);
        expect(beats.map(({ id }) => id)).toEqual([]);
      }),
    );
  });

  it('is the same for the same question, whatever the prompt holds', () => {
    fc.assert(
      fc.property(fc.oneof(anyPrompt, fc.string({ unit: 'binary', maxLength: 200 })), fc.constantFrom(Number.NaN, -1, 0, 5, 2.5, 1e9), preferences, (prompt, durationS, prefer) => {
        const question = { prompt, durationS, prefer };
        expect(adviseModel(question)).toEqual(adviseModel(question));
      }),
    );
  });

  it('is never a model that is gone; who asks for one hears what stands for it', () => {
    const advice = adviseModel({ prompt: 'A man walks.', requested: 'kling-v1-6/std' });
    // As cheap as 2.5-turbo std, and newer.
    expect(advice.choice?.id).toBe('kling-v2-6/std');
    expect(advice.reasons.join(' ')).toContain('1.6 std, which was asked for, is probably discontinued');
    fc.assert(fc.property(questions, (question) => {
      const chosen = adviseModel({ ...question, rows: catalogueRows() }).choice?.id;
      expect(catalogueRows().find(({ id }) => id === chosen)?.lifecycle ?? 'active').toBe('active');
    }));
  });

  it('comes with the next cheaper and the next better, and what they differ by', () => {
    const { choice, nextCheaper, nextBetter } = adviseModel({ prompt: 'Two dancers spin and leap in the rain.', durationS: 10 });
    expect(choice).toBeDefined();
    expect(nextBetter!.quality).toBeGreaterThan(choice!.quality);
    expect(nextBetter!.priceUsd).toBeCloseTo(choice!.priceUsd + nextBetter!.priceDifferenceUsd, 4);
    expect(nextCheaper === undefined || nextCheaper.priceUsd < choice!.priceUsd).toBe(true);
  });
});

describe('what cannot be filmed as asked', () => {
  it('names the smallest change, and the change makes it possible', () => {
    const long = adviseModel({ prompt: 'A man walks.', durationS: 22 });
    expect(long.choice).toBeUndefined();
    expect(long.changes[0]).toMatchObject({ splitS: [15, 7] });
    for (const durationS of long.changes[0]!.splitS!) expect(adviseModel({ prompt: 'A man walks.', durationS }).choice).toBeDefined();

    const camera = adviseModel({ prompt: 'A man walks.', requires: ['cameraControl'] });
    expect(camera.changes[0]).toMatchObject({ dropFeatures: ['cameraControl'] });

    const poor = adviseModel({ prompt: 'A man walks.', budgetUsd: 0.1 });
    expect(poor.changes[0]!.words).toContain('raise the budget');
    expect(adviseModel({ prompt: 'A man walks.', budgetUsd: poor.changes[0]!.budgetUsd! }).choice).toBeDefined();
  });
});

describe('a film', () => {
  const shots = [
    { name: 'S01_SH01', prompt: 'A candle burns on a table, static shot.', durationS: 5 },
    { name: 'S01_SH02', prompt: 'A woman reads a letter.', durationS: 5 },
    { name: 'S01_SH03', prompt: 'Two fencers duel on a wet rooftop, cloaks whip in the wind, the camera orbits them as lightning strikes the tower behind.', durationS: 10 },
  ];

  it('gets one model and mode, and names the shots that want another', () => {
    const advice = adviseFilm({ shots });
    expect(advice.choice?.id).toBe('kling-v2-6/std');
    expect(advice.choice?.priceUsd).toBeCloseTo(0.21 + 0.21 + 0.42, 4);
    expect(advice.flagged.map(({ name }) => name)).toEqual(['S01_SH03']);
    expect(advice.flagged[0]!.advice.choice!.quality).toBeGreaterThan(advice.choice!.quality);
  });

  it('takes what makes most of its shots, also where none makes all', () => {
    const advice = adviseFilm({ shots: [...shots, { name: 'S01_SH04', prompt: 'A man walks.', durationS: 40 }] });
    expect(advice.choice).toBeDefined();
    expect(advice.flagged.find(({ name }) => name === 'S01_SH04')!.advice.changes.length).toBeGreaterThan(0);
    expect(adviseFilm({ shots: [] }).choice).toBeUndefined();
  });
});
