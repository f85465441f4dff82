import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { findCredentials, keychainFor } from './find-credentials.ts';
import { noKeychain, systemKeychain } from './keychain.ts';
import type { Keychain } from './keychain.ts';
import { listCredentials, removeCredentials, saveCredentials } from './manage-credentials.ts';
import { maskSecret } from './mask-secret.ts';

const API_KEY = 'api-key-kling-0123456789abcdefghijklmnopqrstuvwxyz0123c3f1';
const OTHER_KEY = 'api-key-kling-zyxwvutsrqponmlkjihgfedcba9876543210zyxw9999';
const PAIR = { accessKey: 'AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH', secretKey: 'hhhhggggffffeeeeddddccccbbbbaaaa' };
const none = noKeychain('none in this test');

let root: string;
let home: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'credentials-'));
  home = join(root, 'home');
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(root, { recursive: true, force: true });
});

/** A keychain in memory, which counts how often it is opened. */
function memoryKeychain(secret?: string): Keychain & { secret: string | undefined; opened: number } {
  const keychain = {
    secret,
    opened: 0,
    read: async () => {
      keychain.opened += 1;
      return keychain.secret === undefined ? { state: 'absent' as const } : { state: 'present' as const, secret: keychain.secret };
    },
    write: async (text: string) => {
      keychain.secret = text;
      return { state: 'stored' as const };
    },
    remove: async () => {
      const state = keychain.secret === undefined ? ('absent' as const) : ('removed' as const);
      keychain.secret = undefined;
      return { state };
    },
  };
  return keychain;
}
const refuse = async () => ({ state: 'locked' as const, why: 'prompt dismissed' });
const locked: Keychain = { read: refuse, write: refuse, remove: refuse };

async function refusal(work: Promise<unknown>): Promise<StudioError> {
  const error = await work.then(
    () => new Error('was not refused'),
    (thrown: unknown) => thrown,
  );
  if (!StudioError.is(error)) throw error;
  return error;
}

describe('where keys are found', () => {
  it('takes the environment before the keychain before the file, and opens no place it does not need', async () => {
    const keychain = memoryKeychain();
    await saveCredentials({ apiKey: OTHER_KEY }, { home, keychain: none });
    expect(await findCredentials({ env: {}, home, keychain })).toEqual({ found: { credentials: { apiKey: OTHER_KEY }, source: 'file' } });
    keychain.secret = `{"version":1,"kling":${JSON.stringify(PAIR)}}`;
    expect(await findCredentials({ env: {}, home, keychain })).toEqual({ found: { credentials: PAIR, source: 'keychain' } });
    const opened = keychain.opened;
    await chmod(join(home, 'keys.json'), 0o644); // would be refused if it were read
    expect(await findCredentials({ env: { KLING_API_KEY: API_KEY }, home, keychain })).toEqual({ found: { credentials: { apiKey: API_KEY }, source: 'environment' } });
    expect(keychain.opened).toBe(opened);
  });

  it('finds nothing on a fresh machine, and makes nothing', async () => {
    expect(await findCredentials({ env: { PATH: '/bin', KLING_API_KEY: '' }, home, keychain: memoryKeychain() })).toEqual({});
    expect(await readdir(root)).toEqual([]);
  });

  it('prefers the API key to the pair, takes a pair, and takes off the line end of a pasted key', async () => {
    const found = async (env: Record<string, string>) => (await findCredentials({ env, home, keychain: none })).found;
    const pair = { KLING_ACCESS_KEY: PAIR.accessKey, KLING_SECRET_KEY: `${PAIR.secretKey}\n` };
    expect(await found(pair)).toEqual({ credentials: PAIR, source: 'environment' });
    expect(await found({ ...pair, KLING_API_KEY: ` ${API_KEY}\n` })).toEqual({ credentials: { apiKey: API_KEY }, source: 'environment' });
  });

  it('uses the base URL of the environment, else the one stored with the key', async () => {
    await saveCredentials({ apiKey: API_KEY }, { home, keychain: none, baseUrl: 'https://api-beijing.klingai.com/' });
    const urlFor = async (env: Record<string, string>) => (await findCredentials({ env, home, keychain: none })).found?.baseUrl;
    expect(await urlFor({})).toBe('https://api-beijing.klingai.com');
    expect(await urlFor({ KLING_BASE_URL: 'http://127.0.0.1:8787/kling//' })).toBe('http://127.0.0.1:8787/kling');
  });
});

