import type { SKRSContext2D } from '@napi-rs/canvas';
import { assertNever } from '../../lib/errors.ts';
import { seededRandom } from '../seeded-random.ts';
import type { Weather } from '../staging/place-words.ts';
import { withAlpha } from './inks.ts';

/** Draws what falls or floats before everything. */
export type WeatherPainter = (context: SKRSContext2D, timeS: number) => void;

interface Speck {
  x: number;
  y: number;
  /** 0 is far and slow, 1 near and fast. */
  near: number;
}

export function makeWeather(weather: Weather, width: number, height: number, seed: string): WeatherPainter | undefined {
  const random = seededRandom(`weather|${seed}`);
  const unit = Math.min(width, height) / 720;
  const specks = (count: number): Speck[] => Array.from({ length: count }, () => ({ x: random.between(), y: random.between(), near: random.between() }));
  switch (weather) {
    case 'clear':
      return undefined;
    case 'fog':
      return (context) => {
        const gradient = context.createLinearGradient(0, 0, 0, height);
        gradient.addColorStop(0, 'rgba(226,230,234,0.12)');
        gradient.addColorStop(0.55, 'rgba(226,230,234,0.42)');
        gradient.addColorStop(1, 'rgba(226,230,234,0.16)');
        context.fillStyle = gradient;
        context.fillRect(0, 0, width, height);
      };
    case 'rain': {
      const drops = specks(150);
      return (context, timeS) => {
        context.strokeStyle = 'rgba(222,232,244,0.6)';
        context.lineWidth = 1.7 * unit;
        context.beginPath();
        for (const { x, y, near } of drops) {
          const top = wrap(y + timeS * (1.2 + near * 0.9)) * height * 1.1 - height * 0.05;
          const left = wrap(x - timeS * 0.12) * width * 1.1;
          const length = (18 + 30 * near) * unit;
          context.moveTo(left, top);
          context.lineTo(left - length * 0.16, top + length);
        }
        context.stroke();
      };
    }
    case 'snow':
      return dots(specks(110), width, height, { colour: 'rgba(255,255,255,0.92)', fall: 0.13, wander: 0.015, sizePx: 3.6 * unit });
    case 'embers':
      return dots(specks(40), width, height, { colour: withAlpha('#ffb054', 0.9), fall: -0.14, wander: 0.03, sizePx: 2.6 * unit });
    default:
      return assertNever(weather, 'weather');
  }
}

function dots(specks: readonly Speck[], width: number, height: number, look: { colour: string; fall: number; wander: number; sizePx: number }): WeatherPainter {
  return (context, timeS) => {
    context.fillStyle = look.colour;
    context.beginPath();
    for (const { x, y, near } of specks) {
      const left = wrap(x + Math.sin(timeS * 0.9 + near * 6.3) * look.wander) * width;
      const top = wrap(y + timeS * look.fall * (0.5 + near)) * height * 1.02;
      const size = look.sizePx * (0.5 + near);
      context.moveTo(left + size, top);
      context.arc(left, top, size, 0, Math.PI * 2);
    }
    context.fill();
  };
}

function wrap(value: number): number {
  return value - Math.floor(value);
}
