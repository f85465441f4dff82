import type { SKRSContext2D } from '@napi-rs/canvas';
import { assertNever } from '../lib/errors.ts';
import { glow } from './landforms.ts';
import { mix, withAlpha, type Palette } from './palette.ts';
import type { Subject } from './scene-words.ts';

export interface SubjectPlace {
  x: number;
  /** Where it stands, in pixels from the top. */
  foot: number;
  /** In pixels. */
  height: number;
  /** Its windows and lamps are lit. */
  lit: boolean;
}

/** Draws what a scene is about as a silhouette. */
export function drawSubject(context: SKRSContext2D, subject: Subject, place: SubjectPlace, palette: Palette): void {
  context.save();
  context.translate(place.x, place.foot);
  context.scale(place.height, place.height); // from here on the subject is one unit tall
  context.fillStyle = mix(palette.near, '#000000', 0.35);
  switch (subject) {
    case 'none':
      break;
    case 'person':
      drawPerson(context, palette);
      break;
    case 'boat':
      drawBoat(context, palette, place.lit);
      break;
    case 'lighthouse':
      drawLighthouse(context, palette, place.lit);
      break;
    case 'house':
      drawHouse(context, palette, place.lit);
      break;
    case 'bottle':
      drawBottle(context, palette);
      break;
    case 'cup':
      drawCup(context, palette);
      break;
    case 'birds':
      drawBirds(context);
      break;
    default:
      assertNever(subject, 'subject');
  }
  context.restore();
}

function shape(context: SKRSContext2D, points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.closePath();
  context.fill();
}

function drawPerson(context: SKRSContext2D, palette: Palette): void {
  // A figure in a long coat, seen from behind.
  shape(context, [[-0.11, 0], [-0.1, -0.26], [0.1, -0.26], [0.11, 0], [0.025, 0], [0.01, -0.16], [-0.01, -0.16], [-0.025, 0]]);
  context.beginPath();
  context.moveTo(-0.15, -0.2);
  context.bezierCurveTo(-0.14, -0.5, -0.15, -0.78, -0.045, -0.83);
  context.lineTo(0.045, -0.83);
  context.bezierCurveTo(0.15, -0.78, 0.14, -0.5, 0.16, -0.2);
  context.quadraticCurveTo(0, -0.15, -0.15, -0.2);
  context.fill();
  context.beginPath();
  context.ellipse(0, -0.91, 0.062, 0.08, 0, 0, Math.PI * 2);
  context.fill();
  context.fillRect(-0.03, -0.86, 0.06, 0.06);
  // A rim of light on one shoulder lifts the figure off the ground behind it.
  context.strokeStyle = withAlpha(palette.light, 0.45);
  context.lineWidth = 0.012;
  context.beginPath();
  context.moveTo(0.055, -0.96);
  context.quadraticCurveTo(0.075, -0.9, 0.05, -0.84);
  context.bezierCurveTo(0.15, -0.78, 0.14, -0.5, 0.16, -0.2);
  context.stroke();
}

function drawBoat(context: SKRSContext2D, palette: Palette, lit: boolean): void {
  context.beginPath();
  context.moveTo(-0.46, -0.2);
  context.quadraticCurveTo(-0.36, 0.03, -0.2, 0.04);
  context.lineTo(0.28, 0.04);
  context.quadraticCurveTo(0.42, 0, 0.52, -0.24);
  context.quadraticCurveTo(0.05, -0.13, -0.46, -0.2);
  context.fill();
  context.fillRect(0.0, -1, 0.018, 0.86);
  context.fillStyle = mix(palette.skyLow, '#ffffff', 0.35);
  shape(context, [[0.035, -0.97], [0.035, -0.24], [0.4, -0.27]]);
  context.fillStyle = mix(palette.skyLow, palette.near, 0.25);
  shape(context, [[-0.018, -0.9], [-0.018, -0.24], [-0.3, -0.26]]);
  if (lit) glow(context, -0.3, -0.28, 0.18, '#ffd27a', 0.9);
}

function drawLighthouse(context: SKRSContext2D, palette: Palette, lit: boolean): void {
  context.beginPath();
  context.moveTo(-0.75, 0.12);
  context.quadraticCurveTo(-0.45, -0.12, -0.1, -0.1);
  context.quadraticCurveTo(0.3, -0.16, 0.62, 0.12);
  context.fill();
  const wall = mix(palette.skyLow, '#ffffff', 0.4);
  context.fillStyle = mix(wall, palette.near, 0.15);
  shape(context, [[-0.1, -0.08], [-0.066, -0.82], [0.066, -0.82], [0.1, -0.08]]);
  context.fillStyle = '#b8433a';
  for (const [bottom, top] of [[-0.2, -0.34], [-0.5, -0.64]] as const) {
    const half = (y: number): number => 0.1 + (0.034 * (y + 0.08)) / 0.74;
    shape(context, [[-half(bottom), bottom], [-half(top), top], [half(top), top], [half(bottom), bottom]]);
  }
  context.fillStyle = mix(palette.near, '#000000', 0.35);
  context.fillRect(-0.09, -0.84, 0.18, 0.022);
  shape(context, [[-0.06, -0.95], [0, -1.02], [0.06, -0.95]]);
  context.fillStyle = lit ? '#fff3c4' : '#dfe7ea';
  context.fillRect(-0.045, -0.95, 0.09, 0.11);
  if (lit) glow(context, 0, -0.895, 0.42, '#fff0b8', 0.85);
}