describe('what is refused before anything is done', () => {
  const inEnvironment = (env: Record<string, string>) => refusal(findCredentials({ env, home, keychain: none }));

  it.each([
    ['KLING_ACCESS_KEY', 'KLING_SECRET_KEY'],
    ['KLING_SECRET_KEY', 'KLING_ACCESS_KEY'],
  ])('half a pair: %s without %s', async (there, missing) => {
    expect(await inEnvironment({ [there]: PAIR.accessKey, [missing]: '' })).toMatchObject({ code: 'KEY_PAIR_HALF', message: `${there} is set but ${missing} is not; the two only work together.` });
    expect((await inEnvironment({ [there]: PAIR.accessKey, KLING_API_KEY: API_KEY })).code).toBe('KEY_PAIR_HALF');
  });

  it.each([
    ['KLING_APIKEY', 'KLING_API_KEY'],
    ['KLING_SECRET', 'KLING_SECRET_KEY'],
    ['KLING_BASEURL', 'KLING_BASE_URL'],
    ['kling_api_key', 'KLING_API_KEY'],
  ])('the unknown name %s, with the one that was meant', async (name, meant) => {
    expect(await inEnvironment({ [name]: API_KEY })).toMatchObject({ code: 'ENV_UNKNOWN_NAME', message: expect.stringMatching(new RegExp(`${name}.*did you mean ${meant}\\?`)) as string });
    expect(await findCredentials({ env: { [name]: '' }, home, keychain: none })).toEqual({});
  });

  it.each(['ftp://a.example', 'http://api.example.com', 'api.example.com', 'https://user:pa55@a.example', 'https://a.example/?key=1', 'http://127.0.0.1.evil.example', 'http://localhost.evil.example', 'http://127.0.0.1:6000', 'https://a.example:25', ''.padEnd(3)])(
    'the base URL %j',
    async (url) => {
      const error = await inEnvironment({ KLING_API_KEY: API_KEY, KLING_BASE_URL: url });
      expect(error.code).toBe('BASE_URL_INVALID');
      expect(error.message).not.toContain('pa55');
    },
  );

  it('a base URL without a key', async () => {
    expect((await inEnvironment({ KLING_BASE_URL: 'https://api-singapore.klingai.com' })).code).toBe('BASE_URL_WITHOUT_KEY');
  });

  it.each([
    ['   ', 'is blank'],
    [`"${API_KEY}"`, 'quotation marks around'],
    [`“${API_KEY}”`, 'quotation marks around'],
    [`Bearer ${API_KEY}`, 'Bearer'],
    [`${API_KEY}\n${OTHER_KEY}`, 'several lines'],
    [`${API_KEY} ${OTHER_KEY}`, 'white space inside'],
    [`KLING_API_KEY=${API_KEY}`, 'name of a variable'],
    [`${API_KEY}•••`, 'characters that no key has'],
  ])('a key pasted wrong: %#', async (key, problem) => {
    const error = await inEnvironment({ KLING_API_KEY: key });
    expect(error).toMatchObject({ code: 'KEY_MALFORMED', message: expect.stringContaining(problem) as string });
    expect((await refusal(saveCredentials({ apiKey: key }, { home, keychain: memoryKeychain() }))).code).toBe('KEY_MALFORMED');
    expect(await readdir(root)).toEqual([]);
  });

  it('a locked keychain, unless the environment has a key or the keychain is off', async () => {
    await saveCredentials({ apiKey: OTHER_KEY }, { home, keychain: none });
    expect((await refusal(findCredentials({ env: {}, home, keychain: locked }))).code).toBe('KEYCHAIN_LOCKED');
    expect(await findCredentials({ env: { KLING_API_KEY: API_KEY }, home, keychain: locked })).toHaveProperty('found.source', 'environment');
    expect(await findCredentials({ env: { DIRECTORSTUDIO_KEYCHAIN: 'off' }, home })).toHaveProperty('found.source', 'file');
    expect((await refusal(findCredentials({ env: { DIRECTORSTUDIO_KEYCHAIN: 'no' }, home }))).code).toBe('ENV_VALUE_INVALID');
  });

  it('a keychain entry of something else', async () => {
    const error = await refusal(findCredentials({ env: {}, home, keychain: memoryKeychain(API_KEY) }));
    expect(error.code).toBe('KEYCHAIN_DAMAGED');
    expect(inspect(error, { depth: 9 })).not.toContain(API_KEY);
  });

  it('never with the key in the error', async () => {
    const key = fc.stringMatching(/^[A-Za-z0-9]{24,40}$/);
    const spoiled = fc.constantFrom((text: string) => `"${text}"`, (text: string) => `Bearer ${text}`, (text: string) => `${text} ${text}`, (text: string) => `${text}é`, (text: string) => `X=${text}`);
    const name = fc.constantFrom('KLING_API_KEY', 'KLING_ACCESS_KEY', 'KLING_SECRET_KEY', 'KLING_BASE_URL', 'KLING_TOKEN');
    await fc.assert(
      fc.asyncProperty(key, spoiled, name, async (secret, spoil, variable) => {
        const error = await inEnvironment({ [variable]: spoil(secret) });
        expect(`${inspect(error, { depth: 9 })}${JSON.stringify(error)}${error.next}${JSON.stringify(error.detail)}`).not.toContain(secret);
      }),
    );
  });
});

