import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventLog } from '../src/server/event-log.ts';
import { streamEvents } from '../src/server/event-stream.ts';
import { startStudioServer } from '../src/server/index.ts';
import { openStore } from '../src/store/index.ts';
import { createStudio } from '../src/studio.ts';
import { listenTo, type EventReader } from '../src/server/server-under-test.ts';
import { ms, timeMs, times, type BenchRow } from './bench.ts';
import { askFor, fillWithClips, filmOf } from './studio-film.ts';

const COMMITS = 150;
const LIMIT_EVENT_MS = 100;
const READERS = 5;
const EVENTS_A_SECOND = 200;
const SECONDS = 5;
const CLIPS = 5_000;
const LIMIT_OPEN_MS = 1_000;
const LIMIT_PAGE_MS = 500;

/** The studio's server: how soon an event is with who reads, how many it carries, how it bears a film of thousands of clips. */
export async function benchStudio(): Promise<BenchRow[]> {
  return [...(await eventsOfOthers()), ...(await manyEvents()), ...(await largeFilm())];
}

async function withServer<Result>(work: (lab: { home: string; url: string; studio: Awaited<ReturnType<typeof createStudio>> }) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-bench-'));
  const home = join(folder, 'home');
  const studio = await createStudio({ home, env: { DIRECTORSTUDIO_KEYCHAIN: 'off' } });
  const server = await startStudioServer({ studio, port: 0, env: {}, version: '0.0.0', pageFolder: folder, examplesFolder: folder, onBug: (error) => console.error(error) });
  try {
    return await work({ home, url: server.url, studio });
  } finally {
    await server.close();
    await studio.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** From a commit of another program on the same home, which is the longer way, to the card at a reader. */
async function eventsOfOthers(): Promise<BenchRow[]> {
  return await withServer(async ({ home, url, studio }) => {
    const { projectId, prompts } = await filmOf(studio.store, COMMITS);
    const other = await openStore({ home });
    const reader = await listenTo(`${url}/api/events?projectId=${projectId}`);
    await reader.find('snapshot');
    const latenciesMs: number[] = [];
    for (const prompt of prompts) {
      await pause(Math.random() * 120);
      const cards = reader.heard.length;
      await askFor(other, [prompt]);
      const committedAtMs = performance.now();
      await heardAfter(reader, cards, prompt.id);
      latenciesMs.push(performance.now() - committedAtMs);
    }
    reader.close();
    await other.close();
    const [p50, p95] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.95)];
    return [{ what: `from another program's commit to its event at a reader (${COMMITS} commits)`, ours: `p50 ${ms(p50)}, p95 ${ms(p95)}`, against: `limit p95 ${ms(LIMIT_EVENT_MS)}`, ratio: `${times(p95 / LIMIT_EVENT_MS)} of the limit`, kept: p95 <= LIMIT_EVENT_MS }];
  });
}

async function heardAfter(reader: EventReader, from: number, shotId: string): Promise<void> {
  await reader.find('card', ({ card }) => card.shotId === shotId && card.takes > 0 && reader.heard.findIndex((each) => each.name === 'card' && (each.data as { card: { shotId: string } }).card.shotId === shotId) >= from);
}

