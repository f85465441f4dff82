import { fileURLToPath } from 'node:url';
import { StudioError } from '../lib/errors.ts';
import { programVersion } from './program-version.ts';
import { withStudio, type CommandResult, type CommonOptions, type Session } from './session.ts';

export interface ServeOptions extends CommonOptions {
  host?: string;
  port?: number;
  allowHost?: string[];
  /** Default true: on a terminal the page is opened at once. */
  open?: boolean;
}

/** Free on most machines, and the same each time: a page that was open finds its studio again. */
const USUAL_PORT = 4747;

/** `serve`: the studio in the browser, until Ctrl-C. */
export async function serveCommand(session: Session, options: ServeOptions): Promise<CommandResult> {
  const { deps } = session;
  return await withStudio(session, async (studio) => {
    const { startStudioServer } = await import('../server/index.ts');
    const password = deps.env['DIRECTORSTUDIO_PASSWORD'];
    const start = async (port: number) =>
      await startStudioServer({
        studio,
        port,
        ...(options.host === undefined ? {} : { host: options.host }),
        ...(password === undefined || password === '' ? {} : { password }),
        hostNames: options.allowHost ?? [],
        env: deps.env,
        ...(deps.studio?.keychain === undefined ? {} : { keychain: deps.studio.keychain }),
        version: programVersion(),
        // src/cli and dist/bin are both two folders below the package.
        pageFolder: fileURLToPath(new URL('../../dist/page', import.meta.url)),
        examplesFolder: fileURLToPath(new URL('../../dist/examples', import.meta.url)),
        onBug: (error) => session.tell(error instanceof Error ? (error.stack ?? error.message) : String(error)),
      });
    const server = await start(options.port ?? USUAL_PORT).catch(async (error: unknown) => {
      // Nobody asked for this very port.
      if (options.port === undefined && StudioError.is(error) && error.code === 'SERVER_PORT_UNUSABLE') return await start(0);
      throw error;
    });
    try {
      if (studio.engineFor(undefined, { sandbox: false }) === 'sandbox') session.say('No Kling key: films are made in the sandbox, with practice clips and play money.');
      session.say(`The studio is open at ${session.colours.bold(server.url)} (for programs: ${server.url}/api/reference).`);
      if (options.host !== undefined && password !== undefined) session.say(session.colours.yellow(`It listens on ${options.host}: whoever reaches it there and knows the password can spend your money.`));
      if (server.startedPaused) session.say(session.colours.yellow('It was paused and still is: nothing new is sent until you go on in the page.'));
      session.say('Ctrl-C closes it. What is at Kling goes on there.');
      session.emit('serve', { url: server.url });
      if (options.open !== false && !session.json && deps.stdout.isTTY === true) deps.openPage?.(server.url);
      await stopped(session.signal);
    } finally {
      await server.close();
    }
    return { exit: 0 };
  });
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolved) => {
    signal.addEventListener('abort', () => resolved(), { once: true });
  });
}
