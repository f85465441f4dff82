import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { bundled } from './bundle.ts';
import { KILL_SCRIPTS } from './kill/scripts.ts';
import { addUp, redLine, type Totals } from './report.ts';
import type { Answer, Work } from './work.ts';

/** Most of what a box makes is over in a moment: a larger nursery lets it die there. */
const WORKER_OPTIONS = ['--max-semi-space-size=32'];

/** Plays the works on all cores, a process each, and says how far it is and how long it takes. */
export async function playAll(works: readonly Work[]): Promise<Totals> {
  const scripts = await bundled({ worker: new URL('worker.ts', import.meta.url), ...KILL_SCRIPTS });
  const startWorker = () => fork(scripts.worker, [scripts.film, scripts.sandbox], { execArgv: WORKER_OPTIONS });
  const totals: Totals = new Map();
  const waiting = [...works];
  const times = new Map<string, { ms: number; done: number }>();
  const workers = Math.max(1, Math.min(availableParallelism(), works.length));
  const tellTale = progressTeller(works, waiting, times, workers);
  const takeNext = async (worker: ChildProcess): Promise<void> => {
    for (let work = waiting.shift(); work; work = waiting.shift()) {
      const started = performance.now();
      const { result, tired } = await order(worker, work);
      const time = times.get(work.part) ?? { ms: 0, done: 0 };
      times.set(work.part, { ms: time.ms + performance.now() - started, done: time.done + 1 });
      addUp(totals, work.part, result);
      for (const { where, violations } of result.red) tellTale.line(redLine(where, violations));
      if (tired) break;
    }
    worker.disconnect();
    // Another one takes over.
    if (waiting.length > 0) await takeNext(startWorker());
  };
  try {
    await Promise.all(Array.from({ length: workers }, async () => await takeNext(startWorker())));
  } finally {
    tellTale.stop();
  }
  return totals;
}

async function order(worker: ChildProcess, work: Work): Promise<Answer> {
  return await new Promise<Answer>((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`a worker ended with ${code} at ${JSON.stringify(work)}`));
    worker.once('exit', onExit);
    worker.once('message', (answer) => {
      worker.off('exit', onExit);
      const { result, tired = false, error } = answer as Partial<Answer> & { error?: string };
      if (result) resolve({ result, tired });
      else reject(new Error(`${JSON.stringify(work)}: ${error}`));
    });
    worker.send(work);
  });
}

/** One line in a terminal, a line every 15 s elsewhere. */
function progressTeller(works: readonly Work[], waiting: readonly Work[], times: ReadonlyMap<string, { ms: number; done: number }>, workers: number) {
  const { stdout } = process;
  const state = () => {
    const done = [...times.values()].reduce((sum, time) => sum + time.done, 0);
    // A part that has not begun says nothing about its length yet.
    const unknown = waiting.some(({ part }) => !times.has(part));
    const leftMs = waiting.reduce((sum, { part }) => sum + (times.has(part) ? times.get(part)!.ms / times.get(part)!.done : 0), 0) / workers;
    const minutes = (leftMs / 60_000).toFixed(1);
    return `${done} of ${works.length} pieces; ${unknown ? `${minutes} min left and the parts not begun` : `${minutes} min left`}`;
  };
  const clear = stdout.isTTY ? '\r\u001b[K' : '';
  const timer = setInterval(() => stdout.write(stdout.isTTY ? `${clear}${state()}` : `${state()}\n`), stdout.isTTY ? 500 : 15_000);
  return {
    line: (text: string) => stdout.write(`${clear}${text}\n`),
    stop: () => {
      clearInterval(timer);
      stdout.write(clear);
    },
  };
}
