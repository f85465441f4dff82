import { tableOf } from './score/score-row.ts';
import { SETS } from './score/sets.ts';

/** `npm run score` measures what reads words against the sets in test/fixtures; `npm run score -- dialogue-own` one set. */
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(SETS, name));
if (unknown === undefined) {
  const rows = Object.entries(SETS).flatMap(([name, measure]) => (asked.length === 0 || asked.includes(name) ? measure() : []));
  console.log(tableOf(rows));
} else {
  console.error(`There is no set "${unknown}". There are: ${Object.keys(SETS).join(', ')}.`);
  process.exitCode = 2;
}
