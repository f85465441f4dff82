import { messageOf } from './errors.ts';

/** As much of a SQLite database as is needed here. */
interface Pragmas {
  pragma(sentence: string): unknown;
}

/**
 * Switches a SQLite database to its write-ahead log. Of two processes that meet a new file at once, SQLite tells the
 * second "locked" without waiting for it, whatever its time-out says; so this waits.
 * @param patienceMs longest wait in milliseconds. @throws what SQLite says after that, or at once for anything else.
 */
export async function switchToWal(database: Pragmas, patienceMs: number): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 20) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!/locked|busy/i.test(messageOf(error)) || waitedMs >= patienceMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
