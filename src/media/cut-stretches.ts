import { framesFromStart, type PictureGroup } from './h264/groups.ts';

/** Frames that follow each other in a part and go into the film in the same way. */
export type Stretch = {
  /** Its first frame, counted from the part's first. */
  firstFrame: number;
  frameCount: number;
} & (
  | { kind: 'encoded' }
  | {
      kind: 'copied';
      /** Of the clip, in the order they are decoded; as many as there are frames. */
      firstPacket: number;
    }
);

/** What decides about a clip's packets. */
export interface GroupedFrames {
  groups: readonly PictureGroup[];
  shownAt: ArrayLike<number>;
}

/**
 * Splits a part into what can be copied and what must be encoded again. Copied is whatever lies whole in a group of
 * pictures that the part has from its beginning: a part that ends within a group keeps all of it up to the cut, but for a
 * frame or two that were coded with later ones in mind; one that begins within a group is encoded up to the next.
 * @param inFrame the clip's frame that the part starts with.
 */
export function planStretches(inFrame: number, frameCount: number, { groups, shownAt }: GroupedFrames): Stretch[] {
  const stretches: Stretch[] = [];
  const end = inFrame + frameCount;
  let at = inFrame;
  const encodeUntil = (frame: number): void => {
    const last = stretches.at(-1);
    if (last?.kind === 'encoded') last.frameCount += frame - at;
    else stretches.push({ kind: 'encoded', firstFrame: at - inFrame, frameCount: frame - at });
    at = frame;
  };
  for (const group of groups) {
    const groupEnd = group.firstFrame + group.frameCount;
    if (groupEnd <= at) continue;
    if (group.firstFrame >= end) break;
    if (group.firstFrame > at) encodeUntil(group.firstFrame);
    const count = group.firstFrame === at ? framesFromStart(group, shownAt, end - at) : 0;
    if (count > 0) {
      const last = stretches.at(-1);
      if (last?.kind === 'copied' && last.firstPacket + last.frameCount === group.firstPacket) last.frameCount += count;
      else stretches.push({ kind: 'copied', firstFrame: at - inFrame, frameCount: count, firstPacket: group.firstPacket });
      at += count;
    }
    if (at < Math.min(groupEnd, end)) encodeUntil(Math.min(groupEnd, end));
  }
  if (at < end) encodeUntil(end);
  return stretches;
}
