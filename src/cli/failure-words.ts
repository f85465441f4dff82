import type { Engine } from '../protocol/shot-settings.ts';
import type { ErrorFacts, Generation } from '../store/index.ts';
import { ERROR_LABELS, errorWords } from './error-words.ts';
import { hanging, printable } from './printable.ts';
import type { Session } from './session.ts';
import { money } from './spend.ts';

/** Which shot failed, what Kling said, whether it cost something, and what to change. */
export function sayFailure(session: Session, name: string, engine: Engine, { state, billedUnits }: Pick<Generation, 'state' | 'billedUnits'>, error: ErrorFacts | undefined): void {
  const words = error === undefined ? undefined : errorWords(error, session.locale);
  const say = (prefix: string, text: string) => {
    for (const line of hanging(prefix, text, 4, session.deps.stdout)) session.say(line);
  };
  say(`  ${name}: `, `${printable(words?.what ?? 'failed without a reason.')}${chargeWords(state, billedUnits, engine)}`);
  for (const line of words?.details ?? []) say('    ', printable(line));
  if (words?.next !== undefined) say('    ', `${ERROR_LABELS[session.locale].next} ${printable(words.next)}`);
}

/** The same for takes that met the same trouble: only Kling's number of the request tells them apart. */
export function troubleOf({ code, message }: Pick<ErrorFacts, 'code' | 'message'>): string {
  return `${code} ${message.replaceAll(/,? request [\w-]+/g, '')}`;
}

function chargeWords(state: Generation['state'], billedUnits: number | undefined, engine: Engine): string {
  if (state.status !== 'failed') return '';
  if (state.charged === 'no') return ' Nothing was charged.';
  if (state.charged === 'unknown') return ' Whether it was charged is not known.';
  return billedUnits === undefined ? ' It was charged.' : ` It was charged: ${money(engine, billedUnits)}.`;
}
