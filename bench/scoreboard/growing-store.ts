import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandboxProcess } from '../sandbox-process.ts';
import { contest } from './contest.ts';
import { promptOf } from './durations.ts';
import { multiplyTakes } from './multiply-takes.ts';
import { quantile, type Row } from './score.ts';
import { workFolder } from './work-folder.ts';

const SLOTS = 40;
const POLL_MS = 40;
const MOST_TIMES = 1.2;
const ROUNDS = 5;

interface Cost {
  cpuMs: number;
  wallMs: number;
}

/** What one take costs this machine, from asked to stored, in a store of a thousand takes and in one of a hundred thousand. */
export const growingStore: Row = async (settings) => {
  const shots = settings.quick ? 60 : 300;
  const [few, many] = settings.quick ? [200, 5_000] : [1_000, 100_000];
  await using folder = await workFolder();
  await using kling = await startSandboxProcess({ dataFolder: await folder.sub('sandbox'), clips: 'tiny', slots: SLOTS, seed: settings.seed, balanceUnits: 10_000_000, durations: { kind: 'fixed', ms: 0 } });

  const film = async (home: string, name: string, count: number): Promise<Cost> => {
    const prompts = Array.from({ length: count }, (_, index) => promptOf(index + 1, name));
    const result = await contest({ contestant: 'ours', folder: home, rivalsFolder: '', prompts, limit: Number.POSITIVE_INFINITY, pollIntervalMs: POLL_MS }, kling);
    if (result.delivered !== count) throw new Error(`only ${result.delivered} of ${count} clips were made`);
    return { cpuMs: result.cpuMs / count, wallMs: result.wallMs / count };
  };
  settings.tell(`stores of ${few} and ${many} takes`);
  // A real film first: its rows are what is multiplied, and the account and its slots are known afterwards.
  const small = await folder.sub('small');
  await film(small, 'first film', 1);
  const large = await folder.sub('large');
  await copyStore(small, large);
  await multiplyTakes(join(small, 'home', 'studio.sqlite'), few);
  await multiplyTakes(join(large, 'home', 'studio.sqlite'), many);

  const costs: { small: Cost; large: Cost }[] = [];
  for (let round = 0; round < (settings.quick ? 1 : ROUNDS); round += 1) {
    // One after another, and in turn, so that a busy moment of the machine falls on both.
    const pair = { small: await film(small, `small film ${round}`, shots), large: await film(large, `large film ${round}`, shots) };
    settings.tell(`  a take: ${ms(pair.small)} in the small store, ${ms(pair.large)} in the large one`);
    costs.push(pair);
  }
  return [rowOf(costs, few, many, shots)];
};

function rowOf(costs: readonly { small: Cost; large: Cost }[], few: number, many: number, shots: number): Awaited<ReturnType<Row>>[number] {
  const middle = (size: 'small' | 'large', kind: keyof Cost) => quantile(costs.map((pair) => pair[size][kind]), 0.5);
  const cost = (size: 'small' | 'large'): Cost => ({ cpuMs: middle(size, 'cpuMs'), wallMs: middle(size, 'wallMs') });
  const [small, large] = [cost('small'), cost('large')];
  const cpuTimes = large.cpuMs / small.cpuMs;
  const wallTimes = large.wallMs / small.wallMs;
  return {
    what: `cost of a take, asked to stored, in a store of ${few} takes and one of ${many} (films of ${shots} tiny clips, median of ${costs.length})`,
    ours: `${ms(small)} → ${ms(large)}`,
    limit: `${MOST_TIMES} ×`,
    kept: cpuTimes <= MOST_TIMES && wallTimes <= MOST_TIMES,
    ratio: `processor ${cpuTimes.toFixed(2)} ×, wall ${wallTimes.toFixed(2)} ×`,
  };
}

const ms = ({ cpuMs, wallMs }: Cost): string => `${cpuMs.toFixed(1)} ms of processor, ${wallMs.toFixed(1)} ms of wall time`;

async function copyStore(from: string, to: string): Promise<void> {
  await mkdir(join(to, 'home'), { recursive: true });
  await copyFile(join(from, 'home', 'studio.sqlite'), join(to, 'home', 'studio.sqlite'));
}
