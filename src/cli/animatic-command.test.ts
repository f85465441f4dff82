import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeVideo } from '../media/index.ts';
import { openCliLab, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

/** One short, one of them with a line that needs more time than it has, one upright, one whole. */
const SHOTS = [
  { prompt: 'Wide shot of a harbour at dawn. The camera pans left.', in: 1, out: 1.5 },
  { prompt: 'Close-up of Mara, she speaks.', out: 0.75, line: 'I never thought that he would really come back, and not like this.', takes: 2 },
  { prompt: 'A boat, upright.', aspect: '9:16', out: 0.5 },
];
const FRAMES = 12 + 18 + 12;
const list = async (shots: readonly object[] = SHOTS) => await lab.write('film.json', JSON.stringify(shots));
const filesHere = async () => (await readdir(lab.folder)).filter((name) => !['home', 'kling', 'film.json'].includes(name)).sort();

/** A second of a buzz, as WAV. */
function tone(): Buffer {
  const file = Buffer.alloc(44 + 16_000);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  for (const [at, value] of [[16, 16], [24, 8000], [28, 16_000], [40, 16_000]] as const) file.writeUInt32LE(value, at);
  for (const [at, value] of [[20, 1], [22, 1], [32, 2], [34, 16]] as const) file.writeUInt16LE(value, at);
  file.write('data', 36);
  for (let at = 44; at < file.length; at += 2) file.writeInt16LE(at % 80 < 40 ? 5000 : -5000, at);
  return file;
}

describe('animatic', () => {
  it('draws every shot for its time on screen: as long to the frame as the film will be, with its lines beside it', async () => {
    await list([...SHOTS, { prompt: 'A whole clip of the sea.' }]);
    const run = await lab.run(['animatic', 'film.json']);
    expect({ exit: run.exit, err: run.err }).toEqual({ exit: 0, err: 'Drawing the animatic.\n' });
    expect(await probeVideo(join(lab.folder, 'film.animatic.mp4'))).toMatchObject({ frameCount: FRAMES + 121, width: 1280, height: 720, frameRate: 24 });
    expect(await filesHere()).toEqual(['film.animatic.mp4', 'film.animatic.srt', 'film.animatic.vtt']);
    expect(String(await lab.read('film.animatic.srt'))).toMatch(/^1\n00:00:00,500 --> .*\nI never thought/);
    expect(run.out).toMatch(/Note: S01_SH02: the line takes about \d\.\d s to say, the shot is 0\.8 s\./);
    expect(run.out).toContain('Nothing was saved or spent. Filmed with Kling: 4 shots, $1.05 (7.5 units).');
    expect(run.out).not.toContain('SANDBOX');

    const film = (await lab.run(['film', 'film.json', '--sandbox', '--json'])).json();
    expect(film.find(({ type }) => type === 'film')).toMatchObject({ frameCount: FRAMES + 121 });
  });

  it('saves no project, asks nobody for money, and can be run again', async () => {
    await list();
    for (let run = 0; run < 2; run += 1) expect((await lab.run(['animatic', 'film.json'], { env: lab.klingEnv })).exit).toBe(0);
    expect((await probeVideo(join(lab.folder, 'film.animatic.mp4'))).frameCount).toBe(FRAMES);
    expect((await lab.run(['project', 'list', '--json'])).json().filter(({ type }) => type === 'project')).toEqual([]);
    expect(lab.kling.tasks()).toEqual([]);
  });

  it('writes the storyboard as PDF, or as PNG in a file a page', async () => {
    await list(Array.from({ length: 7 }, (_, index) => ({ prompt: `Shot ${index}`, out: 0.1 })));
    const pdf = await lab.run(['animatic', 'film.json', '--sheet', 'paper/board.pdf', '--paper', 'letter', '--json']);
    const pages = pdf.json().find(({ type }) => type === 'animatic');
    expect(pages).toMatchObject({ sheets: [join(lab.folder, 'paper/board.pdf')], frameCount: 7 * 2, subtitles: [], notes: [] });
    expect((await readFile(join(lab.folder, 'paper/board.pdf'), 'latin1')).match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
    expect(pdf.json().at(-1)).toMatchObject({ type: 'summary', shots: 7, exit: 0 });
    expect((await lab.run(['animatic', 'film.json', '--sheet', 'board.png', '-o', 'x.mp4'])).exit).toBe(0);
    expect(await filesHere()).toEqual(['board-01.png', 'board-02.png', 'film.animatic.mp4', 'paper', 'x.mp4']);
  });

  it('lays a scratch voice under it, else what lies under the film, and nothing where none is asked for', async () => {
    await list([{ prompt: 'A boat.', out: 0.5 }]);
    await writeFile(join(lab.folder, 'voice.wav'), tone());
    const under = async (...words: string[]) => (await lab.run(['animatic', 'film.json', '--json', ...words])).json().find(({ type }) => type === 'animatic')?.['under'];
    const sound = async () => (await probeVideo(join(lab.folder, 'film.animatic.mp4'))).audio;
    expect(await under('--under', 'voice.wav', '--under-db', '-6')).toBe(join(lab.folder, 'voice.wav'));
    expect(await sound()).toMatchObject({ codec: 'aac' });
    expect((await probeVideo(join(lab.folder, 'film.animatic.mp4'))).frameCount).toBe(12);
    // It saves nothing: the film is as silent as it was.
    expect(await under()).toBeNull();
    expect(await sound()).toBeUndefined();
    expect((await lab.run(['film', 'film.json', '--sandbox', '--under', 'voice.wav'])).exit).toBe(0);
    expect(await under()).toBe(join(lab.folder, 'voice.wav'));
    expect(await under('--under', 'none')).toBeNull();
    expect(await lab.run(['animatic', 'film.json', '--under', 'film.json'])).toMatchObject({ exit: 2 });
  }, 90_000);

  it.each([
    ['a script that is not there', ['nothing.txt'], 'There is no file nothing.txt'],
    ['a shot that no model makes', ['film.json', '--duration', '7'], 'cannot be filmed as asked'],
    ['a name that is no film', ['film.json', '-o', 'film.mov'], 'animatics are MP4 files'],
    ['paper for no storyboard', ['film.json', '--paper', 'a4'], 'none is asked for'],
    ['a storyboard that is no paper', ['film.json', '--sheet', 'board.docx'], 'written as PDF or PNG'],
  ])('refuses %s with 2 and leaves nothing', async (_, words, message) => {
    await list();
    const run = await lab.run(['animatic', ...words]);
    expect({ exit: run.exit, said: run.err.includes(message) }).toEqual({ exit: 2, said: true });
    expect(await filesHere()).toEqual([]);
  });

  it('stopped with Ctrl-C leaves neither a film nor a page nor a new folder', async () => {
    // Long and moving, so that it is far from done when the first news of it comes.
    await list(Array.from({ length: 12 }, (_, index) => ({ prompt: `A crowd in the rain, number ${index + 1}. Slow push-in.`, duration: 10 })));
    const temporary = await mkdtemp(join(tmpdir(), 'animatic-test-'));
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = temporary;
    try {
      const run = await lab.run(['animatic', 'film.json', '-o', 'new/film.mp4', '--sheet', 'new/board.pdf', '--json'], { interruptWhen: /"progress".*"done":0\.[0-9]/ });
      expect(run.exit).toBe(130);
      expect(run.json().at(-1)).toMatchObject({ type: 'summary', shots: 12, exit: 130 });
      expect(await filesHere()).toEqual([]);
      expect((await readdir(temporary)).filter((name) => name.startsWith('directorstudio'))).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      await rm(temporary, { recursive: true, force: true });
    }
  });
});
