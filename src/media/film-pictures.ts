import { EncodedPacketSink, type EncodedPacket } from 'mediabunny';
import { StudioError } from '../lib/errors.ts';
import { withClipTracks, type ClipFacts } from './clip-facts.ts';
import type { CutPlan, PlannedPart } from './cut-plan.ts';
import type { Stretch } from './cut-stretches.ts';
import { descriptionBytes, namingClip } from './decoder-support.ts';
import { makeFitter } from './fit-picture.ts';
import type { FilmSets, PacketChange } from './h264/film-sets.ts';
import { readAvcConfiguration, writeAvcConfiguration } from './h264/units.ts';
import { blackI420 } from './i420.ts';
import { createPictureDecoders, type DecodedPicture, type PictureDecoders } from './picture-decoder.ts';
import { createPictureEncoder, defaultBitrate, type PictureEncoder, type PictureEncoderOptions, type VideoMetadata } from './picture-encoder.ts';
import { shownPictures } from './shown-pictures.ts';

/** What happens with each frame that is done: its sound, progress, and the chance to stop. */
export type OnFrame = () => Promise<void>;

/** The film's pictures, stretch by stretch. */
export interface FilmPictures {
  /** @returns the seconds into the clip from which on it could not be decoded, and its last good frame stands. */
  add(part: PlannedPart, stretch: Stretch, onFrame: OnFrame): Promise<number | undefined>;
  finish(): Promise<void>;
  close(): void;
}

type WritePacket = (packet: EncodedPacket, metadata: VideoMetadata) => Promise<void>;

export async function createFilmPictures(plan: CutPlan, write: WritePacket): Promise<FilmPictures> {
  const { width, height, frameRate, base, sets } = plan;
  // A second generation gets twice the bits: what the first lost must not be lost again.
  const options = { width, height, frameRate, bitrate: defaultBitrate(width, height, frameRate) * 2 };
  const anyEncoded = plan.parts.some(({ stretches }) => stretches.some(({ kind }) => kind === 'encoded'));
  const own = anyEncoded && sets ? await joinOwnStream(options, sets) : undefined;
  const metadata = base && { decoderConfig: filmConfig(base, sets) };
  const fit = makeFitter(width, height);
  const decoders = createPictureDecoders();
  let encoder: PictureEncoder | undefined;
  // Only one encoder is open at a time, and it ends where copied packets begin.
  let encoderStart = 0;
  const endEncoder = async (): Promise<void> => {
    await encoder?.finish();
    encoder?.close();
    encoder = undefined;
  };
  const writeEncoded: WritePacket = async (packet, encoded) => {
    const timestamp = Math.round(packet.timestamp * frameRate + encoderStart) / frameRate;
    if (!own || !metadata) await write(packet.clone({ timestamp }), encoded);
    else await write(packet.clone({ data: own(packet.data, encoded.decoderConfig), timestamp, sequenceNumber: -1 }), metadata);
  };
  return {
    async add(part, stretch, onFrame) {
      if (stretch.kind === 'copied') {
        await endEncoder();
        await copyPictures(part, stretch, plan, async (packet) => await write(packet, metadata ?? { decoderConfig: part.clip.videoConfig }), onFrame);
        return undefined;
      }
      if (!encoder) {
        encoderStart = part.firstFrame + stretch.firstFrame;
        encoder = createPictureEncoder(options, writeEncoded);
      }
      return await encodePictures(part, stretch, { plan, fit, decoders, encoder }, onFrame);
    },
    finish: endEncoder,
    close() {
      encoder?.close();
      decoders.close();
    },
  };
}

/** The base clip's configuration, with all streams' settings in it. */
function filmConfig(base: ClipFacts, sets: FilmSets | undefined): VideoDecoderConfig {
  if (!sets) return base.videoConfig;
  const { configuration } = sets;
  const codec = `avc1.${Buffer.from([configuration.profile, configuration.compatibility, configuration.level]).toString('hex')}`;
  return { ...base.videoConfig, codec, description: writeAvcConfiguration(configuration) };
}

/** Takes our encoder's settings into the film's; they are known only from a picture that it made. */
async function joinOwnStream(options: PictureEncoderOptions, sets: FilmSets): Promise<(packet: Uint8Array, config: VideoDecoderConfig | undefined) => Uint8Array> {
  let text: string | undefined;
  let change: PacketChange | undefined;
  const trial = createPictureEncoder(options, async (_packet, { decoderConfig }) => {
    const description = decoderConfig && descriptionBytes(decoderConfig);
    if (!description) return;
    text = Buffer.from(description).toString('hex');
    change = sets.add(readAvcConfiguration(description), true);
  });
  try {
    await trial.add(blackI420(options.width, options.height).data);
    await trial.finish();
  } finally {
    trial.close();
  }
  return (packet, config) => {
    const description = config && descriptionBytes(config);
    if (!change || !description || Buffer.from(description).toString('hex') !== text) throw new Error('The encoder changed its settings between two pictures of one size.');
    return change(packet);
  };
}