function drawHouse(context: SKRSContext2D, palette: Palette, lit: boolean): void {
  const wall = context.fillStyle;
  context.fillRect(-0.45, -0.55, 0.9, 0.6);
  context.fillRect(0.2, -0.98, 0.1, 0.3);
  context.fillStyle = mix(palette.near, '#000000', 0.55);
  shape(context, [[-0.56, -0.52], [-0.02, -0.95], [0.56, -0.52]]);
  context.fillStyle = lit ? '#ffcf73' : mix(palette.skyLow, palette.near, 0.4);
  context.fillRect(-0.31, -0.38, 0.18, 0.18);
  context.fillRect(0.13, -0.38, 0.18, 0.18);
  context.fillStyle = wall;
  if (lit) glow(context, -0.22, -0.29, 0.34, '#ffcf73', 0.5);
}

function drawBottle(context: SKRSContext2D, palette: Palette): void {
  context.fillStyle = 'rgba(0,0,0,0.3)';
  context.beginPath();
  context.ellipse(0, 0, 0.36, 0.035, 0, 0, Math.PI * 2);
  context.fill();
  const glass = context.createLinearGradient(-0.24, 0, 0.24, 0);
  glass.addColorStop(0, mix(palette.accent, '#000000', 0.55));
  glass.addColorStop(0.28, mix(palette.accent, '#ffffff', 0.35));
  glass.addColorStop(0.55, palette.accent);
  glass.addColorStop(1, mix(palette.accent, '#000000', 0.65));
  context.fillStyle = glass;
  context.beginPath();
  context.roundRect(-0.24, -0.66, 0.48, 0.66, 0.06);
  context.fill();
  context.fillRect(-0.08, -0.76, 0.16, 0.12);
  context.fillStyle = '#15161a';
  context.beginPath();
  context.roundRect(-0.12, -1, 0.24, 0.26, 0.025);
  context.fill();
  context.fillStyle = 'rgba(255,255,255,0.85)';
  context.fillRect(-0.15, -0.43, 0.3, 0.2);
  context.fillStyle = 'rgba(255,255,255,0.4)';
  context.fillRect(-0.2, -0.62, 0.026, 0.56);
}

function drawCup(context: SKRSContext2D, palette: Palette): void {
  context.fillStyle = 'rgba(0,0,0,0.3)';
  context.beginPath();
  context.ellipse(0.02, 0, 0.62, 0.07, 0, 0, Math.PI * 2);
  context.fill();
  context.strokeStyle = mix(palette.light, palette.near, 0.15);
  context.lineWidth = 0.08;
  context.beginPath();
  context.arc(0.44, -0.5, 0.17, -1.3, 1.5);
  context.stroke();
  const china = context.createLinearGradient(-0.45, 0, 0.45, 0);
  china.addColorStop(0, mix(palette.light, palette.near, 0.35));
  china.addColorStop(0.35, palette.light);
  china.addColorStop(1, mix(palette.light, palette.near, 0.5));
  context.fillStyle = china;
  context.beginPath();
  context.moveTo(-0.45, -0.85);
  context.bezierCurveTo(-0.44, -0.3, -0.34, -0.03, -0.16, -0.02);
  context.lineTo(0.16, -0.02);
  context.bezierCurveTo(0.34, -0.03, 0.44, -0.3, 0.45, -0.85);
  context.fill();
  context.beginPath();
  context.ellipse(0, -0.85, 0.45, 0.09, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = '#3a2114';
  context.beginPath();
  context.ellipse(0, -0.845, 0.4, 0.07, 0, 0, Math.PI * 2);
  context.fill();
}

function drawBirds(context: SKRSContext2D): void {
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 0.035;
  for (const [x, y, size] of [[0, -1, 1], [0.55, -0.7, 0.8], [-0.6, -0.6, 0.85], [1, -1.15, 0.6], [-1.1, -1.05, 0.6]] as const) {
    context.beginPath();
    context.moveTo(x - 0.2 * size, y - 0.1 * size);
    context.quadraticCurveTo(x - 0.08 * size, y - 0.14 * size, x, y);
    context.quadraticCurveTo(x + 0.08 * size, y - 0.14 * size, x + 0.2 * size, y - 0.1 * size);
    context.stroke();
  }
}
