import { screenplaySigns } from '../looks-like-screenplay.ts';
import { readProse } from '../prose/read-prose.ts';
import { readScreenplay } from '../read-screenplay.ts';
import { readShotList } from '../read-shot-list.ts';
import { refuseTooLong } from '../refuse-too-long.ts';
import type { ReadScript, ScriptReading } from '../script-shot.ts';
import type { SegmentOptions } from '../segment/segment-script.ts';
import { markdownScript } from './markdown-script.ts';

/**
 * A Markdown text as shots: a shot list where it has a table of shots, a screenplay where it looks like one, else prose.
 * @throws StudioError SCRIPT_BAD_TABLE, SCRIPT_SHOTS_INVALID, SCRIPT_EMPTY, SCRIPT_TOO_LARGE.
 */
export async function readMarkdown(text: string, name: string, { origin, as, ...options }: { origin: string; as: ScriptReading | undefined } & SegmentOptions): Promise<ReadScript> {
  const list = readShotList(text, name, { format: 'md', origin });
  if (list) return list;
  const read = (words: string) => readWords(words, name, { origin, as, ...options });
  await refuseTooLong(text, name, read);
  return await read(text);
}

async function readWords(text: string, name: string, { origin, as, ...options }: { origin: string; as: ScriptReading | undefined } & SegmentOptions): Promise<ReadScript> {
  const { prose, fountain, notes } = await markdownScript(text);
  const isScreenplay = as === 'screenplay' || (as === undefined && screenplaySigns(fountain).length > 0);
  if (!isScreenplay) return readProse(prose, name, { format: 'md', origin, notes, as, ...options });
  const script = readScreenplay(fountain, name, { format: 'fountain', origin, ...options });
  return { ...script, format: 'md', notes: [...notes, ...script.notes] };
}
