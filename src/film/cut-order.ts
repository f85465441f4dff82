import type { Edit, EditPart, ProjectPrompt } from '../store/index.ts';

/** As much of a shot as decides its place; it may be one that is only planned. */
export type ShotToPlace = Pick<ProjectPrompt, 'id' | 'settings' | 'inS' | 'outS'>;

/** A shot in its place in the film, from in to out within its clip (no `outS`: to the clip's end). In seconds. */
export interface PlacedShot<Prompt extends ShotToPlace = ProjectPrompt> {
  prompt: Prompt;
  inS: number;
  outS?: number;
}

/** A part without a picture, as an editor left it; its length in seconds. */
export interface Black {
  blackS: number;
}

/** The order a film is cut in, and what an editor's order did to the script's. */
export interface CutOrder<Prompt extends ShotToPlace = ProjectPrompt> {
  pieces: (PlacedShot<Prompt> | Black)[];
  /** An edit is in force. */
  edited: boolean;
  /** Shots of the script that the editor left out. */
  leftOut: Prompt[];
  /** Shots that came into the script after the edit was read. */
  added: Prompt[];
  /** Shots whose clip became shorter than the edit's trim, which no longer fits. */
  outrun: Prompt[];
}

/** Clips come out some frames longer than asked for; only what is further beyond their length does not fit any more. */
const END_TOLERANCE_S = 0.5;

/**
 * The script's shots in the order and with the trims of the edit, where there is one.
 *
 * A shot taken out of the script is not in the film; it comes back to its place with the script. A shot that came into the
 * script since stands behind the one before it in the script (behind its last place in the edit, or first of all). A shot
 * that the editor left out stays out. An edit of which no shot is left in the script is none.
 */
export function cutOrder<Prompt extends ShotToPlace>(prompts: readonly Prompt[], edit: Edit | undefined): CutOrder<Prompt> {
  const scripted = { pieces: prompts.map(asScripted), edited: false, leftOut: [], added: [], outrun: [] };
  if (!edit) return scripted;
  const byId = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  const used = new Set(edit.parts.flatMap((part) => ('shotId' in part && byId.has(part.shotId) ? [part.shotId] : [])));
  if (used.size === 0) return scripted;

  const outrun = new Set<Prompt>();
  const pieces = edit.parts.flatMap((part): (PlacedShot<Prompt> | Black)[] => {
    if ('blackS' in part) return [part];
    const prompt = byId.get(part.shotId);
    return prompt ? [fitted(prompt, part, outrun)] : [];
  });
  const known = new Set([...edit.parts.flatMap((part) => ('shotId' in part ? [part.shotId] : [])), ...edit.leftOut]);
  const added = prompts.filter(({ id }) => !known.has(id));
  for (const prompt of added) {
    const before = prompts.slice(0, prompts.indexOf(prompt)).map(({ id }) => id);
    pieces.splice(placeAfter(pieces, before), 0, asScripted(prompt));
  }
  return { pieces, edited: true, leftOut: prompts.filter(({ id }) => edit.leftOut.includes(id)), added, outrun: [...outrun] };
}

function asScripted<Prompt extends ShotToPlace>(prompt: Prompt): PlacedShot<Prompt> {
  return { prompt, inS: prompt.inS, ...(prompt.outS === undefined ? {} : { outS: prompt.outS }) };
}

function fitted<Prompt extends ShotToPlace>(prompt: Prompt, part: Extract<EditPart, { shotId: string }>, outrun: Set<Prompt>): PlacedShot<Prompt> {
  const { inS, outS } = part;
  const { durationS } = prompt.settings;
  if (inS < durationS && (outS === undefined || outS <= durationS + END_TOLERANCE_S)) return { prompt, inS, ...(outS === undefined ? {} : { outS }) };
  outrun.add(prompt);
  return { prompt, inS: inS < durationS ? inS : 0 };
}

/** Behind the last place of the nearest earlier shot that is in the film; 0: none of them is. */
function placeAfter(pieces: readonly (PlacedShot<ShotToPlace> | Black)[], before: readonly string[]): number {
  for (const id of before.toReversed()) {
    const place = pieces.findLastIndex((piece) => 'prompt' in piece && piece.prompt.id === id);
    if (place >= 0) return place + 1;
  }
  return 0;
}
