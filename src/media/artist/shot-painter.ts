import type { SKRSContext2D } from '@napi-rs/canvas';
import { loadCanvas } from '../codecs.ts';
import { registerFonts } from '../fonts.ts';
import type { Staging } from '../staging/staging.ts';
import { movedPose } from './camera-rig.ts';
import { composeShot, type Occasion } from './compose.ts';
import { makeEyepiece } from './eyepiece.ts';
import { drawNameTags } from './name-tags.ts';
import { View } from './view.ts';
import { makeWeather } from './weather.ts';

/** Draws a staged shot at a moment of its camera's move. */
export interface ShotPainter {
  accent: string;
  /** Every moment looks the same. */
  still: boolean;
  draw(context: SKRSContext2D, done: number, timeS: number): void;
}

/** Composes the shot once; a camera that stands still is drawn once and then only copied. */
export function paintShot(staging: Staging, width: number, height: number, occasion: Occasion): ShotPainter {
  registerFonts();
  const shot = composeShot(staging, width / height, occasion);
  const eyepiece = staging.framing === 'point-of-view' ? makeEyepiece(staging, width, height) : undefined;
  const weather = staging.place.inside ? undefined : makeWeather(staging.place.weather, width, height, `${occasion.variant}`);
  const still = staging.move === 'static' ? loadCanvas().createCanvas(width, height) : undefined;
  const paint = (context: SKRSContext2D, done: number, timeS: number): void => {
    const pose = movedPose(shot.pose, staging.move, done, timeS, shot.aimM);
    const view = new View(context, width, height, pose);
    context.save();
    if (pose.roll !== 0) {
      const zoom = 1 + Math.abs(Math.sin(pose.roll)) * 0.22;
      context.translate(width / 2, height / 2);
      context.rotate(pose.roll);
      context.scale(zoom, zoom);
      context.translate(-width / 2, -height / 2);
    }
    shot.set.backdrop(view);
    const pieces = [...shot.set.pieces, ...shot.pieces].map((piece) => ({ piece, depth: view.depthOf(piece.at) }));
    pieces.sort((one, other) => other.depth - one.depth);
    for (const { piece } of pieces) piece.draw(view);
    context.restore();
    drawNameTags(view, shot.tags);
  };
  if (still) paint(still.getContext('2d'), 0, 0);
  return {
    accent: shot.inks.accent,
    still: still !== undefined && (weather === undefined || staging.place.weather === 'fog'),
    draw(context, done, timeS) {
      if (still) context.drawImage(still, 0, 0);
      else paint(context, done, timeS);
      weather?.(context, timeS);
      if (eyepiece) context.drawImage(eyepiece, 0, 0);
    },
  };
}
