import { pathToFileURL } from 'node:url';
import { MEDIA_FOLDER, type TimelineMedia } from './timeline.ts';

/** `file:///films/caf%C3%A9%20%231/media/S01_SH01_T01.mp4`. */
export function absoluteUrl({ path }: Pick<TimelineMedia, 'path'>): string {
  return pathToFileURL(path).href;
}

/** From the folder of the timelines, so that it can be moved as a whole: `media/S01_SH01_T01.mp4`. */
export function relativeUrl({ file }: Pick<TimelineMedia, 'file'>): string {
  return `${MEDIA_FOLDER}/${encodeURIComponent(file)}`;
}
