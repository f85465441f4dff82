import type { Image, SKRSContext2D } from '@napi-rs/canvas';
import { loadCanvas } from './codecs.ts';
import { codeFont, registerFonts, textFont } from './fonts.ts';
import { fitText } from './wrap-text.ts';

/** A picture with its words. */
export interface SheetCell {
  /** JPEG or PNG; without one the cell says `none`. */
  picture?: Uint8Array;
  /** Above the words, in bold: `S02_SH05_T01`. */
  title: string;
  /** At the other end of that line: `00:00:05:01`. */
  fact: string;
  /** At most two lines of it are shown. */
  words: string;
  /** Stands where the picture is missing. */
  none?: string;
}

export interface ContactSheet {
  title: string;
  /** At the other end of the title's line. */
  fact: string;
  /** The pictures' width by their height. */
  ratio: number;
  cells: readonly SheetCell[];
}

/** About as many square pixels for every shape, so that an upright film's pictures are no smaller. */
const PICTURE_AREA = 360 * 203;
const SHEET_WIDTH = 1960;
const PAD = 40;
const GAP = 24;
const WORDS_HEIGHT = 84;
const TITLE_HEIGHT = 90;

/** How many cells of this shape make a page of about A3's proportions. */
export function cellsOnAPage(ratio: number): number {
  const { columns, cellHeight } = gridOf(ratio);
  return columns * Math.max(1, Math.floor((SHEET_WIDTH * 1.42 - TITLE_HEIGHT - PAD) / cellHeight));
}

/**
 * Draws pictures in rows, each with its title, a fact and some words, as a PNG.
 * @throws StudioError `MEDIA_CODECS_MISSING`.
 */
export async function drawContactSheet({ title, fact, ratio, cells }: ContactSheet): Promise<Uint8Array> {
  const { createCanvas, loadImage } = loadCanvas();
  registerFonts();
  const { columns, width, height, cellHeight } = gridOf(ratio);
  const rows = Math.max(1, Math.ceil(cells.length / columns));
  const canvas = createCanvas(SHEET_WIDTH, TITLE_HEIGHT + rows * cellHeight + PAD - GAP);
  const context = canvas.getContext('2d');
  context.fillStyle = '#14161a';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'alphabetic';
  drawLine(context, { left: title, right: fact }, { x: PAD, y: 58, width: SHEET_WIDTH - 2 * PAD, sizePx: 30 });
  for (const [index, cell] of cells.entries()) {
    const x = PAD + (index % columns) * (width + GAP);
    const y = TITLE_HEIGHT + Math.floor(index / columns) * cellHeight;
    // One that cannot be read is no reason to have no sheet.
    const image = cell.picture && (await loadImage(Buffer.from(cell.picture)).catch(() => undefined));
    drawPicture(context, image, cell.none ?? '', { x, y, width, height });
    drawLine(context, { left: cell.title, right: cell.fact }, { x, y: y + height + 24, width, sizePx: 16 });
    drawWords(context, cell.words, { x, y: y + height + 46, width });
  }
  return await canvas.encode('png');
}

function gridOf(ratio: number): { columns: number; width: number; height: number; cellHeight: number } {
  const wanted = Math.sqrt(PICTURE_AREA * ratio);
  const columns = Math.max(1, Math.round((SHEET_WIDTH - 2 * PAD + GAP) / (wanted + GAP)));
  const width = Math.floor((SHEET_WIDTH - 2 * PAD + GAP) / columns) - GAP;
  const height = Math.round(width / ratio);
  return { columns, width, height, cellHeight: height + WORDS_HEIGHT + GAP };
}

interface Place {
  x: number;
  y: number;
  width: number;
}

function drawPicture(context: SKRSContext2D, image: Image | undefined, none: string, { x, y, width, height }: Place & { height: number }): void {
  context.fillStyle = image ? '#000000' : '#24282f';
  context.fillRect(x, y, width, height);
  if (!image) {
    context.fillStyle = '#8b93a1';
    context.font = textFont(18);
    context.textAlign = 'center';
    context.fillText(none, x + width / 2, y + height / 2 + 6);
    context.textAlign = 'left';
    return;
  }
  const scale = Math.min(width / image.width, height / image.height);
  const [drawnWidth, drawnHeight] = [image.width * scale, image.height * scale];
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, x + (width - drawnWidth) / 2, y + (height - drawnHeight) / 2, drawnWidth, drawnHeight);
}

function drawLine(context: SKRSContext2D, { left, right }: { left: string; right: string }, { x, y, width, sizePx }: Place & { sizePx: number }): void {
  context.font = codeFont(sizePx * 0.9);
  const rightWidth = context.measureText(right).width;
  context.fillStyle = '#8b93a1';
  context.fillText(right, x + width - rightWidth, y);
  context.font = textFont(sizePx, 700);
  context.fillStyle = '#ffffff';
  const { lines } = fitText(left, { sizesPx: [sizePx], widthPx: width - rightWidth - sizePx, lineLimits: [1] }, (text) => context.measureText(text).width);
  context.fillText(lines[0] ?? '', x, y);
}

function drawWords(context: SKRSContext2D, words: string, { x, y, width }: Place): void {
  context.font = textFont(14);
  context.fillStyle = '#b7bec9';
  const { lines } = fitText(words, { sizesPx: [14], widthPx: width, lineLimits: [2] }, (text) => context.measureText(text).width);
  for (const [index, line] of lines.entries()) context.fillText(line, x, y + index * 19);
}
