import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { ClipPicture } from './clip-picture.ts';
import { loadCanvas } from './codecs.ts';
import { codeFont, registerFonts, textFont } from './fonts.ts';
import { fitText } from './wrap-text.ts';

/** Words over the picture: the stamp, the heading and the prompt drawn once; time code and progress with every frame. */
export type CaptionPainter = (context: SKRSContext2D, frameIndex: number) => void;

export function makeCaption(picture: ClipPicture, accent: string): CaptionPainter {
  registerFonts();
  const { width, height, frameRate, frameCount } = picture;
  const unit = Math.min(width, height) / 720;
  const pad = 26 * unit;
  const stamp = drawStamp(picture.stamp, unit);
  const panel = drawPanel(picture, accent, unit, pad);
  const codeSize = 21 * unit;
  const barHeight = Math.max(2, Math.round(6 * unit));
  return (context, frameIndex) => {
    context.drawImage(panel, 0, height - panel.height);
    context.drawImage(stamp, Math.round(pad), Math.round(pad));

    const code = timeCode(frameIndex, frameRate);
    context.font = codeFont(codeSize);
    const codeWidth = codeSize * 0.6 * code.length;
    const left = Math.round(width - pad - codeWidth - 26 * unit);
    context.fillStyle = '#080a0e';
    context.beginPath();
    context.roundRect(left, Math.round(pad), codeWidth + 26 * unit, stamp.height, 9 * unit);
    context.fill();
    context.fillStyle = '#ffffff';
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    context.fillText(code, left + 13 * unit, Math.round(pad) + stamp.height / 2 + unit);

    context.fillStyle = '#3a3c40';
    context.fillRect(0, height - barHeight, width, barHeight);
    context.fillStyle = accent;
    context.fillRect(0, height - barHeight, (width * (frameIndex + 1)) / frameCount, barHeight);
  };
}

/** `HH:MM:SS:FF`, counted in whole frames of the nominal rate (no drop frames). */
export function timeCode(frameIndex: number, frameRate: number): string {
  const nominal = Math.max(1, Math.round(frameRate));
  const seconds = Math.floor(frameIndex / nominal);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frameIndex % nominal].map((part) => String(part).padStart(2, '0')).join(':');
}

function drawStamp(text: string, unit: number): Canvas {
  const size = 20 * unit;
  const ruler = loadCanvas().createCanvas(1, 1).getContext('2d');
  ruler.font = textFont(size, 700);
  const textWidth = ruler.measureText(text).width;
  const image = loadCanvas().createCanvas(Math.ceil(textWidth + 34 * unit), Math.ceil(36 * unit));
  const context = image.getContext('2d');
  context.fillStyle = '#ffc53d';
  context.beginPath();
  context.roundRect(0, 0, image.width, image.height, 9 * unit);
  context.fill();
  context.fillStyle = '#17130a';
  context.font = textFont(size, 700);
  context.textBaseline = 'middle';
  context.fillText(text, 17 * unit, image.height / 2 + unit);
  return image;
}

/** A low band, so that the picture carries the shot: what is asked for in bold, the prompt in small letters. */
function drawPanel(picture: ClipPicture, accent: string, unit: number, pad: number): Canvas {
  const { width, height } = picture;
  const size = 19 * unit;
  const ruler = loadCanvas().createCanvas(1, 1).getContext('2d');
  const text = fitText(picture.prompt, { sizesPx: [size, 16 * unit], lineLimits: height > width ? [4, 5] : [2, 3], widthPx: width - pad * 2 }, (line, sizePx) => {
    ruler.font = textFont(sizePx);
    return ruler.measureText(line).width;
  });
  const lineHeight = text.sizePx * 1.3;
  const image = loadCanvas().createCanvas(width, Math.min(height, Math.ceil(size * 1.5 + text.lines.length * lineHeight + 26 * unit)));
  const context = image.getContext('2d');
  // Nothing shows through: a shot that continues another starts from a frame that has words here already.
  context.fillStyle = '#0a0c11';
  context.fillRect(0, 0, width, image.height);
  let baseline = 9 * unit + size;
  context.textBaseline = 'alphabetic';
  context.fillStyle = accent;
  context.font = textFont(size, 700);
  context.fillText(picture.heading, pad, baseline);
  baseline += size * 0.3;
  context.font = textFont(text.sizePx);
  context.fillStyle = '#ffffff';
  for (const line of text.lines) context.fillText(line, pad, (baseline += lineHeight));
  return image;
}
