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
  // One 32-bit read a pixel (little endian: 0xAABBGGRR) is about twice as fast as three byte reads.
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
  let u = width * height;
  let v = u + u / 4;
  for (let y = 0; y < height; y += 2) {
    let top = y * width;
    let bottom = top + width;
    for (const end = bottom; top < end; top += 2, bottom += 2, u += 1, v += 1) {
      const a = pixels[top] as number;
      const b = pixels[top + 1] as number;
      const c = pixels[bottom] as number;
      const d = pixels[bottom + 1] as number;
      target[top] = (YR * (a & 255) + YG * ((a >>> 8) & 255) + YB * ((a >>> 16) & 255) + Y_ROUND) >> 16;
      target[top + 1] = (YR * (b & 255) + YG * ((b >>> 8) & 255) + YB * ((b >>> 16) & 255) + Y_ROUND) >> 16;
      target[bottom] = (YR * (c & 255) + YG * ((c >>> 8) & 255) + YB * ((c >>> 16) & 255) + Y_ROUND) >> 16;
      target[bottom + 1] = (YR * (d & 255) + YG * ((d >>> 8) & 255) + YB * ((d >>> 16) & 255) + Y_ROUND) >> 16;
      const red = (a & 255) + (b & 255) + (c & 255) + (d & 255);
      const green = ((a >>> 8) & 255) + ((b >>> 8) & 255) + ((c >>> 8) & 255) + ((d >>> 8) & 255);
      const blue = ((a >>> 16) & 255) + ((b >>> 16) & 255) + ((c >>> 16) & 255) + ((d >>> 16) & 255);
      target[u] = (UR * red + UG * green + UB * blue + UV_ROUND) >> 18;
      target[v] = (VR * red + VG * green + VB * blue + UV_ROUND) >> 18;
    }
  }
  return { width, height, data: target };
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
