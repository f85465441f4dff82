import { request } from 'node:http';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventLog } from './event-log.ts';
import { resumePoint } from './event-stream.ts';
import { openServerLab, plannedFilm, wordsOf, type Ask, type ServerLab } from './server-under-test.ts';

let lab: ServerLab;
beforeEach(async () => {
  lab = await openServerLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const port = () => new URL(lab.server.url).port;
const refused = async (method: string, path: string, options: Ask) => {
  const reply = await lab.ask(method, path, options);
  return [reply.status, (reply.json() as { code: string }).code];
};
const film = { title: 'Reeds', script: { fileName: 'story.txt', text: wordsOf(1) } };

describe('DNS rebinding', () => {
  it('is refused: only names that mean this machine are answered', async () => {
    for (const host of ['evil.example', `evil.example:${port()}`, 'localhost.evil.example', '127.0.0.1.evil.example', `127.0.0.1:1`, 'localhost', '0x7f.1', '[::1]evil']) {
      expect(await refused('GET', '/api/projects', { headers: { host } }), host).toEqual([421, 'HOST_REFUSED']);
    }
    for (const host of [`localhost:${port()}`, `127.0.0.1:${port()}`, `[::1]:${port()}`]) expect((await lab.ask('GET', '/api/projects', { headers: { host } })).status, host).toBe(200);
  });

  it('does not get at the page or the clips either', async () => {
    expect(await refused('GET', '/', { headers: { host: 'evil.example' } })).toEqual([421, 'HOST_REFUSED']);
    expect(await refused('GET', '/api/events', { headers: { host: 'evil.example' } })).toEqual([421, 'HOST_REFUSED']);
  });
});

describe('another site', () => {
  it('can post nothing, whatever it calls it', async () => {
    const { projectId } = await plannedFilm(lab, 1);
    const own = `http://127.0.0.1:${port()}`;
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:1`, `http://evil.example:${port()}`, `${own}.evil.example`]) {
      expect(await refused('POST', '/api/projects', { headers: { origin }, body: film }), origin).toEqual([403, 'ORIGIN_REFUSED']);
      expect(await refused('DELETE', `/api/projects/${projectId}`, { headers: { origin } }), origin).toEqual([403, 'ORIGIN_REFUSED']);
    }
    for (const site of ['cross-site', 'same-site']) expect(await refused('POST', `/api/projects/${projectId}/generate`, { headers: { 'sec-fetch-site': site }, body: {} })).toEqual([403, 'ORIGIN_REFUSED']);
    expect((await lab.ask('POST', '/api/projects', { headers: { origin: own, 'sec-fetch-site': 'same-origin' }, body: film })).status).toBe(201);
  });

  it('cannot send a form or text: only what a script of the page sends is read', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      expect(await refused('POST', '/api/projects', { headers: { 'content-type': type }, body: film }), type).toEqual([415, 'CONTENT_TYPE_WRONG']);
    }
  });

  it('cannot read, embed or frame anything', async () => {
    expect(await refused('GET', '/api/projects', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' } })).toEqual([403, 'ORIGIN_REFUSED']);
    const link = await lab.ask('GET', '/', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } });
    expect(link.status).toBe(200);
    expect(link.headers).toMatchObject({ 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' });
    expect(link.headers['access-control-allow-origin']).toBeUndefined();
    const preflight = await lab.ask('OPTIONS', '/api/projects', { headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } });
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  });
});

describe('script in a text', () => {
  const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(1)>';

  it('stays text in every field, and no answer that holds it is a page', async () => {
    const made = await lab.ask('POST', '/api/projects', { body: { title: SCRIPT, script: { fileName: `${SCRIPT}.txt`, text: `${SCRIPT} A heron lifts off.` } } });
    expect(made.status, made.bytes.toString()).toBe(201);
    const { project } = made.json() as { project: { projectId: string } };
    const paths = ['/api/projects', `/api/projects/${project.projectId}`, `/api/projects/${project.projectId}/shots`, `/api/projects/${project.projectId}/board`, `/api/projects/${project.projectId}/script`, `/api/projects/${project.projectId}/cut`, `/api/projects/${project.projectId}/export`, `/api/projects/${encodeURIComponent(SCRIPT)}`, `/${encodeURIComponent(SCRIPT)}`, `/api/${encodeURIComponent(SCRIPT)}`];
    for (const path of paths) {
      const { headers, bytes } = await lab.ask('GET', path);
      if ((headers['content-type'] ?? '').startsWith('text/html')) expect(bytes.toString(), path).not.toContain(SCRIPT);
      else expect(headers['content-type'], path).toMatch(/^application\/json/);
      expect(headers['x-content-type-options'], path).toBe('nosniff');
    }
  });

  it('would not run: the policy lets no script run that is not a file of the page', async () => {
    const policy = String((await lab.ask('GET', '/')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:[^;]*script/);
    const [first, second] = [await lab.ask('GET', '/'), await lab.ask('GET', '/any/page')];
    const nonceOf = ({ bytes }: typeof first) => /content="([^"]+)"/.exec(bytes.toString())?.[1];
    expect(nonceOf(first)).not.toBe(nonceOf(second));
    expect(first.headers['content-security-policy']).toContain(`'nonce-${nonceOf(first)}'`);
  });
});

