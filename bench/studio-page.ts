import { createServer, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { ProjectSummary, ShotCard } from '../src/protocol/api/index.ts';
import { openBrowser } from '../test/page/browser.ts';
import { middleOf, ms, type BenchRow } from './bench.ts';

const CARDS = 5_000;
const EVENTS_A_SECOND = 200;
const EVENTS_FOR_S = 10;
const FIRST_PAINT_MS = 1_000;
const LONG_TASK_MS = 50;
const TO_SCREEN_MS = 100;
const FIRST_LOAD_BYTES = 200 * 1024;
/** Fourteen screens a second: faster than one reads, as fast as a hand flings. */
const SCROLL_PIXELS = 200;
/** A frame that comes later than two frames of a screen of 60 was dropped. */
const LATE_FRAME_MS = 34;
const pageFolder = fileURLToPath(new URL('../dist/page', import.meta.url));
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

/**
 * The built page in a real browser over a server that plays the studio: a film of 5,000 cards (a script of ours holds 2,000
 * shots), and as many events as are wanted. What the studio itself adds is `npm run bench -- studio`.
 */
export async function benchStudioPage(): Promise<BenchRow[]> {
  await using studio = await playStudio();
  const browser = await openBrowser();
  try {
    const rows = [await firstLoad(studio.url, await browser.newPage())];
    for (const slower of [1, 4]) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
      const name = slower === 1 ? '' : `, processor slowed ${slower} ×`;
      rows.push(...(await board(studio, page, name)));
      await page.close();
    }
    return rows;
  } finally {
    await browser.close();
  }
}

async function firstLoad(url: string, page: Page): Promise<BenchRow> {
  const scripts: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) void response.body().then((body) => scripts.push(gzipSync(body).length));
  });
  await page.goto(`${url}/films/film/generate`);
  await page.locator('[data-card]').first().waitFor();
  await page.close();
  const bytes = scripts.reduce((sum, size) => sum + size, 0);
  return { what: 'script of the first load, board opened at once, gzip', ours: `${(bytes / 1024).toFixed(0)} kB`, against: `limit ${FIRST_LOAD_BYTES / 1024} kB`, ratio: (bytes / FIRST_LOAD_BYTES).toFixed(2), kept: bytes <= FIRST_LOAD_BYTES };
}

async function board(studio: PlayedStudio, page: Page, name: string): Promise<BenchRow[]> {
  await page.goto(`${studio.url}/films/film/generate`);
  await page.locator('[data-card]').first().waitFor();
  const paintedMs = Number(await page.evaluate(`performance.now()`));
  const contentMs = Number(await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`));

  await page.evaluate(WATCH_TASKS);
  await page.mouse.move(600, 600);
  for (let wheel = 0; wheel < 120; wheel += 1) {
    await page.mouse.wheel(0, SCROLL_PIXELS);
    await page.evaluate(NEXT_FRAME);
  }
  const scrollTasks = await page.evaluate<number[]>('window.takeTasks()');

  const heapBefore = await heapBytes(page);
  await page.evaluate(WATCH_FRAMES);
  const latencies = await studio.flood(page);
  const frames = await page.evaluate<number[]>('window.takeFrames()');
  const floodTasks = await page.evaluate<number[]>('window.takeTasks()');
  const heapAfter = await heapBytes(page);

  const longest = (tasks: readonly number[]) => Math.max(0, ...tasks);
  const late = frames.filter((frameMs) => frameMs > LATE_FRAME_MS).length;
  const p95 = latencies.toSorted((one, other) => one - other)[Math.floor(latencies.length * 0.95)] ?? Number.NaN;
  return [
    { what: `first paint with content, ${CARDS} cards${name}`, ours: `${ms(contentMs)}; first card ${ms(paintedMs)}`, against: `limit ${ms(FIRST_PAINT_MS)}`, ratio: (paintedMs / FIRST_PAINT_MS).toFixed(2), ...(name === '' ? { kept: paintedMs <= FIRST_PAINT_MS } : {}) },
    { what: `longest task while one scrolls, ${SCROLL_PIXELS} pixels a frame${name}`, ours: `${ms(longest(scrollTasks))}, ${scrollTasks.length} above ${LONG_TASK_MS} ms`, against: `limit none above ${LONG_TASK_MS} ms`, ratio: (longest(scrollTasks) / LONG_TASK_MS).toFixed(2), ...(name === '' ? { kept: scrollTasks.length === 0 } : {}) },
    { what: `${EVENTS_A_SECOND} events a second for ${EVENTS_FOR_S} s${name}: late frames`, ours: `${late} of ${frames.length} (median ${middleOf(frames).toFixed(1)} ms), ${floodTasks.length} tasks above ${LONG_TASK_MS} ms`, against: 'limit none', ratio: (late / frames.length).toFixed(3), ...(name === '' ? { kept: late === 0 } : {}) },
    { what: `from the server's write to the painted card${name}, p95`, ours: ms(p95), against: `limit ${ms(TO_SCREEN_MS)} from the commit`, ratio: (p95 / TO_SCREEN_MS).toFixed(2), ...(name === '' ? { kept: p95 <= TO_SCREEN_MS } : {}) },
    { what: `memory of the page, before and after ${EVENTS_A_SECOND * EVENTS_FOR_S} events${name}`, ours: `${(heapAfter / 1e6).toFixed(1)} MB`, against: `${(heapBefore / 1e6).toFixed(1)} MB before`, ratio: (heapAfter / heapBefore).toFixed(2) },
  ];
}

