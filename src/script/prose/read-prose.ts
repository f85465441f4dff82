import { StudioError } from '../../lib/errors.ts';
import { requireShotCount } from '../build-shots.ts';
import { MAX_PARAGRAPH_LENGTH, type ReadScript, type ScriptReading } from '../script-shot.ts';
import { segmentProse, type SegmentOptions } from '../segment/segment-script.ts';
import { isPageOfPrompts, shotsOfPrompts } from './page-of-prompts.ts';
import type { Prose } from './prose.ts';
import { withSceneLines } from './scene-lines.ts';

/**
 * Prose as shots; a page of prompts word for word, a shot a paragraph, unless it was asked for as prose.
 * @param how.notes what was decided while it was read.
 * @param how.as what the person asked for.
 * @throws StudioError SCRIPT_EMPTY, SCRIPT_TOO_LARGE.
 */
export function readProse(written: Prose, name: string, how: Pick<ReadScript, 'format' | 'origin' | 'notes'> & SegmentOptions & { as?: ScriptReading | undefined }): ReadScript {
  const prose = withSceneLines(written);
  if (prose.paragraphs.length === 0) {
    throw new StudioError('SCRIPT_EMPTY', `${name} tells nothing: it has no paragraph of words.`, { next: 'Write what happens, in paragraphs; docs/scripts.md has examples.', detail: { name } });
  }
  const long = prose.paragraphs.find(({ start, end }) => end - start > MAX_PARAGRAPH_LENGTH);
  if (long) {
    const line = prose.text.slice(0, long.start).split('\n').length;
    throw new StudioError('SCRIPT_TOO_LARGE', `${name}: the paragraph at line ${line} has ${long.end - long.start} characters; a paragraph has at most ${MAX_PARAGRAPH_LENGTH}.`, {
      next: 'Part it with blank lines.',
      detail: { name, line, length: long.end - long.start },
    });
  }
  if (how.as === undefined && isPageOfPrompts(prose)) {
    const prompts = shotsOfPrompts(prose);
    requireShotCount(prompts.length, name);
    return { reading: 'paragraphs', format: how.format, origin: how.origin, shots: prompts, notes: [...how.notes, 'Nearly every paragraph says how its picture is taken, so this is a page of prompts: a shot each, word for word. `--as prose` reads it as a story.'], text: prose.text };
  }
  const { shots, notes, cast } = segmentProse(prose, how);
  requireShotCount(shots.length, name);
  return { reading: 'prose', format: how.format, origin: how.origin, shots, notes: [...how.notes, ...notes], foundCast: cast, text: prose.text };
}
