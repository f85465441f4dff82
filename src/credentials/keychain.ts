import { messageOf } from '../lib/errors.ts';

/** Why a keychain did not do it. `unavailable`: this machine has none for us. `locked`: it has one, and it would not open. */
export type KeychainRefusal = { state: 'unavailable' | 'locked'; why: string };

/** The operating system's store for secrets, holding one text for us. Nothing here throws. */
export interface Keychain {
  read(): Promise<{ state: 'present'; secret: string } | { state: 'absent' } | KeychainRefusal>;
  write(secret: string): Promise<{ state: 'stored' } | KeychainRefusal>;
  remove(): Promise<{ state: 'removed' | 'absent' } | KeychainRefusal>;
}

/** A keychain that is switched off, or that a machine does not have. */
export function noKeychain(why: string): Keychain {
  const refuse = async (): Promise<KeychainRefusal> => ({ state: 'unavailable', why });
  return { read: refuse, write: refuse, remove: refuse };
}

/** The few calls of `@napi-rs/keyring` that are used. */
interface Entry {
  getPassword(): Promise<string | null | undefined>;
  setPassword(secret: string): Promise<void>;
  deleteCredential(): Promise<boolean>;
}

const SERVICE = 'DirectorStudio';
const USER = 'kling';
const LONGEST_ANSWER_MS = 60_000;

/**
 * macOS Keychain, Windows Credential Manager, or the Secret Service of a Linux desktop, through the optional `@napi-rs/keyring`,
 * which is loaded on first use. It may ask the user to unlock; after a minute without an answer it counts as locked.
 */
export function systemKeychain(openEntry: () => Promise<Entry> = openSystemEntry, platform: NodeJS.Platform = process.platform): Keychain {
  async function attempt<T>(work: (entry: Entry) => Promise<T>): Promise<{ state: 'done'; value: T } | KeychainRefusal> {
    let entry: Entry;
    try {
      entry = await openEntry();
    } catch (error) {
      return refusalOf(error, platform);
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<KeychainRefusal>((resolve) => {
      timer = setTimeout(() => resolve({ state: 'locked', why: `it did not answer within ${LONGEST_ANSWER_MS / 1000} s` }), LONGEST_ANSWER_MS);
    });
    const done = work(entry).then(
      (value) => ({ state: 'done' as const, value }),
      (error: unknown) => refusalOf(error, platform),
    );
    try {
      return await Promise.race([done, late]);
    } finally {
      clearTimeout(timer);
    }
  }
  return {
    async read() {
      const answer = await attempt((entry) => entry.getPassword());
      if (answer.state !== 'done') return answer;
      return typeof answer.value === 'string' ? { state: 'present', secret: answer.value } : { state: 'absent' };
    },
    async write(secret) {
      const answer = await attempt(async (entry) => {
        await entry.setPassword(secret);
        return (await entry.getPassword()) === secret;
      });
      if (answer.state !== 'done') return answer;
      return answer.value ? { state: 'stored' } : { state: 'unavailable', why: 'it did not give back what was stored' };
    },
    async remove() {
      const answer = await attempt((entry) => entry.deleteCredential());
      if (answer.state !== 'done') return answer;
      return { state: answer.value ? 'removed' : 'absent' };
    },
  };
}

async function openSystemEntry(): Promise<Entry> {
  const { AsyncEntry } = await import('@napi-rs/keyring');
  // On Linux never the kernel's keyring, which the library falls back to: it forgets its keys when the machine restarts.
  return new AsyncEntry(SERVICE, USER, { linux: { store: 'secret-service' } });
}

const LOCKED = /is ?locked|locked collection|unlock|prompt (?:was )?dismissed|interaction is not allowed|user cancell?ed|passphrase/i;

/**
 * The library has one error class, so its text decides. A Mac or Windows always has a store, so what fails there is one that would not open,
 * and going on without it could mean another account; a headless Linux mostly has none.
 */
function refusalOf(error: unknown, platform: NodeJS.Platform): KeychainRefusal {
  const why = messageOf(error).split('\n')[0] ?? '';
  const notInstalled = /cannot find (?:module|package|native binding)/i.test(messageOf(error));
  const alwaysThere = platform === 'darwin' || platform === 'win32';
  return { state: LOCKED.test(why) || (alwaysThere && !notInstalled) ? 'locked' : 'unavailable', why };
}
