import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { asHomeError } from '../lib/home-error.ts';

const LOOK_EVERY_MS = 500;

function stopFile(home: string): string {
  return join(home, 'stop');
}

/** Asks every run under a home to stop in order. A run that starts later does not see it. @throws StudioError HOME_DAMAGED, DISK_FULL. */
export async function requestStop(home: string): Promise<void> {
  await writeFileAtomic(stopFile(home), `${randomUUID()}\n`).catch((error: unknown) => {
    throw asHomeError(error, 'ask for the stop', stopFile(home));
  });
}

/**
 * A question that is answered with true once somebody asked for a stop after this moment: the request's text is new then,
 * so an old one needs no clearing away and no clock decides.
 */
export async function stopQuestion(home: string): Promise<() => Promise<boolean>> {
  const read = async () => await readFile(stopFile(home), 'utf8').catch(() => '');
  const before = await read();
  return async () => {
    const now = await read();
    return now !== '' && now !== before;
  };
}

/** Calls `onRequest` when another process asks for a stop. @returns how to stop looking. */
export async function watchStopRequests(home: string, onRequest: () => void): Promise<() => void> {
  const isAsked = await stopQuestion(home);
  const look = async () => {
    if (!(await isAsked())) return;
    clearInterval(timer);
    onRequest();
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
