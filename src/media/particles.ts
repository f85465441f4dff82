import type { SKRSContext2D } from '@napi-rs/canvas';
import { assertNever } from '../lib/errors.ts';
import { withAlpha, type Palette } from './palette.ts';
import type { Stage } from './scene-plane.ts';
import type { SceneDescription } from './scene-words.ts';
import { seededRandom } from './seeded-random.ts';

/** Draws what falls and floats before everything: rain, snow, embers, motes of dust. */
export type ParticlePainter = (context: SKRSContext2D, timeS: number) => void;

interface Particle {
  x: number;
  y: number;
  /** 0 is far and slow, 1 near and fast. */
  near: number;
  phase: number;
}

export function makeParticles(stage: Stage, scene: SceneDescription, palette: Palette, seed: string): ParticlePainter {
  const random = seededRandom(`particles|${seed}`);
  const count = { rain: 190, snow: 150, embers: 60, fog: 14, clear: 26 }[scene.weather];
  const particles: Particle[] = Array.from({ length: count }, () => ({ x: random.between(), y: random.between(), near: random.between(), phase: random.between(0, 6.3) }));
  switch (scene.weather) {
    case 'rain':
      return (context, timeS) => drawRain(context, stage, particles, timeS);
    case 'snow':
      return (context, timeS) => drawDots(context, stage, particles, timeS, { colour: 'rgba(255,255,255,0.85)', fall: 0.16, wander: 0.02, sizePx: 3.4 });
    case 'embers':
      return (context, timeS) => drawDots(context, stage, particles, timeS, { colour: 'rgba(255,176,84,0.9)', fall: -0.14, wander: 0.03, sizePx: 2.4 });
    case 'fog':
    case 'clear':
      return (context, timeS) => drawDots(context, stage, particles, timeS, { colour: withAlpha(palette.light, 0.4), fall: -0.012, wander: 0.02, sizePx: 1.8 });
    default:
      return assertNever(scene.weather, 'weather');
  }
}

function drawRain(context: SKRSContext2D, stage: Stage, particles: readonly Particle[], timeS: number): void {
  context.strokeStyle = 'rgba(214,226,240,0.42)';
  context.lineWidth = 1.5 * stage.unit;
  context.beginPath();
  for (const { x, y, near } of particles) {
    const top = wrap(y + timeS * (1.1 + near * 0.9)) * stage.height * 1.1;
    const left = wrap(x - timeS * 0.12) * stage.width * 1.1;
    const length = (16 + 26 * near) * stage.unit;
    context.moveTo(left, top);
    context.lineTo(left - length * 0.13, top + length);
  }
  context.stroke();
}

function drawDots(context: SKRSContext2D, stage: Stage, particles: readonly Particle[], timeS: number, look: { colour: string; fall: number; wander: number; sizePx: number }): void {
  context.fillStyle = look.colour;
  context.beginPath();
  for (const { x, y, near, phase } of particles) {
    const left = wrap(x + Math.sin(timeS * 0.9 + phase) * look.wander) * stage.width;
    const top = wrap(y + timeS * look.fall * (0.5 + near)) * stage.height * 1.02;
    const size = look.sizePx * stage.unit * (0.5 + near);
    context.moveTo(left + size, top);
    context.arc(left, top, size, 0, Math.PI * 2);
  }
  context.fill();
}

function wrap(value: number): number {
  return value - Math.floor(value);
}
