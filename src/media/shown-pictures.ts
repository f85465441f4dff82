import type { InputVideoTrack } from 'mediabunny';
import { packetsFrom, type ClipFacts } from './clip-facts.ts';
import { decodePictures, type DecodedPicture } from './picture-decoder.ts';
import { turnPicture } from './turn-picture.ts';

/**
 * A clip's pictures as people see them, in the order shown, from the one at `fromS` or a little before.
 * @param fromS in the track's own time.
 * @throws StudioError `MEDIA_UNREADABLE` naming the clip when the decoder gives up.
 */
export async function* shownPictures(video: InputVideoTrack, clip: ClipFacts, fromS: number): AsyncGenerator<DecodedPicture> {
  for await (const picture of decodePictures(packetsFrom(video, fromS), clip.videoConfig, clip.path)) yield { ...turnPicture(picture, clip.turn), timeS: picture.timeS };
}
