import { stat } from 'node:fs/promises';
import { ADTS, EncodedPacketSink, FilePathSource, FLAC, Input, MP3, MP4, OGG, QTFF, WAVE, type InputAudioTrack } from 'mediabunny';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { findIndexFault } from './check-index.ts';
import { FileBytes } from './file-bytes.ts';
import { readTopLevelBoxes } from './mp4-boxes.ts';
import { samplesUntilFrame } from './film-length.ts';
import { holdProcessOpen } from './hold-process-open.ts';
import type { SoundFormat } from './sound-encoder.ts';
import { decodeSound } from './sound-reader.ts';
import { SoundWindow } from './sound-window.ts';

/** A voice or music that is laid under a film. */
export interface SoundUnder {
  path: string;
  /** Louder or softer, in decibels; 0 is as it is. */
  gainDb: number;
}

export interface SoundFile extends SoundFormat {
  /** Short name: `mp3`, `aac`, `pcm-s16`, ... */
  codec: string;
  /** In seconds. */
  durationS: number;
}

/** In seconds: how long sound that is longer than the film takes to fade at its end. */
const FADE_S = 0.5;

/**
 * Whether a file can be laid under a film: its beginning is decoded.
 * @throws StudioError `SOUND_UNUSABLE` with the reason.
 */
export async function probeSoundFile(path: string): Promise<SoundFile> {
  const release = holdProcessOpen();
  try {
    return await withSoundFile(path, async (track) => {
      const codec = (await track.getCodec()) ?? 'unknown';
      // The codecs here end the whole program over FLAC of 16 bits, and open no Vorbis.
      if (codec === 'flac' || codec === 'vorbis') throw unusable(path, `sound of its kind (${codec}) cannot be read here`);
      const format = { codec, sampleRate: await track.getSampleRate(), channels: await track.getNumberOfChannels(), durationS: await track.computeDuration() };
      const blocks = decodeSound(track, 0, path);
      try {
        if ((await blocks.next()).done === true) throw unusable(path, `no sound of its kind (${format.codec}) can be read`);
      } finally {
        await blocks.return(undefined);
      }
      return format;
    });
  } finally {
    release();
  }
}

async function withSoundFile<Result>(path: string, use: (track: InputAudioTrack) => Promise<Result>): Promise<Result> {
  const opened = await openSoundFile(path);
  try {
    return await use(opened.track);
  } catch (error) {
    throw StudioError.is(error) && error.code === 'SOUND_UNUSABLE' ? error : unusable(path, messageOf(StudioError.is(error) ? (error.cause ?? error) : error), error);
  } finally {
    opened.close();
  }
}

async function openSoundFile(path: string): Promise<{ track: InputAudioTrack; close: () => void }> {
  // A pipe or a device would be waited for without end.
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile()) throw unusable(path, 'it is no file');
  const fault = await FileBytes.with(path, async (bytes) => {
    const { boxes } = await readTopLevelBoxes(bytes);
    return boxes[0]?.type === 'ftyp' ? await findIndexFault(bytes, boxes) : undefined;
  }).catch((error: unknown) => {
    throw unusable(path, systemErrorCode(error) === 'ENOENT' ? 'there is no such file' : messageOf(error), error);
  });
  if (fault !== undefined) throw unusable(path, fault);
  const input = new Input({ source: new FilePathSource(path, { handleUnhandledError: () => undefined }), formats: [WAVE, MP3, MP4, QTFF, OGG, FLAC, ADTS] });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (!track || !(await new EncodedPacketSink(track).getFirstPacket())) throw unusable(path, 'there is no sound in it');
    return { track, close: () => input.dispose() };
  } catch (error) {
    input.dispose();
    throw StudioError.is(error) ? error : unusable(path, 'it is no sound file that is known here', error);
  }
}

function unusable(path: string, because: string, cause?: unknown): StudioError {
  return new StudioError('SOUND_UNUSABLE', `Cannot lay ${path} under the film: ${because}.`, { next: 'Use a WAV, MP3, M4A or Opus file.', cause, detail: { path } });
}

/** What is laid under a film, ready to be mixed. */
export interface UnderSound {
  /** Adds it to the film's samples from one place on; going forward only. */
  mixInto(samples: readonly Float32Array[], firstSample: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param onBroken hears when it can't be decoded to its end, and of the seconds into it; silence stands from there on.
 * @throws StudioError `SOUND_UNUSABLE`.
 */
export async function openUnder({ path, gainDb }: SoundUnder, format: SoundFormat, film: { frameCount: number; frameRate: number }, onBroken: (atS: number) => void): Promise<UnderSound> {
  const { track, close } = await openSoundFile(path);
  const { sampleRate } = format;
  const gain = 10 ** (gainDb / 20);
  const end = samplesUntilFrame(film.frameCount, film.frameRate, sampleRate);
  const fadeStart = Math.max(0, end - Math.round(FADE_S * sampleRate));
  let window: SoundWindow | undefined = new SoundWindow(decodeSound(track, 0, path));
  return {
    async mixInto(samples, firstSample) {
      const count = samples[0]?.length ?? 0;
      const atS = firstSample / sampleRate;
      let under: Float32Array[] | undefined;
      try {
        under = await window?.read(atS, count, { sampleRate, channels: samples.length });
      } catch (error) {
        if (!StudioError.is(error)) throw error;
        onBroken(atS);
        await window?.close();
        window = undefined;
      }
      for (const [channel, target] of samples.entries()) {
        const source = under?.[channel];
        if (!source) continue;
        for (let index = 0; index < count; index += 1) {
          const left = end - (firstSample + index);
          const share = firstSample + index < fadeStart ? gain : (gain * left) / (end - fadeStart);
          target[index] = Math.max(-1, Math.min(1, (target[index] ?? 0) + (source[index] ?? 0) * share));
        }
      }
    },
    async close() {
      await window?.close();
      close();
    },
  };
}
