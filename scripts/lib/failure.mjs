/**
 * Something a script could not do, told to a person: what was tried, what came back, what to do.
 * Anything else that is thrown is a bug and keeps its stack.
 */
export class ScriptFailure extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode] 2: could not run. 130 and 143: stopped by a signal.
   */
  constructor(message, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * The end of every entry script: known failures print their message, unknown ones their stack.
 * @param {() => Promise<number | void>} main resolves to the exit code; nothing means 0, or what a later part sets.
 */
export async function runScript(main) {
  try {
    const code = await main();
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    if (!(error instanceof ScriptFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
