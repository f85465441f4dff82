#!/usr/bin/env node
// npm start: says how far the studio is.
import './lib/require-node.mjs';

process.stdout.write(`The studio's page in the browser is not there yet. On the command line DirectorStudio works today:

  npm run film -- examples/SCRIPT          a script becomes a film (without a Kling key: in the sandbox, for nothing)
  npm run directorstudio -- plan SCRIPT    the shots, the model and the cost; spends nothing
  npm run directorstudio -- --help         every other word
`);
