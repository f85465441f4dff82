import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { KlingAPIClient, type KlingAPIClientOptions } from './kling-api-client.ts';
import { KlingError } from './kling-error.ts';
import type { TextToVideoRequest } from './request.ts';

/** For tests: a request as it came. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** For tests: one answer of the scripted server, given after the whole request was read. */
export type Script = (response: ServerResponse, request: Seen) => void;

/** For tests: a server that answers as it is told, and a client for it. */
export interface ScriptedKling {
  readonly baseUrl: string;
  /** Every request so far. */
  readonly seen: Seen[];
  /** Connections opened so far. */
  readonly connections: number;
  /** Gives every answer from now on. */
  answer: Script;
  /** A client for this server, with {@link API_KEY} unless told otherwise. */
  client(options?: Partial<KlingAPIClientOptions>): KlingAPIClient;
  close(): Promise<void>;
}

export async function openScriptedKling(): Promise<ScriptedKling> {
  let connections = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      kling.seen.push(one);
      kling.answer(response, one);
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kling: ScriptedKling = {
    baseUrl,
    seen: [],
    get connections() {
      return connections;
    },
    answer: (response) => response.destroy(),
    client: (options = {}) => new KlingAPIClient({ credentials: { apiKey: API_KEY }, baseUrl, ...options }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return kling;
}

export const API_KEY = 'api-key-kling-0123456789abcdefghijklmnopqrstuvwxyz/+==';
export const PAIR = { accessKey: 'AKAKAKAKAKAKAKAKAKAKAKAKAKAKAKAK', secretKey: 'SKSKSKSKSKSKSKSKSKSKSKSKSKSKSKSK' };

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  return (response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
}

export function ok(data: unknown): Script {
  return json(200, { code: 0, message: 'SUCCEED', request_id: 'req-1', data });
}

export function refusal(status: number, code: number, message = 'no'): Script {
  return json(status, { code, message, request_id: 'req-1' });
}

/** What a call throws; success, or another error, fails the test. */
export async function failure(promise: Promise<unknown>): Promise<KlingError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) throw new Error(`succeeded with ${inspect(outcome.value)}`);
  if (!(outcome.error instanceof KlingError)) throw outcome.error;
  return outcome.error;
}

export const boat: TextToVideoRequest = { kind: 'text2video', model: 'kling-v2-5-turbo', prompt: 'A paper boat', durationS: 5, externalTaskId: 'ds1-abc-a1' };

/** A task as the classic API tells it, just made. */
export const submitted = { task_id: '867283741759111202', task_status: 'submitted', task_info: { external_task_id: 'ds1-abc-a1' }, created_at: 1795340000123, updated_at: 1795340000123 };

/** The same task when it has succeeded. */
export const finished = {
  ...submitted,
  task_status: 'succeed',
  task_status_msg: '',
  watermark_info: { enabled: false },
  final_unit_deduction: '1.5',
  task_result: { videos: [{ id: '951204519020118273', url: 'https://cdn.example/a.mp4?Expires=1', duration: '5.041' }] },
  updated_at: 1795340046210,
};
