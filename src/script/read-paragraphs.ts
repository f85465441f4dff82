import { StudioError } from '../lib/errors.ts';
import { requireShotCount } from './build-shots.ts';
import { screenplaySigns } from './looks-like-screenplay.ts';
import { shotsOfParagraphs } from './paragraphs.ts';
import type { ReadScript } from './script-shot.ts';

/**
 * A shot a paragraph, word for word.
 * @param how.notes what was decided before.
 * @throws StudioError SCRIPT_EMPTY, SCRIPT_TOO_LARGE.
 */
export function readParagraphs(text: string, name: string, how: Pick<ReadScript, 'format' | 'origin' | 'notes'>): ReadScript {
  const { shots, notes } = shotsOfParagraphs(text, name);
  if (shots.length === 0) throw new StudioError('SCRIPT_EMPTY', `${name} holds no words.`, { next: 'Write what each shot shows, a paragraph each.', detail: { name, notes } });
  requireShotCount(shots.length, name);
  return { reading: 'paragraphs', ...how, shots, notes: [...how.notes, ...notes], text };
}

/**
 * Its paragraphs would be filmed cues and all.
 * @throws StudioError SCRIPT_LOOKS_LIKE_SCREENPLAY with the lines that say so.
 */
export function requireNoScreenplay(text: string, name: string): void {
  const signs = screenplaySigns(text);
  if (signs.length === 0) return;
  const shown = signs.slice(0, 3).map(({ line, kind, words }) => `line ${line} is a ${kind} (${JSON.stringify(words.slice(0, 60))})`);
  throw new StudioError('SCRIPT_LOOKS_LIKE_SCREENPLAY', `${name} looks like a screenplay: ${shown.join(', ')}${signs.length > 3 ? ` and ${signs.length - 3} more signs` : ''}.`, {
    next: 'Use `--as screenplay` to film it scene by scene, or `--as shots` to film each of its paragraphs word for word.',
    detail: { name, signs: signs.slice(0, 20) },
  });
}
