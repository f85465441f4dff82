import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { timeCode } from './caption.ts';
import { loadCanvas } from './codecs.ts';
import { codeFont, registerFonts, textFont } from './fonts.ts';
import { blitI420, rgbaToI420, type I420Picture } from './i420.ts';
import type { MarginWords } from './reel.ts';
import { fitText } from './wrap-text.ts';

/** A rectangle of whole, even pixels. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A frame of an animatic: the picture in the middle, words in the margin above and below it, none over it. */
export interface MarginLayout {
  width: number;
  height: number;
  /** One 720th of the frame's shorter side. */
  unit: number;
  /** Rows of words above and below: an upright frame is too narrow for all of them in one. */
  rows: 1 | 2;
  barHeight: number;
  pad: number;
  /** Between the bars. */
  inside: Area;
}

const BACKGROUND = '#0e1014';
const CODE_LETTERS = 'HH:MM:SS:FF'.length;

export function marginLayout(width: number, height: number): MarginLayout {
  const unit = Math.min(width, height) / 720;
  const rows = width / unit >= 1100 ? 1 : 2;
  const barHeight = even((rows === 1 ? 40 : 74) * unit);
  return { width, height, unit, rows, barHeight, pad: Math.round(20 * unit), inside: { left: 0, top: barHeight, width, height: Math.max(2, height - 2 * barHeight) } };
}

/** Where a picture of this shape stands: as large as it can be between the bars. */
export function pictureArea({ inside }: MarginLayout, shape: { width: number; height: number }): Area {
  const scale = Math.min(inside.width / shape.width, inside.height / shape.height);
  const [width, height] = [Math.max(2, even(shape.width * scale)), Math.max(2, even(shape.height * scale))];
  return { left: inside.left + even((inside.width - width) / 2), top: inside.top + even((inside.height - height) / 2), width, height };
}

/** A whole frame with its words and without its picture and time code. */
export function drawMargin(layout: MarginLayout, words: MarginWords): Canvas {
  registerFonts();
  const { width, height, unit, rows, barHeight, pad } = layout;
  const canvas = loadCanvas().createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'middle';
  const line = (row: number) => (barHeight / rows) * (row + 0.5);

  const clockLeft = codePlace(layout).left - 8 * unit;
  const labelWidth = drawRight(context, words.clock, { x: clockLeft, y: line(0), font: textFont(17 * unit), colour: '#7d8592' });
  const slateEnd = pad + drawLeft(context, words.slate, { x: pad, y: line(0), room: clockLeft - labelWidth - 2 * pad, font: textFont(23 * unit, 700), colour: '#ffffff' });
  if (rows === 1) {
    const badge = drawBadge(context, words.stamp, { right: clockLeft - labelWidth - pad, y: line(0), unit });
    drawLeft(context, words.heading, { x: slateEnd + pad, y: line(0), room: badge - slateEnd - 2 * pad, font: textFont(20 * unit), colour: '#b7bec9' });
  } else {
    const badge = drawBadge(context, words.stamp, { right: width - pad, y: line(1), unit });
    drawLeft(context, words.heading, { x: pad, y: line(1), room: badge - 2 * pad, font: textFont(20 * unit), colour: '#b7bec9' });
  }

  const bottom = height - barHeight;
  const priceRow = rows === 1 ? 0 : 1;
  const priceWidth = drawRight(context, words.price, { x: width - pad, y: bottom + line(priceRow), font: textFont(20 * unit), colour: '#e9ecf1' });
  drawLeft(context, words.facts, { x: pad, y: bottom + line(0), room: width - 2 * pad - (rows === 1 ? priceWidth + pad : 0), font: textFont(20 * unit), colour: '#b7bec9' });
  return canvas;
}

/** Sets the time code of a frame into a picture: of all words the only ones that change with every frame. */
export type TimeCodePainter = (picture: I420Picture, frameIndex: number, frameRate: number) => void;

export function makeTimeCode(layout: MarginLayout): TimeCodePainter {
  registerFonts();
  const place = codePlace(layout);
  const digits = new Map(Array.from('0123456789:', (letter) => [letter, drawDigit(letter, place, layout.unit)] as const));
  return (picture, frameIndex, frameRate) => {
    let { left } = place;
    // Twenty-four hours are the end of a time code, as of a day.
    for (const letter of timeCode(frameIndex, frameRate).slice(-CODE_LETTERS)) {
      const digit = digits.get(letter);
      // A frame as small as a stamp has no room for all of it.
      if (digit && left + digit.width <= picture.width) blitI420(picture, digit, left, place.top);
      left += place.letterWidth;
    }
  };
}

