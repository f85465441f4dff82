#!/usr/bin/env node
// npm start, npm run film -- SCRIPT ...  and  npm run directorstudio -- WORD ...
// Installs and builds what is missing, then becomes the command itself: same process, terminal, signals, exit code.
import './lib/require-node.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { stoppable } from './lib/child.mjs';
import { runScript } from './lib/failure.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/root.mjs';

await runScript(async () => {
  await stoppable(async () => {
    await ensureInstalled(root);
    await ensureBuilt(root);
  });
  // npm runs scripts in the package's folder; a path the user typed belongs to the folder they typed it in.
  if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
  const command = join(root, 'dist', 'bin', 'directorstudio.js');
  process.argv = [process.execPath, command, ...process.argv.slice(2)];
  await import(pathToFileURL(command).href);
});
