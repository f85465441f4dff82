import { listPriceUnits } from '../kling/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import { isFinished, takesByShot, type AskedPicture, type Generation, type GenerationStatus, type ProjectPrompt, type Store, type Take } from '../store/index.ts';
import { continuesAnotherTake, loadShots } from './continuity.ts';
import { currentTakes, type PromptToFilm } from './current-takes.ts';
import { externalTaskIdOf, fingerprintOf } from './fingerprint.ts';

/** One take that a run is to bring in. */
export interface WantedTake<Prompt extends PromptToFilm = ProjectPrompt> {
  prompt: Prompt;
  picture: AskedPicture;
  /** The newest row of the picture, when it was asked for before. */
  known?: Generation;
  /** The shot's take of the picture, where it has one: it stands on that row, or still on an attempt before it. */
  take?: Take;
  /** The shot has clips that continue another take of the shot before it than the film shows now. */
  continuesAnotherTake?: true;
}

/** Which takes: of some shots or all, and with `newTake` one more of each than it has. */
export interface WantedRequest {
  projectId: string;
  shotIds?: readonly string[];
  newTake?: boolean;
}

interface TakesOptions {
  newTake?: boolean;
  /** Takes that count as if they were not there, by id: they are about to be given up. */
  without?: ReadonlySet<string>;
}

/** So many takes are read, and written down, at a time: ten thousand at once would be held in memory together. */
const TAKES_A_PIECE = 100;

/**
 * The takes that a project's shots want by their plan, in film order, and what is known of each. Reads only. They come in
 * pieces, each read when the one before is done with, and the takes of a shot stay together.
 */
export async function* wantedTakes(store: Store, engine: Engine, request: WantedRequest): AsyncGenerator<WantedTake[]> {
  const all = await loadShots(store, engine, request.projectId);
  const chosen = request.shotIds && new Set(request.shotIds);
  yield* takesToFilm(store, engine, chosen ? all.filter(({ id }) => chosen.has(id)) : all, request);
}

/** The same for shots that need not be stored yet, each with the clip that it starts from (`withParents`). */
export async function* takesToFilm<Prompt extends PromptToFilm>(
  store: Store,
  engine: Engine,
  prompts: readonly Prompt[],
  options: TakesOptions = {},
): AsyncGenerator<WantedTake<Prompt>[]> {
  // One more take of each is asked for whole or not at all: a second try would ask some shots for another one.
  const takesAPiece = options.newTake ? Number.POSITIVE_INFINITY : TAKES_A_PIECE;
  let piece: Prompt[] = [];
  let takes = 0;
  for (const prompt of prompts) {
    if (takes > 0 && takes + prompt.takesWanted > takesAPiece) {
      yield await takesOfSome(store, engine, piece, options);
      piece = [];
      takes = 0;
    }
    piece.push(prompt);
    takes += prompt.takesWanted;
  }
  yield await takesOfSome(store, engine, piece, options);
}

async function takesOfSome<Prompt extends PromptToFilm>(store: Store, engine: Engine, prompts: readonly Prompt[], options: TakesOptions): Promise<WantedTake<Prompt>[]> {
  const takes = await store.takes.list(prompts.flatMap(({ id }) => id ?? []), engine);
  const existing = takesByShot(takes.filter(({ id }) => options.without?.has(id) !== true));
  const asked = prompts.map((prompt) => {
    const have = currentTakes(prompt, existing.get(prompt.id ?? '') ?? []);
    const fingerprints = have.map(({ generation }) => generation.fingerprint);
    const remade = (existing.get(prompt.id ?? '') ?? []).some((take) => take.generation.state.status === 'completed' && continuesAnotherTake(prompt, take));
    return { prompt, have, remade, wanted: options.newTake ? [nextFingerprint(prompt, engine, fingerprints)] : [...plannedFingerprints(prompt, engine, have)] };
  });
  const rows = await store.ledger.findPictures([...new Set(asked.flatMap(({ wanted }) => wanted))]);
  return asked.flatMap(({ prompt, have, remade, wanted }) =>
    wanted.map((fingerprint) => {
      const known = rows.get(fingerprint);
      const take = have.find(({ generation }) => generation.id === known?.id) ?? have.find(({ generation }) => generation.fingerprint === fingerprint);
      return { prompt, picture: pictureOf(prompt, engine, fingerprint), ...(known ? { known } : {}), ...(take ? { take } : {}), ...(remade ? { continuesAnotherTake: true as const } : {}) };
    }),
  );
}

/**
 * As many takes as the plan asks for, and any beyond it that is not over yet: a retake that was interrupted. A retake that
 * is ready stands in for a planned take that failed. One that Kling made is wanted for ever: when its file is lost, it is
 * fetched again, free of charge.
 */
function plannedFingerprints(prompt: PromptToFilm, engine: Engine, have: readonly Take[]): Set<string> {
  const planned = Array.from({ length: prompt.takesWanted }, (_, index) => fingerprintOf(prompt.settings, engine, index + 1));
  const inState = (status: GenerationStatus) => have.filter(({ generation }) => generation.state.status === status).map(({ generation }) => generation.fingerprint);
  const retakes = inState('completed').filter((fingerprint) => !planned.includes(fingerprint));
  for (const failed of inState('failed')) {
    const place = planned.indexOf(failed);
    const retake = place < 0 ? undefined : retakes.shift();
    if (retake !== undefined) planned[place] = retake;
  }
  const beyond = have.filter(({ generation: { state } }) => !isFinished(state.status) || (state.status === 'completed' && state.taskId !== undefined));
  return new Set([...planned, ...beyond.map(({ generation }) => generation.fingerprint)]);
}

function nextFingerprint(prompt: PromptToFilm, engine: Engine, have: readonly string[]): string {
  for (let take = 1; ; take += 1) {
    const fingerprint = fingerprintOf(prompt.settings, engine, take);
    if (!have.includes(fingerprint)) return fingerprint;
  }
}

/** What the ledger is asked with for a picture of these settings. */
export function pictureOf(prompt: Pick<PromptToFilm, 'settings' | 'projectId'>, engine: Engine, fingerprint: string): AskedPicture {
  return {
    fingerprint,
    engine,
    projectId: prompt.projectId ?? '',
    request: prompt.settings,
    estimateUnits: listPriceUnits(prompt.settings),
    externalTaskId: (attempt) => externalTaskIdOf(fingerprint, attempt),
  };
}
