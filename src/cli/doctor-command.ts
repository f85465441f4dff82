import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { listCredentials, keychainFor } from '../credentials/index.ts';
import { messageOf, StudioError } from '../lib/errors.ts';
import { makeTinyClip } from '../media/index.ts';
import { defaultHome, type Studio } from '../studio.ts';
import { ERROR_LABELS, errorWords } from './error-words.ts';
import { bytes, count, printable, table } from './printable.ts';
import { programVersion } from './program-version.ts';
import type { CommandResult, Session } from './session.ts';

interface Finding {
  what: string;
  state: 'ok' | 'note' | 'problem';
  words: string;
  next?: string;
  /** Of the error that `words` tell of. */
  code?: string;
}

/** A 1080p film of a few minutes and its clips fit in this. */
const LITTLE_DISK_BYTES = 2e9;

/** `doctor`: what works on this machine. Tells no secret; exit 1 when something does not work. */
export async function doctorCommand(session: Session): Promise<CommandResult> {
  const { deps } = session;
  const home = resolve(deps.cwd, session.home ?? deps.studio?.home ?? defaultHome(deps.env));
  const findings: Finding[] = [
    { what: 'DirectorStudio', state: 'ok', words: programVersion() },
    nodeFinding(),
    { what: 'System', state: 'ok', words: `${process.platform} ${process.arch}` },
    await diskFinding(home),
    ...(await keyFindings(session, home)),
    await codecFinding(),
    ...(await studioFindings(session)),
  ];
  const { colours } = session;
  const words = { ok: colours.green('ok     '), note: colours.yellow('note   '), problem: colours.red('problem') };
  const told = findings.map(({ code = '', words: message, next }) => errorWords({ code, message, next }, session.locale));
  const lines = table(findings.map(({ what }, index) => [what, printable(told[index]?.what ?? '')]));
  for (const [index, finding] of findings.entries()) {
    session.say(`${words[finding.state]}  ${lines[index] ?? ''}`);
    for (const detail of told[index]?.details ?? []) session.say(`         ${printable(detail)}`);
    const next = told[index]?.next;
    if (next !== undefined) session.say(`         ${ERROR_LABELS[session.locale].next} ${printable(next)}`);
    session.emit('check', { ...finding });
  }
  return { exit: findings.some(({ state }) => state === 'problem') ? 1 : 0 };
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

async function keyFindings(session: Session, home: string): Promise<Finding[]> {
  const { env, studio } = session.deps;
  try {
    const listed = await listCredentials({ env, home, keychain: studio?.keychain ?? keychainFor(env) });
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

async function studioFindings(session: Session): Promise<Finding[]> {
  let studio: Studio;
  try {
    studio = await session.openStudio();
  } catch (error) {
    return [problem('Home', error)];
  }
  try {
    const projects = await studio.store.projects.listProjects();
    const { clips, sizeBytes } = await studio.cache.cacheSize();
    return [
      { what: 'Home', state: 'ok', words: `${studio.home}, ${count(projects.length, 'film')}` },
      { what: 'Clips', state: 'ok', words: `${count(clips, 'clip')}, ${bytes(sizeBytes)}` },
    ];
  } catch (error) {
    return [problem('Home', error)];
  } finally {
    await studio.close();
  }
}

function problem(what: string, error: unknown): Finding {
  if (!StudioError.is(error)) throw error;
  return { what, state: 'problem', code: error.code, words: error.message, ...(error.next === undefined ? {} : { next: error.next }) };
}
