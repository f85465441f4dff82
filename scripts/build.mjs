#!/usr/bin/env node
// npm run build; and `node scripts/build.mjs --install-only`, for scripts that run from the sources.
import './lib/require-node.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { stoppable } from './lib/child.mjs';
import { runScript } from './lib/failure.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/root.mjs';

await runScript(() =>
  stoppable(async () => {
    await ensureInstalled(root);
    if (!process.argv.includes('--install-only')) await ensureBuilt(root);
  }),
);
