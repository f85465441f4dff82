import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Environment, Keychain } from '../credentials/index.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import type { Studio } from '../studio.ts';
import { createApp } from './app.ts';
import { Boards } from './boards.ts';
import { ChangeWatch } from './change-watch.ts';
import { EventLog } from './event-log.ts';
import { apiError, asStudioError, httpStatusOf } from './errors.ts';
import { guardRequest, type GuardOptions } from './guard.ts';
import { watchStopRequests } from '../generation/index.ts';
import { Jobs } from './jobs.ts';
import { Maker } from './making.ts';
import { safeHeaders } from './page-headers.ts';
import { isPaused } from './pause.ts';
import { Passwords } from './passwords.ts';
import { Pictures } from './pictures.ts';
import type { ServerParts } from './server-parts.ts';
import { openStaticPage } from './static-page.ts';
import { Turns } from './turns.ts';

export interface StudioServerOptions {
  studio: Studio;
  /** Default 127.0.0.1: nobody but this machine. */
  host?: string;
  /** 0: any free one. */
  port: number;
  /** Needed where `host` is not this machine alone. */
  password?: string;
  /** Names beside localhost and addresses under which people open the page. */
  hostNames?: readonly string[];
  env: Environment;
  keychain?: Keychain;
  clock?: Clock;
  version: string;
  /** The built page. */
  pageFolder: string;
  /** Scripts to try. */
  examplesFolder: string;
  /** Hears of faults of the program itself. */
  onBug: (error: unknown) => void;
  checkAnswers?: boolean;
}

export interface StudioServer {
  /** `http://127.0.0.1:4711`. */
  url: string;
  /** Somebody paused it before this start: nothing new is sent until they go on. */
  startedPaused: boolean;
  /** Stops work in order, then listening. The studio stays open: whoever opened it closes it. */
  close(): Promise<void>;
}

/** @throws StudioError PASSWORD_NEEDED for listening beyond this machine without one; SERVER_PORT_UNUSABLE. */
export async function startStudioServer(options: StudioServerOptions): Promise<StudioServer> {
  const { studio, host = '127.0.0.1', password, env, keychain, version, examplesFolder, onBug } = options;
  const clock = options.clock ?? systemClock;
  const isWide = !['127.0.0.1', '::1', 'localhost'].includes(host);
  if (isWide && (password ?? '') === '') {
    throw new StudioError('PASSWORD_NEEDED', `Listening on ${host} lets others on the network in, and there is no password.`, { next: 'Give one in DIRECTORSTUDIO_PASSWORD, or leave --host out: then only this machine is let in.' });
  }
  const log = new EventLog();
  const boards = new Boards(() => studio, log);
  const passwords = password === undefined || password === '' ? undefined : new Passwords(password, () => clock.monotonic());
  const jobs = new Jobs(log, { clock, onBug });
  const startedPaused = await isPaused(studio.home);
  jobs.paused = startedPaused;
  const turns = new Turns();
  const parts: ServerParts = {
    studio,
    log,
    boards,
    watch: new ChangeWatch(studio, boards, { nowMs: () => clock.monotonic(), onTrouble: onBug }),
    jobs,
    turns,
    maker: new Maker({ studio, boards, jobs, turns, log }),
    pictures: new Pictures(studio.home),
    passwords,
    env,
    keychain,
    clock,
    version,
    examplesFolder,
  };
  const guard: GuardOptions = { port: options.port, hostNames: options.hostNames ?? [], isWide, passwords };
  const app = createApp({ parts, page: await openStaticPage(options.pageFolder), onBug, ...(options.checkAnswers === undefined ? {} : { checkAnswers: options.checkAnswers }) });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => {
    // Before anything else looks at it, its address included.
    if (isLetIn(incoming, outgoing, guard)) void answer(incoming, outgoing);
  });
  const { port } = await listen(server, host, options.port);
  guard.port = port;
  // `directorstudio stop` ends what makes clips, and the page stays.
  let stopLooking = () => {};
  const lookForStops = async () => {
    stopLooking = await watchStopRequests(studio.home, () => {
      for (const { jobId, kind } of jobs.list()) if (kind === 'generate' || kind === 'recover') jobs.stop(jobId);
      lookForStops().catch(onBug);
    });
  };
  await lookForStops();
  return {
    startedPaused,
    url: `http://${host === 'localhost' ? host : nameInUrl(host)}:${port}`,
    async close() {
      stopLooking();
      await jobs.stopAll();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function isLetIn(incoming: IncomingMessage, outgoing: ServerResponse, guard: GuardOptions): boolean {
  try {
    guardRequest(incoming, guard);
    return true;
  } catch (error) {
    const refusal = asStudioError(error);
    // What is still being sent to us is not read.
    outgoing.writeHead(httpStatusOf(refusal), { ...safeHeaders(), 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' });
    outgoing.end(JSON.stringify(apiError(refusal)));
    return false;
  }
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  }).catch((error: unknown) => {
    throw new StudioError('SERVER_PORT_UNUSABLE', `The studio cannot listen on ${host}:${port}: ${messageOf(error)}.`, {
      next: systemErrorCode(error) === 'EADDRINUSE' ? 'Another program has that port (maybe another studio): open that one, or choose another with --port.' : 'Choose another host or port.',
      cause: error,
    });
  });
  return server.address() as AddressInfo;
}

function nameInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
