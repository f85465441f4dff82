import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
  await lab.write('story.txt', scriptOf(2));
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

// Windows has no pipes and devices that a file's name leads to.
describe.skipIf(process.platform === 'win32')('what a person names and is no file', () => {
  beforeEach(async () => {
    await promisify(execFile)('mkfifo', [join(lab.folder, 'pipe')]);
  });

  it.each([
    ['a script', ['plan', '/dev/zero'], '/dev/zero cannot be read: it is a device, not a file.'],
    ['a cast', ['plan', 'story.txt', '--cast', 'pipe'], 'pipe cannot be read: it is a pipe, not a file.'],
    ['a cast', ['plan', 'story.txt', '--cast', '/dev/zero'], '/dev/zero cannot be read: it is a device, not a file.'],
    ['a cast', ['plan', 'story.txt', '--cast', '.'], 'cannot be read: it is a folder.'],
    ["an editor's file", ['handoff', '--read', 'pipe'], 'pipe cannot be read: it is a pipe, not a file.'],
    ["an editor's file", ['handoff', '--read', '/dev/zero'], '/dev/zero cannot be read: it is a device, not a file.'],
    ['music', ['film', 'story.txt', '--under', 'pipe'], 'it is no file'],
    ['music', ['film', 'story.txt', '--under', '/dev/zero'], 'it is no file'],
  ])('is refused as %s at once, and never waited for: %j', async (_, words, message) => {
    expect(await lab.run(words)).toMatchObject({ exit: 2, err: expect.stringContaining(message) as string });
  });

  it('is refused as a picture of the cast, with whose it is', async () => {
    await lab.write('people.json', JSON.stringify({ cast: { Anna: { pictures: ['pipe'] }, Ben: { pictures: ['/dev/zero'] }, Cleo: { pictures: ['.'] } } }));
    const { exit, err } = await lab.run(['plan', 'story.txt', '--cast', 'people.json']);
    expect(exit).toBe(2);
    for (const words of ['people.json, Anna: picture pipe is no file', 'people.json, Ben: picture /dev/zero is no file', 'people.json, Cleo: picture . cannot be read: it is a folder']) expect(err).toContain(words);
  });

  it('is read as a script where a program writes into it, as a shell hands over <(program)', async () => {
    const writer = spawn('cp', ['story.txt', 'pipe'], { cwd: lab.folder });
    const ended = once(writer, 'exit');
    expect((await lab.run(['plan', 'pipe'])).out).toContain('2 shots');
    await ended;
  });

  it('is waited for as a script only until Ctrl-C', async () => {
    const stop = new AbortController();
    const run = lab.run(['plan', 'pipe'], { stopSignal: stop.signal });
    stop.abort();
    expect((await run).exit).toBe(130);
  });
});

describe('a film that is not there', () => {
  it('is said to be not filmed yet where its script is, with how it is made', async () => {
    await lab.run(['film', 'story.txt']);
    await lab.write('other.txt', scriptOf(1));
    const { exit, err } = await lab.run(['status', 'other.txt']);
    expect(exit).toBe(2);
    expect(err).toContain('other.txt has not been filmed here yet');
    expect(err).toContain('directorstudio plan other.txt shows what it would make and cost');
  });
});
