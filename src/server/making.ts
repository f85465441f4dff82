import { createHash, randomUUID } from 'node:crypto';
import type { ClipGenerationOrchestrator } from '../generation/index.ts';
import type { Job } from '../protocol/api/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Studio } from '../studio.ts';
import type { Boards } from './boards.ts';
import { HttpError } from './errors.ts';
import type { EventLog } from './event-log.ts';
import { filmTurn, type Turns } from './turns.ts';
import type { JobEnd, Jobs } from './jobs.ts';
import { rememberPause } from './pause.ts';

/** What is to be brought in. */
export interface Making {
  projectId: string;
  engine: Engine;
  shotIds?: readonly string[];
  newTake?: boolean;
  retries?: number;
  concurrency?: number;
  priority?: number;
  /** Throws where what was agreed to holds no more: asked again right before takes are written down. */
  requireAgreed: () => Promise<void>;
  /** Takes that the run is about, for its progress. */
  takes: number;
  /** Done when every shot has come. */
  afterwards?: (signal: AbortSignal) => Promise<Partial<JobEnd>>;
}

/** Runs of the orchestrators that the page began: each is a piece of work, and what they say goes to the boards. */
export class Maker {
  private readonly studio: Studio;
  private readonly boards: Boards;
  private readonly jobs: Jobs;
  private readonly turns: Turns;
  private readonly log: EventLog;
  private readonly heardBy = new Map<Engine, ClipGenerationOrchestrator>();

  constructor(parts: { studio: Studio; boards: Boards; jobs: Jobs; turns: Turns; log: EventLog }) {
    this.studio = parts.studio;
    this.boards = parts.boards;
    this.jobs = parts.jobs;
    this.turns = parts.turns;
    this.log = parts.log;
  }

  /**
   * The orchestrator, heard by the boards. Opening it asks Kling whether it takes the key, free of charge.
   * @throws KlingError.
   */
  async open(engine: Engine): Promise<ClipGenerationOrchestrator> {
    const orchestrator = await this.studio.orchestrator(engine);
    if (this.heardBy.get(engine) === orchestrator) return orchestrator;
    this.heardBy.set(engine, orchestrator);
    if (this.jobs.paused) orchestrator.pause();
    orchestrator.on((event) => {
      if (event.type === 'notice') {
        const { type: _, ...notice } = event;
        this.log.publish('notice', notice);
        return;
      }
      const { type: _, ...progress } = event;
      const projectId = this.boards.filmOf(progress.shotId);
      if (projectId !== undefined) this.boards.hear(projectId, engine, progress);
    });
    return orchestrator;
  }

  /** Holds back what was not sent, in later starts as well, until somebody goes on. What cannot be written down holds for now. */
  async pause(paused: boolean): Promise<void> {
    if (!paused) await rememberPause(this.studio.home, false);
    this.jobs.paused = paused;
    for (const orchestrator of this.heardBy.values()) {
      if (paused) orchestrator.pause();
      else orchestrator.goOn();
    }
    this.log.publish('paused', { paused });
    if (paused) await rememberPause(this.studio.home, true);
  }

  sendNext(shotId: string): void {
    for (const orchestrator of this.heardBy.values()) orchestrator.sendNext(shotId);
  }

  /**
   * Begins a run, once for a key: the same request again gets the same work.
   * @throws HttpError IDEMPOTENCY_KEY_USED, REQUEST_REPEATED.
   */
  async begin(making: Making, request: { key: string | undefined; body: unknown }): Promise<Job> {
    const orchestrator = await this.open(making.engine);
    const jobId = randomUUID();
    if (request.key !== undefined) {
      if (request.key === '' || request.key.length > 100) throw new HttpError(400, 'REQUEST_INVALID', 'An Idempotency-Key has 1 to 100 letters.', { next: 'Send a new random one with every click.' });
      const digest = createHash('sha256').update(JSON.stringify([making.projectId, request.body])).digest('hex');
      // On the disk before anything is begun: after a kill the repeated click begins nothing either.
      const before = await this.studio.store.requests.begin({ key: request.key, digest, jobId });
      if (before) return this.repeated(before, digest);
    }
    return this.jobs.start({ jobId, kind: 'generate', projectId: making.projectId, engine: making.engine, alone: false, work: async (signal, report) => await this.run(orchestrator, making, signal, report) });
  }

  private repeated(before: { digest: string; jobId: string }, digest: string): Job {
    if (before.digest !== digest) throw new HttpError(409, 'IDEMPOTENCY_KEY_USED', 'This Idempotency-Key came with another request before.', { next: 'Send a new one with every new request.' });
    const job = this.jobs.find(before.jobId);
    if (job) return job;
    throw new HttpError(409, 'REQUEST_REPEATED', 'This very request was begun before the studio was started anew; nothing was begun again.', { next: 'Look at the board: what it asked for is there, or waits to be brought in.' });
  }

  private async run(orchestrator: ClipGenerationOrchestrator, making: Making, signal: AbortSignal, report: (done: number) => void): Promise<JobEnd> {
    const { projectId, engine, takes, afterwards, requireAgreed, ...request } = making;
    const { store } = this.studio;
    await this.boards.open(projectId);
    const letGo = this.boards.hold(projectId);
    const over = new Set<string>();
    const shots = new Set<string>();
    const stopCounting = orchestrator.on((event) => {
      if (event.type !== 'clip' || this.boards.filmOf(event.shotId) !== projectId) return;
      shots.add(event.shotId);
      if (event.status !== 'completed' && event.status !== 'failed') return;
      over.add(`${event.shotId} ${event.take}`);
      report(over.size / Math.max(1, takes));
    });
    // Nobody changes the film between the price and the takes that are written down for it.
    const endTurn = await this.turns.take(filmTurn(projectId));
    try {
      await requireAgreed();
      // Kling's from here on, also after a look at it in the sandbox.
      if (engine === 'kling' && (await store.projects.getProject(projectId)).engine !== 'kling') await store.projects.updateProject(projectId, { engine });
      const { concurrency, shotIds, newTake, retries, priority } = request;
      const run = await orchestrator.generateAll({
        projectId,
        signal,
        onWrittenDown: endTurn,
        ...(shotIds === undefined ? {} : { shotIds }),
        ...(newTake === undefined ? {} : { newTake }),
        ...(retries === undefined ? {} : { retries }),
        ...(concurrency === undefined ? {} : { concurrency }),
        ...(priority === undefined ? {} : { priority }),
      });
      const { summary, stopped } = run;
      const end: JobEnd = { summary, stopped, words: wordsOf(summary, stopped) };
      const whole = !stopped && summary.failed === 0 && summary.waiting === 0;
      return afterwards && whole ? { ...end, ...(await afterwards(signal)) } : end;
    } finally {
      endTurn();
      stopCounting();
      this.boards.hush(shots);
      letGo();
      await this.boards.refresh(projectId);
    }
  }
}

function wordsOf({ generated, cached, failed, waiting }: NonNullable<JobEnd['summary']>, stopped: boolean): string {
  const parts = [`${generated} made`, ...(cached > 0 ? [`${cached} there already`] : []), ...(failed > 0 ? [`${failed} failed`] : []), ...(waiting > 0 ? [`${waiting} not ready`] : [])];
  return `${stopped ? 'Stopped: ' : ''}${parts.join(', ')}.`;
}
