import type { Canvas } from '@napi-rs/canvas';
import { loadCanvas } from '../codecs.ts';
import type { Staging } from '../staging/staging.ts';
import { mix } from './inks.ts';

/** What lies over a shot through somebody's eyes: the rim of a glass, or dark edges and the own two hands. Drawn once. */
export function makeEyepiece({ eyepiece }: Staging, width: number, height: number): Canvas {
  const image = loadCanvas().createCanvas(width, height);
  const context = image.getContext('2d');
  const unit = Math.min(width, height) / 720;
  if (eyepiece !== 'eyes') {
    const radius = Math.min(width * (eyepiece === 'binoculars' ? 0.3 : 0.46), height * 0.46);
    const centres = eyepiece === 'binoculars' ? [width / 2 - radius * 0.62, width / 2 + radius * 0.62] : [width / 2];
    context.fillStyle = '#08090c';
    context.fillRect(0, 0, width, height);
    context.globalCompositeOperation = 'destination-out';
    for (const x of centres) {
      context.beginPath();
      context.arc(x, height / 2, radius, 0, Math.PI * 2);
      context.fill();
    }
    context.globalCompositeOperation = 'source-over';
    return image;
  }
  // The eye's socket: dark round edges, softly.
  const gradient = context.createRadialGradient(width / 2, height / 2, Math.min(width, height) * 0.36, width / 2, height / 2, Math.hypot(width, height) * 0.5);
  gradient.addColorStop(0, 'rgba(8,9,14,0)');
  gradient.addColorStop(0.55, 'rgba(8,9,14,0.35)');
  gradient.addColorStop(1, 'rgba(8,9,14,0.95)');
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  for (const side of [-1, 1] as const) drawOwnHand(image, side, unit);
  return image;
}

const SKIN = '#e2c4a0';

function drawOwnHand(image: Canvas, side: 1 | -1, unit: number): void {
  const context = image.getContext('2d');
  context.save();
  context.translate(image.width / 2 + side * Math.min(image.width * 0.3, 400 * unit), image.height * 0.93);
  context.scale(side * unit * 1.5, unit * 1.5);
  context.rotate(-0.38);
  context.strokeStyle = '#1d2027';
  context.lineWidth = 2.4;
  context.lineJoin = 'round';
  const shape = (colour: string, trace: () => void): void => {
    context.beginPath();
    trace();
    context.fillStyle = colour;
    context.fill();
    context.stroke();
  };
  shape('#5d6b80', () => {
    context.moveTo(-44, 60);
    context.lineTo(52, 60);
    context.lineTo(110, 260);
    context.lineTo(-60, 260);
    context.closePath();
  });
  shape(mix(SKIN, '#b58a66', 0.15), () => {
    context.moveTo(-36, 66);
    context.bezierCurveTo(-50, 10, -46, -26, -36, -40);
    context.lineTo(38, -44);
    context.bezierCurveTo(54, -10, 52, 30, 42, 66);
    context.closePath();
  });
  for (const [x, top] of [[-30, -96], [-10, -112], [11, -108], [30, -90]] as const) shape(SKIN, () => context.roundRect(x - 10, top, 20, 78, 10));
  shape(SKIN, () => {
    context.moveTo(-38, 26);
    context.bezierCurveTo(-82, 0, -88, -30, -80, -42);
    context.bezierCurveTo(-66, -50, -56, -18, -34, -10);
    context.closePath();
  });
  context.restore();
}
