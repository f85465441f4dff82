import { StudioError } from '../lib/errors.ts';
import { requireShotCount } from './build-shots.ts';
import { readFdx } from './fdx/read-fdx.ts';
import { readFountain } from './fountain/read-fountain.ts';
import type { Screenplay } from './screenplay/screenplay.ts';
import type { ReadScript } from './script-shot.ts';
import { segmentScreenplay, type SegmentOptions } from './segment/segment-script.ts';

const BEGINS_AS_FDX = /^\s*(?:<\?xml[^>]*>\s*)?<FinalDraft[\s>]/;

export const isFdx = (text: string): boolean => BEGINS_AS_FDX.test(text);

/**
 * A screenplay's text as shots. What is Final Draft's XML is read as that, whatever its ending.
 * @throws StudioError SCRIPT_BAD_FDX, SCRIPT_EMPTY, SCRIPT_TOO_LARGE.
 */
export function readScreenplay(text: string, name: string, { format, origin, cut = false, ...options }: { format: 'fountain' | 'fdx'; origin: string; /** The text is the beginning of a file. */ cut?: boolean } & SegmentOptions): ReadScript {
  const found = format === 'fdx' || isFdx(text) ? 'fdx' : 'fountain';
  return scriptOfScreenplay(found === 'fdx' ? readFdx(text, name, { cut }) : readFountain(text), name, { format: found, origin, text }, options);
}

/**
 * A screenplay that was read, as shots.
 * @throws StudioError SCRIPT_EMPTY, SCRIPT_TOO_LARGE.
 */
export function scriptOfScreenplay(screenplay: Screenplay, name: string, how: Pick<ReadScript, 'format' | 'origin' | 'text'>, options: SegmentOptions = {}): ReadScript {
  const { shots, notes, cast } = segmentScreenplay(screenplay, how.text, options);
  if (shots.length === 0) {
    throw new StudioError('SCRIPT_EMPTY', `${name} shows nothing: it has neither action nor a speech.`, { next: 'Write what is seen below a scene heading; docs/screenplays.md has an example.', detail: { name, notes } });
  }
  requireShotCount(shots.length, name);
  return { reading: 'screenplay', ...how, shots, notes, foundCast: cast };
}
