import { KLING_MODELS, priceUnits, supports, type KlingFeature, type KlingModel } from '../kling/index.ts';
import { table } from './printable.ts';
import type { CommandResult, Session } from './session.ts';
import { money } from './spend.ts';

const FEATURE_WORDS: readonly [KlingFeature, string][] = [
  ['imageToVideo', 'start frame'],
  ['endFrame', 'end frame'],
  ['negativePrompt', 'negative'],
  ['cameraControl', 'camera'],
  ['sound', 'sound'],
];

/** `models`: the catalogue. */
export async function modelsCommand(session: Session, all: boolean): Promise<CommandResult> {
  const models = KLING_MODELS.filter(({ lifecycle }) => all || lifecycle === 'active');
  const rows = [['--model', 'Kling calls it', '--mode', '--duration', 'shortest clip costs', 'can', 'state']];
  for (const model of models) {
    const modes = model.modes.length === 0 ? [undefined] : model.modes;
    const [shortestS] = model.durationsS;
    const prices = modes.flatMap((mode) => {
      const units = shortestS === undefined ? undefined : priceUnits(model, { durationS: shortestS, ...(mode ? { mode } : {}) });
      return units === undefined ? [] : [`${mode === undefined ? '' : `${mode} `}${money('kling', units)}`];
    });
    rows.push([
      model.word,
      model.name,
      model.modes.length === 0 ? 'none' : model.modes.join(', '),
      seconds(model.durationsS),
      `${shortestS ?? '?'} s: ${prices.length === 0 ? 'no public price' : prices.join(', ')}`,
      FEATURE_WORDS.filter(([feature]) => supports(model, feature)).map(([, words]) => words).join(', '),
      stateWords(model),
    ]);
    session.emit('model', { ...model });
  }
  for (const line of table(rows)) session.say(line);
  const dates = models.map(({ priceAsOf }) => priceAsOf).sort();
  session.say(`List prices read ${dates.at(0)}${dates.at(0) === dates.at(-1) ? '' : ` to ${dates.at(-1)}`}; packs may sell units for less.${all ? '' : ' --all shows the models that Kling has shut.'}`);
  return { exit: 0 };
}

function stateWords(model: KlingModel): string {
  if (!model.callable.textToVideo && !model.callable.imageToVideo) return `not yet: ${model.callable.reason ?? 'it needs calls that are not there yet'}`;
  return { active: 'living', 'presumed-discontinued': 'probably shut', discontinued: 'shut' }[model.lifecycle];
}

/** `5, 10` or `3-15`. */
function seconds(durationsS: readonly number[]): string {
  const [first] = durationsS;
  const last = durationsS.at(-1);
  const isRange = first !== undefined && last !== undefined && durationsS.length > 2 && last - first === durationsS.length - 1;
  return isRange ? `${first}-${last} s` : `${durationsS.join(', ')} s`;
}
