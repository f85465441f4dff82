import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ClipCacheManager } from '../src/cache/index.ts';
import { ClipGenerationOrchestrator } from '../src/index.ts';
import { KlingAPIClient } from '../src/kling/index.ts';
import type { ShotSettings } from '../src/protocol/index.ts';
import { openStore } from '../src/store/index.ts';
import { FAST, openLab } from './money/lab.ts';

it('the example of the Swift app: one prompt becomes a clip, and its progress can be read', async () => {
  await using lab = await openLab();
  const store = await openStore({ home: lab.home });
  const account = await store.accounts.bind('digest-of-the-key', { engine: 'kling', baseUrl: lab.kling.baseUrl });

  const project = await store.projects.createProject({ name: 'My film', engine: 'kling' });
  const settings: ShotSettings = { kind: 'text2video', model: 'kling-v2-5-turbo', mode: 'std', prompt: 'A calm lake at sunrise', durationS: 5, aspectRatio: '16:9', sound: false };
  const [prompt] = await store.projects.savePromptList(project.id, [
    { sceneNumber: 1, text: settings.prompt, startLine: 1, endLine: 1, settings, inS: 0, takesWanted: 1 },
  ]);
  if (!prompt) throw new Error('the prompt was not saved');

  const orchestrator = new ClipGenerationOrchestrator({
    store,
    cache: new ClipCacheManager({ folder: join(lab.home, 'clips') }),
    client: new KlingAPIClient({ credentials: { apiKey: lab.kling.apiKey }, baseUrl: lab.kling.baseUrl }),
    engine: 'kling',
    accountId: account.id,
    framesFolder: join(lab.home, 'frames'),
    allowLoopbackHttp: true,
    timings: FAST,
  });
  const heard: string[] = [];
  orchestrator.on((event) => {
    if (event.type === 'clip' && event.status !== heard.at(-1)) heard.push(event.status);
  });

  await orchestrator.generate({ prompt, projectId: project.id });

  expect(orchestrator.progress.get(prompt.id)?.status === 'completed').toBe(true);
  expect(heard).toEqual(['checkingCache', 'generating', 'polling', 'completed']);
  expect(orchestrator.progress.get(prompt.id)).toMatchObject({ shot: 'S01_SH01', take: 1, estimateUnits: 1.5, billedUnits: 1.5 });

  // A second time it comes out of the cache, and says so.
  heard.length = 0;
  const { summary } = await orchestrator.generate({ prompt, projectId: project.id });
  expect(heard).toEqual(['checkingCache', 'completed']);
  expect(orchestrator.progress.get(prompt.id)).toMatchObject({ status: 'completed', fromCache: true });
  expect(summary).toMatchObject({ cached: 1, generated: 0, billedUnits: 0 });
  expect(lab.kling.charges()).toHaveLength(1);
  await orchestrator.stop();
  await store.close();
});
