import type { Hat } from '../staging/looks.ts';
import type { Gesture, Pose } from '../staging/pose-words.ts';
import { drawFace, drawHairBehind } from './face.ts';
import type { FigureInk, Head } from './head.ts';
import { mix } from './inks.ts';
import type { Motion } from './motion.ts';
import { drawSolids, type Solid } from './solids.ts';
import { point, type Point, type View } from './view.ts';

/** A jointed figure, placed on the set. */
export interface Mannequin {
  /** Between the feet; for somebody who lies, under the hips. */
  at: Point;
  /** Radians: 0 looks at the camera, a quarter turn to the right of the frame. */
  turn: number;
  /** The same for the head: less than the body, so that the face is seen. */
  headTurn: number;
  /** Radians; how far the face is turned up, or below 0 down: towards a camera above or below. */
  nod: number;
  /** Metres, standing. */
  tall: number;
  pose: Pose;
  gesture: Gesture;
  colour: string;
  skin: string;
  hair: string;
  longHair: boolean;
  child: boolean;
  bald: boolean;
  beard: boolean;
  hat: Hat | undefined;
  coat: boolean;
  motion: Motion;
}

/** How far the hips are above where they are when standing, as a share of the height. */
const DROP: Record<Pose, number> = { stand: 0, walk: 0, run: 0.02, sit: 0.262, kneel: 0.262, lie: 0, ride: -0.34 };

/** How high the crown of the head is, in metres above the ground. */
export function crownOf({ pose, tall, child }: Pick<Mannequin, 'pose' | 'tall' | 'child'>): number {
  return pose === 'lie' ? 0.36 : tall * ((child ? 1.028 : 1) - DROP[pose]);
}

type Place = (right: number, up: number, forward: number) => Point;

/** From the figure's own right, up and forward, in heights of it, to the set. */
function placer({ at, turn, tall, pose }: Mannequin): Place {
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  if (pose === 'lie') {
    // On the back, the head where a standing figure would have its left hand.
    return (right, up, forward) => point(at.x + (up - 0.53) * tall, at.y + 0.09 + (forward + 0.05) * tall, at.z + right * tall);
  }
  return (right, up, forward) => point(at.x + (cos * right + sin * forward) * tall, at.y + (up - DROP[pose]) * tall, at.z + (sin * right - cos * forward) * tall);
}

type Joint = readonly [right: number, up: number, forward: number];

interface Limbs {
  elbows: readonly [Joint, Joint];
  hands: readonly [Joint, Joint];
  knees: readonly [Joint, Joint];
  ankles: readonly [Joint, Joint];
  lean: number;
}

