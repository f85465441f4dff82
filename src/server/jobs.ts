import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import type { Job } from '../protocol/api/index.ts';
import type { EventLog } from './event-log.ts';
import { HttpError, apiError, asStudioError } from './errors.ts';

/** What came of a piece of work. */
export type JobEnd = Partial<Pick<Job, 'words' | 'resultUrl' | 'summary' | 'notes'>> & { stopped?: boolean };

export interface JobWork {
  /** Default a new one. */
  jobId?: string;
  /** One of its kind on a film at a time. Default true. */
  alone?: boolean;
  kind: Job['kind'];
  projectId?: string;
  engine?: Job['engine'];
  /** @param report 0 to 1. */
  work: (signal: AbortSignal, report: (done: number) => void) => Promise<JobEnd>;
}

/** Finished ones that are still told of. */
const MOST_ENDED = 200;
/** Steps of the progress that are told. */
const STEPS = 200;

interface Kept {
  job: Job;
  stop: AbortController;
  done: Promise<void>;
}

/** Work that takes longer than an answer: it goes on when nobody looks, and is stopped in order with the program. */
export class Jobs {
  /** Nothing new is sent to Kling, until somebody goes on. */
  paused = false;
  private readonly kept = new Map<string, Kept>();
  private readonly log: EventLog;
  private readonly clock: Clock;
  private readonly onBug: (error: unknown) => void;

  constructor(log: EventLog, options: { clock: Clock; onBug: (error: unknown) => void }) {
    this.log = log;
    this.clock = options.clock;
    this.onBug = options.onBug;
  }

  /** Begins some work. @throws HttpError JOB_RUNNING where work of this kind on this film is under way: that one is told. */
  start({ jobId = randomUUID(), kind, projectId, engine, alone = true, work }: JobWork): Job {
    const running = alone ? this.running(kind, projectId) : undefined;
    if (running) throw new HttpError(409, 'JOB_RUNNING', `This is being done already (begun ${running.startedAt}).`, { next: 'Wait for it, or stop it.', detail: { jobId: running.jobId } });
    const stop = new AbortController();
    const job: Job = { jobId, kind, ...(projectId === undefined ? {} : { projectId }), ...(engine === undefined ? {} : { engine }), state: 'running', done: 0, notes: [], startedAt: this.now() };
    const kept: Kept = { job, stop, done: Promise.resolve() };
    this.kept.set(job.jobId, kept);
    this.tell(kept.job);
    kept.done = this.run(kept, work);
    this.forgetOld();
    return kept.job;
  }

  private running(kind: Job['kind'], projectId: string | undefined): Job | undefined {
    return this.list().find((job) => job.kind === kind && job.projectId === projectId && job.endedAt === undefined);
  }

  /** The newest first. */
  list(): Job[] {
    return [...this.kept.values()].map(({ job }) => job).reverse();
  }

  /** @throws HttpError JOB_UNKNOWN. */
  get(jobId: string): Job {
    return this.keptOf(jobId).job;
  }

  stop(jobId: string): Job {
    const kept = this.keptOf(jobId);
    if (kept.job.state !== 'running') return kept.job;
    kept.job = { ...kept.job, state: 'stopping' };
    this.tell(kept.job);
    kept.stop.abort(new HttpError(409, 'JOB_STOPPED', 'Stopped.'));
    return kept.job;
  }

  /** Ends everything in order. */
  async stopAll(): Promise<void> {
    for (const { job } of this.kept.values()) this.stop(job.jobId);
    await Promise.all([...this.kept.values()].map(({ done }) => done));
  }

  private async run(kept: Kept, work: JobWork['work']): Promise<void> {
    const report = (done: number) => {
      const step = Math.floor(Math.min(1, done) * STEPS) / STEPS;
      if (step <= kept.job.done || kept.job.endedAt !== undefined) return;
      kept.job = { ...kept.job, done: step };
      this.tell(kept.job);
    };
    try {
      const { stopped, ...end } = await work(kept.stop.signal, report);
      kept.job = { ...kept.job, ...end, notes: end.notes ?? [], state: stopped === true ? 'stopped' : 'done', done: stopped === true ? kept.job.done : 1, endedAt: this.now() };
    } catch (error) {
      const said = asStudioError(error);
      const isStop = kept.stop.signal.aborted;
      if (!isStop && said.code === 'INTERNAL') this.onBug(error);
      kept.job = { ...kept.job, state: isStop ? 'stopped' : 'failed', ...(isStop ? {} : { error: apiError(said) }), endedAt: this.now() };
    }
    this.tell(kept.job);
  }

  find(jobId: string): Job | undefined {
    return this.kept.get(jobId)?.job;
  }

  private keptOf(jobId: string): Kept {
    const kept = this.kept.get(jobId);
    if (!kept) throw new HttpError(404, 'JOB_UNKNOWN', 'There is no work with this id; what ended before the studio was started anew is not kept.', { next: 'GET /api/jobs lists what there is.' });
    return kept;
  }

  private tell(job: Job): void {
    this.log.publish('job', { job });
  }

  private forgetOld(): void {
    const ended = [...this.kept.values()].filter(({ job }) => job.endedAt !== undefined);
    for (const { job } of ended.slice(0, Math.max(0, ended.length - MOST_ENDED))) this.kept.delete(job.jobId);
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
