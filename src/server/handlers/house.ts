import { keychainFor, listCredentials, maskSecret, removeCredentials, saveCredentials, type KlingCredentials } from '../../credentials/index.ts';
import type { Handlers } from '../call.ts';
import { diagnose } from '../diagnose.ts';
import { apiError, HttpError } from '../errors.ts';
import { pageOf } from '../pages.ts';
import { checkPreferences, readPreferences, writePreferences } from '../preferences.ts';
import type { ServerParts } from '../server-parts.ts';

/** Keys, cache, account, this machine. */
export const houseHandlers = {
  async login({ body }, { passwords }, facts) {
    if (passwords) facts.setHeader('set-cookie', passwords.logIn(body.password));
    return { done: true as const };
  },
  async logout(_, { passwords }, facts) {
    if (passwords) facts.setHeader('set-cookie', passwords.logOut(facts.incoming.headers));
    return { done: true as const };
  },
  async setKey({ body }, parts) {
    const { baseUrl, where } = body;
    const credentials: KlingCredentials = 'apiKey' in body ? { apiKey: body.apiKey } : { accessKey: body.accessKey, secretKey: body.secretKey };
    refuseAtWork(parts);
    const { source } = await saveCredentials(credentials, { ...placesOf(parts), ...(baseUrl === undefined ? {} : { baseUrl }), ...(where === undefined ? {} : { where }) });
    await parts.studio.renewKey();
    parts.log.publish('settings', {});
    const places = await listCredentials({ ...placesOf(parts), env: parts.env });
    return { source, masked: maskSecret('apiKey' in credentials ? credentials.apiKey : credentials.accessKey), environmentWins: places.some((place) => place.source === 'environment') };
  },
  async removeKeys(_, parts) {
    refuseAtWork(parts);
    const { removed } = await removeCredentials(placesOf(parts));
    await parts.studio.renewKey();
    parts.log.publish('settings', {});
    return { removed };
  },
  async checkKey(_, { studio }) {
    const checked = await studio.checkKey();
    const baseUrl = studio.key === undefined ? {} : { baseUrl: studio.key.baseUrl };
    if (!checked.ok) return { ok: false, error: apiError(checked.error), ...baseUrl, packs: [] };
    const packs = checked.packs.filter(({ status }) => status === 'online');
    return {
      ok: true,
      ...baseUrl,
      packs: packs.map(({ name, remainingUnits, totalUnits, invalidAtMs }) => ({
        name,
        ...(remainingUnits === undefined ? {} : { remainingUnits }),
        ...(totalUnits === undefined ? {} : { totalUnits }),
        ...(invalidAtMs === undefined ? {} : { validUntil: new Date(invalidAtMs).toISOString() }),
      })),
    };
  },
  async getPreferences(_, { studio }) {
    return await readPreferences(studio.home);
  },
  async setPreferences({ body }, { studio, log }) {
    checkPreferences(body);
    await writePreferences(studio.home, body);
    log.publish('settings', {});
    return body;
  },
  async pruneCache({ body }, { studio }) {
    const { maxSizeBytes, maxAgeMs, onlyTell } = body;
    const keep = await studio.store.takes.fingerprintsInUse();
    const { removed, freedBytes, keptInUse } = await studio.cache.prune({ keep, ...(maxSizeBytes === undefined ? {} : { maxSizeBytes }), ...(maxAgeMs === undefined ? {} : { maxAgeMs }), ...(onlyTell === undefined ? {} : { onlyTell }) });
    return { removed, freedBytes, keptInUse };
  },
  async verifyCache(_, { studio, jobs }) {
    return jobs.start({
      kind: 'verifyCache',
      work: async (signal, report) => {
        const { clips, damaged, missing } = await studio.cache.verify({ signal, onProgress: ({ checkedClips, clips: all }) => report(checkedClips / Math.max(1, all)) });
        const bad = damaged.length + missing.length;
        return { words: bad === 0 ? `${clips} clips are sound.` : `${clips} clips are sound, ${bad} damaged or gone: they are fetched again when their film is made, free of charge for 30 days.` };
      },
    });
  },
  async recover(_, { studio, jobs }) {
    const engine = studio.engineFor(undefined, { sandbox: false });
    return jobs.start({
      kind: 'recover',
      engine,
      work: async (signal) => {
        const { clips } = await studio.recover(engine, { signal });
        const here = clips.filter(({ how }) => how === 'fetched' || how === 'here').length;
        return { words: `${clips.length} clips of ours found on the account, ${here} of them are here.` };
      },
    });
  },
  async diagnostics({ query }, parts) {
    return pageOf(await diagnose(parts), query);
  },
} satisfies Partial<Handlers>;

function placesOf({ studio, keychain, env }: ServerParts) {
  return { home: studio.home, keychain: keychain ?? keychainFor(env) };
}

/** Another key in the middle of a run would leave it without the account that its tasks are on. */
function refuseAtWork({ jobs }: ServerParts): void {
  const running = jobs.list().find(({ kind, engine, endedAt }) => endedAt === undefined && engine === 'kling' && (kind === 'generate' || kind === 'recover'));
  if (running) throw new HttpError(409, 'KLING_AT_WORK', 'Clips are being made with the present key.', { next: 'Wait for them, or stop that work; then change the key.', detail: { jobId: running.jobId } });
}
