import { ValidationService, type ValidationInput } from '../../src/index.ts';
import { readFixture, readJsonLines } from './fixtures.ts';
import { percent, type ScoreRow } from './score-row.ts';

export interface ValidationCase {
  id: string;
  prompt: string;
  negative: string | null;
  request: { model: string; mode: 'std' | 'pro' | '4k'; duration: number; sound?: 'on'; cfg_scale?: number; camera_control?: unknown; multi_prompt?: { prompt: string; duration: number }[] };
  expect: string[];
  forbid: '*' | string[];
}

/** `cases.jsonl` is what the score counts; the other files of the folder hold the same kind of cases. */
export const readCases = (file = 'cases.jsonl'): ValidationCase[] => readJsonLines<ValidationCase>('prompt-validation', file);

export function inputOf({ prompt, negative, request }: ValidationCase): ValidationInput {
  const { model, mode, duration, sound, cfg_scale: cfgScale, camera_control: cameraControl, multi_prompt: shots } = request;
  return {
    prompt,
    ...(negative === null ? {} : { negativePrompt: negative }),
    clip: {
      model,
      mode,
      durationS: duration,
      ...(sound === 'on' ? { sound: true } : {}),
      ...(cfgScale === undefined ? {} : { cfgScale }),
      ...(cameraControl === undefined ? {} : { cameraControl }),
      ...(shots === undefined ? {} : { multiPrompt: shots.map((shot) => ({ prompt: shot.prompt, durationS: shot.duration })) }),
    },
  };
}

/** What is wrong with each case: codes that must be raised and are not, or must not be and are. */
export function faultsOfValidation(file?: string): string[] {
  const counted = new Set(Object.values(JSON.parse(readFixture('prompt-validation', 'codes.json')) as Record<string, string[]>).flat());
  return readCases(file).flatMap((row) => {
    const found: string[] = ValidationService.validate(inputOf(row)).map(({ code }) => code).filter((code) => counted.has(code));
    const missed = row.expect.filter((code) => !found.includes(code));
    const extra = found.filter((code) => !row.expect.includes(code) && (row.forbid === '*' || row.forbid.includes(code)));
    return missed.length + extra.length === 0 ? [] : [`${row.id}: missed ${missed.join() || 'nothing'}, extra ${extra.join() || 'nothing'}`];
  });
}

export function validationOfOurOwn(): ScoreRow[] {
  const cases = readCases();
  const faults = faultsOfValidation();
  const clean = cases.filter(({ expect, forbid }) => expect.length === 0 && forbid === '*');
  const touched = clean.filter(({ id }) => faults.some((fault) => fault.startsWith(`${id}:`)));
  const set = 'validation: own cases';
  return [
    { set, measure: `wholly right of ${cases.length}`, ours: cases.length - faults.length, bestPublic: 16, target: 49, floor: 51, unit: '' },
    { set, measure: 'clean prompts untouched', ours: percent(clean.length - touched.length, clean.length), target: 100, floor: 100 },
  ];
}

export function validationOfRealPrompts(): ScoreRow[] {
  const prompts = readJsonLines<{ source: string; prompt: string }>('text-to-video', 'prompts.jsonl');
  const issuesOf = (prompt: string) => ValidationService.validate({ prompt, clip: { model: 'kling-v2-5-turbo', mode: 'std', durationS: 5 } });
  // A story of five events in 5 s is to be warned about; the others tell one thing.
  const stories = prompts.filter(({ source }) => source.includes('plot'));
  const single = prompts.filter(({ source }) => !source.includes('plot'));
  const warned = single.filter(({ prompt }) => issuesOf(prompt).some(({ severity }) => severity === 'warning'));
  const set = 'validation: real prompts';
  return [
    { set, measure: 'blocked', ours: prompts.filter(({ prompt }) => issuesOf(prompt).some(({ severity }) => severity === 'error')).length, target: 0, floor: 0, unit: '', lowerIsBetter: true },
    { set, measure: 'warned about, one thing each', ours: percent(warned.length, single.length), target: 5, floor: 3, lowerIsBetter: true },
    { set, measure: 'stories found too much for 5 s', ours: percent(stories.filter(({ prompt }) => issuesOf(prompt).some(({ code }) => code === 'TOO_MANY_ACTIONS')).length, stories.length), target: 90, floor: 95 },
  ];
}
