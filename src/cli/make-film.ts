import { StudioError } from '../lib/errors.ts';
import type { FilmResult } from '../film/index.ts';
import { currentTakes, loadShots } from '../generation/index.ts';
import type { Studio } from '../studio.ts';
import { sayCostOfFilm } from './bill-words.ts';
import { cutFilm, sayFilm } from './cut-film.ts';
import { printError } from './print-error.ts';
import { runShots, type RunOptions, type Shots } from './run-shots.ts';
import { sayReport, sayStopped } from './say-report.ts';
import type { CommandResult, Session } from './session.ts';

export interface FilmToMake extends Shots {
  outputPath: string;
  partial: boolean;
}

/** Brings the shots in and cuts the film, where that is possible. The cost was agreed on before. */
export async function makeFilm(session: Session, studio: Studio, film: FilmToMake, options: RunOptions): Promise<CommandResult> {
  const report = await runShots(session, studio, film, options);
  sayReport(session, film.engine, report);
  const { summary } = report;
  if (report.stopped) {
    sayStopped(session, report);
    return { exit: 130, summary };
  }
  const allCame = summary.failed === 0 && summary.waiting === 0;
  if (!allCame && !film.partial) {
    if (!(await everyShotIsReady(studio, film))) {
      session.say('No film was cut. --partial cuts one with drawings for what is missing.');
      return { exit: 1, summary };
    }
    session.say('Every shot has a take that is ready: the film is cut with those.');
  }
  try {
    const cut = await cutOrFetchAgain(session, studio, film, options);
    sayFilm(session, cut);
    await sayCostOfFilm(session, studio, film);
    const whole = allCame && cut.missing.length === 0;
    return { exit: whole ? 0 : 1, summary, film: cut.path };
  } catch (error) {
    if (session.signal.aborted) {
      session.say('Stopped while cutting. The clips are there and any older film is untouched.');
      session.say('To go on: directorstudio resume');
      return { exit: 130, summary };
    }
    // The clips are made; what failed is the cut. That is no "could not run".
    if (StudioError.is(error)) {
      printError(session, error);
      return { exit: 1, summary };
    }
    throw error;
  }
}

/** Only further takes are missing: the film can be cut without them. A take of earlier words does not count. */
async function everyShotIsReady(studio: Studio, { project, engine }: FilmToMake): Promise<boolean> {
  const prompts = await loadShots(studio.store, engine, project.id);
  const takes = await studio.store.takes.list(prompts.map(({ id }) => id), engine);
  return prompts.every((prompt) => currentTakes(prompt, takes.filter(({ shotId }) => shotId === prompt.id)).some(({ selected, generation }) => selected && generation.state.status === 'completed'));
}

/** A clip whose file turns out damaged while cutting is fetched once more, which costs nothing. */
async function cutOrFetchAgain(session: Session, studio: Studio, film: FilmToMake, options: RunOptions): Promise<FilmResult> {
  const request = { projectId: film.project.id, engine: film.engine, outputPath: film.outputPath, partial: film.partial };
  try {
    return await cutFilm(session, studio, request);
  } catch (error) {
    if (!StudioError.is(error) || error.code !== 'CLIP_LOST') throw error;
    session.tell(error.message);
    await runShots(session, studio, film, options);
    return await cutFilm(session, studio, request);
  }
}
