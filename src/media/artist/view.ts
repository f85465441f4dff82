import type { SKRSContext2D } from '@napi-rs/canvas';

/** A point of the set, in metres: x to the right, y up from the ground, z away from the camera. The subject stands at 0, 0, 0. */
export interface Point {
  x: number;
  y: number;
  z: number;
}

/** Where the camera stands and looks. */
export interface CameraPose extends Point {
  /** Radians; to the right, up, clockwise. */
  yaw: number;
  pitch: number;
  roll: number;
  /** In frame heights: 1.35 is a normal lens. */
  focal: number;
}

/** A circle of the set as the camera sees it, in pixels; `depth` in metres from the camera. */
export interface Disc {
  x: number;
  y: number;
  r: number;
  depth: number;
}

const NEAR_M = 0.06;

/** One frame's view of the set: turns metres into pixels and draws. A roll turns the canvas itself, so nothing else knows of it. */
export class View {
  readonly context: SKRSContext2D;
  readonly width: number;
  readonly height: number;
  readonly pose: CameraPose;
  /** Of the shot, 0 to 1. */
  readonly done: number;
  readonly timeS: number;
  /** 1/720 of the frame's shorter side: line widths and texts are multiples of it. */
  readonly unit: number;
  private readonly sinYaw: number;
  private readonly cosYaw: number;
  private readonly sinPitch: number;
  private readonly cosPitch: number;
  private readonly scale: number;

  constructor(context: SKRSContext2D, width: number, height: number, pose: CameraPose, { done, timeS } = { done: 0.5, timeS: 0 }) {
    this.context = context;
    this.width = width;
    this.height = height;
    this.pose = pose;
    this.done = done;
    this.timeS = timeS;
    this.unit = Math.min(width, height) / 720;
    this.sinYaw = Math.sin(pose.yaw);
    this.cosYaw = Math.cos(pose.yaw);
    this.sinPitch = Math.sin(pose.pitch);
    this.cosPitch = Math.cos(pose.pitch);
    this.scale = pose.focal * height;
  }

  /** The point as the camera has it: right, up, forward. */
  private seen(at: Point): Point {
    const dx = at.x - this.pose.x;
    const dy = at.y - this.pose.y;
    const dz = at.z - this.pose.z;
    const x = dx * this.cosYaw - dz * this.sinYaw;
    const forward = dx * this.sinYaw + dz * this.cosYaw;
    return { x, y: dy * this.cosPitch - forward * this.sinPitch, z: dy * this.sinPitch + forward * this.cosPitch };
  }

  depthOf(at: Point): number {
    return this.seen(at).z;
  }

  /** Undefined behind the camera. */
  disc(at: Point, radius: number): Disc | undefined {
    const { x, y, z } = this.seen(at);
    if (z < NEAR_M) return undefined;
    return { x: this.width / 2 + (this.scale * x) / z, y: this.height / 2 - (this.scale * y) / z, r: (this.scale * radius) / z, depth: z };
  }

  /** Fills a flat shape; what is behind the camera is cut off. */
  polygon(points: readonly Point[], fill: string, line?: { colour: string; widthPx: number }): void {
    this.polygons([points], fill, line);
  }

  /** False for a shape that is not in the frame. */
  private traceInto(points: readonly Point[]): boolean {
    const cut = cutNear(points.map((corner) => this.seen(corner)));
    if (cut.length < 3) return false;
    const corners = cut.map(({ x, y, z }) => [this.width / 2 + (this.scale * x) / z, this.height / 2 - (this.scale * y) / z] as const);
    // A roll shows a little more than the frame.
    const [spareX, spareY] = [this.width * 0.3, this.height * 0.45];
    if (corners.every(([x]) => x < -spareX) || corners.every(([x]) => x > this.width + spareX) || corners.every(([, y]) => y < -spareY) || corners.every(([, y]) => y > this.height + spareY)) return false;
    for (const [index, [x, y]] of corners.entries()) {
      if (index === 0) this.context.moveTo(x, y);
      else this.context.lineTo(x, y);
    }
    this.context.closePath();
    return true;
  }

  /** Flat shapes of one colour, drawn in one go. */
  polygons(shapes: readonly (readonly Point[])[], fill: string, line?: { colour: string; widthPx: number }): void {
    const { context } = this;
    context.beginPath();
    let any = false;
    for (const shape of shapes) if (this.traceInto(shape)) any = true;
    if (!any) return;
    context.fillStyle = fill;
    context.fill();
    if (!line) return;
    context.strokeStyle = line.colour;
    context.lineWidth = line.widthPx;
    context.lineJoin = 'bevel';
    context.stroke();
  }

  /** Straight lines of one colour, drawn in one go. */
  lines(pairs: readonly (readonly [Point, Point])[], colour: string, widthPx: number): void {
    const { context } = this;
    context.beginPath();
    for (const [from, to] of pairs) {
      let [a, b] = [this.seen(from), this.seen(to)];
      if (a.z < NEAR_M && b.z < NEAR_M) continue;
      if (a.z < NEAR_M) a = between(a, b);
      else if (b.z < NEAR_M) b = between(b, a);
      context.moveTo(this.width / 2 + (this.scale * a.x) / a.z, this.height / 2 - (this.scale * a.y) / a.z);
      context.lineTo(this.width / 2 + (this.scale * b.x) / b.z, this.height / 2 - (this.scale * b.y) / b.z);
    }
    context.strokeStyle = colour;
    context.lineWidth = widthPx;
    context.stroke();
  }

  /** A flat round shape that lies on the ground or on a table. */
  flatDisc(centre: Point, radiusX: number, radiusZ: number, fill: string): void {
    this.polygon(Array.from({ length: 18 }, (_, index) => ({ x: centre.x + Math.cos((index / 9) * Math.PI) * radiusX, y: centre.y, z: centre.z + Math.sin((index / 9) * Math.PI) * radiusZ })), fill);
  }

  /** Pixels from the top where the ground meets the sky, far away. */
  get horizonY(): number {
    return Math.abs(this.cosPitch) < 0.02 ? -1e5 * Math.sign(-this.pose.pitch) : this.height / 2 + this.scale * Math.tan(this.pose.pitch);
  }
}

/** The part of a shape that is before the camera. */
function cutNear(points: readonly Point[]): Point[] {
  const cut: Point[] = [];
  for (const [index, corner] of points.entries()) {
    const before = points[(index + points.length - 1) % points.length] ?? corner;
    if (corner.z >= NEAR_M !== before.z >= NEAR_M) cut.push(between(before.z < NEAR_M ? before : corner, before.z < NEAR_M ? corner : before));
    if (corner.z >= NEAR_M) cut.push(corner);
  }
  return cut;
}

function between(behind: Point, before: Point): Point {
  const share = (NEAR_M - behind.z) / (before.z - behind.z);
  return { x: behind.x + (before.x - behind.x) * share, y: behind.y + (before.y - behind.y) * share, z: NEAR_M };
}

export function point(x: number, y: number, z: number): Point {
  return { x, y, z };
}

/** The corners of an upright wall, or of anything flat, from two opposite corners of its base and a height. */
export function wall(from: Point, to: Point, height: number): Point[] {
  return [from, to, { ...to, y: to.y + height }, { ...from, y: from.y + height }];
}
