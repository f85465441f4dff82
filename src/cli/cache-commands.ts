import type { CacheSweep } from '../cache/index.ts';
import { DEFAULT_TIMINGS } from '../generation/index.ts';
import { sumUnits } from '../kling/index.ts';
import { StudioError } from '../lib/errors.ts';
import type { Studio } from '../studio.ts';
import { ask, declined } from './consent.ts';
import { bytes, count } from './printable.ts';
import type { PruneOptions } from './keeping-options.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';
import { money } from './spend.ts';

/** `cache size`. */
export async function cacheSizeCommand(session: Session): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const { clips, sizeBytes } = await studio.cache.cacheSize();
    session.say(`${count(clips, 'clip')}, ${bytes(sizeBytes)}, in ${studio.cache.folder}`);
    session.emit('cache', { folder: studio.cache.folder, clips, sizeBytes });
    return { exit: 0 };
  });
}

/** `cache verify`: reads every clip. Exit 1 when something was damaged, or gone that films use; it is fetched again by the next run. */
export async function cacheVerifyCommand(session: Session): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const live = session.deps.stderr.isTTY === true;
    const result = await studio.cache.verify({
      signal: session.signal,
      onProgress: ({ checkedClips, clips }) => {
        if (live) session.deps.stderr.write(`\rRead ${checkedClips} of ${clips}${checkedClips === clips ? '\n' : ''}`);
      },
    });
    session.say(`${count(result.clips, 'clip')} sound, ${bytes(result.sizeBytes)}.`);
    for (const { contentHash, movedTo } of result.damaged) session.say(`Damaged: ${contentHash.slice(0, 12)}…, set aside as ${movedTo}`);
    const missing = [...result.missing, ...(await goneFromFilms(studio, result))];
    if (missing.length > 0) session.say(`Gone: ${count(missing.length, 'clip')}.`);
    if (result.orphans.length > 0) session.say(`Unused: ${count(result.orphans.length, 'file')}; cache prune removes them.`);
    const bad = result.damaged.length + missing.length;
    if (bad > 0) session.say('Run film or generate again: what is missing is fetched again by its task, which costs nothing for 30 days.');
    session.emit('cache', { clips: result.clips, sizeBytes: result.sizeBytes, damaged: result.damaged, missing, orphans: result.orphans });
    return { exit: bad > 0 ? 1 : 0 };
  });
}

/** Clips that were ready and that films use, of which the cache knows nothing: its folder was emptied by another hand. */
async function goneFromFilms(studio: Studio, { damaged, missing }: Awaited<ReturnType<Studio['cache']['verify']>>): Promise<{ fingerprint: string }[]> {
  const told = new Set([...damaged.flatMap(({ fingerprints }) => fingerprints), ...missing.map(({ fingerprint }) => fingerprint)]);
  const gone: { fingerprint: string }[] = [];
  for (const fingerprint of await studio.store.takes.fingerprintsInUse()) {
    if (told.has(fingerprint) || (await studio.cache.find(fingerprint))) continue;
    const row = await studio.store.ledger.findPicture(fingerprint);
    if (row?.state.status === 'completed') gone.push({ fingerprint });
  }
  return gone;
}

/** `cache prune`: by size and age; what films use stays unless forced. */
export async function cachePruneCommand(session: Session, options: PruneOptions): Promise<CommandResult> {
  if (options.maxSize === undefined && options.maxAge === undefined) {
    throw new StudioError('PRUNE_LIMIT_MISSING', 'cache prune needs to know what may stay.', { next: 'Give --max-size 5GB, --max-age 30d, or both; cache clear removes everything unused.' });
  }
  return await sweep(session, options, async (studio, keep) => {
    const { maxSize, maxAge } = options;
    return await studio.cache.prune({ keep, ...(maxSize === undefined ? {} : { maxSizeBytes: maxSize }), ...(maxAge === undefined ? {} : { maxAgeMs: maxAge }) });
  });
}

/** `cache clear`: everything that no film uses; with `--force` everything. */
export async function cacheClearCommand(session: Session, options: PruneOptions): Promise<CommandResult> {
  return await sweep(session, options, async (studio, keep) => await studio.cache.clearCache({ keep }));
}

async function sweep(session: Session, options: PruneOptions, work: (studio: Studio, keep: Set<string>) => Promise<CacheSweep>): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const inUse = await studio.store.takes.fingerprintsInUse();
    if (options.force === true) await agreeOnLoss(session, studio, inUse, options);
    const swept = await work(studio, options.force === true ? new Set() : inUse);
    session.say(`Removed ${count(swept.removed, 'clip')}, ${bytes(swept.freedBytes)} given back; ${count(swept.keptInUse, 'clip')} kept because films use ${swept.keptInUse === 1 ? 'it' : 'them'}.`);
    if (options.force !== true && swept.keptInUse > 0) session.say('--force removes those as well.');
    session.emit('cache', { ...swept });
    return { exit: 0 };
  });
}

/** Says what could never be fetched again and what it would cost to make, and asks. */
async function agreeOnLoss(session: Session, studio: Studio, inUse: ReadonlySet<string>, options: PruneOptions): Promise<void> {
  const lost = { kling: [] as number[], sandbox: [] as number[] };
  let again = 0;
  for (const fingerprint of inUse) {
    if (!(await studio.cache.find(fingerprint))) continue;
    const row = await studio.store.ledger.findPicture(fingerprint);
    if (!row || row.state.status !== 'completed') continue;
    const { taskId, succeededAtMs } = row.state;
    if (taskId !== undefined && (succeededAtMs ?? 0) + DEFAULT_TIMINGS.clipLifetimeMs > Date.now()) again += 1;
    else lost[row.engine].push(row.estimateUnits);
  }
  session.say(`Clips that films use: ${again} could be fetched again free of charge (Kling keeps them 30 days).`);
  for (const engine of ['kling', 'sandbox'] as const) {
    if (lost[engine].length > 0) session.say(session.colours.yellow(`${count(lost[engine].length, 'clip')} could not be fetched again; making them anew would cost ${money(engine, sumUnits(lost[engine]))}.`));
  }
  if (options.yes === true) return;
  const refusal = new StudioError('CONSENT_NEEDED', 'This would remove clips that films use, and there is no terminal to ask on. Nothing was removed.', { next: 'Add --yes, or leave --force out to keep what films use.' });
  if (!(await ask(session, 'Remove clips that films use?', refusal))) throw declined('you said no. Nothing was removed.');
}
