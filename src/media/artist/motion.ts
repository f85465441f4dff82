import type { StagedFigure } from '../staging/figures.ts';
import type { Staging } from '../staging/staging.ts';
import type { CameraPose, Point, View } from './view.ts';

/** What somebody does while the shot lasts: little, so that it helps reading and nobody leaves his mark. */
export interface Motion {
  /** Steps a second; 0 stands still. */
  gaitHz: number;
  /** Goes with a camera that goes with him: along the frame, into its depth, or around where it stands and turns. */
  follows: 'x' | 'z' | 'turn' | undefined;
  /** Metres across the frame from the first frame to the last. */
  driftM: number;
  waves: boolean;
  /** Nods while he speaks. */
  nods: boolean;
}

const STILL: Motion = { gaitHz: 0, follows: undefined, driftM: 0, waves: false, nods: false };
/** Of the frame's width. */
const DRIFT = 0.16;

/** @param frameWidthM of what the frame shows at the figure's distance. */
export function motionOf(figure: StagedFigure, staging: Staging, frameWidthM: number): Motion {
  const { move, stairs, framing } = staging;
  if (framing === 'over-shoulder') return STILL;
  const goes = figure.pose === 'walk' || figure.pose === 'run';
  const sideways = figure.facing === 'left' || figure.facing === 'right';
  const follows = goesAlong(figure, staging);
  const way = figure.facing === 'left' ? -1 : 1;
  const drifts = goes && sideways && follows === undefined && stairs === undefined && !move.startsWith('track') && staging.figures.length < 4;
  return {
    gaitHz: goes ? (figure.pose === 'run' ? 1.5 : 0.95) : 0,
    follows,
    driftM: drifts ? way * Math.min(1.6, frameWidthM * DRIFT) : 0,
    waves: figure.gesture === 'wave',
    nods: figure.nods && !goes,
  };
}

/** A tracking shot keeps the one who goes in the frame; so does a camera that follows somebody, turns with him, or retreats before him. */
function goesAlong({ pose, facing }: StagedFigure, { move, along }: Staging): Motion['follows'] {
  const goes = pose === 'walk' || pose === 'run' || pose === 'ride';
  if (!goes && (!along || pose === 'sit' || pose === 'lie')) return undefined;
  if (move === 'track-left' || move === 'track-right') return 'x';
  if (along && (move === 'pan-left' || move === 'pan-right')) return 'turn';
  return (move === 'push-in' && facing === 'away') || (move === 'pull-back' && facing === 'camera') ? 'z' : undefined;
}

export function moves({ gaitHz, driftM, waves, nods }: Motion): boolean {
  return gaitHz > 0 || driftM !== 0 || waves || nods;
}

/** Where somebody is at this moment. @param base the camera as the shot was composed. */
export function placeAt(at: Point, { follows, driftM }: Motion, view: View, base: CameraPose): Point {
  const along = follows === 'x' ? view.pose.x - base.x : follows === 'turn' ? (at.z - base.z) * Math.tan(view.pose.yaw - base.yaw) : 0;
  const x = at.x + driftM * (view.done - 0.5) + along;
  return { ...at, x, z: at.z + (follows === 'z' ? view.pose.z - base.z : 0) };
}
