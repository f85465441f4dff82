import type { ApiCalls, Shot } from '../../src/protocol/api/index.ts';
import type { Frame } from '../../src/protocol/shot-settings.ts';

/** What of a shot is changed beside its script. */
export type ShotChange = ApiCalls['changeShot']['body'];
export type StartChoice = ShotChange['startFrame'];

/** A frame as it is chosen. */
export function choiceOf(frame: Frame | undefined): NonNullable<StartChoice> | null {
  if (frame === undefined) return null;
  if ('lastFrameOf' in frame) return { continues: true };
  return 'url' in frame ? { url: frame.url } : { sha256: frame.sha256, name: frame.name };
}

/** The change that brings back what a shot has now. */
export function backFrom(shot: Shot, change: ShotChange): ShotChange {
  const { prompt, settings, takesWanted, inS, outS, line, accepted } = shot;
  const end = choiceOf(settings.endFrame);
  const now: ShotChange = {
    prompt,
    negativePrompt: settings.negativePrompt ?? null,
    model: settings.model,
    mode: settings.mode ?? null,
    durationS: settings.durationS,
    aspectRatio: settings.aspectRatio ?? null,
    sound: settings.sound,
    takes: takesWanted,
    inS,
    outS: outS ?? null,
    line: line ?? null,
    accepted: accepted ?? null,
    startFrame: choiceOf(settings.startFrame),
    endFrame: end === null || 'continues' in end ? null : end,
  };
  const touched = new Set(Object.keys(change));
  // A mode belongs to its model.
  if (touched.has('model')) touched.add('mode');
  return Object.fromEntries(Object.entries(now).filter(([field]) => touched.has(field)));
}
