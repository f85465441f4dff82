import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Violation } from './box/violation.ts';
import { coverageTable, neverDiedAt } from './coverage.ts';
import { playJob, storyNames, type Job, type JobResult } from './jobs.ts';
import { drawKills, KlingProcess, playKills } from './kill/play-kills.ts';
import { playSchedule } from './play-schedule.ts';
import { drawSchedule } from './schedule.ts';
import { ENDLESS_STORIES } from './stories.ts';
import { WRONG_PARTS } from './wrong-parts.ts';

/**
 * `npm run proof`: that no clip is paid twice and no paid clip is lost, played through. One seed again, step by step:
 * `npm run proof -- --seed 1234`; one part alone: `--part steps` (or `chance`, `kills`, `wrong`); fewer: `--seeds 500 --kills 20`.
 */
const USAGE = `npm run proof                      everything, about a quarter of an hour on two cores
npm run proof -- --seed 1234       one random schedule, step by step
npm run proof -- --kill-seed 12    one schedule of real processes
npm run proof -- --part chance     only this part: steps, chance, kills or wrong
npm run proof -- --seeds 500 --first-seed 20000 --kills 50`;

type Work = Job | { part: 'kills'; from: number; to: number };

const PARTS = {
  steps: 'every step of the ledger × death before and after × every fault',
  endless: 'faults that never end',
  chance: 'random schedules',
  kills: 'real processes, SIGKILL, HTTP',
  wrong: 'wrong parts, which must be found',
  promise: 'the cell that Kling’s promise carries',
} as const;

interface Total extends JobResult {
  notes: string[];
}

if (process.env['DIRECTORSTUDIO_PROOF_WORKER'] !== undefined) await serve();
else process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      'kill-seed': { type: 'string' },
      part: { type: 'string' },
      seeds: { type: 'string', default: '10000' },
      'first-seed': { type: 'string', default: '1' },
      kills: { type: 'string', default: '300' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(USAGE);
    return 0;
  }
  if (values.part !== undefined && !(values.part in PARTS)) {
    say(`There is no part “${values.part}”. The parts: ${Object.keys(PARTS).join(', ')}.`);
    return 2;
  }
  if (values.seed !== undefined) return await replay(Number(values.seed));
  if (values['kill-seed'] !== undefined) return await replayKills(Number(values['kill-seed']));
  const started = performance.now();
  const works = (await workList({ seeds: Number(values.seeds), firstSeed: Number(values['first-seed']), kills: Number(values.kills) })).filter(({ part }) => values.part === undefined || part === values.part);
  const totals = await playAll(works);
  return report(totals, (performance.now() - started) / 1000, values.part === undefined || values.part === 'steps');
}

async function workList({ seeds, firstSeed, kills }: { seeds: number; firstSeed: number; kills: number }): Promise<Work[]> {
  const stories = await storyNames();
  const works: Work[] = stories.map((story) => ({ part: 'steps', story, settings: ['after', 'beside', ...(story.startsWith('fault') ? [] : (['power'] as const))], everyNth: 1 }));
  works.push(...ENDLESS_STORIES.map(({ name }): Work => ({ part: 'endless', story: name })));
  for (let from = 0; from < seeds; from += 50) works.push({ part: 'chance', from: firstSeed + from, to: firstSeed + Math.min(from + 50, seeds) - 1 });
  for (let from = 1; from <= kills; from += 5) works.push({ part: 'kills', from, to: Math.min(from + 4, kills) });
  works.push(...WRONG_PARTS.map(({ name }): Work => ({ part: 'wrong', name, everyNth: 1 })), { part: 'promise', everyNth: 1 });
  return works;
}

