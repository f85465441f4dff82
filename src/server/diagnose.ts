import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { keychainFor, listCredentials, type Environment, type Keychain } from '../credentials/index.ts';
import { bytes, count } from '../lib/amount-words.ts';
import { messageOf, StudioError } from '../lib/errors.ts';
import { makeTinyClip } from '../media/index.ts';
import type { Studio } from '../studio.ts';

/** Something about this machine, and whether it is as it should be. */
export interface Finding {
  what: string;
  state: 'ok' | 'note' | 'problem';
  words: string;
  next?: string;
  /** Of the error that `words` tell of. */
  code?: string;
}

/** A 1080p film of a few minutes and its clips fit in this. */
const LITTLE_DISK_BYTES = 2e9;

/** What works on this machine. Tells no secret. */
export async function diagnose({ studio, version, env, keychain }: { studio: Studio; version: string; env: Environment; keychain: Keychain | undefined }): Promise<Finding[]> {
  return [...(await findingsOfMachine({ home: studio.home, version, env, keychain })), ...(await findingsOfStudio(async () => studio))];
}

/** The same where no studio may be opened: versions, disk, keys, codecs. */
export async function findingsOfMachine({ home, version, env, keychain }: { home: string; version: string; env: Environment; keychain: Keychain | undefined }): Promise<Finding[]> {
  return [
    { what: 'DirectorStudio', state: 'ok', words: version },
    nodeFinding(),
    { what: 'System', state: 'ok', words: `${process.platform} ${process.arch}` },
    await diskFinding(home),
    ...(await keyFindings({ home, env, keychain })),
    await codecFinding(),
  ];
}

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  return { what: 'Node', state: good ? 'ok' : 'problem', words: process.versions.node, ...(good ? {} : { next: 'Install Node 20.19 or newer.' }) };
}

async function diskFinding(home: string): Promise<Finding> {
  let folder = home;
  for (;;) {
    try {
      const { bavail, bsize } = await statfs(folder);
      const freeBytes = bavail * bsize;
      const little = freeBytes < LITTLE_DISK_BYTES;
      return { what: 'Disk', state: little ? 'note' : 'ok', words: `${bytes(freeBytes)} free for ${home}`, ...(little ? { next: 'Make room before a long film: directorstudio cache prune --max-age 30d' } : {}) };
    } catch (error) {
      // The home is made when it is first needed; until then its disk is that of the folder above.
      if (dirname(folder) === folder) return { what: 'Disk', state: 'note', words: `how much is free cannot be told: ${messageOf(error)}` };
      folder = dirname(folder);
    }
  }
}

async function keyFindings({ home, env, keychain }: { home: string; env: Environment; keychain: Keychain | undefined }): Promise<Finding[]> {
  try {
    const listed = await listCredentials({ env, home, keychain: keychain ?? keychainFor(env) });
    if (listed.length === 0) return [{ what: 'Kling key', state: 'note', words: 'none: films are made in the sandbox', next: 'directorstudio keys set keeps one.' }];
    return listed.map((place) =>
      'problem' in place
        ? { what: 'Kling key', state: 'problem', code: place.problem.code, words: `${place.source}: ${place.problem.message}`, ...(place.problem.next === undefined ? {} : { next: place.problem.next }) }
        : { what: 'Kling key', state: 'ok', words: `${place.source}${place.active ? ' (in use)' : ''}: ${place.kind === 'api-key' ? 'API key' : 'key pair'} ${place.masked}` },
    );
  } catch (error) {
    return [problem('Kling key', error)];
  }
}

async function codecFinding(): Promise<Finding> {
  try {
    const clip = await makeTinyClip({ frameCount: 24, uniqueText: 'doctor' });
    return { what: 'Codecs', state: 'ok', words: `H.264 works (a test clip of ${bytes(clip.length)} was encoded)` };
  } catch (error) {
    return problem('Codecs', error);
  }
}

/** What is kept in the home. @param open gives the studio over it. */
export async function findingsOfStudio(open: () => Promise<Studio>): Promise<Finding[]> {
  try {
    const studio = await open();
    const projects = await studio.store.projects.listProjects();
    const { clips, sizeBytes } = await studio.cache.cacheSize();
    return [
      { what: 'Home', state: 'ok', words: `${studio.home}, ${count(projects.length, 'film')}` },
      { what: 'Clips', state: 'ok', words: `${count(clips, 'clip')}, ${bytes(sizeBytes)}` },
    ];
  } catch (error) {
    return [problem('Home', error)];
  }
}

function problem(what: string, error: unknown): Finding {
  if (!StudioError.is(error)) throw error;
  return { what, state: 'problem', code: error.code, words: error.message, ...(error.next === undefined ? {} : { next: error.next }) };
}
