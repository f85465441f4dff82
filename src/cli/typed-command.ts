/** How each package manager that runs scripts is told to hand words on. */
const SCRIPT_RUNNERS: Readonly<Record<string, string>> = { npm: 'npm run directorstudio --', pnpm: 'pnpm run directorstudio', yarn: 'yarn run directorstudio' };

const OUR_SCRIPTS = new Set(['film', 'directorstudio']);

/**
 * What a person types to start this program again: its name, or, in a clone where it was started as a script of its
 * package, that script. Package managers say which script of which package they run.
 */
export function typedCommand(env: Readonly<Record<string, string | undefined>>): string {
  const isOurs = env['npm_package_name'] === 'directorstudio' && OUR_SCRIPTS.has(env['npm_lifecycle_event'] ?? '');
  const [runner = ''] = (env['npm_config_user_agent'] ?? 'npm').split('/');
  return isOurs ? (SCRIPT_RUNNERS[runner] ?? 'npm run directorstudio --') : 'directorstudio';
}

/** Words for a person with every command in them as that person types it. A path that holds the name is none. */
export function withTypedCommand(text: string, typed: string): string {
  return typed === 'directorstudio' ? text : text.replaceAll(/(?<![\w/\\.-])directorstudio (?=[a-z-]|WORD|WORT)/g, `${typed} `);
}
