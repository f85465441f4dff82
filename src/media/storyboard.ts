import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { RenderOptions } from './clip-picture.ts';
import { loadCanvas } from './codecs.ts';
import { registerFonts } from './fonts.ts';
import { drawStills } from './reel-artist.ts';
import type { ReelShot } from './reel.ts';
import { CELLS_A_PAGE, drawStoryboardPage, PAPERS, pictureBox, type DrawnCell, type Paper, type StoryboardWords } from './storyboard-page.ts';

export type { Paper } from './storyboard-page.ts';

export interface StoryboardCell extends StoryboardWords {
  shot: Pick<ReelShot, 'picture' | 'fromFrame' | 'frameCount'>;
  /** Shows the last frame beside the first: the camera moves. */
  moves: boolean;
}

export interface Storyboard {
  title: string;
  /** What all shots are together, for the head of every page. */
  totals: string;
  paper: Paper;
  /** Frames per second. */
  frameRate: number;
  cells: readonly StoryboardCell[];
}

/** Pixels a point: 200 an inch, as much as paper shows. */
const PIXELS_A_POINT = 200 / 72;

/**
 * Draws a storyboard, six shots a page. @returns the pages: one file of all for PDF, one a page for PNG.
 * @throws StudioError `MEDIA_CODECS_MISSING`; the signal's reason.
 */
export async function drawStoryboard(board: Storyboard, format: 'pdf' | 'png', options: RenderOptions = {}): Promise<Uint8Array[]> {
  registerFonts();
  const { createCanvas, PDFDocument } = loadCanvas();
  const { paper, title, totals, cells } = board;
  const size = PAPERS[paper];
  const pages = Math.max(1, Math.ceil(cells.length / CELLS_A_PAGE));
  const files: Uint8Array[] = [];
  const document = format === 'pdf' ? new PDFDocument({ title, creator: 'DirectorStudio', encodingQuality: 90 }) : undefined;
  for (let page = 0; page < pages; page += 1) {
    const drawn: DrawnCell[] = [];
    for (const cell of cells.slice(page * CELLS_A_PAGE, (page + 1) * CELLS_A_PAGE)) {
      options.signal?.throwIfAborted();
      drawn.push({ ...cell, pictures: await picturesOf(cell, board) });
      options.onProgress?.((page * CELLS_A_PAGE + drawn.length) / (cells.length + 1));
      await nextTurn(); // Ctrl-C gets its turn
    }
    const content = { title, totals, page: `page ${page + 1} of ${pages}`, cells: drawn };
    if (document) {
      // The library gives the same object under the name that browsers have for it.
      drawStoryboardPage(document.beginPage(size.width, size.height) as SKRSContext2D, paper, content);
      document.endPage();
    } else {
      const canvas = createCanvas(Math.round(size.width * PIXELS_A_POINT), Math.round(size.height * PIXELS_A_POINT));
      const context = canvas.getContext('2d');
      context.scale(PIXELS_A_POINT, PIXELS_A_POINT);
      drawStoryboardPage(context, paper, content);
      files.push(await canvas.encode('png'));
    }
  }
  if (document) files.push(document.close());
  options.onProgress?.(1);
  return files;
}

async function picturesOf({ shot, moves }: StoryboardCell, { paper, frameRate }: Storyboard): Promise<Canvas[]> {
  const { width } = pictureBox(paper, shot.picture.width / shot.picture.height);
  const last = shot.fromFrame + shot.frameCount - 1;
  const frames = moves && last > shot.fromFrame ? [shot.fromFrame, last] : [shot.fromFrame];
  return await drawStills(shot.picture, frames, { frameRate, widthPx: Math.round(width * PIXELS_A_POINT) });
}
