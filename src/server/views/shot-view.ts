import { listPriceUnits, modelNamed } from '../../kling/index.ts';
import { readStaging } from '../../media/index.ts';
import type { PlannedShot } from '../../project/index.ts';
import { KlingModelAdvisor } from '../../prompt/advisor/index.ts';
import { ValidationService, type ClipFacts, type ValidationIssue } from '../../prompt/validation/index.ts';
import type { Shot } from '../../protocol/api/index.ts';
import { isLastFrame, type ShotSettings } from '../../protocol/shot-settings.ts';
import type { ProjectPrompt } from '../../store/index.ts';

/** A stored shot, or one that is only planned, whole. */
export function shotView(shot: Omit<ProjectPrompt, 'id' | 'projectId'> & { id?: string | undefined }, more: { pictureUrl?: string | undefined; change?: PlannedShot['change'] | undefined } = {}): Shot {
  const { settings, inS, outS } = shot;
  const staging = readStaging({ prompt: shot.prompt, ...(shot.sceneHeading === undefined ? {} : { sceneHeading: shot.sceneHeading }), cameraControl: settings.cameraControl });
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
    size: staging.size,
    move: staging.move,
    continues: isLastFrame(settings.startFrame),
    ...(shot.line === undefined ? {} : { line: shot.line }),
    takesWanted: shot.takesWanted,
    estimateUnits: listPriceUnits(settings),
    issues: ValidationService.validate({ prompt: shot.prompt, ...(settings.negativePrompt === undefined ? {} : { negativePrompt: settings.negativePrompt }), clip: clipFacts(settings) }).map(issueView),
    complexity: KlingModelAdvisor.complexityOf(shot.prompt).score,
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

function clipFacts({ kind, model, mode, durationS, sound, cfgScale, cameraControl, startFrame, endFrame }: ShotSettings): ClipFacts {
  return {
    kind,
    model,
    ...(mode === undefined ? {} : { mode }),
    durationS,
    sound,
    ...(cfgScale === undefined ? {} : { cfgScale }),
    ...(cameraControl === undefined ? {} : { cameraControl }),
    hasStartFrame: startFrame !== undefined,
    hasEndFrame: endFrame !== undefined,
  };
}

export function issueView({ code, severity, field, span, message, fix }: ValidationIssue): Shot['issues'][number] {
  const replacement = fix?.replacement;
  return {
    code,
    severity,
    field,
    span: [span[0], span[1]],
    message,
    ...(fix === undefined
      ? {}
      : {
          fix: {
            label: fix.label,
            ...(replacement?.prompt === undefined ? {} : { prompt: replacement.prompt }),
            ...(replacement?.negativePrompt === undefined ? {} : { negativePrompt: replacement.negativePrompt }),
            ...(replacement?.clip === undefined ? {} : { clip: { ...replacement.clip } }),
            ...(fix.newShots === undefined ? {} : { newShots: [...fix.newShots] }),
          },
        }),
  };
}
