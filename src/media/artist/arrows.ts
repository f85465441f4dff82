import type { SKRSContext2D } from '@napi-rs/canvas';
import type { StagedMove } from '../staging/camera-control.ts';
import { textFont } from '../fonts.ts';

type Corner = readonly [x: number, y: number];

const LABELS: Partial<Record<StagedMove, string>> = {
  'pan-left': 'PAN', 'pan-right': 'PAN', 'tilt-up': 'TILT', 'tilt-down': 'TILT', 'zoom-in': 'ZOOM IN', 'zoom-out': 'ZOOM OUT', 'push-in': 'PUSH IN', 'pull-back': 'PULL BACK', 'track-left': 'TRACK', 'track-right': 'TRACK',
  'orbit-left': 'ORBIT', 'orbit-right': 'ORBIT', 'crane-up': 'CRANE UP', 'crane-down': 'CRANE DOWN', handheld: 'HANDHELD', 'roll-left': 'ROLL', 'roll-right': 'ROLL', 'down-back': 'DOWN + BACK', 'forward-up': 'FORWARD + UP', 'turn-left-forward': 'TURN + FORWARD', 'turn-right-forward': 'TURN + FORWARD',
};

/**
 * The storyboard's arrow for a camera move: along an edge for a turn, a block arrow for a travel, converging corners for a
 * push in, a frame in the frame for a zoom. Without a move nothing is drawn.
 */
export function drawMoveArrow(context: SKRSContext2D, width: number, height: number, move: StagedMove): void {
  if (move === 'static') return;
  const unit = Math.min(width, height) / 720;
  const pen = new ArrowPen(context, unit);
  const [middleX, middleY] = [width / 2, height / 2];
  const reach = Math.min(width * 0.17, 210 * unit);
  const edge = 40 * unit;
  const inset = { x: 78 * unit, y: 96 * unit };
  const corners = [[-1, -1], [1, -1], [-1, 1], [1, 1]] as const;
  let label: Corner = [middleX, height - 196 * unit];
  switch (move) {
    case 'pan-left':
    case 'pan-right': {
      const way = move === 'pan-right' ? 1 : -1;
      pen.arrow([[middleX - way * reach, height - 168 * unit], [middleX + way * reach, height - 168 * unit]], 8);
      break;
    }
    case 'tilt-up':
    case 'tilt-down': {
      const way = move === 'tilt-down' ? 1 : -1;
      pen.arrow([[width - edge - 12 * unit, middleY - way * 150 * unit], [width - edge - 12 * unit, middleY + way * 150 * unit]], 8);
      label = [width - edge - 80 * unit, middleY];
      break;
    }
    case 'crane-up':
    case 'crane-down': {
      const way = move === 'crane-down' ? 1 : -1;
      pen.block([width - 86 * unit, middleY - way * 150 * unit], [width - 86 * unit, middleY + way * 150 * unit], 44);
      label = [width - 200 * unit, middleY];
      break;
    }
    case 'track-left':
    case 'track-right': {
      const way = move === 'track-right' ? 1 : -1;
      pen.block([middleX - way * reach, height - 172 * unit], [middleX + way * reach, height - 172 * unit], 44);
      label = [middleX, height - 172 * unit];
      break;
    }
    case 'push-in':
    case 'pull-back':
      for (const [x, y] of corners) {
        const outer: Corner = [middleX + x * (middleX - inset.x * 0.5), middleY + y * (middleY - inset.y)];
        const inner: Corner = [middleX + x * (middleX - inset.x * 2.6), middleY + y * (middleY - inset.y * 2)];
        pen.block(move === 'push-in' ? outer : inner, move === 'push-in' ? inner : outer, 20);
      }
      break;
    case 'zoom-in':
    case 'zoom-out':
      pen.dashedFrame(width * 0.17, height * 0.17, width * 0.66, height * 0.66);
      for (const [x, y] of corners) {
        const outer: Corner = [middleX + x * width * 0.42, middleY + y * height * 0.41];
        const inner: Corner = [middleX + x * width * 0.345, middleY + y * height * 0.345];
        pen.arrow(move === 'zoom-in' ? [outer, inner] : [inner, outer], 6);
      }
      break;
    case 'orbit-left':
    case 'orbit-right': {
      const way = move === 'orbit-right' ? 1 : -1;
      // Seen from above: the arc that the camera walks around the subject.
      pen.arrow(Array.from({ length: 21 }, (_, index) => { const angle = ((index - 10) / 10) * 1.25 * way; return [middleX + Math.sin(angle) * reach * 1.5, height - 250 * unit + Math.cos(angle) * 92 * unit] as const; }), 12);
      label = [middleX, height - 190 * unit];
      break;
    }
    case 'roll-left':
    case 'roll-right': {
      const way = move === 'roll-right' ? 1 : -1;
      pen.arrow(Array.from({ length: 17 }, (_, index) => { const angle = ((index - 8) / 8) * 0.95 * way; return [middleX + Math.sin(angle) * 190 * unit, 292 * unit - Math.cos(angle) * 190 * unit] as const; }), 11);
      label = [middleX, 140 * unit];
      break;
    }
    case 'handheld':
      pen.wave([middleX - reach, height - 160 * unit], [middleX + reach, height - 160 * unit]);
      break;
    case 'down-back':
      pen.block([middleX, height - 250 * unit], [middleX, height - 96 * unit], 26);
      for (const x of [-1, 1]) pen.block([middleX + x * (middleX - 200 * unit), height - 230 * unit], [middleX + x * (middleX - 70 * unit), height - 110 * unit], 20);
      label = [middleX, height - 280 * unit];
      break;
    case 'forward-up':
      for (const x of [-1, 1]) pen.block([middleX + x * (middleX - 60 * unit), height - 100 * unit], [middleX + x * (middleX - 210 * unit), height - 200 * unit], 20);
      pen.arrow([[width - edge - 12 * unit, middleY + 120 * unit], [width - edge - 12 * unit, middleY - 120 * unit]], 11);
      break;
    case 'turn-left-forward':
    case 'turn-right-forward': {
      const way = move === 'turn-right-forward' ? 1 : -1;
      pen.block([middleX - way * 40 * unit, height - 110 * unit], [middleX + way * reach, height - 210 * unit], 26);
      break;
    }
    default:
      break;
  }
  const words = LABELS[move];
  if (words !== undefined) pen.label(words, label[0], label[1]);
}

