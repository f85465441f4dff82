import { USD_PER_UNIT, type KlingFeature } from '../kling/index.ts';
import { StudioError } from '../lib/errors.ts';
import type { FilmSettings, ShotSettings } from '../protocol/shot-settings.ts';
import type { FilmAdvice, FilmShot, KlingModelAdvisor, Preference } from '../prompt/advisor/index.ts';
import type { ScriptShot } from '../script/index.ts';
import { settingsOf } from './shot-settings.ts';

export type Advisor = typeof KlingModelAdvisor;

export async function loadAdvisor(): Promise<Advisor> {
  const { KlingModelAdvisor } = await import('../prompt/advisor/index.ts');
  return KlingModelAdvisor;
}

/** What a person wants of the advice. */
interface AdviceWish {
  prefer?: Preference | undefined;
  /** The most that the film may cost, in Kling units. */
  capUnits?: number | undefined;
}

/** A planned shot as the advisor sees it. */
export function filmShot(name: string, prompt: string, settings: ShotSettings): FilmShot {
  const { kind, durationS, negativePrompt, cfgScale, sound, cameraControl, startFrame, endFrame } = settings;
  const requires: KlingFeature[] = [
    ...(negativePrompt === undefined ? [] : (['negativePrompt'] as const)),
    ...(cfgScale === undefined ? [] : (['cfgScale'] as const)),
    ...(sound ? (['sound'] as const) : []),
    ...(cameraControl === undefined ? [] : (['cameraControl'] as const)),
    ...(endFrame === undefined ? [] : [startFrame === undefined ? ('endFrameOnly' as const) : ('endFrame' as const)]),
  ];
  return { name, prompt, durationS, kind, requires };
}

/**
 * A film's settings with the model and mode of `--model auto`: what the advisor says for the shots that name no model themselves.
 * @throws StudioError NO_MODEL_FITS.
 */
export async function advisedSettings(shots: readonly ScriptShot[], film: FilmSettings, wish: AdviceWish): Promise<FilmSettings> {
  const { model: _auto, mode, ...others } = film;
  const free = shots.filter((shot) => shot.model === undefined);
  if (free.length === 0) return { ...others, ...(mode === undefined ? {} : { mode }) };
  const advisor = await loadAdvisor();
  const wishes = free.map((shot, index) => {
    const { mode: _own, ...withoutMode } = shot;
    const somePicture = { url: 'https://example.invalid/' };
    const frames = { ...(shot.startFrame !== undefined || shot.continues === true ? { startFrame: somePicture } : {}), ...(shot.endFrame === undefined ? {} : { endFrame: somePicture }) };
    return filmShot(String(index + 1), shot.prompt, settingsOf(withoutMode, others, frames));
  });
  const advice = adviseFor(advisor, wishes, { ...wish, mode });
  if (advice.choice !== undefined) return { ...others, model: advice.choice.model, ...(advice.choice.mode === undefined ? {} : { mode: advice.choice.mode }) };
  const [smallest] = advice.flagged[0]?.advice.changes ?? [];
  throw new StudioError('NO_MODEL_FITS', `No model that lives makes these shots${mode === undefined ? '' : ` in mode ${mode}`}: ${advice.reasons.join(' ')}`, {
    next: smallest === undefined ? 'Change the length or what the shots ask for; directorstudio models shows what each model can.' : `The smallest change that helps: ${smallest.words}.`,
  });
}

/** The advice for a film, in one mode where one was asked for. */
export function adviseFor(advisor: Advisor, shots: readonly FilmShot[], { mode, prefer, capUnits }: AdviceWish & { mode?: FilmSettings['mode'] | undefined }): FilmAdvice {
  const available = mode === undefined ? undefined : advisor.rows().filter((row) => row.mode === mode).map(({ id }) => id);
  return advisor.adviseFilm({ shots, ...(available === undefined ? {} : { available }), ...(prefer === undefined ? {} : { prefer }), ...(capUnits === undefined ? {} : { budgetUsd: capUnits * USD_PER_UNIT }) });
}
