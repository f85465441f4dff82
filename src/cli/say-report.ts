import { formatMoneyDifference, sumUnits } from '../kling/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { PaidWhen, RunReport, TakeResult } from '../generation/index.ts';
import { isFreeFailure, sayDifferences } from './bill-words.ts';
import { ERROR_LABELS, errorWords } from './error-words.ts';
import { sayFailure, troubleOf } from './failure-words.ts';
import { count, listed, printable } from './printable.ts';
import { takeName } from './progress-words.ts';
import type { Session } from './session.ts';
import { money } from './spend.ts';

/** What came of a run: what was made, what it cost, what failed and what to do about it. */
export function sayReport(session: Session, engine: Engine, report: RunReport): void {
  const { summary } = report;
  const made = (when: PaidWhen) => new Map(report.takes.filter(({ outcome, fromCache, paid }) => outcome === 'completed' && !fromCache && paid === when).map(({ generation }) => [generation.id, generation])).size;
  if (made('now') > 0) session.say(`Made ${count(made('now'), 'clip')}. ${billSentence(engine, report)}`);
  else if (summary.billedUnits > 0) session.say(billSentence(engine, report));
  if (made('earlier') > 0) session.say(`Fetched ${count(made('earlier'), 'clip')} whose bill was known before; nothing was charged again.`);
  if (made('elsewhere') > 0) sayTakenOver(session, engine, report.takes.filter(({ outcome, paid }) => outcome === 'completed' && paid === 'elsewhere'));
  if (summary.generated === 0 && summary.billedUnits === 0 && summary.failed === 0 && summary.waiting === 0) session.say('Nothing generated: every clip was there.');
  sayDifferences(session, engine, report.takes.filter(({ fromCache, paid }) => !fromCache && paid === 'now').map((take) => ({ name: takeName(take), generation: take.generation })));
  const failed = report.takes.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) session.say(session.colours.red(`Failed: ${count(failed.length, 'take')} of ${report.takes.length}.`));
  for (const take of failed) sayFailure(session, takeName(take), engine, take.generation, take.error);
  sayWaiting(session, report.takes.filter(({ outcome }) => outcome === 'waiting'));
  if (failed.some(({ generation }) => generation.state.status === 'failed' && generation.state.charged !== 'no')) {
    session.say(`To try again: directorstudio generate --retries 1 (each new attempt may cost), or change the shot's words.`);
  }
}

/** Clips that Kling had made before, for a home that was lost or another machine, and would not make again. */
function sayTakenOver(session: Session, engine: Engine, takes: readonly TakeResult[]): void {
  const bills = new Map(takes.map(({ generation }) => [generation.id, generation.billedUnits ?? 0]));
  session.say(`Took over ${count(bills.size, 'clip')} that ${engine === 'kling' ? 'Kling' : 'the sandbox'} had made before, for ${money(engine, sumUnits(bills.values()))} then; nothing was charged again.`);
}

function billSentence(engine: Engine, { summary, takes }: RunReport): string {
  const unbilled = takes.filter(({ outcome, fromCache, generation }) => outcome === 'completed' && !fromCache && generation.billedUnits === undefined);
  if (unbilled.length > 0) return `Price: ${money(engine, summary.estimateUnits)} by the list; ${engine === 'kling' ? 'Kling' : 'the sandbox'} has not told the bill of ${count(unbilled.length, 'clip')} yet.`;
  const difference = summary.billedUnits - madeEstimate(takes);
  const compared = Math.abs(difference) < 1e-9 ? 'as estimated' : `${formatMoneyDifference(difference)} against the estimate of ${money(engine, madeEstimate(takes))}`;
  return `Billed: ${money(engine, summary.billedUnits)}, ${compared}.`;
}

/** The estimate of what was billed: takes that share a picture are one bill. */
function madeEstimate(takes: readonly TakeResult[]): number {
  const made = new Map(takes.filter(({ fromCache, paid, generation }) => !fromCache && paid === 'now' && generation.billedUnits !== undefined && !isFreeFailure(generation)).map(({ generation }) => [generation.id, generation]));
  return Math.round([...made.values()].reduce((sum, { estimateUnits }) => sum + estimateUnits, 0) * 10_000) / 10_000;
}

/** Takes that wait mostly wait for one thing, so each reason is said once. */
function sayWaiting(session: Session, waiting: readonly TakeResult[]): void {
  const byReason = new Map<string, TakeResult[]>();
  for (const take of waiting) {
    const key = take.rest === 'stopped' ? 'stopped' : `${take.rest}: ${take.error === undefined ? '' : troubleOf(take.error)}`;
    byReason.set(key, [...(byReason.get(key) ?? []), take]);
  }
  for (const [key, takes] of byReason) {
    const [first] = takes;
    if (key === 'stopped' || !first) continue;
    session.say(session.colours.yellow(`Waiting: ${REST_WORDS[first.rest ?? 'machine']}: ${listed(takes.map(takeName))}.`));
    const words = first.error === undefined ? undefined : errorWords(first.error, session.locale);
    for (const line of words === undefined ? [] : [words.what, ...words.details]) session.say(`  ${printable(line)}`);
    session.say(`  ${ERROR_LABELS[session.locale].next} ${printable(words?.next ?? 'directorstudio resume goes on.')}`);
  }
}

const REST_WORDS: Record<NonNullable<TakeResult['rest']>, string> = {
  budget: 'budget',
  key: 'key',
  patience: 'no answer for a long time',
  unobtainable: 'the clip cannot be fetched',
  parked: 'needs you',
  parent: 'the shot before',
  machine: 'trouble on this machine',
  stopped: 'stopped',
};

/** The last words of a stopped run. */
export function sayStopped(session: Session, report: RunReport): void {
  const under = report.takes.filter(({ outcome, generation }) => outcome === 'waiting' && 'taskId' in generation.state).length;
  const unknown = report.takes.filter(({ outcome, generation: { state } }) => outcome === 'waiting' && (state.status === 'sending' || state.status === 'unknown')).length;
  const waiting = report.takes.filter(({ outcome }) => outcome === 'waiting').length;
  const parked = waiting > 0 ? `${count(waiting, 'take')} not ready yet` : 'the work is parked';
  session.say(`Stopped: ${parked}${under > 0 ? `, ${under} of them under way (still billed; the clips are kept)` : ''}.`);
  if (unknown > 0) session.say(`Whether ${unknown === 1 ? 'one of them was' : `${unknown} of them were`} taken is not known yet; resume finds out before anything is sent again.`);
  session.say('To go on: directorstudio resume');
}