/** Takes packets as they are and gives each its place in the film, counted in frames: no gap, no overlap. */
async function copyPictures(part: PlannedPart, stretch: Extract<Stretch, { kind: 'copied' }>, plan: CutPlan, write: (packet: EncodedPacket) => Promise<void>, onFrame: OnFrame): Promise<void> {
  const { clip, change } = part;
  const { frameRate } = clip.probe;
  const { firstPacket, frameCount } = stretch;
  const starts = new Set(typeof clip.stream === 'string' ? [] : clip.stream.idrPackets);
  // The clip's frame at which the stretch begins is the film's frame at which it is put.
  const shift = part.firstFrame + stretch.firstFrame - (firstPacket === 0 && stretch.firstFrame === 0 && frameCount === clip.probe.frameCount ? 0 : (clip.shownAt[firstPacket] ?? 0));
  await withClipTracks(clip.path, async ({ video }) => {
    const sink = new EncodedPacketSink(video);
    const first = firstPacket === 0 ? await sink.getFirstPacket() : await sink.getPacket(clip.startS + ((clip.shownAt[firstPacket] ?? 0) + 0.25) / frameRate);
    let done = 0;
    if (first) {
      for await (const packet of namingClip(sink.packets(first), clip.path, 'picture')) {
        const frame = shift + (clip.shownAt[firstPacket + done] ?? 0);
        if (Math.round((packet.timestamp - clip.startS) * frameRate) !== clip.shownAt[firstPacket + done]) break;
        const data = change(packet.data);
        // Only what starts anew is said to: a player that begins elsewhere would show pictures it has no ground for.
        const type = starts.size === 0 ? packet.type : starts.has(firstPacket + done) ? 'key' : 'delta';
        await write(packet.clone({ data, type, timestamp: frame / plan.frameRate, duration: 1 / plan.frameRate, sequenceNumber: -1 }));
        await onFrame();
        done += 1;
        if (done === frameCount) break;
      }
    }
    if (done < frameCount) throw new StudioError('MEDIA_UNREADABLE', `Cannot use ${clip.path} as a clip: it changed while the film was cut.`, { next: 'Run the same command again.', detail: { path: clip.path } });
  });
}

interface EncodingTools {
  plan: CutPlan;
  fit: ReturnType<typeof makeFitter>;
  decoders: PictureDecoders;
  encoder: PictureEncoder;
}

/**
 * Decodes a stretch and encodes it again in the film's size and rate. A film frame shows what the clip shows in the middle
 * of its time, so at equal rates each frame is taken once, and at others they are repeated or left out evenly.
 * @returns the seconds into the clip from which on it could not be decoded, and its last good frame stands.
 */
async function encodePictures(part: PlannedPart, stretch: Stretch, { plan, fit, decoders, encoder }: EncodingTools, onFrame: OnFrame): Promise<number | undefined> {
  const { clip } = part;
  const startS = clip.startS + part.inS + stretch.firstFrame / plan.frameRate;
  let done = 0;
  const emitUntil = async (picture: DecodedPicture, endS: number): Promise<void> => {
    while (done < stretch.frameCount && startS + (done + 0.5) / plan.frameRate < endS) {
      await encoder.add(fit(picture, clip.probe).data);
      done += 1;
      await onFrame();
    }
  };
  let current: DecodedPicture | undefined;
  let brokenAtS: number | undefined;
  // A paid clip with a broken end is worth more than none: what could be decoded is shown, then its last good frame, which
  // may stand before the part begins.
  const decodeFrom = async (fromS: number): Promise<void> =>
    await withClipTracks(clip.path, async ({ video }) => {
      for await (const next of shownPictures(video, clip, fromS, decoders)) {
        if (current) await emitUntil(current, next.timeS);
        current = next;
        if (done === stretch.frameCount) break;
      }
    });
  for (const fromS of [startS, -Infinity]) {
    try {
      await decodeFrom(fromS);
      break;
    } catch (error) {
      if (!StudioError.is(error) || error.code !== 'MEDIA_UNREADABLE' || (!current && fromS === -Infinity)) throw error;
      brokenAtS = (current?.timeS ?? startS) - clip.startS;
      if (current) break;
    }
  }
  if (!current) throw new StudioError('MEDIA_UNREADABLE', `Cannot use ${clip.path} as a clip: none of its frames could be decoded.`, { detail: { path: clip.path } });
  await emitUntil(current, Infinity); // the last frame stays until the part's end
  return brokenAtS;
}
