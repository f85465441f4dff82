import { KlingModelAdvisor, type AdviceRequest, type AdvisorRow } from '../../src/index.ts';
import type { KlingFeature } from '../../src/kling/index.ts';
import { readFixture, readJsonLines } from './fixtures.ts';
import type { ScoreRow } from './score-row.ts';

interface TestModel {
  id: string;
  mode: 'std' | 'pro' | '4k';
  quality: number;
  usdPerSecond: number;
  durations: number[];
  negativePrompt: boolean;
  cfgScale: boolean;
  cameraControl: false | '5s std only';
  sound: boolean;
  soundUsdPerSecond: number | null;
  imageTail: boolean;
  multiShot: boolean;
  multiImage: boolean;
}

interface AdviceCase {
  id: string;
  prompt: string;
  duration: number;
  budgetUsd: number | null;
  requires: string[];
  prefer: 'cheap' | 'balanced' | 'best';
  scenario: string;
  available?: string[];
  discontinued?: string[];
  requested?: string;
  expect: { oneOf?: string[]; or?: string; not?: string[]; mention?: string[]; infeasible?: boolean; withinBudget?: boolean; warn?: boolean };
}

const table = (): { models: TestModel[]; priceScenarios: Record<string, Record<string, number>> } => JSON.parse(readFixture('model-advice', 'models.json')) as { models: TestModel[]; priceScenarios: Record<string, Record<string, number>> };

/** The table of the test as rows: `imageTail` is an end frame here, and `5s std only` a camera control for that cell. */
export function testRows(scenario: string, discontinued: readonly string[] = []): AdvisorRow[] {
  const { models, priceScenarios } = table();
  return models.map((model, newness): AdvisorRow => {
    const id = `${model.id}/${model.mode}`;
    const perSecond = priceScenarios[scenario]?.[id] ?? model.usdPerSecond;
    return {
      id,
      model: model.id,
      mode: model.mode,
      word: `${model.id} ${model.mode}`,
      quality: model.quality,
      newness,
      lifecycle: discontinued.includes(model.id) ? 'discontinued' : 'active',
      durationsS: model.durations,
      priceUsd: ({ durationS, sound }) => durationS * (sound ? (model.soundUsdPerSecond ?? Number.NaN) : perSecond),
      has: (feature, { durationS }) => {
        if (feature === 'cameraControl') return model.cameraControl !== false && durationS === 5 && model.mode === 'std';
        if (feature === 'endFrame') return model.imageTail;
        if (feature === 'textToVideo' || feature === 'imageToVideo') return true;
        return feature === 'sound' || feature === 'multiShot' || feature === 'multiImage' || feature === 'negativePrompt' || feature === 'cfgScale' ? model[feature] : false;
      },
    };
  });
}

const FEATURE_OF: Record<string, KlingFeature> = { imageTail: 'endFrame' };

/** What is wrong with each decision of a file. */
export function faultsOfAdvice(file = 'cases.jsonl'): string[] {
  return readJsonLines<AdviceCase>('model-advice', file).flatMap((one) => {
    const request: AdviceRequest = {
      prompt: one.prompt,
      durationS: one.duration,
      requires: one.requires.map((name) => FEATURE_OF[name] ?? (name as KlingFeature)),
      prefer: one.prefer,
      rows: testRows(one.scenario, one.discontinued),
      ...(one.budgetUsd === null ? {} : { budgetUsd: one.budgetUsd }),
      ...(one.available === undefined ? {} : { available: one.available }),
      ...(one.requested === undefined ? {} : { requested: one.requested }),
    };
    const advice = KlingModelAdvisor.adviseModel(request);
    const { expect } = one;
    const choice = advice.choice?.id;
    const text = [...advice.reasons, ...advice.warnings].join(' ').toLowerCase();
    const faults = [
      ...((expect.infeasible === true) === (choice === undefined) ? [] : [`choice ${choice ?? 'none'}`]),
      ...(expect.oneOf !== undefined && expect.or === undefined && !expect.oneOf.includes(choice ?? '') ? [`choice ${choice ?? 'none'}`] : []),
      ...(choice !== undefined && expect.not?.includes(choice) === true ? [`forbidden ${choice}`] : []),
      ...(expect.withinBudget === true && !((advice.choice?.priceUsd ?? Number.POSITIVE_INFINITY) <= (one.budgetUsd ?? 0)) ? ['over budget'] : []),
      ...(expect.warn === true && advice.warnings.length === 0 ? ['no warning'] : []),
      ...(expect.mention ?? []).filter((word) => !text.includes(word.toLowerCase())).map((word) => `no word of ${word}`),
      ...(choice !== undefined && one.available?.includes(choice) === false ? ['not available'] : []),
    ];
    return faults.map((fault) => `${one.id}: ${fault}`);
  });
}

export function modelAdvice(): ScoreRow[] {
  const cases = readJsonLines<AdviceCase>('model-advice', 'cases.jsonl');
  const wrong = new Set(faultsOfAdvice().map((fault) => fault.split(':')[0]));
  const pairs = readJsonLines<{ simpler: string; harder: string }>('model-advice', 'pairs.jsonl');
  const ranked = pairs.filter(({ simpler, harder }) => KlingModelAdvisor.complexityOf(simpler).score < KlingModelAdvisor.complexityOf(harder).score);
  const set = 'model advice: own cases';
  return [
    { set, measure: `decisions right of ${cases.length}`, ours: cases.length - wrong.size, target: 18, floor: 18, unit: '' },
    { set, measure: `pairs ranked right of ${pairs.length}`, ours: ranked.length, bestPublic: 14, target: 19, floor: 20, unit: '' },
  ];
}
