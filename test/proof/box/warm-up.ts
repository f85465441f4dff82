import { frameCountOf, frameRateOf, KlingAPIClient, modelNamed } from '../../../src/kling/index.ts';
import { makeTinyClip } from '../../../src/media/index.ts';
import { MODELS } from './shots.ts';

let warm: Promise<unknown> | undefined;

/** What is loaded or encoded with the first clip takes real time, which must not pass in a box. */
export async function warmUp(): Promise<void> {
  await (warm ??= Promise.all([
    new KlingAPIClient({ credentials: { accessKey: 'a', secretKey: 'b' }, fetch: () => Promise.reject(new Error('nobody there')) }).listTasks('text2video').catch(() => {}),
    ...MODELS.flatMap((name) => {
      const model = modelNamed(name);
      if (!model) throw new Error(`there is no model ${name}`);
      const frameCount = frameCountOf(model, 'text2video', 'std', 5);
      const frameRate = frameRateOf(model, 'text2video', 'std');
      // Whole, and as a download that is too short.
      return [frameCount, Math.ceil(frameCount / 2)].map(async (count) => await makeTinyClip({ frameRate, frameCount: count, uniqueText: 'warm' }));
    }),
  ]));
}
