import { join, resolve } from 'node:path';
import { startSandbox } from '../sandbox/index.ts';
import { defaultHome } from '../studio.ts';
import type { SandboxCommandOptions } from './program-keeping.ts';
import { money } from './spend.ts';
import type { CommandResult, Session } from './session.ts';

/** `sandbox`: the stand-in for Kling as a server of its own, until Ctrl-C. */
export async function sandboxCommand(session: Session, options: SandboxCommandOptions): Promise<CommandResult> {
  const { deps } = session;
  const home = resolve(deps.cwd, session.home ?? deps.studio?.home ?? defaultHome(deps.env));
  const dataFolder = options.folder === undefined ? join(home, 'sandbox-server') : resolve(deps.cwd, options.folder);
  const { port, speed, slots, units, retired } = options;
  const sandbox = await startSandbox({
    dataFolder,
    ...(port === undefined ? {} : { port }),
    ...(speed === undefined ? {} : { speed }),
    ...(slots === undefined ? {} : { slots }),
    ...(units === undefined ? {} : { balanceUnits: units }),
    ...(retired === undefined ? {} : { retiredModels: retired }),
    ...deps.studio?.sandbox,
    onRequest: ({ method, path, httpStatus }) => session.tell(`${method} ${path} ${httpStatus ?? 'cut'}`),
  });
  try {
    session.useEngine('sandbox');
    session.say(`Base URL: ${sandbox.baseUrl}`);
    session.say(`API key: ${sandbox.apiKey}   (or access key ${sandbox.accessKey} with secret key ${sandbox.secretKey})`);
    session.say(`Tasks and clips: ${dataFolder}; ${sandbox.slots()} at once, ${money('sandbox', sandbox.balanceUnits())} left.`);
    session.say('To use it as if it were Kling:');
    session.say(`  KLING_BASE_URL=${sandbox.baseUrl} KLING_API_KEY=${sandbox.apiKey} directorstudio film story.txt`);
    session.say('Ctrl-C ends it.');
    session.emit('sandbox', { baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey, accessKey: sandbox.accessKey, secretKey: sandbox.secretKey, dataFolder });
    await stopped(session.signal);
    session.say(`Ended after ${sandbox.requestCount} requests. Unfinished clips go on at the next start.`);
  } finally {
    await sandbox.close();
  }
  return { exit: 0 };
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolved) => {
    signal.addEventListener('abort', () => resolved(), { once: true });
  });
}
