import { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { createStudio } from '../../src/studio.ts';
import { FAST, planChain, planFilm } from './lab.ts';

/**
 * A process that makes a film and can be told where to die. Said to it as JSON in its first argument; it says "ready" and
 * waits for a line, then works, and its last line is what came of it.
 */
export interface FilmProcessOrder {
  home: string;
  env: Record<string, string>;
  name: string;
  paragraphs: string[];
  /** Every shot but the first continues the one before it. */
  chain?: true;
  outputPath: string;
  /** Where to die, as by kill -9 or a power cut. */
  dieAt?: DeathPoint | GrabPoint;
}

/** Moments around every outside call and commit. */
export const DEATH_POINTS = [
  'before the first POST',
  'after Kling took the second POST and before its answer is read',
  'after the answer was written down',
  'at the first poll',
  'in the middle of a download',
  'after the first clip is in the cache and before that is written down',
  'in the middle of the cut',
] as const;

/** Moments between a shot's clip and the shot that starts from its last frame. */
export const GRAB_POINTS = [
  'before the last frame is written',
  'with half of the last frame written',
  'with the last frame written and not in its place',
  'with the last frame in its place and the next shot not sent',
  'after Kling took the next shot and before its answer is read',
] as const;

export type GrabPoint = (typeof GRAB_POINTS)[number];

export type DeathPoint = (typeof DEATH_POINTS)[number];

export interface FilmProcessResult {
  completed: number;
  failed: number;
  waiting: number;
  generated: number;
  cached: number;
  frameCount: number;
}

if (process.argv[1]?.endsWith('film-process.ts') === true) {
  const order = JSON.parse(process.argv[2] ?? '') as FilmProcessOrder;
  const at = (point: DeathPoint | GrabPoint) => {
    if (order.dieAt === point) process.kill(process.pid, 'SIGKILL');
  };
  if (order.chain) dieAtFrames(order.home, at);
  let posts = 0;
  const mortalFetch: typeof fetch = async (input, init) => {
    const isPost = init?.method === 'POST';
    if (isPost) at('before the first POST');
    const response = await fetch(input, init);
    if (isPost && (posts += 1) === 2) at('after Kling took the second POST and before its answer is read');
    const path = new URL(input instanceof Request ? input.url : input).pathname;
    if (isPost && path.endsWith('/image2video')) at('after Kling took the next shot and before its answer is read');
    if (posts > 0 && path === '/tasks') at('at the first poll');
    return response;
  };
  const studio = await createStudio({ home: order.home, env: order.env, timings: FAST, fetch: mortalFetch });
  const add = studio.cache.add.bind(studio.cache);
  studio.cache.add = async (...clip) => {
    const added = await add(...clip);
    at('after the first clip is in the cache and before that is written down');
    return added;
  };
  const orchestrator = await studio.orchestrator('kling');
  orchestrator.on((event) => {
    if (event.type !== 'clip') return;
    if (event.stage === 'submitted') at('after the answer was written down');
    if (event.stage === 'downloading' && event.fraction !== undefined) at('in the middle of a download');
  });
  process.stdout.write('ready\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const { project } = await (order.chain ? planChain : planFilm)(studio, order.paragraphs, { name: order.name });
  const { summary } = await orchestrator.generateAll({ projectId: project.id });
  const film = await studio.film({
    projectId: project.id,
    engine: 'kling',
    outputPath: order.outputPath,
    partial: false,
    onProgress: (done) => {
      if (done > 0.4) at('in the middle of the cut');
    },
  });
  const { completed, failed, waiting, generated, cached } = summary;
  process.stdout.write(`${JSON.stringify({ completed, failed, waiting, generated, cached, frameCount: film.frameCount } satisfies FilmProcessResult)}\n`);
  await studio.close();
  process.stdin.destroy();
}

/** Puts moments into the writing of start frames, which goes straight to the disk. */
function dieAtFrames(home: string, at: (point: GrabPoint) => void): void {
  const { open, rename } = promises;
  const frames = join(home, 'frames');
  promises.open = async (...given: Parameters<typeof open>) => {
    const isFrame = String(given[0]).startsWith(frames) && given[1] === 'wx';
    if (isFrame) at('before the last frame is written');
    const handle = await open(...given);
    if (!isFrame) return handle;
    const writeFile = handle.writeFile.bind(handle);
    handle.writeFile = async (content, ...more) => {
      const bytes = content as Uint8Array;
      await writeFile(bytes.subarray(0, bytes.length / 2), ...more);
      await handle.sync();
      at('with half of the last frame written');
      await writeFile(bytes.subarray(bytes.length / 2), ...more);
    };
    return handle;
  };
  promises.rename = async (from, to) => {
    const isFrame = String(to).startsWith(frames);
    if (isFrame) at('with the last frame written and not in its place');
    await rename(from, to);
    if (isFrame) at('with the last frame in its place and the next shot not sent');
  };
  // Modules that took these by name see them too.
  syncBuiltinESMExports();
}
