import { createHash } from 'node:crypto';
import { FilmDrawings } from '../../film/index.ts';
import { currentTakes, stageOf } from '../../generation/index.ts';
import { listPriceUnits, sumUnits } from '../../kling/index.ts';
import type { ShotCard } from '../../protocol/api/index.ts';
import { STATUS_OF_STAGE, type ClipProgress, type ClipStage } from '../../protocol/clip-progress.ts';
import { isLastFrame } from '../../protocol/shot-settings.ts';
import { isFinished, type Project, type ProjectPrompt, type Take } from '../../store/index.ts';
import { errorOf } from './error-view.ts';

/** Letters of a prompt that a card shows. */
const WORDS_LENGTH = 160;

/** What a card is made from. */
export interface CardParts {
  prompt: ProjectPrompt;
  /** Of this shot on the film's engine. */
  takes: readonly Take[];
  /** Generations that a living process drives. */
  driven: ReadonlySet<string>;
  /** The last that was heard of it in this process, where it is at work here. */
  heard: ClipProgress | undefined;
  drawings: FilmDrawings;
}

/** Which take of a shot a person looks for first: one on its way, else the one that is shown, else one that is ready, else one that failed. */
function focusOf(takes: readonly Take[]): Take | undefined {
  const living = takes.filter(({ generation }) => generation.state.status !== 'cancelled');
  const onItsWay = living.filter(({ generation }) => !isFinished(generation.state.status)).sort((one, other) => RANK.indexOf(stageOf(other.generation.state)) - RANK.indexOf(stageOf(one.generation.state)));
  const ready = living.filter(({ generation }) => generation.state.status === 'completed');
  return onItsWay[0] ?? ready.find(({ selected }) => selected) ?? ready.at(-1) ?? living.at(-1);
}

/** The farther along, the further behind. */
const RANK: readonly ClipStage[] = ['waitingForSlot', 'waitingForShotBefore', 'waitingToRetry', 'waitingForBudget', 'waitingForKey', 'parked', 'unobtainable', 'sending', 'findingOut', 'submitted', 'processing', 'downloading', 'verifying'];

export function cardOf({ prompt, takes, driven, heard, drawings }: CardParts): ShotCard {
  const current = currentTakes(prompt, takes);
  const focus = focusOf(current);
  const ready = current.filter(({ generation }) => generation.state.status === 'completed');
  const shown = ready.find(({ selected }) => selected);
  const playing = shown ?? ready.at(-1);
  const state = focus?.generation.state;
  // What was heard is quicker than the store and knows more; once the row is over, the row has the last word.
  const live = heard !== undefined && heard.take === focus?.number && state !== undefined && !isFinished(state.status) ? heard : undefined;
  const stage = live?.stage ?? (state && stageOf(state));
  const error = state && errorOf(state);
  const { settings, inS, outS } = prompt;
  return {
    shotId: prompt.id,
    name: prompt.name,
    index: prompt.index,
    sceneNumber: prompt.sceneNumber,
    words: prompt.prompt.length > WORDS_LENGTH ? `${prompt.prompt.slice(0, WORDS_LENGTH)}…` : prompt.prompt,
    status: stage === undefined ? 'notMade' : STATUS_OF_STAGE[stage],
    ...(stage === undefined ? {} : { stage }),
    ...(focus ? { take: focus.number } : {}),
    ...(error ? { error } : {}),
    ...(live?.timeLeftMs === undefined ? {} : { timeLeftMs: live.timeLeftMs }),
    ...(live?.fraction === undefined ? {} : { fraction: live.fraction }),
    ...(shown ? { shownTake: shown.number } : {}),
    readyTakes: ready.length,
    takes: takes.length,
    takesWanted: prompt.takesWanted,
    onScreenS: Math.round(((outS ?? settings.durationS) - inS) * 1000) / 1000,
    estimateUnits: listPriceUnits(settings),
    billedUnits: billedUnits(takes),
    atWork: takes.some(({ generation }) => driven.has(generation.id)),
    continues: isLastFrame(settings.startFrame),
    ...(playing ? { clipUrl: clipUrl(playing) } : {}),
    pictureUrl: (playing && takePictureUrl(playing)) ?? drawingUrl(prompt, drawings),
  };
}

/** Takes that share a picture are one bill. */
function billedUnits(takes: readonly Take[]): number {
  return sumUnits(new Map(takes.map(({ generation }) => [generation.id, generation.billedUnits ?? 0])).values());
}

/** Names its content, so that it can be kept for good. */
export function clipUrl(take: Take): string | undefined {
  const { state } = take.generation;
  return state.status === 'completed' ? `/api/takes/${take.id}/clip?v=${state.contentHash.slice(0, 16)}` : undefined;
}

export function takePictureUrl(take: Take): string | undefined {
  const { state } = take.generation;
  return state.status === 'completed' ? `/api/takes/${take.id}/picture?v=${state.contentHash.slice(0, 16)}` : undefined;
}

export function drawingUrl(prompt: Pick<ProjectPrompt, 'projectId' | 'id'> & Parameters<FilmDrawings['keyOf']>[0], drawings: FilmDrawings): string {
  return `/api/projects/${prompt.projectId}/shots/${prompt.id}/picture?v=${drawingKey(prompt, drawings)}`;
}

export function drawingKey(prompt: Parameters<FilmDrawings['keyOf']>[0], drawings: FilmDrawings): string {
  return createHash('sha256').update(drawings.keyOf(prompt)).digest('hex').slice(0, 16);
}

export function drawingsOf(project: Project, prompts: readonly ProjectPrompt[]): FilmDrawings {
  return new FilmDrawings(prompts, project.castAndLook.cast);
}
