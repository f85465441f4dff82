import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { preferencesSchema, type Preferences } from '../protocol/api/index.ts';

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

function pathOf(home: string): string {
  return join(home, 'preferences.json');
}
