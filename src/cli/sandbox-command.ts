import { join, resolve } from 'node:path';
import { parseFaultRates, startSandbox } from '../sandbox/index.ts';
import { defaultHome } from '../studio.ts';
import type { SandboxCommandOptions } from './keeping-options.ts';
import { money } from './spend.ts';
import type { CommandResult, Session } from './session.ts';

/** What goes wrong on purpose: as `--faults` and `--seed` were typed. */
interface FaultCommandOptions {
  faults?: string;
  seed?: string;
}

/** `sandbox`: the stand-in for Kling as a server of its own, until Ctrl-C. */
export async function sandboxCommand(session: Session, options: SandboxCommandOptions & FaultCommandOptions): Promise<CommandResult> {
  const { deps } = session;
  const home = resolve(deps.cwd, session.home ?? deps.studio?.home ?? defaultHome(deps.env));
  const dataFolder = options.folder === undefined ? join(home, 'sandbox-server') : resolve(deps.cwd, options.folder);
  const { port, speed, slots, units, retired, seed } = options;
  const rates = options.faults === undefined ? undefined : parseFaultRates(options.faults);
  const sandbox = await startSandbox({
    dataFolder,
    ...(port === undefined ? {} : { port }),
    ...(speed === undefined ? {} : { speed }),
    ...(slots === undefined ? {} : { slots }),
    ...(units === undefined ? {} : { balanceUnits: units }),
    ...(retired === undefined ? {} : { retiredModels: retired }),
    ...(seed === undefined ? {} : { seed }),
    ...(rates === undefined ? {} : { faults: { rates } }),
    ...deps.studio?.sandbox,
    onRequest: ({ method, path, httpStatus, fault }) => session.tell(`${method} ${path} ${httpStatus ?? 'cut'}${fault === undefined ? '' : ` (fault: ${fault})`}`),
  });
  try {
    session.useEngine('sandbox');
    session.say(`Base URL: ${sandbox.baseUrl}`);
    session.say(`API key: ${sandbox.apiKey}   (or access key ${sandbox.accessKey} with secret key ${sandbox.secretKey})`);
    session.say(`Tasks and clips: ${dataFolder}; ${sandbox.slots()} at once, ${money('sandbox', sandbox.balanceUnits())} left.`);
    session.say('To use it as if it were Kling:');
    session.say(`  KLING_BASE_URL=${sandbox.baseUrl} KLING_API_KEY=${sandbox.apiKey} directorstudio film story.txt`);
    if (rates !== undefined) session.say(`Things go wrong on purpose; to meet the same again: --faults ${options.faults?.replaceAll(/\s/g, '')} --seed ${sandbox.seed}`);
    session.say(`What happened, and what went wrong: curl ${sandbox.baseUrl}/sandbox/record`);
    session.say('Ctrl-C ends it.');
    session.emit('sandbox', { baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey, accessKey: sandbox.accessKey, secretKey: sandbox.secretKey, dataFolder, seed: sandbox.seed });
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