/** Draws in white with a dark rim, so that an arrow is seen on any picture. */
class ArrowPen {
  private readonly context: SKRSContext2D;
  private readonly unit: number;

  constructor(context: SKRSContext2D, unit: number) {
    this.context = context;
    this.unit = unit;
    context.lineJoin = 'round';
    context.lineCap = 'round';
  }

  /** A line with a head. */
  arrow(path: readonly Corner[], lineWidth: number): void {
    const [tip, before] = [path.at(-1), path.at(-2)];
    if (!tip || !before) return;
    const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
    const size = lineWidth * 3 * this.unit;
    const head = [0, 2.5, -2.5].map((turn) => [tip[0] + Math.cos(angle + turn) * size, tip[1] + Math.sin(angle + turn) * size] as const);
    this.inTwo(() => {
      this.context.beginPath();
      for (const [index, [x, y]] of path.entries()) if (index === 0) this.context.moveTo(x, y); else this.context.lineTo(x, y);
    }, lineWidth);
    this.shape(head);
  }

  /** A broad arrow, as boards have it for a camera that travels. */
  block(from: Corner, to: Corner, half: number): void {
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const long = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const wide = half * this.unit;
    const neck = Math.max(long * 0.45, long - wide * 1.7);
    const at = (along: number, across: number): Corner => [from[0] + cos * along - sin * across, from[1] + sin * along + cos * across];
    this.shape([at(0, -wide * 0.45), at(neck, -wide * 0.45), at(neck, -wide), at(long, 0), at(neck, wide), at(neck, wide * 0.45), at(0, wide * 0.45)]);
  }

  wave(from: Corner, to: Corner): void {
    this.inTwo(() => {
      this.context.beginPath();
      for (let step = 0; step <= 24; step += 1) this.context.lineTo(from[0] + ((to[0] - from[0]) * step) / 24, from[1] + (step % 2 === 0 ? -14 : 14) * this.unit);
    }, 8);
  }

  dashedFrame(x: number, y: number, width: number, height: number): void {
    this.context.setLineDash([18 * this.unit, 13 * this.unit]);
    this.inTwo(() => {
      this.context.beginPath();
      this.context.rect(x, y, width, height);
    }, 4);
    this.context.setLineDash([]);
  }

  label(words: string, x: number, y: number): void {
    const { context, unit } = this;
    context.font = textFont(19 * unit, 700);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.strokeStyle = 'rgba(16,18,24,0.9)';
    context.lineWidth = 5 * unit;
    context.strokeText(words, x, y);
    context.fillStyle = '#ffffff';
    context.fillText(words, x, y);
    context.textAlign = 'left';
  }

  private shape(corners: readonly Corner[]): void {
    const { context } = this;
    context.beginPath();
    for (const [index, [x, y]] of corners.entries()) if (index === 0) context.moveTo(x, y); else context.lineTo(x, y);
    context.closePath();
    context.strokeStyle = 'rgba(16,18,24,0.9)';
    context.lineWidth = 5 * this.unit;
    context.stroke();
    context.fillStyle = '#ffffff';
    context.fill();
  }

  private inTwo(trace: () => void, lineWidth: number): void {
    for (const [colour, wider] of [['rgba(16,18,24,0.9)', 5], ['#ffffff', 0]] as const) {
      this.context.strokeStyle = colour;
      this.context.lineWidth = (lineWidth + wider) * this.unit;
      trace();
      this.context.stroke();
    }
  }
}
