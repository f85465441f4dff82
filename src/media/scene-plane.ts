import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { loadCanvas } from './codecs.ts';
import { PLANE_MARGIN } from './camera-path.ts';

/** One layer of a scene, drawn once and then only moved. */
export interface ScenePlane {
  image: Canvas;
  /** Top left corner of the image in the frame, in pixels, before the camera. */
  left: number;
  top: number;
  /** Image pixels in one frame pixel (below 1 for very large frames). */
  resolution: number;
  /** 0 is the sky, 1 the nearest. */
  depth: number;
  /** Pixels per second to the right; the image comes round again. */
  driftPxPerS?: number;
  /** A slow swing: pixels to each side, and its period. */
  sway?: { x: number; y: number; periodS: number; phase: number };
}

/** The frame that planes are drawn for. */
export interface Stage {
  width: number;
  height: number;
  /** The horizon, in pixels from the top. */
  horizon: number;
  /** A length that suits the frame: 1/720 of its shorter side, so that 10 units look alike in every format. */
  unit: number;
}

/** Above this a plane is drawn smaller and scaled up: a 4K scene would need 400 MB otherwise. */
const WIDEST_PLANE = 3200;

/**
 * Draws one plane. `draw` works in frame pixels: 0,0 is the frame's corner, and `area` reaches beyond it on every side.
 * @param from the plane's upper edge, in frame pixels; what is above stays empty and costs nothing per frame.
 */
export function makePlane(stage: Stage, options: { depth: number; from?: number | undefined; to?: number | undefined; drift?: number; sway?: ScenePlane['sway'] }, draw: (context: SKRSContext2D, area: Area) => void): ScenePlane {
  const marginX = stage.width * PLANE_MARGIN.x;
  const marginY = stage.height * PLANE_MARGIN.y;
  const area: Area = {
    left: -marginX,
    right: stage.width + marginX,
    top: Math.max(-marginY, Math.floor(options.from ?? -marginY)),
    bottom: Math.min(stage.height + marginY, Math.ceil(options.to ?? Infinity)),
  };
  const resolution = Math.min(1, WIDEST_PLANE / (area.right - area.left));
  const image = loadCanvas().createCanvas(Math.ceil((area.right - area.left) * resolution), Math.max(1, Math.ceil((area.bottom - area.top) * resolution)));
  const context = image.getContext('2d');
  context.scale(resolution, resolution);
  context.translate(-area.left, -area.top);
  draw(context, area);
  return {
    image,
    left: area.left,
    top: area.top,
    resolution,
    depth: options.depth,
    ...(options.drift !== undefined && { driftPxPerS: options.drift }),
    ...(options.sway && { sway: options.sway }),
  };
}

/** What a plane covers, in frame pixels. */
export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
