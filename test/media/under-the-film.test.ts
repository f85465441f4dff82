import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClipTracks } from '../../src/media/clip-facts.ts';
import { cutClips, probeSoundFile, probeVideo } from '../../src/media/index.ts';
import { decodeSound } from '../../src/media/sound-reader.ts';
import { writeTestClip } from './clips.ts';

let folder = '';
let silent = '';
let sounding = '';
let film = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'under-the-film-'));
  film = join(folder, 'film.mp4');
  silent = await writeTestClip(join(folder, 'silent.mp4'), { frameCount: 48 });
  // 330 Hz at 0.3.
  sounding = await writeTestClip(join(folder, 'sounding.mp4'), { frameCount: 48, seed: 2, sound: { sampleRate: 48_000, channels: 2 } });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Tone {
  frequency: number;
  lengthS: number;
  sampleRate: number;
  channels: number;
  bits: 8 | 16 | 24 | 32;
}

/** A WAV file of one tone at half of full. */
async function writeTone(name: string, { frequency, lengthS, sampleRate, channels, bits }: Tone): Promise<string> {
  const bytes = bits / 8;
  const count = Math.round(lengthS * sampleRate);
  const file = Buffer.alloc(44 + count * channels * bytes);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * channels * bytes, 28);
  file.writeUInt16LE(channels * bytes, 32);
  file.writeUInt16LE(bits, 34);
  file.write('data', 36);
  file.writeUInt32LE(count * channels * bytes, 40);
  for (let index = 0; index < count; index += 1) {
    const value = 0.5 * Math.sin((2 * Math.PI * frequency * index) / sampleRate);
    for (let channel = 0; channel < channels; channel += 1) {
      const at = 44 + (index * channels + channel) * bytes;
      if (bits === 8) file.writeUInt8(Math.round(128 + value * 127), at);
      else file.writeIntLE(Math.round(value * (2 ** (bits - 1) - 1)), at, bytes);
    }
  }
  const path = join(folder, name);
  await writeFile(path, file);
  return path;
}

async function soundOf(path: string): Promise<{ samples: Float32Array; sampleRate: number }> {
  return withClipTracks(path, async ({ audio }) => {
    const samples: number[] = [];
    let rate = 0;
    for await (const { channels, startS, sampleRate } of decodeSound(audio!, -1, path)) {
      rate = sampleRate;
      for (const sample of channels[0]!.subarray(Math.max(0, Math.round(-startS * sampleRate)))) samples.push(sample);
    }
    return { samples: Float32Array.from(samples), sampleRate: rate };
  });
}

/** How much of a frequency is in the samples, as an amplitude. */
function amplitude(samples: Float32Array, frequency: number, sampleRate: number): number {
  let [sine, cosine] = [0, 0];
  for (const [index, sample] of samples.entries()) {
    sine += sample * Math.sin((2 * Math.PI * frequency * index) / sampleRate);
    cosine += sample * Math.cos((2 * Math.PI * frequency * index) / sampleRate);
  }
  return (2 * Math.hypot(sine, cosine)) / samples.length;
}

describe('a file under the film', () => {
  test.each([8, 16, 24, 32] as const)('a silent film gets it as it is, as long as the picture and faded at its end (WAV of %d bits)', async (bits) => {
    const music = await writeTone(`music-${bits}.wav`, { frequency: 700, lengthS: 9, sampleRate: 44_100, channels: 2, bits });
    const report = await cutClips([{ path: silent, inS: 0, outS: undefined }, { path: silent, inS: 0, outS: undefined }], film, { under: { path: music } });
    expect(report).toMatchObject({ method: 'copied', audio: true, frameCount: 96, broken: [] });
    const { audio } = await probeVideo(film);
    expect(audio).toMatchObject({ sampleRate: 44_100, channels: 2 });
    expect(Math.abs(audio!.durationS - 4)).toBeLessThan(1.5 / 44_100);
    const { samples } = await soundOf(film);
    const at = (fromS: number, toS: number): number => amplitude(samples.subarray(fromS * 44_100, toS * 44_100), 700, 44_100);
    expect(at(0.1, 3.4)).toBeCloseTo(0.5, 1);
    expect(at(3.7, 3.8)).toBeCloseTo(0.25, 1);
    expect(at(3.96, 4)).toBeLessThan(0.06);
  });

  test('under sound it is 12 dB softer unless said otherwise, and both are heard; it ends when it ends', async () => {
    const voice = await writeTone('voice.wav', { frequency: 900, lengthS: 1, sampleRate: 22_050, channels: 1, bits: 16 });
    for (const [gainDb, expected] of [[undefined, 0.5 * 10 ** (-12 / 20)], [-6, 0.5 * 10 ** (-6 / 20)]] as const) {
      await cutClips([{ path: sounding, inS: 0, outS: undefined }], film, { under: { path: voice, gainDb } });
      const { samples, sampleRate } = await soundOf(film);
      expect(sampleRate).toBe(48_000);
      const first = samples.subarray(4800, 43_200);
      expect(amplitude(first, 900, sampleRate)).toBeGreaterThan(expected * 0.9);
      expect(amplitude(first, 900, sampleRate)).toBeLessThan(expected * 1.1);
      expect(amplitude(first, 330, sampleRate)).toBeCloseTo(0.3, 1);
      expect(amplitude(samples.subarray(52_800, 91_200), 900, sampleRate)).toBeLessThan(0.01);
    }
  });

  test('sound out of a film can be laid under another', async () => {
    await cutClips([{ path: sounding, inS: 0, outS: undefined }], join(folder, 'music.m4a'));
    expect(await probeSoundFile(join(folder, 'music.m4a'))).toMatchObject({ codec: 'aac', sampleRate: 48_000, channels: 2 });
    await cutClips([{ path: silent, inS: 0, outS: 1 }], film, { under: { path: join(folder, 'music.m4a') } });
    const { samples } = await soundOf(film);
    expect(amplitude(samples.subarray(4800, 20_000), 330, 48_000)).toBeCloseTo(0.3, 1);
  });

  test('what is no sound is refused by name, with what to use', async () => {
    await writeFile(join(folder, 'letter.mp3'), 'Dear Sir or Madam, '.repeat(500));
    await writeFile(join(folder, 'empty.wav'), '');
    for (const name of ['letter.mp3', 'empty.wav', 'absent.wav', 'silent.mp4']) {
      await expect(probeSoundFile(join(folder, name)), name).rejects.toMatchObject({ code: 'SOUND_UNUSABLE', message: expect.stringContaining(name) as string, next: expect.stringContaining('WAV') as string });
      await expect(cutClips([{ path: silent, inS: 0, outS: undefined }], film, { under: { path: join(folder, name) } }), name).rejects.toMatchObject({ code: 'SOUND_UNUSABLE' });
    }
  });
});
