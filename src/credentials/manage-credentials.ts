import { StudioError } from '../lib/errors.ts';
import { readEnvironment } from './environment.ts';
import { keychainFor, keychainLocked, readKeychain } from './find-credentials.ts';
import type { CredentialPlaces } from './find-credentials.ts';
import { readKeyFile, removeKeyFile, writeKeyFile } from './key-file.ts';
import type { Keychain } from './keychain.ts';
import type { CredentialSource, KlingCredentials, ListedCredentials, StoredCredentials } from './kling-credentials.ts';
import { maskSecret } from './mask-secret.ts';
import { checkStored, formatStored } from './stored-credentials.ts';

/**
 * Keeps keys for later, in one place only: the keychain where it works, else `<home>/keys.json` (0600). The other place is emptied,
 * so that an older key there is neither used nor left lying about.
 * @param options.where insist on a place. Default: keychain, else file.
 * @param options.baseUrl the address these keys belong to (keys are bound to a region). Default: the client's.
 * @throws StudioError KEY_MALFORMED, BASE_URL_INVALID, KEYCHAIN_LOCKED, KEYCHAIN_UNAVAILABLE (only when insisted on), KEY_FILE_UNWRITABLE.
 */
export async function saveCredentials(
  credentials: KlingCredentials,
  options: { home: string; keychain: Keychain; where?: 'keychain' | 'file'; baseUrl?: string },
): Promise<{ source: 'keychain' | 'file' }> {
  const { home, keychain, where, baseUrl } = options;
  const stored = checkStored({ credentials, ...(baseUrl === undefined ? {} : { baseUrl }) });
  if (where !== 'file') {
    const answer = await keychain.write(formatStored(stored));
    if (answer.state === 'stored') {
      await removeKeyFile(home);
      return { source: 'keychain' };
    }
    if (answer.state === 'locked') throw keychainLocked(answer);
    if (where === 'keychain') {
      throw new StudioError('KEYCHAIN_UNAVAILABLE', `There is no keychain here that could keep the key (${answer.why}).`, { next: 'Leave the place open to keep the key in a file only you can read.' });
    }
  }
  // Before the file is written: an older key in the keychain would win over it.
  const emptied = await keychain.remove();
  if (emptied.state === 'locked') throw keychainLocked(emptied);
  await writeKeyFile(home, stored);
  return { source: 'file' };
}

/**
 * Removes stored keys from keychain and file. The environment is not ours to change.
 * @returns where keys were removed; empty when none were stored.
 * @throws StudioError KEYCHAIN_LOCKED (the file is removed all the same), KEY_FILE_UNWRITABLE.
 */
export async function removeCredentials(options: { home: string; keychain: Keychain }): Promise<{ removed: ('keychain' | 'file')[] }> {
  const removed: ('keychain' | 'file')[] = [];
  if (await removeKeyFile(options.home)) removed.push('file');
  const answer = await options.keychain.remove();
  if (answer.state === 'removed') removed.unshift('keychain');
  if (answer.state === 'locked') throw keychainLocked(answer);
  return { removed };
}

/** Every place that holds keys, the one in use first, keys made unreadable; a place that cannot be read says why instead of throwing. */
export async function listCredentials(places: CredentialPlaces): Promise<ListedCredentials[]> {
  const keychain = async () => readKeychain(places.keychain ?? keychainFor(places.env));
  const reading: [CredentialSource, () => Promise<Partial<StoredCredentials> | undefined>][] = [
    ['environment', async () => readEnvironment(places.env)],
    ['keychain', keychain],
    ['file', () => readKeyFile(places.home)],
  ];
  const listed: ListedCredentials[] = [];
  for (const [source, read] of reading) {
    try {
      const { credentials, baseUrl } = (await read()) ?? {};
      if (!credentials) continue;
      const kind = 'apiKey' in credentials ? 'api-key' : 'key-pair';
      const masked = maskSecret('apiKey' in credentials ? credentials.apiKey : credentials.accessKey);
      listed.push({ source, active: listed.length === 0, kind, masked, ...(baseUrl === undefined ? {} : { baseUrl }) });
    } catch (error) {
      if (!StudioError.is(error)) throw error;
      listed.push({ source, active: false, problem: { code: error.code, message: error.message, ...(error.next === undefined ? {} : { next: error.next }) } });
    }
  }
  return listed;
}
