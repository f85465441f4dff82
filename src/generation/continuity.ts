import { isLastFrame, type Engine, type Frame, type LastFrame } from '../protocol/shot-settings.ts';
import { isFinished, takesByShot, type ProjectPrompt, type Store, type Take } from '../store/index.ts';
import { fingerprintOf } from './fingerprint.ts';
import { currentTakes, type PromptToFilm } from './current-takes.ts';

/**
 * A film's shots in order, each that continues the one before with the clip it starts from: of the take that the film shows
 * of that one, or of the take that it will show. Reads only.
 */
export async function loadShots(store: Store, engine: Engine, projectId: string): Promise<ProjectPrompt[]> {
  return await withParents(store, engine, await store.projects.loadPromptList(projectId));
}

/** The same for shots that need not be stored yet; all shots of the film, in order. */
export async function withParents<Prompt extends PromptToFilm>(store: Store, engine: Engine, prompts: readonly Prompt[]): Promise<Prompt[]> {
  const parents = prompts.filter((_, index) => continuesPrevious(prompts[index + 1]?.settings.startFrame));
  if (parents.length === 0) return [...prompts];
  return resolveParents(prompts, await store.takes.list(parents.flatMap(({ id }) => id ?? []), engine), engine);
}

/** A chain is resolved from its beginning: what a shot starts from decides its own fingerprint, and so the next one's. */
function resolveParents<Prompt extends PromptToFilm>(prompts: readonly Prompt[], takes: readonly Take[], engine: Engine): Prompt[] {
  const byShot = takesByShot(takes);
  const resolved: Prompt[] = [];
  for (const prompt of prompts) {
    const parent = resolved.at(-1);
    if (parent === undefined || !continuesPrevious(prompt.settings.startFrame)) {
      resolved.push(prompt);
      continue;
    }
    const startFrame: LastFrame = { lastFrameOf: shownFingerprint(parent, byShot.get(parent.id ?? '') ?? [], engine), ...(parent.outS === undefined ? {} : { atS: parent.outS }) };
    resolved.push({ ...prompt, settings: { ...prompt.settings, startFrame } });
  }
  return resolved;
}

/** Whether two shots differ in nothing but the take that they continue. */
export function continuesAnotherTake(prompt: Pick<ProjectPrompt, 'settings'>, take: Take): boolean {
  const { startFrame } = prompt.settings;
  const before = take.generation.request.startFrame;
  if (!isLastFrame(startFrame) || !isLastFrame(before)) return false;
  if (before.lastFrameOf === startFrame.lastFrameOf && before.atS === startFrame.atS) return false;
  return currentTakes({ settings: { ...prompt.settings, startFrame: before } }, [take]).length > 0;
}

function continuesPrevious(frame: Frame | undefined): boolean {
  return isLastFrame(frame) && frame.lastFrameOf === 'previous';
}

/** The picture that the film shows of a shot; while nothing of it is ready, the first that may become so. */
function shownFingerprint(prompt: PromptToFilm, takes: readonly Take[], engine: Engine): string {
  const current = currentTakes(prompt, takes);
  const ready = current.filter(({ generation }) => generation.state.status === 'completed');
  const shown = ready.find(({ selected }) => selected) ?? current.find(({ generation: { state } }) => state.status === 'completed' || !isFinished(state.status));
  return shown?.generation.fingerprint ?? fingerprintOf(prompt.settings, engine, 1);
}