// Left and right as the figure has them, in heights of the figure; [right, up, forward].
const STAND: Limbs = { elbows: [[-0.135, 0.645, -0.01], [0.135, 0.645, -0.01]], hands: [[-0.14, 0.49, 0.04], [0.14, 0.49, 0.04]], knees: [[-0.062, 0.285, 0.015], [0.062, 0.285, 0.015]], ankles: [[-0.064, 0.045, 0], [0.064, 0.045, 0]], lean: 0 };
const SEAT_LEGS = { knees: [[-0.075, 0.535, 0.235], [0.075, 0.535, 0.235]], ankles: [[-0.07, 0.307, 0.22], [0.07, 0.307, 0.22]] } as const;
const LIMBS: Record<Pose, Limbs> = {
  stand: STAND,
  walk: { elbows: [[-0.13, 0.65, 0.05], [0.13, 0.65, -0.08]], hands: [[-0.12, 0.52, 0.15], [0.13, 0.51, -0.06]], knees: [[-0.055, 0.29, -0.03], [0.055, 0.3, 0.12]], ankles: [[-0.055, 0.075, -0.17], [0.055, 0.05, 0.13]], lean: 0.02 },
  run: { elbows: [[-0.13, 0.67, 0.1], [0.13, 0.68, -0.13]], hands: [[-0.1, 0.72, 0.23], [0.12, 0.57, -0.05]], knees: [[-0.055, 0.31, -0.05], [0.055, 0.4, 0.21]], ankles: [[-0.055, 0.24, -0.27], [0.055, 0.16, 0.18]], lean: 0.09 },
  sit: { elbows: [[-0.14, 0.65, 0.03], [0.14, 0.65, 0.03]], hands: [[-0.08, 0.58, 0.16], [0.08, 0.58, 0.16]], ...SEAT_LEGS, lean: 0 },
  kneel: { ...STAND, hands: [[-0.08, 0.55, 0.1], [0.08, 0.55, 0.1]], knees: [[-0.08, 0.3, 0.09], [0.08, 0.3, 0.09]], ankles: [[-0.07, 0.295, -0.17], [0.07, 0.295, -0.17]], lean: 0.04 },
  lie: { ...STAND, knees: [[-0.07, 0.285, 0.03], [0.07, 0.285, 0.05]] },
  ride: { elbows: [[-0.13, 0.65, 0.06], [0.13, 0.65, 0.06]], hands: [[-0.06, 0.58, 0.19], [0.06, 0.58, 0.19]], knees: [[-0.15, 0.43, 0.15], [0.15, 0.43, 0.15]], ankles: [[-0.14, 0.2, 0.08], [0.14, 0.2, 0.08]], lean: 0.03 },
};
const RAISED = { elbows: [[-0.135, 0.645, 0], [0.2, 0.86, 0.06]], hands: [[-0.13, 0.5, 0.05], [0.2, 1.0, 0.12]] } as const;
const ARMS: Record<Gesture, Partial<Pick<Limbs, 'elbows' | 'hands'>>> = {
  none: {},
  hold: { elbows: [[-0.135, 0.65, 0.02], [0.135, 0.65, 0.02]], hands: [[-0.05, 0.66, 0.17], [0.05, 0.66, 0.17]] },
  reach: { elbows: [[-0.135, 0.65, 0], [0.14, 0.69, 0.12]], hands: [[-0.13, 0.51, 0.05], [0.1, 0.73, 0.28]] },
  raise: RAISED,
  wave: RAISED,
};

/** The limbs at this moment: one step after the other, a hand that waves. */
function limbsAt({ pose, gesture, motion }: Mannequin, timeS: number): Limbs {
  const limbs: Limbs = { ...LIMBS[pose], ...(pose === 'run' && gesture === 'none' ? {} : ARMS[gesture]) };
  if (motion.waves) {
    const [still, [right, up, forward]] = limbs.hands;
    return { ...limbs, hands: [still, [right + 0.07 * Math.sin(timeS * 6.6), up, forward]] };
  }
  if (motion.gaitHz === 0) return limbs;
  const turn = timeS * motion.gaitHz * Math.PI * 2;
  const share = (1 + Math.cos(turn)) / 2;
  const running = pose === 'run' ? 1 : 0;
  const striding = (pair: readonly [Joint, Joint], lift: number, down = 0): readonly [Joint, Joint] => {
    const [left, right] = pair;
    const blend = (one: Joint, other: Joint, lifted: number): Joint => [one[0] * share - other[0] * (1 - share), one[1] * share + other[1] * (1 - share) + lifted, one[2] * share + other[2] * (1 - share)];
    // The leg that comes forward is off the ground; the other one bears, also of somebody who runs.
    const passing = 4 * share * (1 - share);
    const [up, low] = [lift * passing, -down * running * passing];
    return [blend(left, right, Math.sin(turn) > 0 ? up : low), blend(right, left, Math.sin(turn) > 0 ? low : up)];
  };
  return { ...limbs, knees: striding(limbs.knees, 0.03, 0.05), ankles: striding(limbs.ankles, 0.06, 0.15), ...(gesture === 'none' ? { elbows: striding(limbs.elbows, 0), hands: striding(limbs.hands, 0) } : {}) };
}

