import type { FigureInk, Head } from './head.ts';
import { mix } from './inks.ts';
import { drawTogether, type Solid } from './solids.ts';
import type { View } from './view.ts';

const ballOf = ({ place, tall }: Head) => (right: number, up: number, forward: number, r: number): Solid['balls'][number] => ({ at: place(right, up, forward), r: r * tall });

/** A beard around chin and jaw, under the mouth. */
export function beardOf(head: Head, fromTheSide: boolean): Solid {
  const ball = ballOf(head);
  const balls = fromTheSide ? [ball(0, -0.056, 0.036, 0.016), ball(0, -0.072, 0.026, 0.018), ball(0, -0.03, -0.002, 0.014)] : [ball(-0.03, -0.052, 0.016, 0.008), ball(0.03, -0.052, 0.016, 0.008), ball(0, -0.078, 0.024, 0.022), ball(0, -0.058, 0.036, 0.012)];
  return { balls, colour: head.hair };
}

/** What is behind the head: a hood falls around it. Drawn before the face, or after it for somebody seen from behind. */
export function drawHood(view: View, head: Head, ink: FigureInk): void {
  if (head.hat !== 'hood') return;
  const ball = ballOf(head);
  drawTogether(view, [{ balls: [ball(0, 0.012, -0.014, 0.066), ball(-0.03, -0.075, -0.016, 0.04), ball(0.03, -0.075, -0.016, 0.04)], colour: clothOf(head) }], ink.line, ink.widthPx * 0.5);
}

/** A hat or a cap on the head. */
export function drawHat(view: View, head: Head, ink: FigureInk): void {
  const { hat } = head;
  if (hat === undefined || hat === 'hood') return;
  const ball = ballOf(head);
  const colour = clothOf(head);
  const rim = (reach: number, up: number, thick: number) => Array.from({ length: 10 }, (_, index) => ball(Math.cos((index / 5) * Math.PI) * reach, up, Math.sin((index / 5) * Math.PI) * reach, thick));
  const solids: Record<typeof hat, Solid[]> = {
    brim: [{ balls: [ball(-0.02, 0.062, -0.004, 0.034), ball(0.02, 0.062, -0.004, 0.034), ...rim(0.034, 0.036, 0.02)], colour }, { balls: rim(0.092, 0.03, 0.006), colour: mix(colour, '#000000', 0.15) }],
    cone: [{ balls: [...rim(0.13, 0.022, 0.004), ball(0, 0.118, 0, 0.006)], colour: '#d9bf86' }],
    cap: [{ balls: [ball(0, 0.046, 0.004, 0.024), ...rim(0.036, 0.04, 0.021)], colour }, { balls: [ball(-0.03, 0.03, 0.046, 0.006), ball(0.03, 0.03, 0.046, 0.006), ball(0, 0.027, 0.078, 0.007)], colour: mix(colour, '#000000', 0.25) }],
  };
  for (const solid of solids[hat]) drawTogether(view, [solid], ink.line, ink.widthPx * 0.5);
}

function clothOf({ cloth }: Head): string {
  return mix(cloth, '#20242c', 0.35);
}
