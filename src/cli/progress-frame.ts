import type { Engine } from '../protocol/shot-settings.ts';
import type { ClipProgress, ClipStage } from '../protocol/clip-progress.ts';
import { count, duration, oneLine } from './printable.ts';
import { stageWords, takeName } from './progress-words.ts';
import type { RunWatch, WatchedTake } from './run-watch.ts';
import type { Colours } from './session.ts';

export interface FrameOptions {
  nowMs: number;
  /** Of the terminal, in characters. */
  columns: number;
  rows: number;
  colours: Colours;
  engine: Engine;
  /** `$0.21 (1.5 units)`. */
  money: (units: number) => string;
  stopping: boolean;
}

/** What needs eyes first: the lower, the nearer to the top. Stages that are over have no line. */
const ORDER: Partial<Record<ClipStage, number>> = {
  findingOut: 0,
  sending: 1,
  downloading: 2,
  verifying: 2,
  fetchingAgain: 2,
  processing: 3,
  submitted: 4,
  waitingToRetry: 5,
  waitingForKey: 5,
  waitingForShotBefore: 6,
  waitingForBudget: 6,
  waitingForSlot: 7,
  checking: 8,
};

/** The live lines of a run: one a take that is not over, as many as the terminal has room for, and one for the whole. */
export function progressFrame(watch: RunWatch, options: FrameOptions): string[] {
  const active = [...watch.takes.values()]
    .filter(({ progress }) => ORDER[progress.stage] !== undefined)
    .sort((a, b) => (ORDER[a.progress.stage] ?? 0) - (ORDER[b.progress.stage] ?? 0) || a.progress.shot.localeCompare(b.progress.shot) || a.progress.take - b.progress.take);
  // One line for the whole, one for "and more", and one that stays free for the cursor.
  const room = Math.max(1, options.rows - 3);
  const shown = active.length <= room ? active : active.slice(0, room - 1);
  const width = Math.max(0, ...shown.map(({ progress }) => takeName(progress).length));
  const lines = shown.map((take) => takeLine(take, width, options));
  const hidden = active.slice(shown.length);
  if (hidden.length > 0) {
    const what = hidden.every(({ progress }) => progress.stage.startsWith('waiting')) ? 'more waiting' : 'more';
    lines.push(options.colours.dim(oneLine(`… and ${hidden.length} ${what}`, options.columns - 1)));
  }
  lines.push(overallLine(watch, active, options));
  return lines;
}

function takeLine({ progress, stageSinceMs }: WatchedTake, width: number, options: FrameOptions): string {
  const words = [`${takeName(progress).padEnd(width)}  ${stageWords(progress, options.engine)}`];
  if (progress.fraction !== undefined) words.push(bar(progress.fraction));
  else if (progress.timeLeftMs !== undefined) {
    const leftMs = progress.timeLeftMs - (options.nowMs - stageSinceMs);
    if (leftMs > 0) words.push(`about ${duration(leftMs)} left`);
  }
  const elapsedMs = options.nowMs - stageSinceMs;
  if (elapsedMs >= 1000) words.push(duration(elapsedMs));
  // Cut before it is coloured: a cut inside a colour's code would leave the terminal coloured.
  const line = oneLine(words.join(' · '), options.columns - 1);
  return progress.status === 'polling' ? options.colours.cyan(line) : line;
}

/** `━━━━━━────  60 %` */
function bar(fraction: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * 10);
  return `${'━'.repeat(full)}${'─'.repeat(10 - full)} ${Math.floor(fraction * 100)} %`;
}

function overallLine(watch: RunWatch, active: readonly WatchedTake[], options: FrameOptions): string {
  const all = [...watch.takes.values()].map(({ progress }) => progress);
  const ready = all.filter(({ stage }) => stage === 'completed').length;
  const failed = all.filter(({ status }) => status === 'failed').length;
  const atKling = all.filter(({ stage }) => stage === 'submitted' || stage === 'processing').length;
  const billed = all.filter(({ fromCache }) => fromCache !== true).reduce((sum, progress) => sum + billedOf(progress), 0);
  const parts = [`${ready} of ${count(watch.expectedTakes, 'take')} ready`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (atKling > 0) parts.push(`${atKling} at ${options.engine === 'kling' ? 'Kling' : 'the sandbox'}`);
  if (billed > 0) parts.push(`${options.money(billed)} so far`);
  const left = timeLeft(watch, active, options.nowMs);
  if (left !== undefined) parts.push(`about ${duration(left)} left`);
  if (options.stopping) parts.push('stopping: reading the answers under way (Ctrl-C again ends it at once)');
  return options.colours.bold(oneLine(parts.join(' · '), options.columns - 1));
}

/** A bill once it is known, the price until then. */
function billedOf(progress: ClipProgress): number {
  return progress.billedUnits ?? (progress.stage === 'completed' ? progress.estimateUnits : 0);
}

/** Only when it is known for every take that is not over: silence is better than a guess. */
function timeLeft(watch: RunWatch, active: readonly WatchedTake[], nowMs: number): number | undefined {
  if (active.length === 0 || watch.takes.size < watch.expectedTakes) return undefined;
  let longestMs = 0;
  for (const { progress, stageSinceMs } of active) {
    if (progress.timeLeftMs === undefined) return undefined;
    longestMs = Math.max(longestMs, progress.timeLeftMs - (nowMs - stageSinceMs));
  }
  return longestMs > 0 ? longestMs : undefined;
}
