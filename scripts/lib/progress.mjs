const TERMINAL_TICK_MS = 1_000;
const PLAIN_TICK_MS = 10_000;

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/**
 * Says on standard error what is being done, how long it has taken so far (each second on a terminal, each ten
 * seconds elsewhere) and that it is done. Standard output stays free for the command's own words.
 * @template T
 * @param {string} label what is being done, e.g. `Building`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
  const stream = process.stderr;
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  stream.write(stream.isTTY ? `${label} ...` : `${label} ...\n`);
  const ticker = setInterval(
    () => stream.write(stream.isTTY ? `\r${label} ... ${Math.round(elapsed() / 1_000)} s` : `${label} ... ${Math.round(elapsed() / 1_000)} s so far\n`),
    stream.isTTY ? TERMINAL_TICK_MS : PLAIN_TICK_MS,
  );
  let outcome = 'failed after';
  try {
    const result = await work();
    outcome = 'done in';
    return result;
  } finally {
    clearInterval(ticker);
    stream.write(`${stream.isTTY ? '\r' : ''}${label}: ${outcome} ${seconds(elapsed())}\n`);
  }
}
