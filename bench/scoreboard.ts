import { installRivals, RIVALS, versionOf } from './scoreboard/rivals.ts';
import { afterAKill } from './scoreboard/after-a-kill.ts';
import { changingLimit, twentyShots } from './scoreboard/few-slots.ts';
import { growingStore } from './scoreboard/growing-store.ts';
import { identicalShots } from './scoreboard/identical-shots.ts';
import { lostAnswers } from './scoreboard/lost-answers.ts';
import { manyWaiting } from './scoreboard/many-waiting.ts';
import { noticed } from './scoreboard/noticed.ts';
import type { Row, ScoreRow } from './scoreboard/score.ts';
import { pageOf, tableOf, writePage } from './scoreboard/write-page.ts';

/**
 * `npm run scoreboard` measures everything and writes docs/scoreboard.md; `npx tsx bench/scoreboard.ts lost-answers` one
 * row, on standard output; `--quick` smaller numbers, on standard output; `--seed WORD` other draws.
 */
const ROWS: Record<string, Row> = {
  'lost-answers': lostAnswers,
  'twenty-shots': twentyShots,
  'changing-limit': changingLimit,
  noticed,
  'after-a-kill': afterAKill,
  'identical-shots': identicalShots,
  'many-waiting': manyWaiting,
  'growing-store': growingStore,
};
/** They wait for the clock almost all the time, for minutes: they wait together. */
const PATIENT = ['changing-limit', 'noticed'];

const words = process.argv.slice(2);
const seedAt = words.indexOf('--seed');
const seed = seedAt < 0 ? 'scoreboard-1' : (words.splice(seedAt, 2)[1] ?? '');
const quick = words.includes('--quick');
const asked = words.filter((word) => word !== '--quick');
const unknown = asked.find((name) => !(name in ROWS));
if (unknown === undefined) await measureAll();
else {
  console.error(`There is no row "${unknown}". There are: ${Object.keys(ROWS).join(', ')}.`);
  process.exitCode = 2;
}

async function measureAll(): Promise<void> {
  const startedAt = performance.now();
  const settings = { quick, seed, tell: (line: string) => console.error(line) };
  const rivalsFolder = await installRivals();
  const names = Object.keys(ROWS).filter((name) => asked.length === 0 || asked.includes(name));
  const measured = new Map<string, ScoreRow[]>();
  const measure = async (name: string) => void measured.set(name, (await ROWS[name]?.(settings)) ?? []);
  for (const name of names.filter((each) => !PATIENT.includes(each))) await measure(name);
  await Promise.all(names.filter((each) => PATIENT.includes(each)).map(measure));

  const rows = names.flatMap((name) => measured.get(name) ?? []);
  if (rows.some(({ kept }) => !kept)) process.exitCode = 1;
  console.log(tableOf(rows));
  if (quick || asked.length > 0) return;
  const versions = { ...RIVALS, axios: (await versionOf(rivalsFolder, 'axios')) ?? 'unknown' };
  const path = await writePage(await pageOf(rows, { seed, versions, minutes: (performance.now() - startedAt) / 60_000 }));
  console.error(`Written: ${path}`);
}