describe('the key file', () => {
  const path = () => join(home, 'keys.json');

  it('is for its owner alone, and so is a home made for it', async () => {
    expect(await saveCredentials({ apiKey: API_KEY }, { home, keychain: none })).toEqual({ source: 'file' });
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    expect(await readdir(home)).toEqual(['keys.json']);
  });

  it.each([0o644, 0o640, 0o620, 0o604, 0o601])('is refused with permissions %o, with the command that mends it', async (mode) => {
    await saveCredentials({ apiKey: API_KEY }, { home, keychain: none });
    await chmod(path(), mode);
    expect(await refusal(findCredentials({ env: {}, home, keychain: none }))).toMatchObject({ code: 'KEY_FILE_TOO_OPEN', next: expect.stringContaining(`chmod 600 "${path()}"`) as string });
    await chmod(path(), 0o600);
    expect(await findCredentials({ env: {}, home, keychain: none })).toHaveProperty('found.source', 'file');
  });

  it('replaces an open file by a closed one', async () => {
    await mkdir(home);
    await writeFile(path(), 'old', { mode: 0o644 });
    await saveCredentials(PAIR, { home, keychain: none });
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(await findCredentials({ env: {}, home, keychain: none })).toEqual({ found: { credentials: PAIR, source: 'file' } });
  });

  it.each(['', 'not json', API_KEY, '{"version":2}', '{"version":1,"kling":{"apiKey":" "}}', '{"version":1,"kling":{"accessKey":"a"}}'])('says that it is damaged when it holds %j', async (content) => {
    await mkdir(home);
    await writeFile(path(), content, { mode: 0o600 });
    const error = await refusal(findCredentials({ env: {}, home, keychain: none }));
    expect(error.code).toBe('KEY_FILE_DAMAGED');
    expect(inspect(error, { depth: 9 })).not.toContain(API_KEY);
  });

  it('says why it cannot be read or written', async () => {
    await mkdir(path(), { recursive: true });
    expect((await refusal(findCredentials({ env: {}, home, keychain: none }))).code).toMatch(/^KEY_FILE_(UNREADABLE|TOO_OPEN)$/);
    await symlink(join(root, 'nowhere', 'deeper'), join(root, 'broken'));
    expect((await refusal(saveCredentials({ apiKey: API_KEY }, { home: join(root, 'broken'), keychain: none }))).code).toBe('KEY_FILE_UNWRITABLE');
  });
});