/** Progress as a large run makes it, to some readers at once: none of it lost, and how late it is. */
async function manyEvents(): Promise<BenchRow[]> {
  const log = new EventLog();
  const server = createServer((_, response) => streamEvents(log, { watched: undefined, lastEventId: undefined, snapshot: () => ({ projects: [], jobs: [], paused: false }) }, response, {}));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const readers = await Promise.all(Array.from({ length: READERS }, async () => await listenTo(url)));
  const saidAtMs: number[] = [];
  const latenciesMs: number[] = [];
  const all = EVENTS_A_SECOND * SECONDS;
  const heard = readers.map(async (reader) => {
    for (let number = 0; number < all; number += 1) {
      await reader.find('notice', ({ code }) => code === String(number));
      latenciesMs.push(performance.now() - (saidAtMs[number] ?? Number.NaN));
      // What was looked at is let go, as a page does.
      reader.heard.splice(0, Math.max(0, reader.heard.length - 50));
    }
  });
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  for (let number = 0; number < all; number += 1) {
    await pause(startedAt + (number * 1000) / EVENTS_A_SECOND - performance.now());
    saidAtMs.push(performance.now());
    log.publish('notice', { code: String(number), message: 'x'.repeat(300) });
  }
  await Promise.all(heard);
  const { user, system } = process.cpuUsage(cpu);
  for (const reader of readers) reader.close();
  server.closeAllConnections();
  server.close();
  const p95 = percentile(latenciesMs, 0.95);
  return [{ what: `${EVENTS_A_SECOND} events a second to ${READERS} readers for ${SECONDS} s: lost ${all * READERS - latenciesMs.length}`, ours: `p50 ${ms(percentile(latenciesMs, 0.5))}, p95 ${ms(p95)}`, against: `limit p95 ${ms(LIMIT_EVENT_MS)}; ${((user + system) / 1e4 / SECONDS).toFixed(0)} % of a processor, readers included`, ratio: `${times(p95 / LIMIT_EVENT_MS)} of the limit`, kept: p95 <= LIMIT_EVENT_MS && latenciesMs.length === all * READERS }];
}

/** A film of thousands of clips: how long until it stands on the page, and what it takes of memory. */
async function largeFilm(): Promise<BenchRow[]> {
  return await withServer(async ({ home, url, studio }) => {
    const { projectId, prompts } = await filmOf(studio.store, CLIPS);
    await fillWithClips(studio.store, home, prompts);
    const before = process.memoryUsage();
    const pages = async (path: string): Promise<Taken> => {
      let slowest: Taken = { wallMs: 0, cpuMs: 0 };
      for (let start = 0, cursor = ''; start < CLIPS; start += 1000) {
        const taken = await timeOf(async () => {
          const page = (await (await fetch(`${url}/api/projects/${projectId}/${path}?limit=1000${cursor}`)).json()) as { items: unknown[]; nextCursor?: string };
          if (page.items.length !== 1000) throw new Error(`${path}: ${page.items.length} of 1000`);
          cursor = `&cursor=${page.nextCursor ?? ''}`;
        });
        if (taken.cpuMs > slowest.cpuMs) slowest = taken;
      }
      return slowest;
    };
    const open = async () =>
      await timeOf(async () => {
        const reader = await listenTo(`${url}/api/events?projectId=${projectId}`);
        const { cards } = await reader.find('snapshot');
        if (cards?.length !== CLIPS) throw new Error(`${cards?.length} of ${CLIPS} cards`);
        reader.close();
      });
    const firstOpen = await open();
    const again = await open();
    const board = await pages('board');
    const firstShots = await pages('shots');
    const shots = await pages('shots');
    const after = process.memoryUsage();
    const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    return [
      row(`snapshot of ${CLIPS} clips, read from the store`, firstOpen, LIMIT_OPEN_MS),
      row('the same again', again, LIMIT_OPEN_MS),
      row('1,000 cards of its board (slowest page)', board, LIMIT_PAGE_MS),
      row('1,000 of its shots, their words read for the first time (slowest page)', firstShots, LIMIT_OPEN_MS),
      row('the same again', shots, LIMIT_PAGE_MS),
      { what: 'memory beside it, readers included', ours: `${mb(after.heapUsed - before.heapUsed)} of heap, ${mb(after.rss)} of the process`, against: `${mb(before.rss)} before`, ratio: times(after.rss / before.rss) },
    ];
  });
}

interface Taken {
  wallMs: number;
  /** Of this process, the reader's share included: what the same work takes where nobody else is busy. */
  cpuMs: number;
}

async function timeOf(work: () => Promise<unknown>): Promise<Taken> {
  const before = process.cpuUsage();
  const wallMs = await timeMs(work);
  const { user, system } = process.cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

function row(what: string, { wallMs, cpuMs }: Taken, limit: number): BenchRow {
  return { what, ours: `${ms(wallMs)}, ${ms(cpuMs)} of a processor`, against: `limit ${ms(limit)} of a processor`, ratio: `${times(cpuMs / limit)} of the limit`, kept: cpuMs <= limit };
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
}

async function pause(durationMs: number): Promise<void> {
  if (durationMs > 0) await new Promise((resolve) => setTimeout(resolve, durationMs));
}
