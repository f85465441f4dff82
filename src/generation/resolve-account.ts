import { createHash } from 'node:crypto';
import type { KlingAPIClient, KlingCredentials } from '../kling/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Account, Store } from '../store/index.ts';
import { askPatiently, type Patience } from './ask-patiently.ts';

/**
 * Which account a key opens. A key seen before is known; a new one is the same account when it can see one of that
 * account's tasks, which is asked for free of charge; else it opens a new one.
 * @throws the signal's reason; KlingError when Kling cannot be asked: to guess would park takes that are ours, or fetch with the wrong key.
 */
export async function resolveAccount(store: Store, client: KlingAPIClient, key: { engine: Engine; baseUrl: string; credentials: KlingCredentials }, patience?: Patience): Promise<Account> {
  const digest = digestOf(key.baseUrl, key.credentials);
  const known = await store.accounts.findByCredential(digest);
  if (known) return known;
  for (const { account, task } of await store.accounts.listWithProof(key.engine)) {
    if (!task) continue;
    const ask = async () => await client.findTask(task.kind, { taskId: task.taskId }, { signal: patience?.signal });
    if (await (patience ? askPatiently(ask, patience) : ask())) return await store.accounts.bind(digest, { accountId: account.id });
  }
  return await store.accounts.bind(digest, { engine: key.engine, baseUrl: key.baseUrl });
}

/** Tells keys apart without holding one: SHA-256 of the host and the key that names the account. */
function digestOf(baseUrl: string, credentials: KlingCredentials): string {
  const name = 'apiKey' in credentials ? credentials.apiKey : credentials.accessKey;
  return createHash('sha256').update(`${baseUrl}\n${name}`).digest('hex');
}
