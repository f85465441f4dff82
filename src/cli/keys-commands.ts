import { resolve } from 'node:path';
import { keychainFor, listCredentials, maskSecret, removeCredentials, saveCredentials, type KlingCredentials } from '../credentials/index.ts';
import { StudioError } from '../lib/errors.ts';
import { defaultHome } from '../studio.ts';
import { errorWords, type ToldError } from './error-words.ts';
import { count, printable, table } from './printable.ts';
import { printError } from './print-error.ts';
import { isAboutKey, keyWords, sayWhichKey } from './key-words.ts';
import type { KeysSetOptions } from './keeping-options.ts';
import { throwIfStopped, withStudio, type CommandResult, type Session } from './session.ts';

/** `keys set`: asks for the key without showing it, or reads it from standard input; never from an argument, which others can see. */
export async function keysSetCommand(session: Session, options: KeysSetOptions): Promise<CommandResult> {
  const places = placesOf(session);
  const credentials = await askForKeys(session, options.pair === true);
  const { source } = await saveCredentials(credentials, {
    ...places,
    ...(options.where === undefined ? {} : { where: options.where }),
    ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
  });
  const shown = maskSecret('apiKey' in credentials ? credentials.apiKey : credentials.accessKey);
  session.say(`Kept ${shown} in ${source === 'keychain' ? 'the keychain' : `the file ${places.home}/keys.json, which only you can read`}.`);
  const environment = (await listCredentials({ ...places, env: session.deps.env })).find((place) => place.source === 'environment');
  if (environment) session.say('A key is set in the environment as well; that one is used first.');
  session.say('directorstudio keys check asks Kling whether it works; that costs nothing.');
  session.emit('key', { source, masked: shown });
  return { exit: 0 };
}

/** `keys list`: every place that holds keys, made unreadable. */
export async function keysListCommand(session: Session): Promise<CommandResult> {
  const listed = await listCredentials({ ...placesOf(session), env: session.deps.env });
  if (listed.length === 0) session.say('No Kling key anywhere: films are made in the sandbox. directorstudio keys set keeps one.');
  const rows: string[][] = [];
  for (const place of listed) {
    session.emit('key', { ...place });
    if ('problem' in place) rows.push([place.source, 'cannot be used', printable(problemWords(place.problem, session))]);
    else rows.push([place.source, place.active ? 'in use' : 'not used', `${place.kind === 'api-key' ? 'API key' : 'key pair'} ${place.masked}${place.baseUrl === undefined ? '' : ` at ${place.baseUrl}`}`]);
  }
  for (const line of table(rows)) session.say(line);
  return { exit: listed.some((place) => 'problem' in place) ? 1 : 0 };
}

function problemWords(problem: ToldError, { locale }: Session): string {
  const { what, next } = errorWords(problem, locale);
  return `${what} ${next ?? ''}`.trim();
}

/** `keys check`: whether Kling takes the key; free of charge. Exit 2 when it does not, and when it could not be asked. */
export async function keysCheckCommand(session: Session): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const checked = await studio.checkKey();
    if (!checked.ok) {
      if (checked.error.code === 'KEY_MISSING') throw checked.error;
      sayWhichKey(session, studio, checked.error);
      printError(session, checked.error);
      if (!isAboutKey(checked.error)) session.tell('Kling could not be asked: whether it takes the key is not known.');
      return { exit: 2 };
    }
    if (studio.key) session.say(`The key works: Kling takes ${keyWords(studio.key, 'en')}.`);
    const open = checked.packs.filter(({ status }) => status === 'online');
    session.say(open.length === 0 ? 'Kling names no prepaid pack in use on this account. Units for the API are bought in its console, kling.ai/dev.' : `${count(open.length, 'prepaid pack')} in use (Kling’s numbers can be 12 hours old):`);
    for (const pack of open) {
      const until = pack.invalidAtMs === undefined ? '' : `, valid until ${new Date(pack.invalidAtMs).toISOString().slice(0, 10)}`;
      session.say(`  ${printable(pack.name)}: ${pack.remainingUnits ?? '?'} of ${pack.totalUnits ?? '?'} units left${until}`);
      session.emit('pack', { ...pack });
    }
    return { exit: 0 };
  });
}

/** `keys remove`: forgets the stored keys. */
export async function keysRemoveCommand(session: Session): Promise<CommandResult> {
  const { removed } = await removeCredentials(placesOf(session));
  session.say(removed.length === 0 ? 'There was no stored key.' : `Removed from ${removed.join(' and ')}. A key stays valid at Kling until it is deleted there.`);
  session.emit('removed', { places: removed });
  return { exit: 0 };
}

/** Keys are looked after also where the rest of the studio can't start, so no studio is opened here. */
function placesOf(session: Session) {
  const { deps } = session;
  return {
    home: resolve(deps.cwd, session.home ?? deps.studio?.home ?? defaultHome(deps.env)),
    keychain: deps.studio?.keychain ?? keychainFor(deps.env),
  };
}

async function askForKeys(session: Session, pair: boolean): Promise<KlingCredentials> {
  const { stdin, stderr } = session.deps;
  if (stdin.isTTY === true && stderr.isTTY === true) {
    if (!pair) return { apiKey: await askSecret(session, 'Kling API key (kling.ai/dev/api-key)') };
    return { accessKey: await askSecret(session, 'Access key'), secretKey: await askSecret(session, 'Secret key') };
  }
  const lines = (await readText(session)).split(/\r\n|[\r\n]/).filter((line) => line.trim() !== '');
  const [first, second] = lines;
  const wanted = pair ? 2 : 1;
  if (lines.length !== wanted || first === undefined) {
    const found = lines.length === 0 ? 'nothing' : count(lines.length, 'line');
    throw new StudioError('KEY_INPUT_INVALID', `keys set expects ${pair ? 'two lines, the access key and the secret key' : 'one line, the API key'}, on standard input; there was ${found}.`, {
      next: pair ? 'Write the access key on the first line and the secret key on the second.' : 'Use --pair for an access key and a secret key.',
    });
  }
  return pair ? { accessKey: first, secretKey: second ?? '' } : { apiKey: first };
}

async function askSecret(session: Session, message: string): Promise<string> {
  const { isCancel, password } = await import('@clack/prompts');
  const answer = await password({ message, input: session.deps.stdin, output: session.deps.stderr, signal: session.signal });
  if (!isCancel(answer)) return answer;
  session.stop(new Error('Stopped at the question'));
  throwIfStopped(session);
  return '';
}

/** A key has a few hundred letters; no more of a wrong file is read. */
const LONGEST_INPUT = 10_000;

async function readText(session: Session): Promise<string> {
  let text = '';
  for await (const chunk of session.deps.stdin) {
    text += String(chunk);
    if (text.length > LONGEST_INPUT) break;
  }
  return text;
}
