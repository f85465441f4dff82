import { randomUUID } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import type { ClipCacheManager } from '../../src/cache/index.ts';
import type { KlingAPIClient } from '../../src/kling/index.ts';
import { hashFile } from '../../src/lib/hash-file.ts';
import type { Commit, Generation, Ledger, SendGrant } from '../../src/store/index.ts';
import { isFinished, storeOver } from '../../src/store/index.ts';
import { makeFolder } from '../../src/lib/make-folder.ts';
import type { BoxOptions } from './box/box.ts';
import type { ProcessParts, Spoil } from './box/errand.ts';
import type { Check } from './box/violation.ts';
import type { Setting } from './exhaustive.ts';
import { PEACE } from './stories.ts';
import { WITHDRAWN_ON_ITS_WAY } from './withdraw-stories.ts';

/** A part as others build it, and the promise that must be seen broken with it in place. */
export interface WrongPart {
  name: string;
  spoil: Spoil;
  mustBreak: Check;
  /** Where it is put to the test: each step of these is died at. */
  stories: readonly string[];
  setting: Setting;
  options?: Partial<BoxOptions>;
}

/** An object with some methods replaced; the others work on the real one. */
function inPlaceOf<Part extends object>(part: Part, methods: { [Name in keyof Part]?: Part[Name] }): Part {
  return new Proxy(part, {
    get(target, name) {
      const replaced = (methods as Record<PropertyKey, unknown>)[name];
      if (replaced !== undefined) return replaced;
      const value = (target as Record<PropertyKey, unknown>)[name];
      return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(target) : value;
    },
  });
}

/** The row says "waiting" until the POST is answered; the id of the POST is drawn for it and written down with the answer. */
function keySavedAfterThePost(parts: ProcessParts): ProcessParts {
  const { ledger } = parts.store;
  const held = new Map<string, Generation>();
  /** What the row looks like that is in the database. */
  const asWritten = async (generation: Generation, commit: Commit): Promise<Generation> => {
    const before = held.get(generation.id);
    if (!before) return generation;
    held.delete(generation.id);
    const grant = await ledger.beginSend(before, { accountId: generation.accountId ?? '', projectId: generation.projectId, state: generation.state });
    if (!grant.granted) throw new Error(`no room after the POST (${commit.event})`);
    return { ...grant.generation, externalTaskId: generation.externalTaskId };
  };
  const later =
    (name: 'commit' | 'commitAccepted' | 'commitFull') =>
    async (generation: Generation, commit: Commit): Promise<Generation> =>
      await ledger[name](await asWritten(generation, commit), commit);
  const spoiled = inPlaceOf<Ledger>(ledger, {
    beginSend: async (generation, send): Promise<SendGrant> => {
      held.set(generation.id, generation);
      const sending: Generation = { ...generation, accountId: send.accountId, state: send.state, externalTaskId: `ds1-${randomUUID()}` };
      return { granted: true, generation: sending };
    },
    commit: later('commit'),
    commitAccepted: later('commitAccepted'),
    commitFull: later('commitFull'),
  });
  return { ...parts, store: { ...parts.store, ledger: spoiled } };
}

/** "No answer" is taken for "no task". */
function noLookUp(parts: ProcessParts): ProcessParts {
  const client = inPlaceOf<KlingAPIClient>(parts.client, {
    findTask: async (product, reference, options) => ('externalTaskId' in reference ? undefined : await parts.client.findTask(product, reference, options)),
  });
  return { ...parts, client };
}

/** Every other process is taken for dead. */
function leaseIgnored(parts: ProcessParts): ProcessParts {
  const lease = { ...parts.lease, isAlive: (id: string) => id === parts.lease.id };
  return { ...parts, lease, store: storeOver(parts.db, lease, parts.life.clock(parts.clock)) };
}

/** Whatever came is a clip: neither its length in bytes nor what is in it is looked at. */
function downloadNotVerified(parts: ProcessParts): ProcessParts {
  return {
    ...parts,
    probe: async () => ({ durationS: 5 }),
    fetch: async (input, init) => {
      const response = await parts.fetch(input, init);
      const isClip = String(input instanceof Request ? input.url : input).includes('/clips/');
      if (!isClip || !response.ok || response.body === null) return response;
      const reader = response.body.getReader();
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const piece = await reader.read().then(
            ({ value }) => value as Uint8Array | undefined,
            () => undefined,
          );
          if (piece) controller.enqueue(piece);
          else controller.close();
        },
      });
      return new Response(body);
    },
  };
}

