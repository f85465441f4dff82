import type { InputVideoTrack } from 'mediabunny';
import { packetsFrom, type ClipFacts } from './clip-facts.ts';
import { decodePictures, type DecodedPicture, type PictureDecoders } from './picture-decoder.ts';
import { turnPicture } from './turn-picture.ts';

/**
 * A clip's pictures as people see them, in the order shown, from the one at `fromS` or a little before.
 * @param fromS in the track's own time.
 * @param decoders kept from clip to clip.
 * @throws StudioError `MEDIA_UNREADABLE` naming the clip when the decoder gives up.
 */
export async function* shownPictures(video: InputVideoTrack, clip: ClipFacts, fromS: number, decoders?: PictureDecoders): AsyncGenerator<DecodedPicture> {
  // A stream that brings settings of its own on the way would leave them to the next clip.
  const settled = typeof clip.stream === 'string' ? undefined : decoders;
  for await (const picture of decodePictures(packetsFrom(video, fromS), clip.videoConfig, clip.path, settled)) yield { ...turnPicture(picture, clip.turn), timeS: picture.timeS };
}
