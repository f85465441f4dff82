import type { ByHand } from '../protocol/by-hand.ts';
import { isLastFrame } from '../protocol/shot-settings.ts';
import type { ScriptShot } from '../script/index.ts';
import type { ProjectPrompt } from '../store/index.ts';

/**
 * What a person changed of a stored shot and what of it still holds, where its script says of it what it said then.
 * @param index its place now, from 0: the first shot of a film has none before it to go on from, so there all is the script's again.
 */
export function heldBy(stored: ProjectPrompt | undefined, index: number): ByHand | undefined {
  const { byHand, settings } = stored ?? {};
  return index === 0 && isLastFrame(settings?.startFrame) ? undefined : byHand;
}

/** What the script would say, had the person written it there. Pictures are not named: they are the stored shot's. */
export function saidBy({ fields }: ByHand, read: ScriptShot, stored: ProjectPrompt): ScriptShot {
  const said: ScriptShot = { ...read };
  const has = (field: ByHand['fields'][number]) => fields.includes(field);
  if (has('takes')) said.takes = stored.takesWanted;
  if (has('inS')) said.inS = stored.inS;
  if (has('prompt') && stored.cast) said.cast = stored.cast;
  if (has('startFrame')) {
    delete said.startFrame;
    delete said.continues;
    if (isLastFrame(stored.settings.startFrame)) said.continues = true;
  }
  if (has('endFrame')) delete said.endFrame;
  return said;
}

/** The prompt by which a stored shot is known in its script. */
export function scriptPromptOf({ prompt, findings, byHand }: { prompt: string; findings?: ProjectPrompt['findings'] | undefined; byHand?: ByHand | undefined }): string {
  return byHand?.prompt ?? findings?.fixed?.prompt ?? prompt;
}

/** Whoever reads the script must hear which shots are not filmed as it says, and which are again. */
export function handNotes(planned: readonly { name: string; byHand?: ByHand | undefined }[], stored: readonly (ProjectPrompt | undefined)[], replan: boolean): string[] {
  const held = planned.filter(({ byHand }) => byHand !== undefined).map(({ name }) => name);
  const overtaken = planned.filter(({ byHand }, index) => byHand === undefined && stored[index]?.byHand !== undefined).map(({ name }) => name);
  return [
    ...(held.length === 0 ? [] : [`Filmed as changed in the studio, not as the script says: ${listed(held)}. --replan goes back to the script.`]),
    ...(overtaken.length === 0 ? [] : [`What was changed in the studio is the script's again${replan ? '' : ', which says something else there by now'}: ${listed(overtaken)}.`]),
  ];
}

function listed(names: readonly string[]): string {
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;
}
