import { StudioError } from '../lib/errors.ts';
import type { ClipFacts } from './clip-facts.ts';
import type { CutPart } from './cut-part.ts';
import { planStretches, type Stretch } from './cut-stretches.ts';
import { descriptionBytes } from './decoder-support.ts';
import { FilmSets, type PacketChange } from './h264/film-sets.ts';
import { partFrames } from './part-frames.ts';
import { isTurned } from './turn-picture.ts';

/** One part of a film, placed. */
export interface PlannedPart {
  clip: ClipFacts;
  /** Where it starts within the clip, in seconds from the clip's first frame. */
  inS: number;
  /** Its first frame in the film. */
  firstFrame: number;
  /** Frames it has in the film. */
  frameCount: number;
  /** One after the other, they are the part. */
  stretches: Stretch[];
  /** Makes the clip's packets the film's. */
  change: PacketChange;
}

export interface CutPlan {
  parts: PlannedPart[];
  width: number;
  height: number;
  frameRate: number;
  frameCount: number;
  /** The clip that the film takes its decoder configuration from; absent when nothing is copied. */
  base?: ClipFacts;
  /** The settings of all streams; absent when the base's own are enough, or nothing is copied. */
  sets?: FilmSets;
  /** Why some packets can't be taken as they are; absent when all can. */
  encodedBecause?: string;
}

/** Beyond a clip's end by this much is its end; more is a mistake worth hearing of. In seconds. */
const END_TOLERANCE_S = 0.5;

/**
 * Decides what a film will be, without writing anything. The first clip sets size and rate; each part has exactly
 * round((out - in) × rate) frames. What of each part is copied: see {@link planStretches}.
 * @throws StudioError `MEDIA_BAD_CUT` with every reason at once.
 */
export function planCut(parts: readonly CutPart[], clips: readonly ClipFacts[]): CutPlan {
  const first = clips[0];
  if (!first) throw badCut(['there are no clips']);
  const { frameRate } = first.probe;
  const reasons: string[] = [];
  const planned: (PlannedPart & { trimmed: boolean; name: string })[] = [];
  let firstFrame = 0;
  for (const [index, part] of parts.entries()) {
    const clip = clips[index];
    if (!clip) continue;
    const name = `part ${index + 1}, ${part.path}`;
    const wrong = checkTimes(part, clip.probe.durationS);
    if (wrong) reasons.push(`${name}: ${wrong}`);
    const { trimmed, frameCount } = partFrames(part, clip.probe, frameRate);
    const onGrid = clip.evenlyTimed && clip.probe.frameRate === frameRate;
    // Sound starts with the frame that is shown first, not with the moment asked for: half a frame between them can be seen.
    const inS = onGrid ? Math.round(part.inS * frameRate) / frameRate : part.inS;
    planned.push({ clip, inS, firstFrame, frameCount, trimmed, name, stretches: [{ kind: 'encoded', firstFrame: 0, frameCount }], change: (packet) => packet });
    firstFrame += frameCount;
  }
  if (reasons.length > 0) throw badCut(reasons);
  const even = (value: number): number => Math.max(2, value - (value % 2));
  const plan: CutPlan = { parts: planned, width: even(first.probe.width), height: even(first.probe.height), frameRate, frameCount: firstFrame };
  if (planned.every(({ clip, trimmed }) => !trimmed && difference(clip, first) === undefined)) {
    for (const part of planned) part.stretches = [{ kind: 'copied', firstFrame: 0, frameCount: part.frameCount, firstPacket: 0 }];
    return { ...plan, base: first };
  }
  return planMixed(plan, planned);
}

/** Part by part: what can be copied beside the others is, the rest is encoded. */
function planMixed(plan: CutPlan, planned: readonly (PlannedPart & { trimmed: boolean; name: string })[]): CutPlan {
  const base = planned.find(({ clip }) => obstacle(clip, plan) === undefined)?.clip;
  let because: string | undefined;
  const sets = base && typeof base.stream !== 'string' ? new FilmSets(base.stream.configuration) : undefined;
  for (const part of planned) {
    const { clip, name, trimmed } = part;
    const reason = obstacle(clip, plan) ?? (base && otherColours(clip, base));
    const change = reason === undefined && typeof clip.stream !== 'string' ? sets?.add(clip.stream.configuration) : undefined;
    if (change && typeof clip.stream !== 'string') {
      part.change = change;
      part.stretches = planStretches(Math.round(part.inS * plan.frameRate), part.frameCount, { groups: clip.stream.groups, shownAt: clip.shownAt });
    }
    if (part.stretches.some(({ kind }) => kind === 'encoded')) because ??= `${name}: ${reason ?? (change ? (trimmed ? 'it is trimmed' : 'it does not start anew where it begins') : 'the film has too many kinds of clips already')}`;
  }
  const copies = planned.some(({ stretches }) => stretches.some(({ kind }) => kind === 'copied'));
  return { ...plan, ...(copies && base && { base }), ...(copies && sets && { sets }), ...(because !== undefined && { encodedBecause: because }) };
}

function checkTimes(part: CutPart, durationS: number): string | undefined {
  if (!(part.inS >= 0)) return `in ${part.inS} s is before the clip's start`;
  if (part.inS >= durationS) return `in ${part.inS} s is at or after the clip's end (${durationS.toFixed(3)} s)`;
  if (part.outS === undefined) return undefined;
  if (!(part.outS > part.inS)) return `out ${part.outS} s is not after in ${part.inS} s`;
  if (part.outS > durationS + END_TOLERANCE_S) return `out ${part.outS} s is after the clip's end (${durationS.toFixed(3)} s)`;
  return undefined;
}

/** What keeps a clip's packets from standing in a film of that size and rate, whatever else is in it. */
function obstacle(clip: ClipFacts, film: Pick<CutPlan, 'width' | 'height' | 'frameRate'>): string | undefined {
  const { probe, stream } = clip;
  if (isTurned(clip.turn)) return 'its picture is stored turned or mirrored';
  if (probe.width !== film.width || probe.height !== film.height) return `it is ${probe.width} × ${probe.height}, the film is ${film.width} × ${film.height}`;
  if (probe.frameRate !== film.frameRate) return `it has ${probe.frameRate} frames a second, the film ${film.frameRate}`;
  if (!clip.evenlyTimed) return 'its frames are not evenly timed';
  if (typeof stream === 'string') return stream;
  if (stream.sequence.width !== film.width || stream.sequence.height !== film.height) return 'its pixels are not square';
  return undefined;
}

/** A film declares its colours once. */
function otherColours(clip: ClipFacts, base: ClipFacts): string | undefined {
  if (clip === base || typeof clip.stream === 'string' || typeof base.stream === 'string') return undefined;
  const same = clip.stream.sequence.colour === base.stream.sequence.colour && JSON.stringify(clip.videoConfig.colorSpace) === JSON.stringify(base.videoConfig.colorSpace);
  return same ? undefined : `it declares other colours than ${base.path}`;
}

/** What keeps a clip's packets from standing behind the first's just as they are. */
function difference(clip: ClipFacts, first: ClipFacts): string | undefined {
  const { probe } = clip;
  if (!clip.evenlyTimed || isTurned(clip.turn)) return 'its frames are not evenly timed, or turned';
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
