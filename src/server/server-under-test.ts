import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageEvents } from '../protocol/events.ts';
import { createStudio, type Studio, type StudioConfig } from '../studio.ts';
import { startStudioServer, type StudioServer, type StudioServerOptions } from './index.ts';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  /** The body as JSON. */
  json: () => unknown;
}

export interface Ask {
  headers?: Record<string, string>;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  bytes?: Uint8Array;
}

/** A studio over a new home, with a server that plays Kling in it, and its own server on a free port. */
export interface ServerLab extends AsyncDisposable {
  folder: string;
  home: string;
  studio: Studio;
  server: StudioServer;
  ask(method: string, path: string, options?: Ask): Promise<Reply>;
  /** The events of a connection, as they come. */
  listen(query?: string, headers?: Record<string, string>): Promise<EventReader>;
  write(name: string, content: string | Uint8Array): Promise<string>;
}

export interface HeardEvent {
  id: string | undefined;
  name: keyof PageEvents;
  data: unknown;
}

export interface EventReader {
  status: number;
  heard: HeardEvent[];
  /** The first event, heard already or to come, that is meant. */
  find<Name extends keyof PageEvents>(name: Name, is?: (data: PageEvents[Name]) => boolean): Promise<PageEvents[Name]>;
  /** Stops reading, so that the sender's words pile up. */
  pause(): void;
  resume(): void;
  ended: Promise<void>;
  close(): void;
}

/** The waits of the state machine, short enough for a test. */
const FAST: StudioConfig['timings'] = { lookWaitMs: 60, lookGiveUpMs: 600, backoffFirstMs: 10, backoffLongestMs: 80, pollIntervalMs: 15, slotRetryMs: 30, followIntervalMs: 15, stopGraceMs: 1_000 };

export async function openServerLab(options: Partial<StudioServerOptions> & { config?: Partial<StudioConfig> } = {}): Promise<ServerLab> {
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-server-'));
  const home = join(folder, 'home');
  const { config, ...serverOptions } = options;
  const studio = await createStudio({ home, env: {}, timings: FAST, sandbox: { clips: 'tiny', speed: Number.POSITIVE_INFINITY }, ...config });
  const pageFolder = join(folder, 'page');
  await mkdir(join(pageFolder, 'assets'), { recursive: true });
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Studio</title><meta name="nonce" content="__CSP_NONCE__"><script type="module" src="/assets/page-1a2b.js"></script>');
  await writeFile(join(pageFolder, 'assets', 'page-1a2b.js'), 'export {};');
  const bugs: unknown[] = [];
  const server = await startStudioServer({ studio, port: 0, env: {}, version: '0.0.0', pageFolder, examplesFolder: new URL('../../examples', import.meta.url).pathname, onBug: (error) => bugs.push(error), checkAnswers: true, ...serverOptions });
  const readers: EventReader[] = [];
  return {
    folder,
    home,
    studio,
    server,
    ask: async (method, path, ask = {}) => await askServer(server.url, method, path, ask),
    async listen(query = '', headers = {}) {
      const reader = await listenTo(`${server.url}/api/events${query}`, headers);
      readers.push(reader);
      return reader;
    },
    async write(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    async [Symbol.asyncDispose]() {
      for (const reader of readers) reader.close();
      await server.close();
      await studio.close();
      if (bugs.length > 0) throw bugs[0];
      // A picture that nobody waits for may still be put down.
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** With `node:http`, because `fetch` writes its own Host and Origin. */
async function askServer(url: string, method: string, path: string, { headers = {}, body, bytes }: Ask): Promise<Reply> {
  const payload = bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)));
  const type = bytes ? 'application/octet-stream' : 'application/json';
  return await new Promise((resolve, reject) => {
    const target = new URL(url);
    // The path goes out as it is written, dots and all.
    const call = request({ host: target.hostname, port: target.port, method, path, headers: { ...(payload ? { 'content-type': type, 'content-length': String(payload.length) } : {}), ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const all = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: all, json: () => JSON.parse(all.toString('utf8')) as unknown });
      });
    });
    call.on('error', reject);
    call.end(payload);
  });
}

export async function listenTo(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
  return await new Promise((resolve, reject) => {
    const call = request(url, { headers: { accept: 'text/event-stream', ...headers } }, (response) => {
      const heard: HeardEvent[] = [];
      const waiting = new Set<() => void>();
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) heard.push(...eventOf(block));
        for (const look of waiting) look();
      });
      const ended = new Promise<void>((done) => {
        response.on('close', done);
      });
      resolve({
        status: response.statusCode ?? 0,
        heard,
        ended,
        pause: () => response.pause(),
        resume: () => response.resume(),
        close: () => response.destroy(),
        find: async (name, is = () => true) =>
          await new Promise((found) => {
            const look = () => {
              const event = heard.find((each) => each.name === name && is(each.data as never));
              if (!event) return;
              waiting.delete(look);
              found(event.data as never);
            };
            waiting.add(look);
            look();
          }),
      });
    });
    call.on('error', reject);
    call.end();
  });
}

function eventOf(block: string): HeardEvent[] {
  const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.includes(': ') ? line.slice(line.indexOf(': ') + 2) : '']));
  const name = fields.get('event');
  return name === undefined ? [] : [{ id: fields.get('id'), name: name as keyof PageEvents, data: JSON.parse(fields.get('data') ?? 'null') }];
}

/** A second of silence, as a WAV file. */
export function silence(): Buffer {
  const samples = Buffer.alloc(16_000);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** Words of some shots, each its own picture. */
export function wordsOf(shots: number): string {
  return Array.from({ length: shots }, (_, index) => `A heron lifts off from the reeds beside puddle number ${index + 1} while rain falls.`).join('\n\n');
}

/** A film of the command line: its script lies outside the home. */
export async function plannedFilm(lab: ServerLab, shots: number): Promise<{ projectId: string; shotIds: string[] }> {
  const path = await lab.write('story.txt', wordsOf(shots));
  const plan = await lab.studio.plan({ script: { name: 'story.txt', path, bytes: Buffer.from(wordsOf(shots)) } });
  const { project, prompts } = await lab.studio.savePlan(plan, 'sandbox');
  return { projectId: project.id, shotIds: prompts.map(({ id }) => id) };
}