describe('a path that leads out', () => {
  it('leads nowhere', async () => {
    await lab.write('secret.txt', 'secret');
    const paths = ['/../secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '/assets/%2e%2e/%2e%2e/secret.txt', '/assets/..\\..\\secret.txt', '/%00', '//etc/passwd', '/api/frames/../../secret.txt', '/api/frames/..%2f..%2fsecret', '/api/takes/..%2f..%2f/clip', '/api/projects/..%2f..%2f/film', '/api/projects/%2e%2e/export'];
    for (const path of paths) {
      const { status, bytes, headers } = await lab.ask('GET', path);
      expect(bytes.toString(), path).not.toContain('secret');
      expect(bytes.toString(), path).not.toContain('root:');
      expect(status === 200 ? headers['content-type'] : 'refused', path).toMatch(/^(?:refused|text\/html)/);
    }
  });

  it('is no way in for a script either: neither its name nor the pictures it names', async () => {
    const escaped = await lab.ask('POST', '/api/projects', { body: { title: 'Out', script: { fileName: '../../../out.txt', text: wordsOf(1) } } });
    expect(escaped.status).toBe(201);
    expect(await readdir(lab.folder)).not.toContain('out.txt');
    expect((await readdir(join(lab.home, 'scripts'), { recursive: true })).some((name) => name.endsWith('out.txt'))).toBe(true);
    for (const startFrame of ['/etc/hostname', '../../../secret.png', 'C:\\secret.png', '//server/share.png']) {
      const script = { fileName: 'list.json', text: JSON.stringify([{ prompt: 'A heron lifts off from the reeds.', startFrame }]) };
      expect(await refused('POST', '/api/projects', { body: { title: `With ${startFrame}`.replaceAll('\\', '-'), script } }), startFrame).toEqual([422, 'SCRIPT_NAMES_FILES']);
      expect(await refused('POST', '/api/plan', { body: { script } }), startFrame).toEqual([422, 'SCRIPT_NAMES_FILES']);
    }
    const paths = { format: 'directorstudio-project', version: 1, archive: { project: { id: '../../x', name: 'x', engine: 'sandbox', filmSettings: {}, castAndLook: { cast: [], look: {} }, createdAtMs: 0 }, scenes: [], shots: [], takes: [] } };
    expect(await refused('POST', '/api/projects/import', { bytes: Buffer.from(JSON.stringify(paths)) })).toEqual([422, 'PROJECT_FILE_INVALID']);
  });

  it("does not open the files of a film's owner for writing", async () => {
    const { projectId } = await plannedFilm(lab, 1);
    expect(await refused('PUT', `/api/projects/${projectId}/script`, { body: { script: { fileName: 'story.txt', text: 'Gone.' } } })).toEqual([409, 'SCRIPT_OUTSIDE']);
  });
});

describe('an upload that is too large', () => {
  it('is refused by what it says of itself, before it is read', async () => {
    const reply = await new Promise<number>((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port: port(), method: 'POST', path: '/api/projects/import', headers: { 'content-type': 'application/octet-stream', 'content-length': String(1e12) } }, (response) => resolve(response.statusCode ?? 0));
      call.on('error', reject);
      call.write('x');
    });
    expect(reply).toBe(413);
  });

  it('is refused as soon as it is too much, when it says nothing', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port: port(), method: 'POST', path: '/api/pause', headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' } }, (response) => {
        resolve(response.statusCode ?? 0);
        call.destroy();
      });
      call.on('error', reject);
      call.write(Buffer.alloc(64 * 1024));
    });
    expect(status).toBe(413);
  });

  it('and a field that is too long, is refused whole', async () => {
    expect(await refused('POST', '/api/projects', { body: { ...film, title: 'x'.repeat(201) } })).toEqual([400, 'REQUEST_INVALID']);
    expect(await refused('POST', '/api/projects', { body: { ...film, unknown: 1 } })).toEqual([400, 'REQUEST_INVALID']);
    expect(await refused('POST', '/api/projects', { bytes: Buffer.from('{') , headers: { 'content-type': 'application/json' } })).toEqual([400, 'REQUEST_NOT_JSON']);
  });
});