/** Plays the works on all cores, a process each, and says how far it is and how long it takes. */
async function playAll(works: readonly Work[]): Promise<Map<keyof typeof PARTS, Total>> {
  const totals = new Map<keyof typeof PARTS, Total>();
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

function startWorker(): ChildProcess {
  return fork(fileURLToPath(import.meta.url), { env: { ...process.env, DIRECTORSTUDIO_PROOF_WORKER: '1' } });
}

interface Answer {
  result: JobResult;
  /** It has kept too much of the dead in memory: what waits for ever is never freed. */
  tired: boolean;
}

const TIRED_AT_BYTES = 900 * 1024 ** 2;

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

/** What a worker does: plays what it is told and answers with what came of it. */
async function serve(): Promise<void> {
  let kling: KlingProcess | undefined;
  // A stack for every refused file and every ended wait would cost a tenth of the time; a replayed seed has them.
  Error.stackTraceLimit = 0;
  process.on('message', (work: Work) => {
    const play = work.part === 'kills' ? playKillsFrom(work, (kling ??= new KlingProcess())) : playJob(work);
    play.then(
      (result) => process.send?.({ result, tired: process.memoryUsage.rss() > TIRED_AT_BYTES }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => kling?.close());
}

async function playKillsFrom({ from, to }: { from: number; to: number }, kling: KlingProcess): Promise<JobResult> {
  const result: JobResult = { played: 0, deaths: {}, strikes: 0, charged: 0, red: [] };
  for (let seed = from; seed <= to; seed += 1) {
    const { violations, deaths, strikes, charged } = await playKills(drawKills(seed), kling);
    result.played += 1;
    result.strikes += strikes;
    result.charged += charged;
    result.deaths['by SIGKILL'] = (result.deaths['by SIGKILL'] ?? 0) + deaths;
    if (violations.length > 0) result.red.push({ where: `kill seed ${seed}`, violations });
  }
  return result;
}

function addUp(totals: Map<keyof typeof PARTS, Total>, part: keyof typeof PARTS, result: JobResult): void {
  const total = totals.get(part) ?? { played: 0, deaths: {}, strikes: 0, charged: 0, red: [], notes: [] };
  totals.set(part, total);
  total.played += result.played;
  total.strikes += result.strikes;
  total.charged += result.charged;
  total.red.push(...result.red);
  for (const [name, times] of Object.entries(result.deaths)) total.deaths[name] = (total.deaths[name] ?? 0) + times;
  if (result.note !== undefined) total.notes.push(result.note);
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

function redLine(where: string, violations: readonly Violation[]): string {
  return `RED ${where}\n${violations.slice(0, 3).map(({ check, what }) => `    ${check}: ${what.slice(0, 600)}`).join('\n')}`;
}

function report(totals: ReadonlyMap<keyof typeof PARTS, Total>, seconds: number, withSteps: boolean): number {
  const lines = ['', '| part | played | deaths | faults struck | charged | red |', '|---|---|---|---|---|---|'];
  let red = 0;
  for (const [part, title] of Object.entries(PARTS) as [keyof typeof PARTS, string][]) {
    const total = totals.get(part);
    if (!total) continue;
    const deaths = part === 'steps' ? total.played : Object.values(total.deaths).reduce((sum, times) => sum + times, 0);
    if (part !== 'promise') red += total.red.length;
    const orDash = (count: number) => (count === 0 ? '-' : String(count));
    lines.push(`| ${title} | ${total.played} | ${orDash(deaths)} | ${orDash(total.strikes)} | ${orDash(total.charged)} | ${part === 'promise' ? 'not counted' : total.red.length} |`);
  }
  const deaths = totals.get('steps')?.deaths ?? {};
  if (withSteps) {
    lines.push('', `Deaths before + after each step: ${coverageTable(deaths).join(', ')}.`);
    const never = neverDiedAt(deaths);
    if (never.length > 0) {
      red += never.length;
      lines.push(`RED nobody ever died at: ${never.join(', ')}.`);
    }
  }
  lines.push('', ...[...totals.values()].flatMap(({ notes }) => notes), '', `${red === 0 ? 'All kept' : `${red} red`}, in ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s.`);
  say(lines.join('\n'));
  return red === 0 ? 0 : 1;
}

async function replay(seed: number): Promise<number> {
  const schedule = drawSchedule(seed);
  const { violations, trace } = await playSchedule(schedule, { trace: true });
  say([JSON.stringify(schedule, undefined, 2), ...trace].join('\n'));
  say(violations.length === 0 ? `seed ${seed}: all kept` : redLine(`seed ${seed}`, violations));
  return violations.length === 0 ? 0 : 1;
}

async function replayKills(seed: number): Promise<number> {
  const kling = new KlingProcess();
  const plan = drawKills(seed);
  const { violations, deaths } = await playKills(plan, kling);
  kling.close();
  say(JSON.stringify(plan, undefined, 2));
  say(violations.length === 0 ? `kill seed ${seed}: all kept, ${deaths} died` : redLine(`kill seed ${seed}`, violations));
  return violations.length === 0 ? 0 : 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