/** Draws the figure, its face where the camera sees it. */
export function drawMannequin(view: View, figure: Mannequin, ink: FigureInk): void {
  const place = placer(figure);
  const limbs = limbsAt(figure, view.timeS);
  const { tall, colour, skin } = figure;
  const size = figure.child ? 1.28 : 1;
  const lean = (up: number): number => limbs.lean * Math.max(0, (up - 0.5) / 0.3);
  const at = (joint: Joint): Point => place(joint[0], joint[1], joint[2] + lean(joint[1]));
  const limb = (from: Joint, to: Joint, fromR: number, toR: number, paint: string, nearer = 0): Solid => ({ balls: [{ at: at(from), r: fromR * tall }, { at: at(to), r: toR * tall }], colour: paint, nearer });
  const legs = mix(colour, '#20242c', 0.45);
  const solids: Solid[] = [];
  for (const side of [0, 1] as const) {
    const sign = side === 0 ? -1 : 1;
    const hip: Joint = [sign * 0.05, 0.52, 0];
    const shoulder: Joint = [sign * 0.107, 0.79, 0];
    const [ankleX, ankleY, ankleZ] = limbs.ankles[side];
    solids.push(
      limb([ankleX, ankleY - 0.015, ankleZ - 0.01], [ankleX * 1.1, ankleY - 0.022, ankleZ + 0.085], 0.022, 0.018, mix(legs, '#14161c', 0.4)),
      limb(limbs.knees[side], limbs.ankles[side], 0.033, 0.021, legs),
      limb(hip, limbs.knees[side], 0.054, 0.037, legs),
      limb(shoulder, limbs.elbows[side], 0.032, 0.026, mix(colour, '#ffffff', 0.08), 0.02),
      limb(limbs.elbows[side], limbs.hands[side], 0.026, 0.018, mix(colour, '#ffffff', 0.08), 0.03),
      { balls: [{ at: at(limbs.hands[side]), r: 0.026 * tall }], colour: skin, nearer: 0.05 },
    );
  }
  const ball = (right: number, up: number, forward: number, r: number): Solid['balls'][number] => ({ at: at([right, up, forward]), r: r * tall });
  solids.push(
    { balls: [ball(-0.052, 0.53, 0, 0.048), ball(0.052, 0.53, 0, 0.048), ball(-0.05, 0.61, 0, 0.042), ball(0.05, 0.61, 0, 0.042)], colour: legs, nearer: 0.01 },
    { balls: [ball(-0.09, 0.8, 0, 0.03), ball(0.09, 0.8, 0, 0.03), ball(0, 0.827, 0, 0.027), ball(-0.06, 0.72, 0.012, 0.055), ball(0.06, 0.72, 0.012, 0.055), ball(-0.052, 0.61, 0, 0.046), ball(0.052, 0.61, 0, 0.046)], colour, nearer: 0.015 },
    { balls: [ball(0, 0.83, 0, 0.03), ball(0, 0.88, 0.008, 0.029)], colour: mix(skin, '#6b4a3a', 0.18), nearer: -0.02 },
  );
  // A coat or a dress hides the thighs.
  if (figure.coat && (figure.pose === 'stand' || figure.pose === 'walk' || figure.pose === 'run' || figure.pose === 'kneel')) {
    const hem = figure.pose === 'kneel' ? 0.4 : 0.3;
    solids.push({ balls: [ball(-0.05, 0.62, 0, 0.045), ball(0.05, 0.62, 0, 0.045), ball(-0.085, hem, 0.01, 0.032), ball(0.085, hem, 0.01, 0.032)], colour: mix(colour, '#000000', 0.08), nearer: 0.09 });
  }
  const turned = figure.pose === 'lie' ? 0 : figure.headTurn - figure.turn;
  const [sin, cos] = [Math.sin(turned), Math.cos(turned)];
  const nod = figure.nod + (figure.motion.nods ? 0.1 * Math.sin(view.timeS * 5.2) * Math.sin(view.timeS * 1.3) : 0);
  const [sinNod, cosNod] = [Math.sin(nod), Math.cos(nod)];
  const onHead: Head['place'] = (right, upright, ahead) => {
    const up = upright * cosNod + ahead * sinNod;
    const forward = ahead * cosNod - upright * sinNod;
    return place((cos * right + sin * forward) * size, 0.937 + (size - 1) * 0.05 + up * size, (cos * forward - sin * right) * size + lean(0.937));
  };
  const head: Head = { place: onHead, tall: tall * size, skin, hair: figure.hair, longHair: figure.longHair, bald: figure.bald, beard: figure.beard, hat: figure.hat, cloth: colour };
  drawHairBehind(view, head, ink);
  drawSolids(view, solids, ink.line, ink.widthPx);
  drawFace(view, head, ink);
}
