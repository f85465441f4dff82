// Imported first by every script: says so when Node is too old, before anything else can fail in a stranger way.
// Plain old syntax on purpose, so that an old Node can read this file.
import { readFileSync } from 'node:fs';

/**
 * @param {string} version `process.versions.node`
 * @param {string} range `engines.node` of package.json, in the one form `>=MAJOR.MINOR`
 * @returns {string | undefined} what to tell the user, or undefined when the version will do
 */
export function nodeVersionProblem(version, range) {
  const wanted = /^>=(\d+)\.(\d+)$/.exec(range);
  if (wanted === null) throw new Error('engines.node in package.json must read ">=MAJOR.MINOR", not "' + range + '"');
  const have = /^(\d+)\.(\d+)/.exec(version) || ['', '0', '0'];
  const majors = Number(have[1]) - Number(wanted[1]);
  if (majors > 0 || (majors === 0 && Number(have[2]) >= Number(wanted[2]))) return undefined;
  return (
    'DirectorStudio needs Node ' + wanted[1] + '.' + wanted[2] + ' or newer; this is Node ' + version + ' (' + process.execPath + ').\n' +
    'Install a newer one from https://nodejs.org, then run the same command again.'
  );
}

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const problem = nodeVersionProblem(process.versions.node, manifest.engines.node);
if (problem !== undefined) {
  process.stderr.write(problem + '\n');
  process.exit(2);
}
