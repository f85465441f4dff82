import type { Canvas } from '@napi-rs/canvas';
import { loadCanvas } from '../codecs.ts';
import type { Staging } from '../staging/staging.ts';

/** What lies over a shot through somebody's eyes: the rim of a glass, or the dark lids of an eye. Drawn once. */
export function makeEyepiece({ eyepiece }: Staging, width: number, height: number): Canvas {
  const image = loadCanvas().createCanvas(width, height);
  const context = image.getContext('2d');
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
  // Between the lids, softly: no hands, they would be somebody's who is not in the picture.
  const gradient = context.createRadialGradient(width / 2, height / 2, Math.min(width, height) * 0.36, width / 2, height / 2, Math.hypot(width, height) * 0.5);
  gradient.addColorStop(0, 'rgba(8,9,14,0)');
  gradient.addColorStop(0.55, 'rgba(8,9,14,0.3)');
  gradient.addColorStop(1, 'rgba(8,9,14,0.9)');
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  for (const [reach, alpha] of [[0.04, 0.45], [0, 0.9]] as const) {
    const [left, right] = [width * (reach - 0.05), width * (1.05 - reach)];
    context.fillStyle = `rgba(8,9,14,${alpha})`;
    context.beginPath();
    context.rect(0, 0, width, height);
    context.moveTo(left, height * 0.52);
    context.bezierCurveTo(width * 0.22, height * (reach * 1.6 - 0.14), width * 0.78, height * (reach * 1.6 - 0.14), right, height * 0.52);
    context.bezierCurveTo(width * 0.78, height * (1.14 - reach * 1.6), width * 0.22, height * (1.14 - reach * 1.6), left, height * 0.52);
    context.fill('evenodd');
  }
  return image;
}
