import { USD_PER_UNIT } from '../kling/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { FilmPlan, PlannedShot } from '../project/index.ts';
import { kindWord } from './plan-words.ts';
import { count, printable } from './printable.ts';
import type { Session } from './session.ts';
import { money } from './spend.ts';

type Advice = NonNullable<FilmPlan['advice']>;

/** Shots that want another model than the film's; the others are in `--json`. */
const FLAGGED_SHOWN = 5;

/** Which model suits the film, what the next ones would cost, and which shots want another. Nothing where all of it was planned before. */
export function sayAdvice(session: Session, plan: FilmPlan, engine: Engine, { brief = false }: { brief?: boolean } = {}): void {
  const { advice } = plan;
  if (advice === undefined) return;
  emitAdvice(session, plan, advice);
  const { choice, reasons, nextCheaper, nextBetter, flagged } = advice;
  const price = (usd: number) => money(engine, Math.round((Math.abs(usd) / USD_PER_UNIT) * 10_000) / 10_000);
  const difference = (usd: number) => (usd === 0 ? 'the same price' : `${price(usd)} ${usd < 0 ? 'less' : 'more'}`);
  if (choice === undefined) {
    session.say(`Advised model: none. ${printable(reasons.join(' '))}`);
    return;
  }
  const planned = new Set(plan.shots.map(({ settings }) => kindWord(settings)));
  const asPlanned = planned.size === 1 && planned.has(choice.word);
  if (brief && asPlanned) return;
  session.say(`Advised model: ${choice.word}${asPlanned ? ', as planned' : ''}, ${price(choice.priceUsd)} for one take of each shot${asPlanned ? '' : '; --model auto takes it'}.`);
  if (brief) return;
  for (const reason of reasons) session.say(`  ${printable(reason)}`);
  const others = [nextCheaper === undefined ? '' : `next cheaper: ${nextCheaper.word}, ${difference(nextCheaper.priceDifferenceUsd)}, quality ${nextCheaper.quality}`, nextBetter === undefined ? '' : `next better: ${nextBetter.word}, ${difference(nextBetter.priceDifferenceUsd)}, quality ${nextBetter.quality}`].filter((part) => part !== '');
  if (others.length > 0) session.say(`  ${others.join('; ').replace(/^n/, 'N')}.`);
  for (const { name, why, advice: own } of flagged.slice(0, FLAGGED_SHOWN)) session.say(`  ${name} wants another: ${own.choice === undefined ? printable(own.warnings.join(' ')) : `${own.choice.word}, ${price(own.choice.priceUsd)}`}; ${printable(why)}.`);
  if (flagged.length > FLAGGED_SHOWN) session.say(`  ${count(flagged.length - FLAGGED_SHOWN, 'more shot')} want another; --json names them.`);
}

function emitAdvice(session: Session, { projectName, shots }: FilmPlan, { choice, floor, complexities, reasons, nextCheaper, nextBetter, flagged }: Advice): void {
  session.emit('advice', {
    project: projectName,
    choice: choice ?? null,
    floor,
    reasons,
    nextCheaper: nextCheaper ?? null,
    nextBetter: nextBetter ?? null,
    complexities: Object.fromEntries(shots.map((shot, index) => [shot.name, complexities[index] ?? 0] satisfies [PlannedShot['name'], number])),
    flagged: flagged.map(({ name, why, advice }) => ({ shot: name, why, choice: advice.choice ?? null, complexity: advice.complexity, reasons: advice.reasons, warnings: advice.warnings, changes: advice.changes })),
  });
}
