import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KlingAPIClient } from '../src/kling/index.ts';
import { createStudio } from '../src/studio.ts';
import { timeMs, times, type BenchRow } from './bench.ts';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.ts';

const CLIPS = 300;
const WARM_UP_CLIPS = 20;
const CLIP_BYTES = 300_000;
const SLOTS = 40;
const POLL_MS = 40;
const LIMIT_PER_S = 50;
const prompt = (clip: number) => `Clip ${clip}: a kite over a beach.`;

/** Clips a second, each asked for, paid, fetched, checked and on the disk; against a loop that stores no state at all. */
export async function benchDurableClips(): Promise<BenchRow[]> {
  const ours = await clipsPerS(ourClips);
  const loop = await clipsPerS(plainLoop);
  return [
    {
      what: `durable clips a second (${CLIPS} clips of ${CLIP_BYTES / 1000} kB, ${SLOTS} slots)`,
      ours: `${ours.toFixed(0)}/s`,
      against: `limit ${LIMIT_PER_S}/s; plain fetch loop ${loop.toFixed(0)}/s`,
      ratio: `${times(ours / loop)} of the loop`,
      kept: ours >= LIMIT_PER_S,
    },
  ];
}

async function clipsPerS(make: (folder: string, kling: SandboxProcess) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-bench-'));
  try {
    await using kling = await startSandboxProcess({ dataFolder: join(folder, 'sandbox'), clips: 'tiny', clipSizeBytes: CLIP_BYTES, slots: SLOTS, balanceUnits: 1_000_000 });
    return CLIPS / ((await make(folder, kling)) / 1000);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ourClips(folder: string, kling: SandboxProcess): Promise<number> {
  const env = { KLING_API_KEY: kling.apiKey, KLING_BASE_URL: kling.baseUrl, DIRECTORSTUDIO_KEYCHAIN: 'off' };
  const studio = await createStudio({ home: join(folder, 'home'), env, timings: { pollIntervalMs: POLL_MS } });
  try {
    const orchestrator = await studio.orchestrator('kling');
    const film = async (first: number, count: number) => {
      const script = Array.from({ length: count }, (_, index) => prompt(first + index)).join('\n\n');
      const plan = await studio.plan({ script: { name: `bench-${first}.txt`, bytes: Buffer.from(script) } });
      const { project } = await studio.savePlan(plan, 'kling');
      return await timeMs(async () => {
        const { summary } = await orchestrator.generateAll({ projectId: project.id });
        if (summary.generated !== count) throw new Error(`only ${summary.generated} of ${count} clips were made`);
      });
    };
    // The code that reads clips is loaded with the first one.
    await film(CLIPS, WARM_UP_CLIPS);
    return await film(0, CLIPS);
  } finally {
    await studio.close();
  }
}

/** What people write first: create, poll, download; as many at once as there are slots; nothing written down. */
async function plainLoop(folder: string, kling: SandboxProcess): Promise<number> {
  const client = new KlingAPIClient({ credentials: { apiKey: kling.apiKey }, baseUrl: kling.baseUrl });
  let next = 0;
  const worker = async () => {
    while (next < CLIPS) {
      const clip = next;
      next += 1;
      let task = await client.create({ kind: 'text2video', model: 'kling-v2-5-turbo', prompt: prompt(clip), durationS: 5 });
      while (task.status !== 'succeeded') {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        task = await client.getTask('text2video', { taskId: task.taskId });
      }
      const answer = await fetch(task.videos[0]?.url ?? '');
      await writeFile(join(folder, `${clip}.mp4`), Buffer.from(await answer.arrayBuffer()));
    }
  };
  return await timeMs(() => Promise.all(Array.from({ length: SLOTS }, worker)));
}