describe('keeping keys', () => {
  it('uses the keychain where it works, and clears the file, so that one key is left', async () => {
    const keychain = memoryKeychain();
    await saveCredentials({ apiKey: OTHER_KEY }, { home, keychain: none });
    expect(await saveCredentials({ apiKey: API_KEY }, { home, keychain })).toEqual({ source: 'keychain' });
    expect(await readdir(home)).toEqual([]);
    expect(await saveCredentials({ apiKey: OTHER_KEY }, { home, keychain, where: 'file' })).toEqual({ source: 'file' });
    expect(keychain.secret).toBeUndefined();
    expect(await findCredentials({ env: {}, home, keychain })).toEqual({ found: { credentials: { apiKey: OTHER_KEY }, source: 'file' } });
    expect(await readFile(join(home, 'keys.json'), 'utf8')).not.toContain(API_KEY);
  });

  it('does not fall back where the place was insisted on, nor behind a locked keychain', async () => {
    expect((await refusal(saveCredentials({ apiKey: API_KEY }, { home, keychain: none, where: 'keychain' }))).code).toBe('KEYCHAIN_UNAVAILABLE');
    expect((await refusal(saveCredentials({ apiKey: API_KEY }, { home, keychain: locked }))).code).toBe('KEYCHAIN_LOCKED');
    expect((await refusal(saveCredentials({ apiKey: API_KEY }, { home, keychain: locked, where: 'file' }))).code).toBe('KEYCHAIN_LOCKED');
    expect(await readdir(root)).toEqual([]);
  });

  it('removes them everywhere, and says where', async () => {
    const keychain = memoryKeychain('something');
    await saveCredentials({ apiKey: API_KEY }, { home, keychain: none });
    expect(await removeCredentials({ home, keychain })).toEqual({ removed: ['keychain', 'file'] });
    expect(await removeCredentials({ home, keychain })).toEqual({ removed: [] });
    expect(await findCredentials({ env: {}, home, keychain })).toEqual({});
  });

  it('lists every place, unreadable for the eye, and what is wrong with a place', async () => {
    await saveCredentials(PAIR, { home, keychain: none });
    const keychain = memoryKeychain(`{"version":1,"kling":{"apiKey":"${OTHER_KEY}"}}`);
    const listed = await listCredentials({ env: { KLING_API_KEY: API_KEY }, home, keychain });
    expect(listed).toEqual([
      { source: 'environment', active: true, kind: 'api-key', masked: 'api-key-kling-…c3f1' },
      { source: 'keychain', active: false, kind: 'api-key', masked: 'api-key-kling-…9999' },
      { source: 'file', active: false, kind: 'key-pair', masked: '…HHHH' },
    ]);
    await chmod(join(home, 'keys.json'), 0o644);
    expect(await listCredentials({ env: { KLING_ACCESS_KEY: 'x' }, home, keychain: locked })).toMatchObject([
      { source: 'environment', active: false, problem: { code: 'KEY_PAIR_HALF' } },
      { source: 'keychain', active: false, problem: { code: 'KEYCHAIN_LOCKED' } },
      { source: 'file', active: false, problem: { code: 'KEY_FILE_TOO_OPEN' } },
    ]);
    for (const { source } of listed) expect(source).not.toContain('key-kling');
  });
});

