import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { codeFont, textFont } from './fonts.ts';
import { fitText } from './wrap-text.ts';

/** Words of one shot on a storyboard. */
export interface StoryboardWords {
  /** `S02_SH05` */
  slate: string;
  /** At the other end of that line: length and price. */
  fact: string;
  /** Below: how it is framed and how the camera moves. */
  kind: string;
  /** At most {@link PROMPT_ROWS} rows of it are shown. */
  prompt: string;
  /** What is spoken, at most two rows. */
  line?: string;
}

export interface DrawnCell extends StoryboardWords {
  /** The first frame; with the last one where the camera moves. */
  pictures: readonly Canvas[];
}

export interface StoryboardPage {
  title: string;
  /** At the other end of the title's line: what all shots are together. */
  totals: string;
  /** `page 2 of 5` */
  page: string;
  cells: readonly DrawnCell[];
}

export type Paper = 'a4' | 'letter';

/** Landscape, in points (72 an inch). */
export const PAPERS: Readonly<Record<Paper, { width: number; height: number }>> = { a4: { width: 842, height: 595 }, letter: { width: 792, height: 612 } };

const COLUMNS = 3;
const ROWS = 2;
export const CELLS_A_PAGE = COLUMNS * ROWS;

const PAD = 34;
const GAP = 18;
const HEAD = 34;
const FOOT = 16;
/** Room for the words under a picture. */
const WORDS_HEIGHT = 91;
const PROMPT_ROWS = 4;
const LINE_ROWS = 2;
const ROW = 10;
/** Of two frames in one place, each as large as this. */
const FRAME_OF_TWO = 0.62;
const BETWEEN_FRAMES = 6;

const INK = '#16181d';
const GREY = '#5b626e';
const PALE = '#eceef1';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the first picture of a page stands, in points: so large it has to be drawn. */
export function pictureBox(paper: Paper, ratio: number): { width: number; height: number } {
  const { width, height } = cellBox(PAPERS[paper], 0);
  const scale = Math.min(width / ratio, height - WORDS_HEIGHT);
  return { width: scale * ratio, height: scale };
}

/** Draws a page onto any context whose unit is a point. */
export function drawStoryboardPage(context: SKRSContext2D, paper: Paper, { title, totals, page, cells }: StoryboardPage): void {
  const size = PAPERS[paper];
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, size.width, size.height);
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  const width = size.width - 2 * PAD;
  drawEnds(context, { left: title, right: totals }, { x: PAD, y: PAD + 12, width, sizePx: 15 });
  rule(context, PAD, PAD + 20, width);
  for (const [index, cell] of cells.entries()) drawCell(context, cell, cellBox(size, index));
  rule(context, PAD, size.height - PAD - FOOT + 2, width);
  drawEnds(context, { left: '', right: page }, { x: PAD, y: size.height - PAD, width, sizePx: 9 });
  context.font = textFont(8);
  context.fillStyle = GREY;
  context.fillText('Drawn from the script. Not Kling: nothing was filmed for it.', PAD, size.height - PAD);
}

function cellBox({ width, height }: { width: number; height: number }, index: number): Box {
  const cellWidth = (width - 2 * PAD - (COLUMNS - 1) * GAP) / COLUMNS;
  const cellHeight = (height - 2 * PAD - HEAD - FOOT - (ROWS - 1) * GAP) / ROWS;
  return { x: PAD + (index % COLUMNS) * (cellWidth + GAP), y: PAD + HEAD + Math.floor(index / COLUMNS) * (cellHeight + GAP), width: cellWidth, height: cellHeight };
}