const NEXT_FRAME = `new Promise((done) => requestAnimationFrame(() => done(true)))`;
/** Tasks above 50 ms, as the browser counts them. */
const WATCH_TASKS = `(() => {
  let tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
  window.takeTasks = () => { const taken = tasks; tasks = []; return taken; };
})()`;
const WATCH_FRAMES = `(() => {
  const frames = [];
  let before = performance.now();
  let going = true;
  const frame = (now) => { frames.push(now - before); before = now; if (going) requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  window.takeFrames = () => { going = false; return frames.slice(1); };
})()`;
/** When the words of the first card changed and were painted, by the words; Unix milliseconds. */
const WATCH_CARD = `(() => {
  window.painted = {};
  const card = document.querySelector('[data-card]').closest('li');
  new MutationObserver(() => {
    const words = /mark \\d+\\./.exec(card.textContent)?.[0];
    if (words) requestAnimationFrame(() => setTimeout(() => { window.painted[words] ??= Date.now(); }));
  }).observe(card, { subtree: true, childList: true, characterData: true });
})()`;

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

interface PlayedStudio extends AsyncDisposable {
  url: string;
  /** Sends the flood. @returns milliseconds from write to paint of the marked card. */
  flood(page: Page): Promise<number[]>;
}

/** The few answers that the board asks for, and a stream of events. */
async function playStudio(): Promise<PlayedStudio> {
  const readers = new Set<ServerResponse>();
  let sequence = 0;
  const send = (reader: ServerResponse, event: string, data: unknown) => {
    sequence += 1;
    reader.write(`id: 000000000000000000.film.${sequence}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const cards = Array.from({ length: CARDS }, (_, index) => cardOf(index));
  const answers: Readonly<Record<string, unknown>> = {
    '/api/about': { version: '0.0.0', engine: 'sandbox', usdPerUnit: 0.14, paused: false, limits: { scriptBytes: 1, soundBytes: 1, pictureBytes: 1, projectBytes: 1 }, passwordNeeded: false },
    '/api/projects/film/forecast': { engine: 'sandbox', toMake: [], estimateUnits: 0, ready: 0, underWay: CARDS, givenUp: [], dropped: 0, spentUnits: 0, capReaches: 'all', mostUnits: 0 },
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/api/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      send(response, 'snapshot', { projects: [SUMMARY], jobs: [], paused: false, project: SUMMARY, cards });
      readers.add(response);
      response.on('close', () => readers.delete(response));
    } else if (pathname.startsWith('/api/')) {
      const answer = answers[pathname];
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { code: 'NOT_THERE', message: 'Not here.' }));
    } else {
      const file = extname(pathname) === '' ? '/index.html' : pathname;
      readFile(join(pageFolder, file)).then(
        (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes),
        () => response.writeHead(404).end(),
      );
    }
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async flood(page) {
      await page.evaluate(`document.querySelector('[data-card]').closest('.overflow-y-auto').scrollTo(0, 0)`);
      await page.locator('[data-card="shot-0"]').waitFor();
      await page.evaluate(WATCH_CARD);
      const sentAt = new Map<string, number>();
      const everyMs = 1000 / EVENTS_A_SECOND;
      const startedAt = performance.now();
      for (let event = 0; event < EVENTS_A_SECOND * EVENTS_FOR_S; event += 1) {
        const waitMs = startedAt + event * everyMs - performance.now();
        if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
        const isMarked = event % 20 === 0;
        const words = `mark ${event}.`;
        const card = isMarked ? { ...cardOf(0), words } : { ...cardOf((event * 37) % CARDS), timeLeftMs: 60_000 - event };
        if (isMarked) sentAt.set(words, Date.now());
        for (const reader of readers) send(reader, 'card', { projectId: 'film', card });
      }
      const last = [...sentAt.keys()].at(-1) ?? '';
      await page.waitForFunction(`window.painted[${JSON.stringify(last)}] !== undefined`);
      const painted = await page.evaluate<Record<string, number>>('window.painted');
      return [...sentAt].flatMap(([words, at]) => (painted[words] === undefined ? [] : [painted[words] - at]));
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((closed) => {
        server.close(() => closed());
      });
    },
  };
}

const SUMMARY: ProjectSummary = { projectId: 'film', title: 'Five thousand', name: 'five', engine: 'sandbox', shots: CARDS, ready: 0, failed: 0, underWay: CARDS, notMade: 0, screenS: CARDS * 5, spentUnits: 0, atWork: true, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' };

function cardOf(index: number): ShotCard {
  return {
    shotId: `shot-${index}`,
    name: `S01_SH${String(index + 1).padStart(4, '0')}`,
    index: index + 1,
    sceneNumber: 1,
    words: `A heron lifts off from the reeds beside puddle ${index + 1} while rain falls on the water.`,
    status: 'polling',
    stage: 'processing',
    take: 1,
    timeLeftMs: 60_000,
    readyTakes: 0,
    takes: 1,
    takesWanted: 1,
    onScreenS: 5,
    estimateUnits: 1.5,
    billedUnits: 0,
    atWork: true,
    continues: false,
    pictureUrl: '/icon.svg',
  };
}
