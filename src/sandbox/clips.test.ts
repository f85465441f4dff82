import { request as httpRequest } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRange } from '../lib/byte-range.ts';
import { probeVideo } from '../media/index.ts';
import { TURBO, create, makeFolder, pngBase64, query, request, sandboxUnderTest, type TaskData } from './sandbox-under-test.ts';
import type { Sandbox } from './sandbox.ts';

const DAY_MS = 24 * 3600 * 1000;

async function clipUrlOf(sandbox: Sandbox, body: object = TURBO, product = 'text2video'): Promise<string> {
  const { data } = (await create(sandbox, body, product)).body ?? {};
  await sandbox.idle();
  return (await query(sandbox, (data as TaskData).task_id, product)).task_result?.videos[0]?.url ?? 'no url';
}

async function probe(url: string) {
  await using folder = await makeFolder();
  const path = join(folder.path, 'clip.mp4');
  await writeFile(path, new Uint8Array(await (await fetch(url)).arrayBuffer()));
  return await probeVideo(path);
}

describe('a clip', () => {
  it('opens by its URL alone, whole, and is a film of 121 frames', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity });
    const url = await clipUrlOf(under.sandbox);
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect((await response.arrayBuffer()).byteLength).toBe(Number(response.headers.get('content-length')));
    expect(await probe(url)).toMatchObject({ frameCount: 121, frameRate: 24 });
  });

  it('differs from take to take and is padded as asked', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity, clipSizeBytes: 300_000 });
    const takes = await Promise.all([1, 2].map(async (take) => clipUrlOf(under.sandbox, { ...TURBO, external_task_id: `take-${take}` })));
    const [first, second] = await Promise.all(takes.map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())));
    expect([first?.length, second?.length]).toEqual([300_000, 300_000]);
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(false);
  });

  it('records a key that came where none belongs', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity });
    const { sandbox } = under;
    const url = await clipUrlOf(sandbox);
    await fetch(url);
    await fetch(url, { headers: { authorization: `Bearer ${sandbox.apiKey}` } });
    const downloads = sandbox.requests().filter(({ path }) => path.startsWith('/clips/'));
    expect(downloads.map((entry) => entry.carriedAuthorization)).toEqual([false, true]);
    expect(JSON.stringify(sandbox.requests())).not.toContain(sandbox.apiKey);
    expect(JSON.stringify(sandbox.requests())).not.toContain('Signature');
  });

  it('is open for 30 days from its end and never again', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity });
    const url = await clipUrlOf(under.sandbox);
    under.clock.pass(30 * DAY_MS - 2000);
    expect((await fetch(url)).status).toBe(200);
    const [task] = under.sandbox.tasks();
    const again = await query(under.sandbox, task?.taskId ?? '');
    under.clock.pass(2000);
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(again.task_result?.videos[0]?.url ?? '')).status).toBe(403);
  });

  it('with short-lived URLs opens by a fresh one', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity, urlLifetimeMs: 60_000 });
    const stale = await clipUrlOf(under.sandbox, { ...TURBO, external_task_id: 'e' });
    under.clock.pass(61_000);
    expect((await fetch(stale)).status).toBe(403);
    const fresh = (await query(under.sandbox, 'e')).task_result?.videos[0]?.url ?? '';
    expect((await fetch(fresh)).status).toBe(200);
  });

  it('stays shut to a URL that was changed', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity });
    const url = await clipUrlOf(under.sandbox);
    const other = await clipUrlOf(under.sandbox);
    const otherQuery = new URL(other).search;
    const expires = Number(new URL(url).searchParams.get('Expires'));
    for (const changed of [
      url.replace(/\?.*/, ''),
      url.replace(/\?.*/, otherQuery),
      url.replace(`Expires=${expires}`, `Expires=${expires + 1}`),
      url.replace(/Signature=./, 'Signature='),
    ]) {
      expect((await fetch(changed)).status).toBe(403);
    }
    expect((await fetch(`${under.sandbox.baseUrl}/clips/..%2fsandbox.sqlite`)).status).toBe(404);
  });

  it('comes in parts, and by HEAD without its bytes', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity });
    const url = await clipUrlOf(under.sandbox);
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
    const part = async (range: string) => {
      const response = await fetch(url, { headers: { range } });
      return [response.status, response.headers.get('content-range'), Buffer.from(await response.arrayBuffer())] as const;
    };
    expect(await part('bytes=0-99')).toEqual([206, `bytes 0-99/${whole.length}`, whole.subarray(0, 100)]);
    expect(await part('bytes=1000-')).toEqual([206, `bytes 1000-${whole.length - 1}/${whole.length}`, whole.subarray(1000)]);
    expect(await part('bytes=-7')).toEqual([206, `bytes ${whole.length - 7}-${whole.length - 1}/${whole.length}`, whole.subarray(-7)]);
    expect((await part(`bytes=${whole.length}-`)).slice(0, 2)).toEqual([416, `bytes */${whole.length}`]);
    expect((await part('bytes=0-1,5-6'))[2]).toEqual(whole);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(whole.length), '']);
  });

  it('never reads outside the file, whatever range is asked for', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.option(fc.nat(6000)), fc.option(fc.nat(6000)), (sizeBytes, from, to) => {
        const range = readRange(`bytes=${from ?? ''}-${to ?? ''}`, sizeBytes);
        if (typeof range !== 'object') return;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.first).toBeLessThanOrEqual(range.last);
        expect(range.last).toBeLessThan(sizeBytes);
      }),
    );
  });
});

describe('a rendered clip', () => {
  it('has the size, rate and length of its model, and follows the shape of its picture', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity, clips: 'rendered' });
    const [fromText, fromPicture] = await Promise.all([
      clipUrlOf(under.sandbox, { prompt: 'x', model_name: 'kling-v3', duration: '3', aspect_ratio: '1:1', sound: 'on' }),
      clipUrlOf(under.sandbox, { prompt: 'x', model_name: 'kling-v3', duration: '3', image: pngBase64(300, 600) }, 'image2video'),
    ]);
    expect(await probe(fromText)).toMatchObject({ width: 960, height: 960, frameRate: 24, frameCount: 73, audio: { channels: 2 } });
    const upright = await probe(fromPicture);
    expect(upright).toMatchObject({ width: 678, height: 1358, frameCount: 73 });
    expect(upright.audio).toBeUndefined();
  }, 120_000);
});

describe('GET /sandbox/tasks', () => {
  it('shows every task and its charge to this machine, without a key', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity, balanceUnits: 10 });
    await clipUrlOf(under.sandbox);
    const shown = await (await fetch(`${under.sandbox.baseUrl}/sandbox/tasks`)).json();
    const task = { status: 'succeed', model: 'kling-v2-5-turbo', priceUnits: 1.5, chargedUnits: 1.5 };
    expect(shown).toMatchObject({ balanceUnits: 8.5, slots: 5, tasks: [task] });
  });

  it('does not exist for a page that points its own name here', async () => {
    await using under = await sandboxUnderTest();
    const { port } = new URL(under.sandbox.baseUrl);
    const status = await new Promise((resolve, reject) => {
      const call = httpRequest({ host: '127.0.0.1', port, path: '/sandbox/tasks', headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on('error', reject).end();
    });
    expect(status).toBe(404);
    expect((await request(under.sandbox, '/sandbox/tasks')).status).toBe(200);
  });
});
