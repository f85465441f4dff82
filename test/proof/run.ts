import { parseArgs } from 'node:util';
import { bundled } from './bundle.ts';
import { KlingProcess } from './kill/kling-process.ts';
import { drawKills, playKills } from './kill/play-kills.ts';
import { KILL_SCRIPTS } from './kill/scripts.ts';
import { playAll } from './play-all.ts';
import { playSchedule } from './play-schedule.ts';
import { redLine, reportOf } from './report.ts';
import { drawSchedule } from './schedule.ts';
import { PARTS, workList } from './work.ts';

/** `npm run proof`: that no clip is paid twice and no paid clip is lost, played through. */
const USAGE = `npm run proof                      everything, about a quarter of an hour on two cores
npm run proof -- --seed 1234       one random schedule, step by step
npm run proof -- --kill-seed 12    one schedule of real processes
npm run proof -- --part chance     only this part: ${Object.keys(PARTS).join(', ')}
npm run proof -- --seeds 500 --first-seed 20000 --kills 50`;

process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      'kill-seed': { type: 'string' },
      part: { type: 'string' },
      seeds: { type: 'string', default: '10000' },
      'first-seed': { type: 'string', default: '1' },
      kills: { type: 'string', default: '300' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(USAGE);
    return 0;
  }
  if (values.part !== undefined && !(values.part in PARTS)) {
    say(`There is no part “${values.part}”. The parts: ${Object.keys(PARTS).join(', ')}.`);
    return 2;
  }
  if (values.seed !== undefined) return await replay(Number(values.seed));
  if (values['kill-seed'] !== undefined) return await replayKills(Number(values['kill-seed']));
  const started = performance.now();
  const works = await workList({ seeds: Number(values.seeds), firstSeed: Number(values['first-seed']), kills: Number(values.kills) });
  const totals = await playAll(works.filter(({ part }) => values.part === undefined || part === values.part));
  const { text, red } = reportOf(totals, (performance.now() - started) / 1000);
  say(text);
  return red === 0 ? 0 : 1;
}

async function replay(seed: number): Promise<number> {
  const schedule = drawSchedule(seed);
  const { violations, trace } = await playSchedule(schedule, { trace: true });
  say([JSON.stringify(schedule, undefined, 2), ...trace].join('\n'));
  say(violations.length === 0 ? `seed ${seed}: all kept` : redLine(`seed ${seed}`, violations));
  return violations.length === 0 ? 0 : 1;
}

async function replayKills(seed: number): Promise<number> {
  const scripts = await bundled(KILL_SCRIPTS);
  const kling = new KlingProcess(scripts.sandbox);
  const plan = drawKills(seed);
  const { violations, deaths } = await playKills(plan, { kling, filmScript: scripts.film });
  kling.close();
  say(JSON.stringify(plan, undefined, 2));
  say(violations.length === 0 ? `kill seed ${seed}: all kept, ${deaths} died` : redLine(`kill seed ${seed}`, violations));
  return violations.length === 0 ? 0 : 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