/** A subtitle as a picture to be laid over, or `undefined` where there is no room for any letter. */
export function drawSubtitle(text: string, area: Area, unit: number): Canvas | undefined {
  registerFonts();
  const { createCanvas } = loadCanvas();
  const ruler = createCanvas(1, 1).getContext('2d');
  const sizesPx = [30, 27, 24, 21, 18].map((size) => size * unit);
  const written = text.split('\n');
  const fits = (sizePx: number) => written.every((line) => measure(ruler, line, textFont(sizePx)) <= area.width * 0.92);
  const sizePx = sizesPx.find(fits);
  const { lines, sizePx: size } =
    sizePx === undefined
      ? fitText(text, { sizesPx: sizesPx.slice(-1), widthPx: area.width * 0.92, lineLimits: [3] }, (line, px) => measure(ruler, line, textFont(px)))
      : { lines: written, sizePx };
  const padX = size * 0.5;
  const lineHeight = size * 1.3;
  const widths = lines.map((line) => measure(ruler, line, textFont(size)));
  const width = Math.ceil(Math.max(...widths) + 2 * padX);
  const height = Math.ceil(lines.length * lineHeight + size * 0.3);
  if (!(width >= 1 && height >= 1)) return undefined;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  context.font = textFont(size);
  for (const [row, line] of lines.entries()) {
    const y = size * 0.15 + row * lineHeight;
    const rowWidth = (widths[row] ?? 0) + 2 * padX;
    context.fillStyle = 'rgba(8,10,14,0.78)';
    context.fillRect((width - rowWidth) / 2, y, rowWidth, lineHeight);
    context.fillStyle = '#ffffff';
    context.fillText(line, width / 2, y + lineHeight / 2 + size * 0.04);
  }
  return canvas;
}

function even(value: number): number {
  return Math.floor(value / 2) * 2;
}

/** The time code stands at the top right, on even pixels, so that its digits are copied and never converted again. */
function codePlace({ width, unit, barHeight, rows, pad }: MarginLayout): { left: number; top: number; letterWidth: number; height: number } {
  const letterWidth = Math.max(2, even(14 * unit + 1));
  const height = Math.max(2, Math.min(even(30 * unit), even(barHeight / rows)));
  return { left: Math.max(0, even(width - pad - CODE_LETTERS * letterWidth)), top: Math.max(0, even((barHeight / rows - height) / 2)), letterWidth, height };
}

function drawDigit(letter: string, { letterWidth, height }: { letterWidth: number; height: number }, unit: number): I420Picture {
  const canvas = loadCanvas().createCanvas(letterWidth, height);
  const context = canvas.getContext('2d');
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, letterWidth, height);
  context.fillStyle = '#ffffff';
  context.font = codeFont(22 * unit);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(letter, letterWidth / 2, height / 2 + unit);
  return rgbaToI420(canvas.data(), letterWidth, height);
}

interface TextPlace {
  x: number;
  y: number;
  font: string;
  colour: string;
}

function measure(context: SKRSContext2D, text: string, font: string): number {
  context.font = font;
  return context.measureText(text).width;
}

/** @returns the width it took. */
function drawRight(context: SKRSContext2D, text: string, { x, y, font, colour }: TextPlace): number {
  const width = measure(context, text, font);
  context.fillStyle = colour;
  context.fillText(text, x - width, y);
  return width;
}

/** Shortened to the room there is. @returns the width it took. */
function drawLeft(context: SKRSContext2D, text: string, { x, y, font, colour, room }: TextPlace & { room: number }): number {
  if (text === '' || !(room > 0)) return 0;
  const { lines } = fitText(text, { sizesPx: [1], widthPx: room, lineLimits: [1] }, (line) => measure(context, line, font));
  const shown = lines[0] ?? '';
  context.font = font;
  context.fillStyle = colour;
  context.fillText(shown, x, y);
  return context.measureText(shown).width;
}

/** @returns its left edge. */
function drawBadge(context: SKRSContext2D, text: string, { right, y, unit }: { right: number; y: number; unit: number }): number {
  const font = textFont(17 * unit, 700);
  const width = measure(context, text, font) + 20 * unit;
  const height = 28 * unit;
  context.fillStyle = '#ffc53d';
  context.beginPath();
  context.roundRect(right - width, y - height / 2, width, height, 6 * unit);
  context.fill();
  context.fillStyle = '#17130a';
  context.fillText(text, right - width + 10 * unit, y + 0.5 * unit);
  return right - width;
}
