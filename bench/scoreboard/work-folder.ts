import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one measurement, gone when it is over. */
export interface WorkFolder extends AsyncDisposable {
  path: string;
  /** Makes an empty folder in it. */
  sub(name: string): Promise<string>;
}

export async function workFolder(): Promise<WorkFolder> {
  const path = await mkdtemp(join(tmpdir(), 'directorstudio-score-'));
  return {
    path,
    async sub(name) {
      const folder = join(path, name);
      await mkdir(folder, { recursive: true });
      return folder;
    },
    [Symbol.asyncDispose]: async () => await rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
