#!/usr/bin/env node
import process from 'node:process';
import { main } from './main.ts';
import { stayQuietWhenClosed } from './broken-pipe.ts';

const interrupt = new AbortController();
const onSignal = () => {
  // The second one is meant: what is on the disk is whole at any moment, and the next run goes on from it.
  if (interrupt.signal.aborted) process.exit(130);
  interrupt.abort(new Error('Stopped by a signal'));
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
stayQuietWhenClosed(process.stdout);
stayQuietWhenClosed(process.stderr);

process.exitCode = await main({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  interrupt: interrupt.signal,
});
process.off('SIGINT', onSignal);
process.off('SIGTERM', onSignal);
