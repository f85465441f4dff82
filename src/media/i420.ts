/** Pictures as H.264 keeps them: a plane of luma, then two of colour at half size. BT.709, limited range, throughout. */
export interface I420Picture {
  /** Even. */
  width: number;
  /** Even. */
  height: number;
  /** Y, U, V, one after the other without padding: width × height × 1.5 bytes. */
  data: Uint8Array;
}

/** How every picture made here is tagged; the codec library must never convert colours itself (it would use BT.601). */
export const BT709_LIMITED = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false } as const;

export function i420Size(width: number, height: number): number {
  return (width * height * 3) / 2;
}

/** A black picture. */
export function blackI420(width: number, height: number): I420Picture {
  const data = new Uint8Array(i420Size(width, height)).fill(128);
  data.fill(16, 0, width * height);
  return { width, height, data };
}

// BT.709 in 16.16 fixed point. The limited range squeezes 0..255 to 16..235 (luma) and 16..240 (colour).
const LUMA_SCALE = (219 / 255) * 65536;
const COLOUR_SCALE = (224 / 255) * 65536;
const YR = Math.round(0.2126 * LUMA_SCALE);
const YG = Math.round(0.7152 * LUMA_SCALE);
const YB = Math.round(0.0722 * LUMA_SCALE);
const UR = Math.round((-0.2126 / 1.8556) * COLOUR_SCALE);
const UG = Math.round((-0.7152 / 1.8556) * COLOUR_SCALE);
const UB = Math.round(0.5 * COLOUR_SCALE);
const VR = Math.round(0.5 * COLOUR_SCALE);
const VG = Math.round((-0.7152 / 1.5748) * COLOUR_SCALE);
const VB = Math.round((-0.0722 / 1.5748) * COLOUR_SCALE);
const Y_ROUND = (16 << 16) + 32768;
// Colour is taken from the sum of four pixels, so the offset and the rounding count four times and the shift is two more.
const UV_ROUND = (128 << 18) + 131072;

/**
 * RGBA (opaque) to I420 BT.709 limited range; colour is the mean of each 2 × 2 block.
 * @param rgba width × height × 4 bytes, 4-byte aligned.
 * @param target where to write; made new when absent.
 */
export function rgbaToI420(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number, target = new Uint8Array(i420Size(width, height))): I420Picture {
  const picture = { width, height, data: target };
  paintI420(picture, { data: rgba, width, height, left: 0, top: 0 });
  return picture;
}

/** A rectangle of RGBA (opaque), placed in a larger picture; all four numbers even. */
export interface PlacedRgba {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  left: number;
  top: number;
}

/** Converts a rectangle into a picture and leaves the rest of it alone, so that what stands still is converted once. */
export function paintI420(target: I420Picture, { data, width, height, left, top: firstRow }: PlacedRgba): void {
  // One 32-bit read a pixel (little endian: 0xAABBGGRR) is about twice as fast as three byte reads.
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const planes = target.data;
  const stride = target.width;
  const lumaSize = stride * target.height;
  for (let y = 0; y < height; y += 2) {
    let source = y * width;
    let below = source + width;
    let luma = (firstRow + y) * stride + left;
    let lumaBelow = luma + stride;
    let u = lumaSize + ((firstRow + y) / 2) * (stride / 2) + left / 2;
    let v = u + lumaSize / 4;
    for (const end = source + width; source < end; source += 2, below += 2, luma += 2, lumaBelow += 2, u += 1, v += 1) {
      const a = pixels[source] as number;
      const b = pixels[source + 1] as number;
      const c = pixels[below] as number;
      const d = pixels[below + 1] as number;
      planes[luma] = (YR * (a & 255) + YG * ((a >>> 8) & 255) + YB * ((a >>> 16) & 255) + Y_ROUND) >> 16;
      planes[luma + 1] = (YR * (b & 255) + YG * ((b >>> 8) & 255) + YB * ((b >>> 16) & 255) + Y_ROUND) >> 16;
      planes[lumaBelow] = (YR * (c & 255) + YG * ((c >>> 8) & 255) + YB * ((c >>> 16) & 255) + Y_ROUND) >> 16;
      planes[lumaBelow + 1] = (YR * (d & 255) + YG * ((d >>> 8) & 255) + YB * ((d >>> 16) & 255) + Y_ROUND) >> 16;
      const red = (a & 255) + (b & 255) + (c & 255) + (d & 255);
      const green = ((a >>> 8) & 255) + ((b >>> 8) & 255) + ((c >>> 8) & 255) + ((d >>> 8) & 255);
      const blue = ((a >>> 16) & 255) + ((b >>> 16) & 255) + ((c >>> 16) & 255) + ((d >>> 16) & 255);
      planes[u] = (UR * red + UG * green + UB * blue + UV_ROUND) >> 18;
      planes[v] = (VR * red + VG * green + VB * blue + UV_ROUND) >> 18;
    }
  }
}

/** Copies a small picture into a larger one, both coordinates even. */
export function blitI420(target: I420Picture, source: I420Picture, left: number, top: number): void {
  let from = 0;
  let plane = 0;
  for (const half of [1, 2, 2]) {
    const stride = target.width / half;
    const width = source.width / half;
    for (let row = 0; row < source.height / half; row += 1, from += width) {
      target.data.set(source.data.subarray(from, from + width), plane + (top / half + row) * stride + left / half);
    }
    plane += stride * (target.height / half);
  }
}

/** I420 BT.709 limited range to opaque RGBA, colour read between its samples (centred), which is how the encoder took it. */
export function i420ToRgba(picture: I420Picture): Uint8ClampedArray {
  const { width, height, data } = picture;
  const rgba = new Uint8ClampedArray(width * height * 4);
  const colourWidth = width / 2;
  const colourHeight = height / 2;
  const uPlane = data.subarray(width * height, width * height + colourWidth * colourHeight);
  const vPlane = data.subarray(width * height + colourWidth * colourHeight);
  for (let y = 0, pixel = 0; y < height; y += 1) {
    const nearRow = y >> 1;
    const farRow = Math.min(colourHeight - 1, Math.max(0, nearRow + (y & 1 ? 1 : -1)));
    for (let x = 0; x < width; x += 1, pixel += 1) {
      const nearColumn = x >> 1;
      const farColumn = Math.min(colourWidth - 1, Math.max(0, nearColumn + (x & 1 ? 1 : -1)));
      const luma = (((data[pixel] as number) - 16) * 255) / 219;
      const u = ((blend(uPlane, colourWidth, nearRow, farRow, nearColumn, farColumn) - 128) * 255) / 224;
      const v = ((blend(vPlane, colourWidth, nearRow, farRow, nearColumn, farColumn) - 128) * 255) / 224;
      const at = pixel * 4;
      rgba[at] = luma + 1.5748 * v;
      rgba[at + 1] = luma - 0.1873 * u - 0.4681 * v;
      rgba[at + 2] = luma + 1.8556 * u;
      rgba[at + 3] = 255;
    }
  }
  return rgba;
}

// Bilinear at a quarter of the way: 9/16 of the nearest sample, 3/16 of each neighbour, 1/16 of the one across.
function blend(plane: Uint8Array, stride: number, nearRow: number, farRow: number, nearColumn: number, farColumn: number): number {
  const near = (plane[nearRow * stride + nearColumn] as number) * 9 + (plane[nearRow * stride + farColumn] as number) * 3;
  return (near + (plane[farRow * stride + nearColumn] as number) * 3 + (plane[farRow * stride + farColumn] as number)) / 16;
}
