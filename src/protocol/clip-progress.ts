import type { Engine } from './shot-settings.ts';

/** The five statuses a screen shows. */
export type ClipStatus = 'checkingCache' | 'generating' | 'polling' | 'completed' | 'failed';

/** What a take is doing inside its status; the words of the progress table in docs/architecture.md. */
export type ClipStage =
  | 'checking'
  | 'fetchingAgain'
  | 'waitingForSlot'
  | 'waitingForShotBefore'
  | 'waitingForBudget'
  | 'waitingForKey'
  | 'waitingToRetry'
  | 'sending'
  | 'findingOut'
  | 'submitted'
  | 'processing'
  | 'downloading'
  | 'verifying'
  | 'completed'
  | 'failed'
  | 'unobtainable'
  | 'parked'
  | 'cancelled';

/** Where one take of one shot stands. Durations in milliseconds, money in Kling units. */
export interface ClipProgress {
  shotId: string;
  /** The shot's name in the film, `S02_SH05`. */
  shot: string;
  /** Counted from 1. */
  take: number;
  status: ClipStatus;
  stage: ClipStage;
  /** Why it failed or waits, for a person; with what to do. */
  reason?: string;
  /** Kling's task, once it has one. */
  taskId?: string;
  /** 0 to 1 where it can be known (downloads). */
  fraction?: number;
  /** Expected time until ready; missing when nothing is known. */
  timeLeftMs?: number;
  /** True when the clip was already there and nothing was generated. */
  fromCache?: boolean;
  estimateUnits: number;
  billedUnits?: number;
}

/** The status a screen shows for a stage. A table so that a new stage cannot be forgotten. */
export const STATUS_OF_STAGE: Record<ClipStage, ClipStatus> = {
  checking: 'checkingCache',
  fetchingAgain: 'checkingCache',
  waitingForSlot: 'generating',
  waitingForShotBefore: 'generating',
  waitingForBudget: 'generating',
  waitingForKey: 'generating',
  waitingToRetry: 'generating',
  sending: 'generating',
  findingOut: 'generating',
  submitted: 'polling',
  processing: 'polling',
  downloading: 'polling',
  verifying: 'polling',
  completed: 'completed',
  failed: 'failed',
  unobtainable: 'failed',
  parked: 'failed',
  cancelled: 'failed',
};

/** What people read for a stage, in English, where Kling makes the clip. */
const STAGE_WORDS: Record<ClipStage, string> = {
  checking: 'Checking cache',
  fetchingAgain: 'Checking cache: fetching again',
  waitingForSlot: 'Waiting for a slot',
  waitingForShotBefore: 'Waiting for the shot before',
  waitingForBudget: 'Waiting: budget',
  waitingForKey: 'Waiting: key',
  waitingToRetry: 'Waiting: trying again soon',
  sending: 'Sending',
  findingOut: 'Finding out what Kling did',
  submitted: 'At Kling',
  processing: 'At Kling',
  downloading: 'Downloading',
  verifying: 'Downloading: checking the file',
  completed: 'Ready',
  failed: 'Failed',
  unobtainable: 'Failed: the clip cannot be fetched',
  parked: 'Failed: needs you',
  cancelled: 'Withdrawn before it was sent',
};

/** What people read for a stage, in English; one place for command line and page. */
export function wordsOfStage(stage: ClipStage, engine: Engine): string {
  return engine === 'kling' ? STAGE_WORDS[stage] : STAGE_WORDS[stage].replace('Kling', 'the sandbox');
}
