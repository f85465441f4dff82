import { join } from 'node:path';
import type { Job, Tell } from './contest.ts';
import { loadRival, type PLimitModule } from './rivals.ts';

interface KlingApiModule {
  KlingAPI: new (options: { accessKey: string; secretKey: string; baseUrl: string }) => {
    textToVideo(request: { prompt: string; model_name: string; mode: string; duration: string }): Promise<{ data: { task_id: string } }>;
    waitForVideoResult(taskId: string, query: undefined, options: { showSpinner: boolean }): Promise<unknown>;
    saveVideoResult(result: unknown, folder: string, prompt: string): Promise<string[]>;
  };
}

interface AxiosRequest {
  baseURL?: string;
  url?: string;
}
interface AxiosModule {
  default: { defaults: { adapter: unknown }; getAdapter(name: 'http'): (config: AxiosRequest) => Promise<{ data: unknown }> };
}

/** The package takes https only, and no local address for a clip: it is told this one, and its requests go to the sandbox. */
const ADDRESS = 'https://kling.example';

/**
 * As its README does it: create, wait, save; its own retries and its own pause between polls (3 s). It says nothing of
 * many shots at once, so that is p-limit's.
 */
export async function filmByKlingApi(job: Job, tell: Tell): Promise<void> {
  await leadToSandbox(job);
  const { KlingAPI } = await loadRival<KlingApiModule>(job.rivalsFolder, 'kling-api/dist/api.js');
  const { default: pLimit } = await loadRival<PLimitModule>(job.rivalsFolder, 'p-limit/index.js');
  const api = new KlingAPI({ accessKey: job.accessKey, secretKey: job.secretKey, baseUrl: ADDRESS });
  const limit = pLimit(job.limit);
  tell.begin();
  await Promise.all(
    job.prompts.map((prompt, shot) =>
      limit(async () => {
        try {
          const task = await api.textToVideo({ prompt, model_name: 'kling-v2-5-turbo', mode: 'std', duration: '5' });
          const result = await api.waitForVideoResult(task.data.task_id, undefined, { showSpinner: false });
          tell.noticed(shot);
          await api.saveVideoResult(result, join(job.folder, 'clips'), prompt);
          tell.delivered(shot);
        } catch (error) {
          tell.failed(shot, error);
        }
      }),
    ),
  );
}

async function leadToSandbox({ rivalsFolder, baseUrl }: Job): Promise<void> {
  const { default: axios } = await loadRival<AxiosModule>(rivalsFolder, 'axios/index.js');
  const send = axios.getAdapter('http');
  axios.defaults.adapter = async (config: AxiosRequest) => {
    const answer = await send({ ...config, ...there(config, 'baseURL', baseUrl), ...there(config, 'url', baseUrl) });
    return typeof answer.data === 'string' ? { ...answer, data: answer.data.replaceAll(baseUrl, ADDRESS) } : answer;
  };
}

function there(config: AxiosRequest, name: keyof AxiosRequest, baseUrl: string): AxiosRequest {
  const address = config[name];
  return address?.startsWith(ADDRESS) === true ? { [name]: baseUrl + address.slice(ADDRESS.length) } : {};
}