/** Downloads straight to the place where the clip is looked for. */
function cacheWrittenInPlace(parts: ProcessParts): ProcessParts {
  const { folder } = parts.cache;
  let last = '';
  const pathOf = (fingerprint: string) => `${folder}/in-place/${fingerprint}.mp4`;
  const found = async (fingerprint: string) => {
    const path = pathOf(fingerprint);
    const stats = await stat(path).catch(() => undefined);
    return stats && { fingerprint, path, contentHash: await hashFile(path), sizeBytes: stats.size, addedAtMs: 0 };
  };
  const cache = inPlaceOf<ClipCacheManager>(parts.cache, {
    find: async (fingerprint) => {
      last = fingerprint;
      return await found(fingerprint);
    },
    temporaryFile: async () => {
      const path = pathOf(last);
      await makeFolder(path.slice(0, path.lastIndexOf('/')));
      return path;
    },
    add: async (fingerprint) => {
      const file = await open(pathOf(fingerprint), 'r+');
      await file.sync();
      await file.close();
      return (await found(fingerprint))!;
    },
  });
  return { ...parts, cache };
}

/** Waits are told by the wall clock. */
function waitsByTheWallClock(parts: ProcessParts): ProcessParts {
  const { clock } = parts;
  return { ...parts, clock: { now: () => clock.now(), monotonic: () => clock.now(), sleep: async (ms, signal) => await clock.sleep(ms, signal) } };
}

/** What a clip had cost that no film here asks for yet is not kept. */
function recoveredBillForgotten(parts: ProcessParts): ProcessParts {
  return { ...parts, store: { ...parts.store, ledger: inPlaceOf<Ledger>(parts.store.ledger, { rememberBill: async () => {} }) } };
}

/** Everything that is not over is given up, whether it was sent or not. */
function withdrawalOfWhatWasSent(parts: ProcessParts): ProcessParts {
  return {
    ...parts,
    withdraw: async ({ projects, takes, ledger }, projectId) => {
      const prompts = await projects.loadPromptList(projectId);
      for (const { generation } of await takes.list(prompts.map(({ id }) => id), 'kling')) {
        if (isFinished(generation.state.status)) continue;
        const claimed = await ledger.claim(generation.id);
        if (claimed) await ledger.release(await ledger.commit(claimed, { state: { status: 'cancelled' }, event: 'cancel' }));
      }
      return [];
    },
  };
}

/** Kling as it would be if it no longer refused repeated ids: then only looking protects. */
const REPEATED_IDS_ACCEPTED: Partial<BoxOptions> = { sandbox: { repeatedIds: 'accepted' } };

export const WRONG_PARTS: readonly WrongPart[] = [
  { name: 'a store that saves the key after the POST', spoil: keySavedAfterThePost, mustBreak: 'paid-twice', stories: [PEACE], setting: 'after' },
  { name: 'no look-up before posting again', spoil: noLookUp, mustBreak: 'paid-twice', stories: ['fault create-reset-after'], setting: 'after', options: REPEATED_IDS_ACCEPTED },
  { name: 'a lease ignored', spoil: leaseIgnored, mustBreak: 'two-drivers', stories: [PEACE], setting: 'beside' },
  { name: 'a download not verified', spoil: downloadNotVerified, mustBreak: 'wrong-clip', stories: ['fault download-cut', 'fault download-garbage'], setting: 'after' },
  { name: 'a cache written in place', spoil: cacheWrittenInPlace, mustBreak: 'wrong-clip', stories: [PEACE], setting: 'after' },
  { name: 'a wait by the wall clock', spoil: waitsByTheWallClock, mustBreak: 'paid-twice', stories: ['repeated ids accepted, create-reset-after, and a task that shows up after seven seconds'], setting: 'dead, clock ahead' },
  { name: 'a recovery that forgets bills', spoil: recoveredBillForgotten, mustBreak: 'books', stories: ['a lost home, recovered before the script is read again'], setting: 'after' },
  { name: 'a withdrawal of what was sent', spoil: withdrawalOfWhatWasSent, mustBreak: 'withdrawn-charged', stories: [WITHDRAWN_ON_ITS_WAY], setting: 'dead, withdrawal' },
];
