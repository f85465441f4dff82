import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { effectiveMode, findModel } from '../kling/index.ts';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { preferencesSchema, type Preferences } from '../protocol/api/index.ts';
import { HttpError } from './errors.ts';
import type { PlanOptions } from './scripts.ts';

/** What new films begin with. A file that is not as it was written counts as none. */
export async function readPreferences(home: string): Promise<Preferences> {
  const text = await readFile(pathOf(home), 'utf8').catch(() => '{}');
  try {
    return preferencesSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

export async function writePreferences(home: string, preferences: Preferences): Promise<void> {
  await writeFileAtomic(pathOf(home), JSON.stringify(preferences, undefined, 2), { mode: 0o600 });
}

/** What a new film is planned with. A mode belongs to its model: who names another model gets none of ours with it. */
export function beginningWith({ model, mode, durationS, aspectRatio, takes }: Preferences, asked: PlanOptions = {}): PlanOptions {
  const ours = { model, mode: asked.model === undefined ? mode : undefined, durationS, aspectRatio, takes };
  return { ...ours, ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) };
}

/** @throws StudioError MODEL_UNKNOWN, MODEL_HAS_NO_SUCH_MODE: every new film would be refused for it. */
export function checkPreferences({ model, mode }: Preferences): void {
  if (model === undefined || model === 'auto') return;
  const found = findModel(model);
  const asked = effectiveMode(found.model, mode ?? found.mode);
  if (asked !== undefined && !found.model.modes.includes(asked)) throw new HttpError(422, 'MODEL_HAS_NO_SUCH_MODE', `${found.model.word} has no mode ${asked}.`, { next: `Choose ${found.model.modes.join(' or ')}.` });
}

function pathOf(home: string): string {
  return join(home, 'preferences.json');
}
