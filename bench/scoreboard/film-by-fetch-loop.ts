import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job, Tell } from './contest.ts';
import { loadRival, type PLimitModule } from './rivals.ts';

const TRIES = 4;
const POLL_MS = 5_000;

interface TaskAnswer {
  code: number;
  message: string;
  data: { task_id: string; task_status: string; task_status_msg?: string; task_result?: { videos?: { url: string }[] } };
}

/** What people write first: create, ask every 5 s, download; whatever fails is tried three times more, 1, 2 and 4 s later. */
export async function filmByFetchLoop(job: Job, tell: Tell): Promise<void> {
  const { default: pLimit } = await loadRival<PLimitModule>(job.rivalsFolder, 'p-limit/index.js');
  const limit = pLimit(job.limit);
  await mkdir(join(job.folder, 'clips'), { recursive: true });
  tell.begin();
  await Promise.all(
    job.prompts.map((prompt, shot) =>
      limit(async () => {
        try {
          await filmShot(job, prompt, shot, tell);
          tell.delivered(shot);
        } catch (error) {
          tell.failed(shot, error);
        }
      }),
    ),
  );
}

async function filmShot(job: Job, prompt: string, shot: number, tell: Tell): Promise<void> {
  const body = JSON.stringify({ model_name: 'kling-v2-5-turbo', prompt, mode: 'std', duration: '5' });
  let { data: task } = await askKling(job, '/v1/videos/text2video', { method: 'POST', body });
  while (task.task_status !== 'succeed') {
    if (task.task_status === 'failed') throw new Error(task.task_status_msg);
    await pause(POLL_MS);
    ({ data: task } = await askKling(job, `/v1/videos/text2video/${task.task_id}`, {}));
  }
  tell.noticed(shot);
  const url = task.task_result?.videos?.[0]?.url ?? '';
  const bytes = await tryAgain(async () => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  });
  await writeFile(join(job.folder, 'clips', `${shot}.mp4`), bytes);
}

async function askKling(job: Job, path: string, init: RequestInit): Promise<TaskAnswer> {
  return await tryAgain(async () => {
    const response = await fetch(job.baseUrl + path, { ...init, headers: { authorization: `Bearer ${job.apiKey}`, 'content-type': 'application/json' } });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as TaskAnswer;
  });
}

async function tryAgain<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried === TRIES) throw error;
      await pause(1000 * 2 ** (tried - 1));
    }
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
