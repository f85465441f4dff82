import { KLING_MODELS, priceUnits, supports, type KlingFeature, type KlingModel } from '../kling/index.ts';
import { cells, table, wrapped } from './printable.ts';
import type { CommandResult, Output, Session } from './session.ts';
import { money } from './spend.ts';

const FEATURE_WORDS: readonly [KlingFeature, string][] = [
  ['imageToVideo', 'start frame'],
  ['endFrame', 'end frame'],
  ['negativePrompt', 'negative'],
  ['cameraControl', 'camera'],
  ['sound', 'sound'],
];

const DEFAULT_COLUMNS = 80;

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
  for (const line of fitted(rows, session.deps.stdout)) session.say(line);
  const dates = models.map(({ priceAsOf }) => priceAsOf).sort();
  session.say(`List prices read ${dates.at(0)}${dates.at(0) === dates.at(-1) ? '' : ` to ${dates.at(-1)}`}; packs may sell units for less.`);
  if (!all) session.say('--all shows the models that Kling has shut.');
  return { exit: 0 };
}

/** Nothing is cut off, and nobody is made to wrap a row: where a line would be too long, a model has a few short ones, in a file or a pipe too. */
function fitted(rows: readonly (readonly string[])[], { isTTY, columns }: Output): string[] {
  const wide = table(rows);
  // Some terminals say 0 where they don't know.
  const width = (isTTY === true && columns) || DEFAULT_COLUMNS;
  if (wide.every((line) => cells(line) <= width)) return wide;
  const heads = table(rows.map((row) => row.slice(0, 4)));
  return rows.flatMap((row, index) => [heads[index] ?? '', ...(index === 0 ? [] : wrapped(row.slice(4).filter((part) => part !== '').join('; '), width, '    '))]);
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
