import type { SeededRandom } from '../seeded-random.ts';
import { colourAt } from '../staging/cast.ts';
import { mix, type Inks } from './inks.ts';
import { drawSolids } from './solids.ts';
import type { Piece } from './stage-set.ts';
import { point } from './view.ts';

/** Many people in rows, simpler than the ones the shot is about: nobody looks at one of them. */
export function crowdPieces(random: SeededRandom, inks: Inks, fromZ: number, inside: boolean): Piece[] {
  return Array.from({ length: 44 }, (_, index) => {
    const row = Math.floor(index / 11);
    const x = ((index % 11) - 5) * 0.78 + random.between(-0.22, 0.22) + (row % 2) * 0.36;
    const z = fromZ + row * (inside ? 0.7 : 1.05) + random.between(-0.2, 0.2);
    const tall = random.between(1.58, 1.84);
    const colour = mix(mix(colourAt(Math.floor(random.between(0, 16))), '#8a8f98', 0.5), inks.tint, inks.onPeople + 0.05);
    const skin = mix('#dfc2a0', inks.tint, inks.onPeople + 0.05);
    const hair = mix(random.pick(['#3b2d26', '#6b4a30', '#22242c', '#a8793f']), inks.tint, inks.onPeople);
    return {
      at: point(x, 0, z),
      draw(view) {
        const on = (right: number, up: number, forward = 0): { x: number; y: number; z: number } => point(x + right * tall, up * tall, z - forward * tall);
        drawSolids(
          view,
          [
            { balls: [{ at: on(-0.05, 0.03), r: 0.03 * tall }, { at: on(-0.05, 0.5), r: 0.055 * tall }], colour: mix(colour, '#20242c', 0.45) },
            { balls: [{ at: on(0.05, 0.03), r: 0.03 * tall }, { at: on(0.05, 0.5), r: 0.055 * tall }], colour: mix(colour, '#20242c', 0.45) },
            { balls: [{ at: on(-0.09, 0.79), r: 0.042 * tall }, { at: on(0.09, 0.79), r: 0.042 * tall }, { at: on(-0.1, 0.5), r: 0.035 * tall }, { at: on(0.1, 0.5), r: 0.035 * tall }], colour, nearer: 0.02 },
            { balls: [{ at: on(0, 0.95), r: 0.056 * tall }], colour: hair, nearer: 0.03 },
            { balls: [{ at: on(0, 0.932, 0.012), r: 0.05 * tall }, { at: on(0, 0.9, 0.012), r: 0.036 * tall }], colour: skin, nearer: 0.05 },
          ],
          inks.line,
          1.2 * view.unit,
        );
        const head = view.disc(on(0, 0.932, 0.06), 0.006 * tall);
        if (!head || head.r < view.unit) return;
        view.context.fillStyle = inks.line;
        view.context.beginPath();
        for (const side of [-1, 1]) view.context.rect(head.x + side * head.r * 3.4 - head.r, head.y - head.r, head.r * 2, head.r * 2);
        view.context.fill();
      },
    };
  });
}
