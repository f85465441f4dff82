/** How long clips of one kind take, as learned here: log-normal, which is how Kling's durations look. */
export interface DurationFit {
  /** Mean and standard deviation of the natural logarithm of milliseconds. */
  mu: number;
  sigma: number;
}

/** A task that is waited for. */
export interface PolledTask {
  /** Since Kling accepted it, in milliseconds. */
  ageMs: number;
  /** Since it was last asked about; its age when it never was. */
  unaskedMs: number;
  /** Missing until enough clips like it were seen. */
  fit?: DurationFit | undefined;
}

/** Fewer clips than this say too little about when the next is ready. */
const ENOUGH_CLIPS = 5;
/** However alike the last clips were, the next may differ by this much. */
const LEAST_SIGMA = 0.01;
/** Whatever was learned: a task is asked about at least this often. */
const LONGEST_UNASKED_MS = 30_000;
const SHORTEST_INTERVALS = 0.05;
const LONGEST_INTERVALS = 5;
const STEPS_AN_INTERVAL = 10;
const FULL_BATCH = 20;
/** Four would be the aim itself; the rest is for what the fit and the last clips of a film cost. */
const LOOP_REQUESTS_A_QUESTION = 4.05;
/** Of what makes a question worth asking, this much is how long clips wait for it, so that few wait long; the rest is how many do. */
const WEIGHT_OF_WAITING = 0.2;
/** However short the clips: of a few tasks one that has surely ended is worth a question, of one alone that it may have. */
const ENOUGH_ENDED = { least: 0.5, ofEach: 0.15 };

/** @param durationsMs what the last clips of one kind took. @returns undefined when they are too few to say anything. */
export function fitDurations(durationsMs: readonly number[]): DurationFit | undefined {
  if (durationsMs.length < ENOUGH_CLIPS) return undefined;
  const logs = durationsMs.map((ms) => Math.log(Math.max(1, ms)));
  const mu = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mu) ** 2, 0) / (logs.length - 1);
  // A few clips know their own mean too well: the next one is off by more.
  return { mu, sigma: Math.max(LEAST_SIGMA, Math.sqrt(variance * (1 + 1 / logs.length))) };
}

/** How likely a task has ended since it was last asked about, given that it had not then; 0 to 1. */
export function chanceOfNews({ ageMs, unaskedMs, fit }: PolledTask, intervalMs: number): number {
  if (unaskedMs >= LONGEST_UNASKED_MS) return 1;
  if (fit === undefined) return Math.min(1, unaskedMs / intervalMs / FULL_BATCH);
  const then = stillRunning(Math.max(0, ageMs - unaskedMs), fit);
  // Longer than any clip so far: it may end any moment, but the longer it takes the less a second more tells.
  if (then < 1e-9) return Math.min(1, unaskedMs / Math.max(intervalMs, ageMs / 20));
  return 1 - stillRunning(ageMs, fit) / then;
}

/**
 * How long to wait before the next request. Nothing learned: `intervalMs`. Else until it brings as much news as any other:
 * many questions while many clips end, few while none can. Of the rules that were tried, this notices most clips within half
 * an interval for the same number of requests.
 *
 * How much news that is follows from the aim, a quarter of the requests of a loop that asks for each task every five
 * intervals: such a loop asks (length / 5 + ½) times for a clip, so one of ours must bring the news of four in that many.
 * @param intervalMs the interval while nothing is known; the answer lies between a twentieth of it and five times of it.
 */
export function nextPollMs(tasks: readonly PolledTask[], intervalMs: number): number {
  const fits = tasks.flatMap(({ fit }) => fit ?? []);
  if (tasks.length === 0 || fits.length < tasks.length) return intervalMs;
  const clipsARequest = fits.reduce((sum, { mu, sigma }) => sum + LOOP_REQUESTS_A_QUESTION / (Math.exp(mu + sigma ** 2 / 2) / intervalMs / 5 + 0.5), 0) / fits.length;
  const worthAQuestion = Math.min(clipsARequest, Math.max(ENOUGH_ENDED.least, ENOUGH_ENDED.ofEach * tasks.length));
  const step = 1 / STEPS_AN_INTERVAL;
  let before = { ended: 0, waited: 0, news: 0 };
  for (let wait = step; wait < LONGEST_INTERVALS; wait += step) {
    const waitMs = wait * intervalMs;
    const ended = tasks.reduce((sum, task) => sum + chanceOfNews({ ...task, ageMs: task.ageMs + waitMs, unaskedMs: waitMs }, intervalMs), 0);
    const waited = before.waited + (before.ended + ended) * step;
    const news = WEIGHT_OF_WAITING * waited + (1 - WEIGHT_OF_WAITING) * ended;
    if (news >= worthAQuestion) return Math.max(SHORTEST_INTERVALS, wait - (step * (news - worthAQuestion)) / (news - before.news)) * intervalMs;
    before = { ended, waited, news };
  }
  return LONGEST_INTERVALS * intervalMs;
}

/** The share of such clips that take longer. */
function stillRunning(ageMs: number, { mu, sigma }: DurationFit): number {
  return ageMs <= 0 ? 1 : upperTail((Math.log(ageMs) - mu) / sigma);
}

/** 1 − Φ(z), to 1e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17. */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
