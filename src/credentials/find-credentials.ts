import { assertNever, StudioError } from '../lib/errors.ts';
import type { Environment } from './environment.ts';
import { readEnvironment } from './environment.ts';
import { readKeyFile } from './key-file.ts';
import type { Keychain, KeychainRefusal } from './keychain.ts';
import { noKeychain, systemKeychain } from './keychain.ts';
import type { FoundCredentials, StoredCredentials } from './kling-credentials.ts';
import { parseStored } from './stored-credentials.ts';

export interface CredentialPlaces {
  /** `process.env`, or what stands for it in a test. */
  env: Environment;
  /** The data folder; its `keys.json` is the file. */
  home: string;
  /** Default {@link keychainFor} the environment. */
  keychain?: Keychain;
}

/** The system's keychain, unless `DIRECTORSTUDIO_KEYCHAIN=off`. @throws StudioError ENV_VALUE_INVALID for any other value but `on`. */
export function keychainFor(env: Environment): Keychain {
  const word = env['DIRECTORSTUDIO_KEYCHAIN'] ?? '';
  if (word === '' || word === 'on') return systemKeychain();
  if (word === 'off') return noKeychain('DIRECTORSTUDIO_KEYCHAIN is off');
  throw new StudioError('ENV_VALUE_INVALID', `DIRECTORSTUDIO_KEYCHAIN is ${JSON.stringify(word.slice(0, 20))}; it takes "on" or "off".`, { next: 'Correct or unset it.' });
}

/**
 * The Kling keys to use: environment, then keychain, then file. What comes later is not even opened. `found` absent: there are none anywhere.
 * @throws StudioError, with nothing done: ENV_UNKNOWN_NAME, KEY_PAIR_HALF, KEY_MALFORMED, BASE_URL_INVALID, BASE_URL_WITHOUT_KEY,
 *   KEYCHAIN_LOCKED, KEYCHAIN_DAMAGED, KEY_FILE_TOO_OPEN, KEY_FILE_DAMAGED, KEY_FILE_UNREADABLE, ENV_VALUE_INVALID.
 */
export async function findCredentials(places: CredentialPlaces): Promise<{ found?: FoundCredentials }> {
  const { credentials, baseUrl } = readEnvironment(places.env);
  const withUrl = (url: string | undefined) => (url === undefined ? {} : { baseUrl: url });
  if (credentials) return { found: { credentials, ...withUrl(baseUrl), source: 'environment' } };
  const inKeychain = await readKeychain(places.keychain ?? keychainFor(places.env));
  if (inKeychain) return { found: { credentials: inKeychain.credentials, ...withUrl(baseUrl ?? inKeychain.baseUrl), source: 'keychain' } };
  const inFile = await readKeyFile(places.home);
  if (inFile) return { found: { credentials: inFile.credentials, ...withUrl(baseUrl ?? inFile.baseUrl), source: 'file' } };
  if (baseUrl !== undefined) {
    throw new StudioError('BASE_URL_WITHOUT_KEY', 'KLING_BASE_URL is set, but there is no key to use there.', { next: 'Set KLING_API_KEY (or run `directorstudio keys set`), or unset KLING_BASE_URL to use the sandbox.' });
  }
  return {};
}

/** What the keychain holds for us. @throws StudioError KEYCHAIN_LOCKED, KEYCHAIN_DAMAGED */
export async function readKeychain(keychain: Keychain): Promise<StoredCredentials | undefined> {
  const answer = await keychain.read();
  switch (answer.state) {
    case 'present': {
      const stored = parseStored(answer.secret);
      if (stored) return stored;
      throw new StudioError('KEYCHAIN_DAMAGED', 'The entry "DirectorStudio" in the keychain does not hold keys as they were saved.', { next: 'Run `directorstudio keys set` to write it anew.' });
    }
    case 'locked':
      throw keychainLocked(answer);
    case 'absent':
    case 'unavailable':
      return undefined;
    default:
      return assertNever(answer, 'keychain answer');
  }
}

export function keychainLocked({ why }: KeychainRefusal): StudioError {
  return new StudioError('KEYCHAIN_LOCKED', `The keychain could not be opened (${why}), so it is not known whether it holds a Kling key.`, {
    next: 'Unlock it and run the command again; or set KLING_API_KEY; or set DIRECTORSTUDIO_KEYCHAIN=off to do without it.',
  });
}
