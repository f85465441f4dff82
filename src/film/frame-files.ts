import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectImage } from '../kling/index.ts';
import type { Frame } from '../protocol/shot-settings.ts';

/** A picture of the script as a file here. */
export interface FrameFile {
  path: string;
  width: number;
  height: number;
}

/** A start or end frame, by its content, in the first folder that has it. One that is only an address, or another clip's, is not fetched. */
export async function findFrameFile(folders: readonly string[], frame: Frame): Promise<FrameFile | undefined> {
  if (!('sha256' in frame)) return undefined;
  for (const folder of folders) {
    const path = join(folder, `${frame.sha256}.${frame.format === 'png' ? 'png' : 'jpg'}`);
    const there = await access(path).then(() => true, () => false);
    if (!there) continue;
    const { width, height } = inspectImage(await readFile(path));
    return { path, width, height };
  }
  return undefined;
}
