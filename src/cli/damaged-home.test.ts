import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
  await lab.write('story.txt', scriptOf(2));
  await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv });
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

/** As much of a PNG as its size is read from. */
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(33);
  header.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return Buffer.concat([header, Buffer.from('\0\0\0\0IEND\xaeB`\x82', 'latin1')]);
}

const atKling = async (...words: string[]) => await lab.run(words, { env: lab.klingEnv });

/** Puts a file where the home has a folder, or the other way round. */
async function replaced(part: string, by: 'file' | 'folder'): Promise<string> {
  const path = join(lab.home, part);
  await rm(path, { recursive: true, force: true });
  if (by === 'folder') await mkdir(path);
  else await writeFile(path, 'not what belongs here');
  return path;
}

describe('a part of the home that is not what it should be', () => {
  it('is named with what to do where programs mark their work, and nothing is begun', async () => {
    const path = await replaced('leases', 'file');
    for (const words of [['status'], ['film', 'story.txt', '--yes'], ['resume', '--yes']]) {
      const run = await atKling(...words);
      expect(run).toMatchObject({ exit: 2, out: '' });
      expect(run.err).toBe(
        `Error: Could not mark this program as running in ${path}: a file is where a folder belongs.\nNext: Move away what is in its place, or check who owns the home; then run the same command again.\n`,
      );
    }
    await rm(path);
    expect((await atKling('film', 'story.txt', '--yes')).exit).toBe(0);
    expect(lab.kling.charges()).toHaveLength(2);
  });

  it('keeps a paid clip waiting at Kling when there is nowhere to download to, and the next run brings it', async () => {
    const path = await replaced('clips/tmp', 'file');
    await lab.write('story.txt', scriptOf(3));
    const run = await atKling('film', 'story.txt', '--yes');
    expect(run).toMatchObject({ exit: 1, err: expect.not.stringContaining('bug') as string });
    expect(run.out).toContain(`Waiting: trouble on this machine: S01_SH03.\n  Could not make a temporary file in the clip cache`);
    await rm(path);
    expect((await atKling('resume', '--yes')).exit).toBe(0);
    expect(lab.kling.charges()).toHaveLength(3);
  });

  it('is named where frames are kept, before anything is spent', async () => {
    await replaced('frames', 'file');
    await lab.write('start.png', png(400, 400));
    await lab.write('frames.json', JSON.stringify([{ prompt: 'a boat leaves', image: 'start.png' }]));
    const run = await atKling('film', 'frames.json', '--yes');
    expect(run).toMatchObject({ exit: 2, err: expect.stringContaining('Could not keep the frame start.png') as string });
    expect(lab.kling.charges()).toHaveLength(2);
  });

  it('is named by stop', async () => {
    await replaced('stop', 'folder');
    expect(await atKling('stop')).toMatchObject({ exit: 2, err: expect.stringContaining('a folder is where a file belongs') as string });
  });
});

describe('a text in the store that cannot be read', () => {
  const change = (sentence: string) => {
    const database = new Database(join(lab.home, 'studio.sqlite'));
    database.exec(sentence);
    database.close();
  };

  it.each([
    ["generations set state = '{\"status\":'", 'the state of take ds1-'],
    ["generations set state = '{\"status\":\"flying\"}'", 'the state of take ds1-'],
    ["generations set state = '{\"status\":\"submitted\"}', status = 'submitted'", 'the state of take ds1-'],
    ["generations set state = 'null'", 'the state of take ds1-'],
    ["generations set request = '{}'", 'what was asked for as take ds1-'],
    ["shots set settings = 'x'", 'the settings of shot S01_SH0'],
    ["projects set film_settings = '['", 'the settings of film '],
  ])('is damage, said in one sentence with the way back, and costs nothing: %s', async (sentence, what) => {
    change(`update ${sentence}`);
    for (const words of [['status'], ['film', 'story.txt', '--yes'], ['resume', '--yes']]) {
      const run = await atKling(...words);
      expect(run, words[0]).toMatchObject({ exit: 2, err: expect.stringContaining(`The store (studio.sqlite in the home) is damaged: ${what}`) as string });
      expect(run.err).toContain('directorstudio recover');
      expect(run.err).not.toContain('bug');
    }
    expect(lab.kling.charges()).toHaveLength(2);
  });

  it('is damage for history as well', async () => {
    change("update journal set detail = 'x'");
    expect(await atKling('history', '1')).toMatchObject({ exit: 2, err: expect.stringContaining('is damaged: the journal of a take cannot be read') as string });
  });
});
