import type { SKRSContext2D } from '@napi-rs/canvas';
import { loadCanvas } from '../codecs.ts';
import { registerFonts } from '../fonts.ts';
import type { Staging } from '../staging/staging.ts';
import { movedPose } from './camera-rig.ts';
import { composeShot, type Occasion, type Shot } from './compose.ts';
import { makeEyepiece } from './eyepiece.ts';
import { drawNameTags } from './name-tags.ts';
import type { Piece } from './stage-set.ts';
import { View, type CameraPose } from './view.ts';
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
  const turned = (context: SKRSContext2D, pose: CameraPose, draw: () => void): void => {
    context.save();
    if (pose.roll !== 0) {
      const zoom = 1 + Math.abs(Math.sin(pose.roll)) * 0.22;
      context.translate(width / 2, height / 2);
      context.rotate(pose.roll);
      context.scale(zoom, zoom);
      context.translate(-width / 2, -height / 2);
    }
    draw();
    context.restore();
  };
  const inOrder = (view: View): Piece[] => [...shot.set.pieces, ...shot.pieces].map((piece) => ({ piece, depth: view.depthOf(piece.at) })).sort((one, other) => other.depth - one.depth).map(({ piece }) => piece);
  const paint = (context: SKRSContext2D, done: number, timeS: number): void => {
    const view = new View(context, width, height, movedPose(shot.pose, staging.move, done, timeS, shot.aimM, shot.travel), { done, timeS });
    turned(context, view.pose, () => {
      shot.set.backdrop(view);
      for (const piece of inOrder(view)) piece.draw(view);
    });
    drawNameTags(view, shot.tags);
  };
  const stands = staging.move === 'static' ? standingView(shot, { width, height }, { turned, inOrder, paint }) : undefined;
  return {
    accent: shot.inks.accent,
    still: stands?.still === true && (weather === undefined || staging.place.weather === 'fog'),
    draw(context, done, timeS) {
      if (stands) stands.draw(context, done, timeS);
      else paint(context, done, timeS);
      weather?.(context, timeS);
      if (eyepiece) context.drawImage(eyepiece, 0, 0);
    },
  };
}

/** A moving figure is drawn anew so many times a second: as often as cartoons are. */
const DRAWINGS_A_SECOND = 12;

interface Brush {
  turned: (context: SKRSContext2D, pose: CameraPose, draw: () => void) => void;
  inOrder: (view: View) => Piece[];
  paint: (context: SKRSContext2D, done: number, timeS: number) => void;
}

/** A camera that stands still: what is behind the first thing that moves is drawn once and then only copied. */
function standingView(shot: Shot, { width, height }: { width: number; height: number }, { turned, inOrder, paint }: Brush): Pick<ShotPainter, 'still' | 'draw'> {
  const canvas = () => loadCanvas().createCanvas(width, height);
  const behind = canvas();
  const order = inOrder(new View(behind.getContext('2d'), width, height, shot.pose));
  const first = order.findIndex(({ moving }) => moving === true);
  if (first < 0) {
    paint(behind.getContext('2d'), 0, 0);
    return { still: true, draw: (context) => context.drawImage(behind, 0, 0) };
  }
  const view = new View(behind.getContext('2d'), width, height, shot.pose);
  turned(view.context, view.pose, () => {
    shot.set.backdrop(view);
    for (const piece of order.slice(0, first)) piece.draw(view);
  });
  const now = canvas();
  let shown: number | undefined;
  return {
    still: false,
    draw(context, done, timeS) {
      const drawing = Math.floor(timeS * DRAWINGS_A_SECOND + 1e-6);
      if (drawing !== shown) {
        const at = new View(now.getContext('2d'), width, height, shot.pose, { done, timeS: drawing / DRAWINGS_A_SECOND });
        at.context.drawImage(behind, 0, 0);
        turned(at.context, at.pose, () => {
          for (const piece of order.slice(first)) piece.draw(at);
        });
        drawNameTags(at, shot.tags);
        shown = drawing;
      }
      context.drawImage(now, 0, 0);
    },
  };
}
