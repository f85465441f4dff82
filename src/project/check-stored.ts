import type { ProjectPrompt } from '../store/index.ts';
import { loadPromptChecks } from './prompt-checks.ts';

/**
 * Stored shots with what was found in their words when they were planned. Those from before words were read are read now;
 * nothing is saved.
 */
export async function readStored(prompts: readonly ProjectPrompt[]): Promise<ProjectPrompt[]> {
  const checks = prompts.some(({ findings }) => findings === undefined) ? await loadPromptChecks() : undefined;
  return prompts.map((prompt) => {
    const findings = prompt.findings ?? checks?.findings({ own: prompt.prompt, settings: prompt.settings, cast: prompt.cast ?? [] }, prompt);
    return findings === undefined ? prompt : { ...prompt, findings };
  });
}
