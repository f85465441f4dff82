/** What is started as a process of its own; see `bundled`. */
export const KILL_SCRIPTS = {
  film: new URL('film-process.ts', import.meta.url),
  sandbox: new URL('sandbox-process.ts', import.meta.url),
};

