import type { Violation } from './box/violation.ts';
import { coverageTable, neverDiedAt } from './coverage.ts';
import type { JobResult } from './jobs.ts';
import { PARTS, type Part } from './work.ts';

/** What came of all pieces of a part. */
export interface Total extends JobResult {
  notes: string[];
}

export type Totals = Map<Part, Total>;

export function addUp(totals: Totals, part: Part, result: JobResult): void {
  const total = totals.get(part) ?? { played: 0, deaths: {}, strikes: 0, charged: 0, red: [], notes: [] };
  totals.set(part, total);
  total.played += result.played;
  total.strikes += result.strikes;
  total.charged += result.charged;
  total.red.push(...result.red);
  for (const [name, times] of Object.entries(result.deaths)) total.deaths[name] = (total.deaths[name] ?? 0) + times;
  if (result.note !== undefined) total.notes.push(result.note);
}

export function redLine(where: string, violations: readonly Violation[]): string {
  return `RED ${where}\n${violations.slice(0, 3).map(({ check, what }) => `    ${check}: ${what.slice(0, 600)}`).join('\n')}`;
}

/** The closing table. @returns its text, and how much is red. */
export function reportOf(totals: Totals, seconds: number): { text: string; red: number } {
  const lines = ['', '| part | played | deaths | faults struck | charged | red |', '|---|---|---|---|---|---|'];
  let red = 0;
  for (const [part, title] of Object.entries(PARTS) as [Part, string][]) {
    const total = totals.get(part);
    if (!total) continue;
    const deaths = part === 'steps' || part === 'recover' ? total.played : Object.values(total.deaths).reduce((sum, times) => sum + times, 0);
    if (part !== 'promise') red += total.red.length;
    const orDash = (count: number) => (count === 0 ? '-' : String(count));
    lines.push(`| ${title} | ${total.played} | ${orDash(deaths)} | ${orDash(total.strikes)} | ${orDash(total.charged)} | ${part === 'promise' ? 'not counted' : total.red.length} |`);
  }
  const [steps, recover] = [totals.get('steps'), totals.get('recover')];
  if (steps && recover) {
    const deathsAt = { ...steps.deaths };
    for (const [name, times] of Object.entries(recover.deaths)) deathsAt[name] = (deathsAt[name] ?? 0) + times;
    lines.push('', `Deaths before + after each step: ${coverageTable(deathsAt).join(', ')}.`);
    const never = neverDiedAt(deathsAt);
    if (never.length > 0) {
      red += never.length;
      lines.push(`RED nobody ever died at: ${never.join(', ')}.`);
    }
  }
  lines.push('', ...[...totals.values()].flatMap(({ notes }) => notes), '', `${red === 0 ? 'All kept' : `${red} red`}, in ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s.`);
  return { text: lines.join('\n'), red };
}
