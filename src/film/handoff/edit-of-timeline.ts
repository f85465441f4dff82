import { partFrames } from '../../media/index.ts';
import type { EditPart } from '../../store/index.ts';
import { perSecond, secondsOf, type FrameRate } from './frame-rate.ts';
import type { ReadClip, ReadTimeline } from './read-timeline.ts';
import { quoted } from './read-timeline.ts';
import { readTakeName } from './take-name.ts';

/** A shot as far as reading an edit needs it. */
export interface KnownShot {
  id: string;
  /** What it is called today. */
  slate: string;
  /** The clip that the film shows of it. */
  media: { rate: FrameRate; frameCount: number };
  /** The parts of it that the film has now, or has by the script, as a hand-off writes them. */
  parts: readonly KnownPart[];
}

export interface KnownPart {
  inS: number;
  outS?: number;
  /** What a hand-off says of it: its first frame in the media's rate, how long it is, and where time code lets it begin. */
  sourceFrame: number;
  durationS: number;
  timecodeS: number;
}

/** A clip of a file with the shot it shows. */
export interface FoundClip {
  clip: ReadClip;
  shotId: string;
  take?: number;
}

/** More black than this is a mistake. */
const MOST_BLACK_S = 600;

/** Which shots the clips of a file show, and what is none of this film's. @param idOf the shot of an id or of a slate. */
export function findClips(timeline: ReadTimeline, idOf: (named: { shotId?: string; slate: string }) => string | undefined): { found: Map<ReadClip, FoundClip>; problems: string[] } {
  const found = new Map<ReadClip, FoundClip>();
  const problems: string[] = [];
  for (const clip of timeline.items) {
    if (clip.kind === 'gap') continue;
    const label = `${quoted(clip.names[0] ?? '')} (${clip.where})`;
    const named = clip.names.map(readTakeName).find((name) => name !== undefined);
    const shotId = named && idOf({ slate: named.slate, ...(clip.shotId === undefined ? {} : { shotId: clip.shotId }) });
    if (!named) problems.push(`${label} is no clip of this film`);
    else if (shotId === undefined) problems.push(`${label} is no shot of this film`);
    else found.set(clip, { clip, shotId, ...(named.take === undefined ? {} : { take: named.take }) });
  }
  return { found, problems };
}

/**
 * The order and trims that a file has, in the film's frames. A part that is just what the film has of that shot already stays
 * what it was, to the last digit, so that an unchanged file changes nothing.
 */
export function editOfTimeline(timeline: ReadTimeline, found: ReadonlyMap<ReadClip, FoundClip>, shots: ReadonlyMap<string, KnownShot>): { parts: EditPart[]; problems: string[] } {
  const problems: string[] = [];
  const parts: EditPart[] = [];
  // As it will be cut: the first clip gives the rate.
  const first = [...found.values()][0];
  const rate = first && shots.get(first.shotId)?.media.rate;
  if (!rate) return { parts, problems: ['there is no clip in it'] };
  const seen = new Set<KnownShot['parts'][number]>();
  let atS = 0;
  let blackS = 0;
  for (const item of trimmedEnd(timeline.items)) {
    const firstFrame = Math.round(atS * perSecond(rate));
    atS += item.durationS;
    const frameCount = Math.round(atS * perSecond(rate)) - firstFrame;
    if (item.kind === 'gap') {
      blackS += item.durationS;
      if (frameCount > 0) addBlack(parts, secondsOf(frameCount, rate));
      continue;
    }
    const shot = shots.get(found.get(item)?.shotId ?? '');
    if (!shot) continue;
    const same = shot.parts.filter((part) => isSame(item, part, shot, rate));
    // Where an EDL has rounded two parts of a shot to the same frames, their order tells them apart.
    const known = same.find((part) => !seen.has(part)) ?? same[0];
    if (known) seen.add(known);
    const part = known ? { inS: known.inS, ...(known.outS === undefined ? {} : { outS: known.outS }) } : newPart(item, Math.max(1, frameCount), shot, rate);
    if (typeof part === 'string') problems.push(`${shot.slate} (${item.where}) ${part}`);
    else parts.push({ shotId: shot.id, ...part });
  }
  if (blackS > MOST_BLACK_S) problems.push(`it has ${Math.round(blackS / 60)} minutes without a picture; close the gaps`);
  return { parts, problems };
}

/** Nothing is shown after the last clip. */
function trimmedEnd(items: ReadTimeline['items']): ReadTimeline['items'] {
  return items.slice(0, items.findLastIndex(({ kind }) => kind === 'clip') + 1);
}

function addBlack(parts: EditPart[], blackS: number): void {
  const last = parts.at(-1);
  if (last && 'blackS' in last) last.blackS += blackS;
  else parts.push({ blackS });
}

function isSame(clip: ReadClip, part: KnownPart, { media }: KnownShot, rate: FrameRate): boolean {
  const startS = clip.grid === 'film' ? part.timecodeS : secondsOf(part.sourceFrame, media.rate);
  return Math.abs(clip.inS - startS) < secondsOf(0.25, media.rate) && Math.abs(clip.durationS - part.durationS) < secondsOf(0.25, rate);
}

function newPart({ inS, grid }: ReadClip, frameCount: number, { media }: KnownShot, rate: FrameRate): { inS: number; outS?: number } | string {
  const mediaRate = perSecond(media.rate);
  const length = { durationS: secondsOf(media.frameCount, media.rate), frameCount: media.frameCount, frameRate: mediaRate };
  const oneS = secondsOf(1, rate);
  if (inS < -oneS / 2) return `begins ${Math.round(-inS / oneS)} frames before its clip does`;
  const startS = Math.max(0, grid === 'media' ? secondsOf(Math.round(inS * mediaRate), media.rate) : inS);
  // A clip of another rate may have less than a frame of the film left; it shows that.
  const leftFrames = Math.max(1, Math.floor((length.durationS - startS) / oneS + 1e-6));
  if (startS > length.durationS - secondsOf(0.5, media.rate)) return `begins at frame ${Math.round(startS * mediaRate)} of a clip that has ${media.frameCount}`;
  if (frameCount > leftFrames + 1) return `runs to frame ${Math.round((startS + frameCount * oneS) * mediaRate)} of a clip that has ${media.frameCount}`;
  const outS = startS + Math.min(frameCount, leftFrames) * oneS;
  const toTheEnd = outS > length.durationS - oneS && partFrames({ inS: startS }, length, perSecond(rate)).frameCount === frameCount;
  return toTheEnd ? { inS: startS } : { inS: startS, outS };
}
