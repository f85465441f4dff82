import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { fingerprintOf } from '../src/generation/fingerprint.ts';
import { pictureOf } from '../src/generation/wanted-takes.ts';
import { openDatabase } from '../src/store/database.ts';
import type { PlannedPrompt, ProjectPrompt, Store } from '../src/store/index.ts';

const PLACES = ['harbour', 'market', 'attic', 'station', 'meadow', 'kitchen', 'lighthouse'];
const ACTS = ['hauls a net over the rail', 'turns a letter in her hands', 'runs after the last tram', 'lifts the lantern and listens', 'sets the table for two'];

/** A film of so many shots, as a script would have made it, every word of it its own. */
export async function filmOf(store: Store, shots: number): Promise<{ projectId: string; prompts: ProjectPrompt[] }> {
  const { id } = await store.projects.createProject({ name: `bench ${randomUUID()}`, engine: 'sandbox' });
  const planned = Array.from({ length: shots }, (_, index): PlannedPrompt => {
    const prompt = `A woman in a yellow raincoat ${ACTS[index % ACTS.length]} in the ${PLACES[index % PLACES.length]} of town ${index + 1} while rain beats on the windows; medium shot, the camera pushes in slowly, soft grey light.`;
    return { sceneNumber: Math.floor(index / 20) + 1, text: prompt, startLine: index + 1, endLine: index + 1, settings: { kind: 'text2video', model: 'kling-v2-5-turbo', mode: 'std', prompt, durationS: 5, aspectRatio: '16:9', sound: false }, inS: 0, takesWanted: 1, findings: { issues: [], lines: [] } };
  });
  return { projectId: id, prompts: await store.projects.savePromptList(id, planned) };
}

/** Asks for the first take of some shots. */
export async function askFor(store: Store, prompts: readonly ProjectPrompt[]): Promise<void> {
  for (let start = 0; start < prompts.length; start += 100) {
    await store.together(async ({ ledger, takes }) => {
      const pictures = prompts.slice(start, start + 100).map((prompt) => ({ prompt, picture: pictureOf(prompt, 'sandbox', fingerprintOf(prompt.settings, 'sandbox', 1)) }));
      const rows = await ledger.ask(pictures.map(({ picture }) => picture));
      await takes.attach('sandbox', pictures.map(({ prompt, picture }) => ({ shotId: prompt.id, generationId: rows.get(picture.fingerprint)?.id ?? '' })));
    });
  }
}

/** A clip for every shot, as if all of them had been made: what a page of thousands of clips shows, without their files. */
export async function fillWithClips(store: Store, home: string, prompts: readonly ProjectPrompt[]): Promise<void> {
  await askFor(store, prompts);
  const db = await openDatabase(join(home, 'studio.sqlite'));
  const now = Date.now();
  await sql`update generations set status = 'completed', billed_units = 1.5, state = '{"status":"completed","contentHash":"' || fingerprint || '","sizeBytes":300000,"taskId":"' || id || '","succeededAtMs":' || ${now} || ',"completedAtMs":' || ${now} || '}'`.execute(db);
  await sql`update takes set selected = 1`.execute(db);
  await db.destroy();
}
