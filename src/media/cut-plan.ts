import { StudioError } from '../lib/errors.ts';
import { descriptionBytes } from './decoder-support.ts';
import type { CutPart } from './cut-part.ts';
import type { ClipFacts } from './clip-facts.ts';
import { partFrames } from './part-frames.ts';

/** One part of a film, placed. */
export interface PlannedPart {
  clip: ClipFacts;
  /** Where it starts within the clip, in seconds from the clip's first frame. */
  inS: number;
  /** Its first frame in the film. */
  firstFrame: number;
  /** Frames it has in the film. */
  frameCount: number;
}

export interface CutPlan {
  parts: PlannedPart[];
  width: number;
  height: number;
  frameRate: number;
  frameCount: number;
  /** Why the video packets can't be taken as they are; absent when they can. */
  encodedBecause?: string;
}

/** Beyond a clip's end by this much is its end; more is a mistake worth hearing of. In seconds. */
const END_TOLERANCE_S = 0.5;

/**
 * Decides what a film will be, without writing anything. The first clip sets size and rate; each part has exactly
 * round((out - in) × rate) frames.
 * @throws StudioError `MEDIA_BAD_CUT` with every reason at once.
 */
export function planCut(parts: readonly CutPart[], clips: readonly ClipFacts[]): CutPlan {
  const first = clips[0];
  if (!first) throw badCut(['there are no clips']);
  const { frameRate } = first.probe;
  const reasons: string[] = [];
  const obstacles: string[] = [];
  const planned: PlannedPart[] = [];
  let firstFrame = 0;
  for (const [index, part] of parts.entries()) {
    const clip = clips[index];
    if (!clip) continue;
    const { durationS } = clip.probe;
    const wrong = checkTimes(part, durationS);
    if (wrong) reasons.push(`part ${index + 1}, ${part.path}: ${wrong}`);
    const { trimmed, frameCount } = partFrames(part, clip.probe, frameRate);
    const obstacle = trimmed ? 'it is trimmed' : difference(clip, first);
    if (obstacle) obstacles.push(`part ${index + 1}, ${part.path}: ${obstacle}`);
    planned.push({ clip, inS: part.inS, firstFrame, frameCount });
    firstFrame += frameCount;
  }
  if (reasons.length > 0) throw badCut(reasons);
  const even = (value: number): number => Math.max(2, value - (value % 2));
  const [because] = obstacles;
  return { parts: planned, width: even(first.probe.width), height: even(first.probe.height), frameRate, frameCount: firstFrame, ...(because !== undefined && { encodedBecause: because }) };
}

function checkTimes(part: CutPart, durationS: number): string | undefined {
  if (!(part.inS >= 0)) return `in ${part.inS} s is before the clip's start`;
  if (part.inS >= durationS) return `in ${part.inS} s is at or after the clip's end (${durationS.toFixed(3)} s)`;
  if (part.outS === undefined) return undefined;
  if (!(part.outS > part.inS)) return `out ${part.outS} s is not after in ${part.inS} s`;
  if (part.outS > durationS + END_TOLERANCE_S) return `out ${part.outS} s is after the clip's end (${durationS.toFixed(3)} s)`;
  return undefined;
}

/** What keeps a clip's packets from standing behind the first's: a decoder is set up once for the whole film. */
function difference(clip: ClipFacts, first: ClipFacts): string | undefined {
  const { probe } = clip;
  if (!clip.evenlyTimed) return 'its frames are not evenly timed';
  if (clip.videoCodec !== first.videoCodec) return `it is ${clip.videoCodec}, the first clip is ${first.videoCodec}`;
  if (probe.width !== first.probe.width || probe.height !== first.probe.height) return `it is ${probe.width} × ${probe.height}, the first clip is ${first.probe.width} × ${first.probe.height}`;
  if (probe.frameRate !== first.probe.frameRate) return `it has ${probe.frameRate} frames a second, the first clip ${first.probe.frameRate}`;
  if (configKey(clip.videoConfig) !== configKey(first.videoConfig)) return 'it was encoded with other settings than the first clip';
  return undefined;
}

function configKey(config: VideoDecoderConfig): string {
  const description = descriptionBytes(config);
  return JSON.stringify({ ...config, description: description && Buffer.from(description).toString('hex') });
}

function badCut(reasons: readonly string[]): StudioError {
  return new StudioError('MEDIA_BAD_CUT', `Cannot cut this film: ${reasons.join('; ')}.`, { next: 'Correct the in and out times (seconds within each clip).', detail: { reasons } });
}