describe('maskSecret', () => {
  it('shows at most the last four, and only of a long secret', () => {
    expect(maskSecret('')).toBe('…');
    expect(maskSecret('x'.repeat(19))).toBe('…');
    expect(maskSecret('api-key-kling-short')).toBe('api-key-kling-…');
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (secret) => {
        const masked = maskSecret(secret);
        const shown = masked.slice(masked.indexOf('…') + 1);
        expect(shown.length).toBeLessThanOrEqual(4);
        expect(secret.endsWith(shown)).toBe(true);
        if (secret.length < 20) expect(shown).toBe('');
      }),
    );
  });
});

describe('the system keychain', () => {
  function entry(answers: { getPassword?: () => Promise<string | null>; setPassword?: (secret: string) => Promise<void>; deleteCredential?: () => Promise<boolean> }) {
    return async () => ({ getPassword: async () => null, setPassword: async () => {}, deleteCredential: async () => false, ...answers });
  }
  const failing = (message: string) => entry({ getPassword: async () => Promise.reject(new Error(message)) });

  it.each([
    ['linux', "Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time, set your DBUS_SESSION_BUS_ADDRESS instead", 'unavailable'],
    ['linux', "Couldn't access platform storage: AccessDenied", 'unavailable'],
    ['linux', 'Platform failure: zbus error: org.freedesktop.DBus.Error.ServiceUnknown: The name org.freedesktop.secrets was not provided', 'unavailable'],
    ['linux', "Couldn't access platform storage: SS error: prompt dismissed", 'locked'],
    ['linux', 'Platform failure: org.freedesktop.Secret.Error.IsLocked: Cannot create an item in a locked collection', 'locked'],
    ['darwin', "Couldn't access platform storage: User interaction is not allowed.", 'locked'],
    ['win32', 'Platform failure: Windows error code 1312', 'locked'],
    ['darwin', "Cannot find module '@napi-rs/keyring-darwin-x64'", 'unavailable'],
  ] as const)('on %s takes %j for %s', async (platform, message, state) => {
    expect(await systemKeychain(failing(message), platform).read()).toMatchObject({ state });
    expect(await systemKeychain(async () => Promise.reject(new Error(message)), platform).write('x')).toMatchObject({ state });
  });

  it('reads, writes and removes one text', async () => {
    let kept: string | null = null;
    const keychain = systemKeychain(
      entry({
        getPassword: async () => kept,
        setPassword: async (secret) => {
          kept = secret;
        },
        deleteCredential: async () => {
          const was = kept !== null;
          kept = null;
          return was;
        },
      }),
    );
    expect(await keychain.read()).toEqual({ state: 'absent' });
    expect(await keychain.write('secret')).toEqual({ state: 'stored' });
    expect(await keychain.read()).toEqual({ state: 'present', secret: 'secret' });
    expect(await keychain.remove()).toEqual({ state: 'removed' });
    expect(await keychain.remove()).toEqual({ state: 'absent' });
  });

  it('does not trust a store that forgets', async () => {
    expect(await systemKeychain(entry({})).write('secret')).toMatchObject({ state: 'unavailable' });
  });

  it('counts as locked when nobody answers its question for a minute', async () => {
    vi.useFakeTimers();
    const answer = systemKeychain(entry({ getPassword: () => new Promise(() => {}) })).read();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await answer).toMatchObject({ state: 'locked' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is loaded for real, and says unavailable where the session bus is dead, unless it is off', async () => {
    expect(await keychainFor({ DIRECTORSTUDIO_KEYCHAIN: 'off' }).read()).toMatchObject({ state: 'unavailable' });
    if (process.platform !== 'linux') return; // elsewhere this would open the developer's own keychain
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nonexistent');
    expect(await keychainFor({}).read()).toMatchObject({ state: 'unavailable', why: expect.stringContaining('/nonexistent') as string });
    vi.unstubAllEnvs();
  });
});
