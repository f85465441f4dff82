import { wordsOfStage } from '../protocol/clip-progress.ts';
import type { StudioEvent } from '../protocol/events.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import { ERROR_LABELS, errorWords } from './error-words.ts';
import { liveLines, type LiveLines } from './live-lines.ts';
import { printable } from './printable.ts';
import { progressFrame } from './progress-frame.ts';
import { clipDetail, stageWords, takeName } from './progress-words.ts';
import { createRunWatch, type RunWatch } from './run-watch.ts';
import { money } from './spend.ts';
import type { Session } from './session.ts';

export interface ShownRun {
  engine: Engine;
  project: { name: string };
  expectedTakes: number;
}

/** Shows a run: live lines on a terminal, a line a change elsewhere, and JSON Lines where they were asked for. */
export interface ProgressDisplay {
  event(event: StudioEvent): void;
  /** Takes the live lines away; what was said stays. */
  close(): void;
}

const REDRAW_MS = 250;

export async function showProgress(session: Session, run: ShownRun): Promise<ProgressDisplay> {
  const watch = createRunWatch(run.expectedTakes, () => performance.now());
  const lines = await liveLines(session.deps.stderr);
  const screen = lines ? liveScreen(session, run, watch, lines) : plainScreen(session, run);
  const onStop = () => {
    // The live lines say it themselves at their next drawing.
    if (!lines) session.tell('Stopping: reading the answers under way. Ctrl-C again ends it at once.');
  };
  session.signal.addEventListener('abort', onStop, { once: true });
  return {
    event(event) {
      if (event.type === 'notice') {
        session.emit('notice', { at: new Date().toISOString(), project: run.project.name, code: event.code, message: event.message, next: event.next });
        const { what, next } = errorWords(event, session.locale);
        screen.line(`${session.talkColours.yellow(ERROR_LABELS[session.locale].notice)} ${printable(what)}${next === undefined ? '' : ` ${printable(next)}`}`);
        return;
      }
      const change = watch.take(event);
      if (change === 'new' || change === 'stage') {
        session.emit('clip', { at: new Date().toISOString(), project: run.project.name, shot: event.shot, take: event.take, status: event.status, detail: clipDetail(event, run.engine) });
        screen.stage(event);
      }
    },
    close() {
      session.signal.removeEventListener('abort', onStop);
      screen.close();
    },
  };
}

interface Screen {
  /** A line that stays. */
  line(text: string): void;
  /** A take came into another stage. */
  stage(event: Extract<StudioEvent, { type: 'clip' }>): void;
  close(): void;
}

/** Looking into the cache is over before it can be read, and a checked download is its last moment. */
const NOT_WORTH_A_LINE = new Set(['checking', 'verifying', 'processing']);

const SAID_ONCE = new Set(['waitingForBudget', 'waitingForKey']);

function plainScreen(session: Session, run: ShownRun): Screen {
  const saidLast = new Map<string, string>();
  return {
    line: (text) => session.tell(text),
    stage(event) {
      if (NOT_WORTH_A_LINE.has(event.stage)) return;
      const take = takeName(event);
      // What all of them wait for is said once: as a notice, and at the end.
      const words = SAID_ONCE.has(event.stage) ? wordsOfStage(event.stage, run.engine) : stageWords(event, run.engine);
      // A look into the cache in between changes nothing for a reader.
      if (saidLast.get(take) === words) return;
      saidLast.set(take, words);
      session.tell(`${take}  ${words}`);
    },
    close: () => {},
  };
}

function liveScreen(session: Session, run: ShownRun, watch: RunWatch, lines: LiveLines): Screen {
  const { stderr } = session.deps;
  const colours = session.talkColours;
  const draw = () => {
    const frame = progressFrame(watch, {
      nowMs: performance.now(),
      columns: stderr.columns ?? 80,
      rows: stderr.rows ?? 24,
      colours,
      engine: run.engine,
      money: (units) => money(run.engine, units),
      stopping: session.signal.aborted,
    });
    lines(frame.join('\n'));
  };
  const line = (text: string) => {
    lines.clear();
    session.tell(text);
    draw();
  };
  // The timer redraws times that pass and bundles what changes; it keeps no process alive.
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  draw();
  return {
    line,
    stage(event) {
      if (event.status === 'failed') line(colours.red(`${takeName(event)}  ${stageWords(event, run.engine)}`));
      else if (event.stage === 'completed' && event.fromCache !== true) line(colours.green(`${takeName(event)}  ${stageWords(event, run.engine)}`));
    },
    close() {
      clearInterval(timer);
      lines.clear();
      lines.done();
    },
  };
}
