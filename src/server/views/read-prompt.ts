import { readCameraWords } from '../../media/index.ts';
import { KlingModelAdvisor } from '../../prompt/advisor/index.ts';

/** What is read in a shot's words each time it is shown. */
export interface PromptReading {
  size: string | undefined;
  move: string;
  /** 0 to 100. */
  complexity: number;
}

/** Two of the largest films, some megabytes; the words of one are the same with every look at it. */
const MOST_KEPT = 10_000;
const kept = new Map<string, PromptReading>();

export function readPrompt(prompt: string, cameraControl: unknown): PromptReading {
  const key = cameraControl === undefined ? prompt : `${prompt}\n${JSON.stringify(cameraControl)}`;
  const known = kept.get(key);
  if (known) return known;
  const reading = { ...readCameraWords(prompt, cameraControl), complexity: KlingModelAdvisor.complexityOf(prompt).score };
  kept.set(key, reading);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return reading;
}
