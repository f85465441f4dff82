import { EncodedPacketSink, type EncodedPacket } from 'mediabunny';
import { StudioError } from '../lib/errors.ts';
import type { CutPlan, PlannedPart } from './cut-plan.ts';
import { makeFitter } from './fit-picture.ts';
import { packetsFrom, withClipTracks } from './clip-facts.ts';
import { decodePictures, type DecodedPicture } from './picture-decoder.ts';
import type { PictureEncoder, VideoMetadata } from './picture-encoder.ts';

/** What happens with each frame that is done: progress and the chance to stop. */
export type OnFrame = () => void;

/** Takes a part's packets as they are and gives each its place in the film, counted in frames: no gap, no overlap. */
export async function copyPictures(part: PlannedPart, plan: CutPlan, write: (packet: EncodedPacket, metadata: VideoMetadata) => Promise<void>, onFrame: OnFrame): Promise<void> {
  const { clip, firstFrame } = part;
  // The first clip's configuration stands for all; they are equal.
  const metadata: VideoMetadata = { decoderConfig: plan.parts[0]?.clip.videoConfig ?? clip.videoConfig };
  await withClipTracks(clip.path, async ({ video }) => {
    for await (const packet of new EncodedPacketSink(video).packets()) {
      const frame = firstFrame + Math.round((packet.timestamp - clip.startS) * clip.probe.frameRate);
      await write(packet.clone({ timestamp: frame / plan.frameRate, duration: 1 / plan.frameRate, sequenceNumber: -1 }), metadata);
      onFrame();
    }
  });
}

/**
 * Decodes a part and encodes it again in the film's size and rate. A film frame shows what the clip shows in the middle
 * of its time, so at equal rates each frame is taken once, and at others they are repeated or left out evenly.
 */
export async function encodePictures(part: PlannedPart, plan: CutPlan, encoder: PictureEncoder, onFrame: OnFrame): Promise<void> {
  const { clip } = part;
  const fit = makeFitter(plan.width, plan.height);
  const startS = clip.startS + part.inS;
  let done = 0;
  const emitUntil = async (picture: DecodedPicture, endS: number): Promise<void> => {
    while (done < part.frameCount && startS + (done + 0.5) / plan.frameRate < endS) {
      await encoder.add(fit(picture).data);
      done += 1;
      onFrame();
    }
  };
  let current: DecodedPicture | undefined;
  await withClipTracks(clip.path, async ({ video }) => {
    for await (const next of decodePictures(packetsFrom(video, startS), clip.videoConfig, clip.path)) {
      if (current) await emitUntil(current, next.timeS);
      current = next;
      if (done === part.frameCount) break;
    }
  });
  if (!current) throw new StudioError('MEDIA_UNREADABLE', `Cannot use ${clip.path} as a clip: none of its frames could be decoded.`, { detail: { path: clip.path } });
  await emitUntil(current, Infinity); // the last frame stays until the part's end
}
