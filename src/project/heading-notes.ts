import type { ScriptShot } from '../script/index.ts';
import type { PlannedPrompt } from '../store/index.ts';

/** Words of a heading that name no place and no time of day, or say it by the scene before. */
const NO_PLACE = new Set(['int', 'ext', 'est', 'the', 'and', 'scene', 'continuous', 'later', 'moments', 'same']);
const MOST_NAMED = 4;

/**
 * A list's scene headings decide what is drawn, and Kling is not sent them: who judged the film by the animatic must hear it
 * where the cost is. Only of shots whose words leave the heading's out, and whose picture does not show the place already.
 * (A screenplay's heading is part of every prompt.)
 */
export function headingNotes(shots: readonly ScriptShot[], planned: readonly (Pick<PlannedPrompt, 'settings'> & { name: string })[]): string[] {
  const unsaid = shots.flatMap(({ sceneHeading }, index) => {
    const { name = '', settings } = planned[index] ?? {};
    if (sceneHeading === undefined || settings === undefined || settings.startFrame !== undefined) return [];
    const prompt = settings.prompt.toLowerCase();
    const missing = wordsOf(sceneHeading).filter((word) => !prompt.includes(word.toLowerCase()));
    return missing.length === 0 ? [] : [`${name} (${missing.join(', ')})`];
  });
  if (unsaid.length === 0) return [];
  const more = unsaid.length - MOST_NAMED;
  return [`Scene headings are drawn, but not sent to Kling, and these prompts do not say all of theirs: ${unsaid.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}. Put place and time of day into the prompt too.`];
}

function wordsOf(heading: string): string[] {
  return (heading.match(/\p{L}[\p{L}\p{M}'’]+/gu) ?? []).filter((word) => !NO_PLACE.has(word.toLowerCase()));
}
