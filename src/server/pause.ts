import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';

/** Whether somebody paused the studio and nobody has gone on since: also the next start sends nothing until then. */
export async function isPaused(home: string): Promise<boolean> {
  return await access(markPath(home)).then(
    () => true,
    () => false,
  );
}

/** Remembers the pause. A kill before it: the studio starts as it was before. */
export async function rememberPause(home: string, paused: boolean): Promise<void> {
  if (!paused) {
    await rm(markPath(home), { force: true });
    return;
  }
  await writeFileAtomic(markPath(home), 'Nothing new is sent by the studio until somebody goes on.\n', { mode: 0o600 });
}

function markPath(home: string): string {
  return join(home, 'paused.txt');
}
