import { blackI420, type I420Picture } from './i420.ts';

/**
 * A function that fits pictures into a frame: scaled as a whole, in the middle, black bars where the shapes differ.
 * The picture it returns is used again by its next call.
 * @param shape of the picture as it is to be seen, where its pixels are not square; default: its own.
 */
export function makeFitter(width: number, height: number): (picture: I420Picture, shape?: { width: number; height: number }) => I420Picture {
  const frame = blackI420(width, height);
  let fittedFor = '';
  let scalers: PlaneScaler[] = [];
  return (picture, shape = picture) => {
    const size = fitSize(shape, width, height);
    if (picture.width === width && picture.height === height && size.width === width && size.height === height) return picture;
    const key = `${picture.width}x${picture.height}-${size.width}x${size.height}`;
    if (key !== fittedFor) {
      fittedFor = key;
      frame.data.set(blackI420(width, height).data);
      scalers = planScalers(picture, size, width, height);
    }
    for (const scale of scalers) scale(picture.data, frame.data);
    return frame;
  };
}

/** The largest even size of the picture's shape that fits the frame. */
export function fitSize(picture: { width: number; height: number }, width: number, height: number): { width: number; height: number } {
  const scale = Math.min(width / picture.width, height / picture.height);
  const even = (value: number, limit: number): number => Math.min(limit, Math.max(2, Math.round((value * scale) / 2) * 2));
  return { width: even(picture.width, width), height: even(picture.height, height) };
}

type PlaneScaler = (source: Uint8Array, target: Uint8Array) => void;

function planScalers(picture: I420Picture, size: { width: number; height: number }, width: number, height: number): PlaneScaler[] {
  // Bars on even pixels, so that the colour planes agree with the luma.
  const left = Math.floor((width - size.width) / 4) * 2;
  const top = Math.floor((height - size.height) / 4) * 2;
  const sourceLuma = picture.width * picture.height;
  const targetLuma = width * height;
  return [0, 1, 2].map((plane) => {
    const half = plane === 0 ? 1 : 2;
    const source = { offset: plane === 0 ? 0 : sourceLuma + (plane - 1) * (sourceLuma / 4), width: picture.width / half, height: picture.height / half };
    const target = { offset: (plane === 0 ? 0 : targetLuma + (plane - 1) * (targetLuma / 4)) + (top / half) * (width / half) + left / half, stride: width / half, width: size.width / half, height: size.height / half };
    return makePlaneScaler(source, target);
  });
}

interface Taps {
  first: number;
  weights: Float32Array;
}

function makePlaneScaler(source: { offset: number; width: number; height: number }, target: { offset: number; stride: number; width: number; height: number }): PlaneScaler {
  const columns = planTaps(source.width, target.width);
  const rows = planTaps(source.height, target.height);
  const between = new Float32Array(target.width * source.height);
  return (from, to) => {
    for (let y = 0; y < source.height; y += 1) {
      const row = source.offset + y * source.width;
      for (let x = 0; x < target.width; x += 1) {
        const { first, weights } = columns[x] as Taps;
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap += 1) sum += (from[row + first + tap] as number) * (weights[tap] as number);
        between[y * target.width + x] = sum;
      }
    }
    for (let y = 0; y < target.height; y += 1) {
      const { first, weights } = rows[y] as Taps;
      for (let x = 0; x < target.width; x += 1) {
        let sum = 0.5;
        for (let tap = 0; tap < weights.length; tap += 1) sum += (between[(first + tap) * target.width + x] as number) * (weights[tap] as number);
        to[target.offset + y * target.stride + x] = sum;
      }
    }
  };
}

/** A triangle filter: bilinear when a picture grows, a weighted mean of what falls together when it shrinks. */
function planTaps(from: number, to: number): Taps[] {
  const step = from / to;
  const reach = Math.max(1, step);
  return Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * step - 0.5;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(from - 1, Math.floor(centre + reach));
    const weights = Float32Array.from({ length: last - first + 1 }, (_unused, tap) => Math.max(0, 1 - Math.abs(first + tap - centre) / reach));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return total > 0 ? { first, weights: weights.map((weight) => weight / total) } : { first, weights: Float32Array.of(1) };
  });
}
