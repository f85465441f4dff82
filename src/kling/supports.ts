import type { KlingFeature, KlingKind, KlingModel } from './model.ts';
import type { KlingMode } from './request.ts';

/** Where a feature is asked for. A part left out means "anywhere": is there any cell that has it? */
export interface FeatureQuestion {
  kind?: KlingKind;
  mode?: KlingMode;
  durationS?: number;
  sound?: boolean;
}

/** Whether Kling's capability map has the feature there. Models without modes ignore `mode`. */
export function supports(model: KlingModel, feature: KlingFeature, question: FeatureQuestion = {}): boolean {
  const { kind, mode, durationS, sound } = question;
  const inModel =
    (mode === undefined || model.modes.length === 0 || model.modes.includes(mode)) &&
    (durationS === undefined || model.durationsS.includes(durationS));
  return (
    inModel &&
    (model.features[feature] ?? []).some(
      (cell) =>
        (kind === undefined || cell.kinds === undefined || cell.kinds.includes(kind)) &&
        (mode === undefined || model.modes.length === 0 || cell.modes === undefined || cell.modes.includes(mode)) &&
        (durationS === undefined || cell.durationsS === undefined || cell.durationsS.includes(durationS)) &&
        !(sound === true && cell.silentOnly === true),
    )
  );
}

/** The mode a request is made in: the one given, else `std`; `undefined` for a model that takes none. */
export function effectiveMode(model: KlingModel, mode: KlingMode | undefined): KlingMode | undefined {
  return model.modes.length === 0 ? undefined : (mode ?? 'std');
}
