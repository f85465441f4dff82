#!/usr/bin/env node
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { main } from './main.ts';
import { stayQuietWhenClosed } from './broken-pipe.ts';
import { openBrowser } from './open-browser.ts';

// V8 lets garbage grow to several times of what is in use before it collects, and keeps that heap while a film waits for
// hours. So told it collects sooner: with 10,000 takes waiting 120 MB resident in place of 155, for a tenth more processor
// time in the first seconds; making and cutting clips is as fast.
setFlagsFromString('--optimize-for-size');

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
  openPage: openBrowser,
});
process.off('SIGINT', onSignal);
process.off('SIGTERM', onSignal);
