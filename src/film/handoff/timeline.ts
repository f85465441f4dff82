import type { FrameRate } from './frame-rate.ts';

/** Where the media lie, as seen from the timelines; every format names them from there. */
export const MEDIA_FOLDER = 'media';

/** A film as every editor's format can say it: one track of straight cuts. All counts are in frames. */
export interface Timeline {
  name: string;
  rate: FrameRate;
  width: number;
  height: number;
  /** The time code of the film's first frame. */
  startFrame: number;
  /** One behind the other, without holes: what is empty is a gap. */
  items: TimelineItem[];
  /** Every take that goes along, also those that no item uses. */
  media: TimelineMedia[];
  /** What lies under the whole film, from its first frame on. */
  under?: TimelineSound;
}

/** A voice or music as a file. */
export interface TimelineSound {
  file: string;
  /** Absolute. */
  path: string;
  /** Whole frames of the film that it has, also where it is longer than the film. */
  frameCount: number;
  sampleRate: number;
  channels: number;
}

export type TimelineItem = TimelineClip | TimelineGap;

/** Black. */
export interface TimelineGap {
  kind: 'gap';
  firstFrame: number;
  frameCount: number;
}

export interface TimelineClip {
  kind: 'clip';
  media: TimelineMedia;
  shot: TimelineShot;
  /** Its first frame in the film, and how many it has there: in the film's rate. */
  firstFrame: number;
  frameCount: number;
  /** The frame of the media that it begins with, in the media's rate. What lies before it and behind its end are the handles. */
  sourceFrame: number;
  /** It is the first of its scene in the film. */
  opensScene: boolean;
}

/** What an editor should know of a shot. */
export interface TimelineShot {
  id: string;
  /** `S02_SH05`. */
  slate: string;
  sceneNumber: number;
  sceneHeading?: string;
  prompt: string;
  /** Spoken words. */
  line?: string;
}

/** A take as a file. */
export interface TimelineMedia {
  shot: TimelineShot;
  /** Missing: a slate that stands in for a shot without a take. */
  take?: number;
  /** `S02_SH05_T01`: the file's name without its ending. */
  name: string;
  file: string;
  /** Absolute. */
  path: string;
  rate: FrameRate;
  /** All of it is there, whatever the film uses. */
  frameCount: number;
  width: number;
  height: number;
  sound?: { sampleRate: number; channels: number };
}

export function clipsOf(timeline: Timeline): TimelineClip[] {
  return timeline.items.filter((item) => item.kind === 'clip');
}

/** In frames. */
export function lengthOf({ items }: Pick<Timeline, 'items'>): number {
  return items.reduce((sum, { frameCount }) => sum + frameCount, 0);
}

/** Frames of its media that a clip takes, in the media's rate; not a whole number where the rates differ. */
export function sourceFrameCount({ frameCount, media }: TimelineClip, rate: FrameRate): number {
  return (frameCount * rate.denominator * media.rate.numerator) / (rate.numerator * media.rate.denominator);
}

/** What is marked at the head of a clip: its scene, where one begins, the shot with its prompt, and what is spoken. */
export function markersOf({ shot, opensScene }: TimelineClip): { kind: 'scene' | 'shot' | 'line'; name: string; note?: string }[] {
  const scene = `Scene ${shot.sceneNumber}${shot.sceneHeading === undefined ? '' : `: ${shot.sceneHeading}`}`;
  return [
    ...(opensScene ? [{ kind: 'scene' as const, name: scene }] : []),
    { kind: 'shot', name: shot.slate, note: shot.prompt },
    ...(shot.line === undefined ? [] : [{ kind: 'line' as const, name: shot.line }]),
  ];
}
