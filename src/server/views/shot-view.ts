import { listPriceUnits, modelNamed } from '../../kling/index.ts';
import type { PlannedShot } from '../../project/index.ts';
import type { Shot } from '../../protocol/api/index.ts';
import { isLastFrame, type ShotSettings } from '../../protocol/shot-settings.ts';
import type { ProjectPrompt } from '../../store/index.ts';
import { readPrompt } from './read-prompt.ts';

/** A stored shot, or one that is only planned, whole. */
export function shotView(shot: Omit<ProjectPrompt, 'id' | 'projectId'> & { id?: string | undefined }, more: { pictureUrl?: string | undefined; change?: PlannedShot['change'] | undefined } = {}): Shot {
  const { settings, inS, outS } = shot;
  const { size, move, complexity } = readPrompt(shot.prompt, settings.cameraControl);
  return {
    ...(shot.id === undefined ? {} : { shotId: shot.id }),
    name: shot.name,
    index: shot.index,
    sceneNumber: shot.sceneNumber,
    ...(shot.sceneHeading === undefined ? {} : { sceneHeading: shot.sceneHeading }),
    text: shot.text,
    startLine: shot.startLine,
    endLine: shot.endLine,
    prompt: shot.prompt,
    sentPrompt: settings.prompt,
    cast: shot.cast ?? [],
    settings: settingsView(settings),
    inS,
    ...(outS === undefined ? {} : { outS }),
    onScreenS: Math.round(((outS ?? settings.durationS) - inS) * 1000) / 1000,
    ...(size === undefined ? {} : { size }),
    move,
    continues: isLastFrame(settings.startFrame),
    ...(shot.line === undefined ? {} : { line: shot.line }),
    takesWanted: shot.takesWanted,
    estimateUnits: listPriceUnits(settings),
    issues: shot.findings?.issues ?? [],
    lines: shot.findings?.lines ?? [],
    ...(shot.findings?.fixed === undefined ? {} : { fixed: shot.findings.fixed }),
    ...(shot.findings?.accepted === undefined ? {} : { accepted: shot.findings.accepted }),
    ...(shot.byHand === undefined ? {} : { byHand: shot.byHand.fields }),
    complexity,
    ...(more.change === undefined ? {} : { change: more.change }),
    ...(more.pictureUrl === undefined ? {} : { pictureUrl: more.pictureUrl }),
  };
}

function settingsView({ model, mode, durationS, aspectRatio, sound, cfgScale, negativePrompt, cameraControl, startFrame, endFrame }: ShotSettings): Shot['settings'] {
  return {
    model,
    modelWord: modelNamed(model)?.word ?? model,
    ...(mode === undefined ? {} : { mode }),
    durationS,
    ...(aspectRatio === undefined ? {} : { aspectRatio }),
    sound,
    ...(cfgScale === undefined ? {} : { cfgScale }),
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...(cameraControl === undefined ? {} : { cameraControl }),
    ...(startFrame === undefined ? {} : { startFrame }),
    ...(endFrame === undefined ? {} : { endFrame }),
  };
}
