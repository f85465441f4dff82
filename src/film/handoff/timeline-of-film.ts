import { partFrames } from '../../media/index.ts';
import type { CutPiece, CutShot } from '../cut-plan.ts';
import { firstFrameOfHourOne, perSecond, secondsOf, type FrameRate } from './frame-rate.ts';
import type { Timeline, TimelineClip, TimelineItem, TimelineMedia, TimelineShot } from './timeline.ts';

/** A film as its cut has it: the first clip gives size and rate, as it does to the film. */
export interface FilmToTime {
  name: string;
  pieces: readonly CutPiece[];
  /** The file of each shot in the cut: its take's, or a slate's. */
  mediaOf: (shot: CutShot) => TimelineMedia;
  /** Every take that goes along. */
  media: readonly TimelineMedia[];
}

/** Pure; the same frames that the film has. Only where a clip of another rate ends between two frames, one less. */
export function timelineOfFilm({ name, pieces, mediaOf, media }: FilmToTime): Timeline {
  const first = pieces.find((piece) => 'prompt' in piece);
  if (!first) throw new RangeError('A timeline needs a shot');
  const { rate, width, height } = mediaOf(first);
  const items: TimelineItem[] = [];
  let firstFrame = 0;
  let scene: number | undefined;
  for (const piece of pieces) {
    const item: TimelineItem =
      'prompt' in piece
        ? { ...clipOf(piece, mediaOf(piece), rate), firstFrame, opensScene: piece.prompt.sceneNumber !== scene }
        : { kind: 'gap', firstFrame, frameCount: Math.max(1, Math.round(piece.blackS * perSecond(rate))) };
    if ('prompt' in piece) scene = piece.prompt.sceneNumber;
    items.push(item);
    firstFrame += item.frameCount;
  }
  return { name, rate, width, height, startFrame: firstFrameOfHourOne(rate), items, media: [...media] };
}

function clipOf(piece: CutShot, media: TimelineMedia, rate: FrameRate): Omit<TimelineClip, 'firstFrame' | 'opensScene'> {
  const mediaRate = perSecond(media.rate);
  const length = { durationS: secondsOf(media.frameCount, media.rate), frameCount: media.frameCount, frameRate: mediaRate };
  const wanted = partFrames(piece, length, perSecond(rate)).frameCount;
  const filmFrames = (mediaFrames: number) => (mediaFrames * media.rate.denominator * rate.numerator) / (media.rate.numerator * rate.denominator);
  const needed = Math.ceil((wanted * media.rate.numerator * rate.denominator) / (media.rate.denominator * rate.numerator));
  // Editors refuse a range that runs out of its media: then it begins earlier, by less than a frame of the film.
  const sourceFrame = Math.max(0, Math.min(Math.round(piece.inS * mediaRate), media.frameCount - needed));
  return { kind: 'clip', media, shot: media.shot, sourceFrame, frameCount: Math.min(wanted, Math.max(1, Math.floor(filmFrames(media.frameCount - sourceFrame)))) };
}

/** What an editor is told of a shot. */
export function timelineShot({ id, name, sceneNumber, sceneHeading, prompt, line }: CutShot['prompt']): TimelineShot {
  return { id, slate: name, sceneNumber, ...(sceneHeading === undefined ? {} : { sceneHeading }), prompt, ...(line === undefined ? {} : { line }) };
}