function drawCell(context: SKRSContext2D, cell: DrawnCell, box: Box): void {
  const { x, y, width } = box;
  const pictureHeight = drawPictures(context, cell.pictures, box);
  let atY = y + pictureHeight + 13;
  drawEnds(context, { left: cell.slate, right: cell.fact }, { x, y: atY, width, sizePx: 9.5 });
  context.font = textFont(7.5, 700);
  context.fillStyle = GREY;
  for (const row of rowsOf(context, cell.kind, width, 1)) context.fillText(row, x, (atY += 11));
  context.font = textFont(8);
  context.fillStyle = INK;
  for (const row of rowsOf(context, cell.prompt, width, PROMPT_ROWS)) context.fillText(row, x, (atY += ROW + 0.5));
  if (cell.line === undefined || cell.line.trim() === '') return;
  context.font = textFont(8, 700);
  context.fillStyle = '#8a4b12';
  atY += 2;
  for (const row of rowsOf(context, `“${cell.line.trim()}”`, width, LINE_ROWS)) context.fillText(row, x, (atY += ROW + 0.5));
}

/** Upright frames stand beside each other whole; of wide ones the last lies over the lower right of the first. */
function frameScale(place: { width: number }, width: number): number {
  return 2 * place.width + BETWEEN_FRAMES <= width ? 1 : FRAME_OF_TWO;
}

/** One frame whole, or the first and the last. @returns the height of the place. */
function drawPictures(context: SKRSContext2D, pictures: readonly Canvas[], { x, y, width, height }: Box): number {
  const [first, last] = pictures;
  const most = height - WORDS_HEIGHT;
  if (!first) return most;
  const place = fit(first, width, most);
  const placeHeight = Math.min(most, place.height);
  if (!last) {
    context.fillStyle = PALE;
    context.fillRect(x, y, width, placeHeight);
    drawFrame(context, first, { x: x + (width - place.width) / 2, y, ...place });
    return placeHeight;
  }
  const scale = frameScale(place, width);
  const [smallWidth, smallHeight] = [place.width * scale, place.height * scale];
  context.fillStyle = PALE;
  context.fillRect(x, y, width, placeHeight);
  const margin = scale === 1 ? (width - 2 * smallWidth - BETWEEN_FRAMES) / 2 : 0;
  drawFrame(context, first, { x: x + margin, y, width: smallWidth, height: smallHeight });
  drawFrame(context, last, { x: x + width - margin - smallWidth, y: y + placeHeight - smallHeight, width: smallWidth, height: smallHeight }, true);
  if (scale === 1) return placeHeight;
  context.font = textFont(7);
  context.fillStyle = GREY;
  context.fillText('first frame', x + 5, y + smallHeight + 10);
  const words = 'last frame';
  context.fillText(words, x + width - 5 - context.measureText(words).width, y + placeHeight - smallHeight - 5);
  return placeHeight;
}

function drawFrame(context: SKRSContext2D, image: Canvas, { x, y, width, height }: Box, framed = false): void {
  if (framed) {
    context.fillStyle = '#ffffff';
    context.fillRect(x - 2, y - 2, width + 4, height + 4);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, x, y, width, height);
  context.strokeStyle = INK;
  context.lineWidth = 0.6;
  context.strokeRect(x, y, width, height);
}

function fit({ width, height }: { width: number; height: number }, mostWidth: number, mostHeight: number): { width: number; height: number } {
  const scale = Math.min(mostWidth / width, mostHeight / height);
  return { width: width * scale, height: height * scale };
}

function rule(context: SKRSContext2D, x: number, y: number, width: number): void {
  context.fillStyle = '#b9bec7';
  context.fillRect(x, y, width, 0.7);
}

function drawEnds(context: SKRSContext2D, { left, right }: { left: string; right: string }, { x, y, width, sizePx }: { x: number; y: number; width: number; sizePx: number }): void {
  context.font = codeFont(Math.min(9, sizePx * 0.8));
  const rightWidth = context.measureText(right).width;
  context.fillStyle = GREY;
  context.fillText(right, x + width - rightWidth, y);
  context.font = textFont(sizePx, 700);
  context.fillStyle = INK;
  for (const row of rowsOf(context, left, width - rightWidth - sizePx, 1)) context.fillText(row, x, y);
}

/** In the context's font; what is too much ends in an ellipsis. */
function rowsOf(context: SKRSContext2D, text: string, widthPx: number, most: number): string[] {
  return fitText(text, { sizesPx: [1], widthPx, lineLimits: [most] }, (words) => context.measureText(words).width).lines;
}
