import { join } from 'node:path';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import { StudioError } from '../../lib/errors.ts';
import type { SheetCell } from '../../media/index.ts';
import { secondsOf, timecode } from './frame-rate.ts';
import { clipsOf, lengthOf, sourceFrameCount, type Timeline, type TimelineMedia } from './timeline.ts';

const THUMBNAIL_WIDTH = 480;

/**
 * Writes a thumbnail of every take and a contact sheet of the film, in pages. What cannot be decoded is left out.
 * @returns the files, and sentences for a person where something is missing.
 */
export async function writePictures(timeline: Timeline, folder: string, options: { onStep: () => void; signal?: AbortSignal | undefined }): Promise<{ thumbnails: number; sheets: string[]; notes: string[] }> {
  const { cellsOnAPage, drawContactSheet, grabThumbnail } = await import('../../media/index.ts');
  const broken = new Set<string>();
  const taken = new Map<string, Uint8Array>();
  /** The frame in the middle of some frames of a take. */
  const middleOf = async (media: TimelineMedia, fromFrame: number, frameCount: number): Promise<Uint8Array | undefined> => {
    options.signal?.throwIfAborted();
    const frame = Math.min(media.frameCount - 1, Math.floor(fromFrame + frameCount / 2));
    const key = `${media.file} ${frame}`;
    const known = taken.get(key);
    if (known || broken.has(media.file)) return known;
    const picture = await grabThumbnail(media.path, secondsOf(frame, media.rate), THUMBNAIL_WIDTH).catch((error: unknown) => {
      if (!StudioError.is(error) || error.code === 'MEDIA_CODECS_MISSING') throw error;
      broken.add(media.file);
      return undefined;
    });
    if (picture) taken.set(key, picture);
    return picture;
  };

  try {
    let thumbnails = 0;
    for (const media of timeline.media) {
      const picture = await middleOf(media, 0, media.frameCount);
      options.onStep();
      if (!picture) continue;
      await writeFileAtomic(join(folder, 'thumbnails', `${media.name}.jpg`), picture);
      thumbnails += 1;
    }
    const cells: SheetCell[] = [];
    for (const clip of clipsOf(timeline)) {
      const { media, shot } = clip;
      const picture = await middleOf(media, clip.sourceFrame, sourceFrameCount(clip, timeline.rate));
      options.onStep();
      cells.push({ ...(picture ? { picture } : {}), title: media.name, fact: timecode(clip.frameCount, timeline.rate), words: shot.line === undefined ? shot.prompt : `“${shot.line}” ${shot.prompt}`, none: 'no picture' });
    }
    const ratio = timeline.width / timeline.height;
    const size = cellsOnAPage(ratio);
    const pages = Math.ceil(cells.length / size);
    const sheets: string[] = [];
    for (let page = 0; page < pages; page += 1) {
      const path = join(folder, pages === 1 ? 'contact-sheet.png' : `contact-sheet-${String(page + 1).padStart(2, '0')}.png`);
      const fact = `${cells.length} clips  ${timecode(lengthOf(timeline), timeline.rate)}${pages === 1 ? '' : `  page ${page + 1} of ${pages}`}`;
      await writeFileAtomic(path, await drawContactSheet({ title: timeline.name, fact, ratio, cells: cells.slice(page * size, (page + 1) * size) }));
      sheets.push(path);
    }
    return { thumbnails, sheets, notes: broken.size === 0 ? [] : [`No picture could be taken from ${[...broken].join(', ')}.`] };
  } catch (error) {
    if (!StudioError.is(error) || error.code !== 'MEDIA_CODECS_MISSING') throw error;
    return { thumbnails: 0, sheets: [], notes: [`No thumbnails and no contact sheet: ${error.message}`] };
  }
}
