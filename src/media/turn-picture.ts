import { i420Size, type I420Picture } from './i420.ts';

/** How a clip's pictures are stored: players turn them clockwise by this much, then mirror them left to right. */
export interface Turn {
  /** 0, 90, 180 or 270. */
  rotationDegrees: number;
  mirrored: boolean;
}

export function isTurned({ rotationDegrees, mirrored }: Turn): boolean {
  return rotationDegrees !== 0 || mirrored;
}

/** The picture as it is to be shown. */
export function turnPicture(picture: I420Picture, turn: Turn): I420Picture {
  if (!isTurned(turn)) return picture;
  const sideways = turn.rotationDegrees % 180 !== 0;
  const [width, height] = sideways ? [picture.height, picture.width] : [picture.width, picture.height];
  const data = new Uint8Array(i420Size(width, height));
  let offset = 0;
  for (const half of [1, 2, 2]) {
    const from = { width: picture.width / half, height: picture.height / half };
    turnPlane(picture.data.subarray(offset, offset + from.width * from.height), from, data.subarray(offset), turn);
    offset += from.width * from.height;
  }
  return { width, height, data };
}

function turnPlane(source: Uint8Array, { width, height }: { width: number; height: number }, target: Uint8Array, { rotationDegrees, mirrored }: Turn): void {
  // Where the target's first sample comes from, and how far on each step to the right and down goes.
  const [start, right, down] = stepsOf(rotationDegrees, width, height);
  const [rowLength, rows] = rotationDegrees % 180 === 0 ? [width, height] : [height, width];
  const first = mirrored ? start + right * (rowLength - 1) : start;
  const step = mirrored ? -right : right;
  for (let y = 0, at = 0; y < rows; y += 1) {
    for (let x = 0, from = first + down * y; x < rowLength; x += 1, at += 1, from += step) target[at] = source[from] as number;
  }
}

function stepsOf(rotationDegrees: number, width: number, height: number): [number, number, number] {
  if (rotationDegrees === 90) return [(height - 1) * width, -width, 1];
  if (rotationDegrees === 180) return [height * width - 1, -1, -width];
  if (rotationDegrees === 270) return [width - 1, width, -1];
  return [0, 1, width];
}