describe('a forged event id', () => {
  it('is refused over the wire when no server of ours ever sent it', async () => {
    for (const id of ['1', '-1', '../../etc', `${'0'.repeat(18)}.*.${'9'.repeat(16)}`, '<script>']) {
      expect((await lab.listen('', { 'last-event-id': id })).status, id).toBe(400);
    }
  });

  it('gets a snapshot and nothing else: of another start, of another film, from the future', async () => {
    const { projectId } = await plannedFilm(lab, 1);
    const first = await lab.listen(`?projectId=${projectId}`);
    await first.find('snapshot');
    const [start = '', , number = ''] = first.heard[0]?.id?.split('.') ?? [];
    for (const id of [`${'0'.repeat(18)}.${projectId}.${number}`, `${start}.*.${number}`, `${start}.${projectId}.999999`]) {
      const reader = await lab.listen(`?projectId=${projectId}`, { 'last-event-id': id });
      await reader.find('snapshot');
      expect(reader.heard[0]?.name, id).toBe('snapshot');
    }
  });

  it('never lets anything be heard twice or be skipped, whatever its number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), fc.integer({ min: -5, max: 13_000 }), (said, from) => {
        const log = new EventLog();
        for (let number = 0; number < said; number += 1) log.publish('paused', { paused: true });
        const missed = from < 0 ? undefined : resumePoint(log, { watched: undefined, lastEventId: `${log.start}.*.${from}` });
        if (missed === undefined) return;
        expect(missed.map(({ sequence }) => sequence)).toEqual(Array.from({ length: said - from }, (_, index) => from + index + 1));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a password', () => {
  it('is demanded for listening beyond this machine', async () => {
    const { startStudioServer } = await import('./index.ts');
    await expect(startStudioServer({ studio: lab.studio, port: 0, host: '0.0.0.0', env: {}, version: '0', pageFolder: lab.folder, examplesFolder: lab.folder, onBug: () => {} })).rejects.toMatchObject({ code: 'PASSWORD_NEEDED' });
  });

  it('opens everything with its cookie or token, and without it nothing but the page', async () => {
    await using wide = await openServerLab({ host: '0.0.0.0', password: 'reeds and herons' });
    expect((await wide.ask('GET', '/')).status).toBe(200);
    expect((await wide.ask('GET', '/api/projects')).status).toBe(401);
    expect((await wide.ask('GET', '/api/events')).status).toBe(401);
    expect((await wide.ask('POST', '/api/login', { body: { password: 'wrong' } })).status).toBe(403);
    const login = await wide.ask('POST', '/api/login', { body: { password: 'reeds and herons' } });
    const [cookie = ''] = login.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    const [session = ''] = cookie.split(';');
    expect((await wide.ask('GET', '/api/projects', { headers: { cookie: session } })).status).toBe(200);
    expect((await wide.ask('GET', '/api/projects', { headers: { authorization: 'Bearer reeds and herons' } })).status).toBe(200);
    await wide.ask('POST', '/api/logout', { headers: { cookie: session } });
    expect((await wide.ask('GET', '/api/projects', { headers: { cookie: session } })).status).toBe(401);
  });

  it('cannot be guessed by trying', async () => {
    await using wide = await openServerLab({ host: '0.0.0.0', password: 'reeds and herons' });
    for (let guess = 0; guess < 10; guess += 1) await wide.ask('POST', '/api/login', { body: { password: `guess ${guess}` } });
    expect((await wide.ask('POST', '/api/login', { body: { password: 'reeds and herons' } })).status).toBe(429);
  });
});

describe('a key', () => {
  it('goes in and never comes out again', async () => {
    const apiKey = 'sk-heron-0123456789abcdef';
    const saved = await lab.ask('PUT', '/api/keys', { body: { apiKey, where: 'file' } });
    expect(saved.status, saved.bytes.toString()).toBe(200);
    const answers = [saved];
    for (const path of ['/api/about', '/api/keys', '/api/preferences', '/api/diagnostics', '/api/projects']) answers.push(await lab.ask('GET', path));
    answers.push(await lab.ask('PUT', '/api/keys', { body: { apiKey: `${apiKey} ${apiKey}` } }), await lab.ask('PUT', '/api/keys', { body: { apiKey, secret: apiKey } }));
    for (const { bytes } of answers) expect(bytes.toString()).not.toContain(apiKey);
    expect(((await lab.ask('GET', '/api/about')).json() as { engine: string }).engine).toBe('kling');
    expect((await lab.ask('DELETE', '/api/keys')).json()).toEqual({ removed: ['file'] });
    expect(((await lab.ask('GET', '/api/about')).json() as { engine: string }).engine).toBe('sandbox');
  });
});
