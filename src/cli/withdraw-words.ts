import { listed } from './printable.ts';
import type { Session } from './session.ts';

/** Beside retakes that wait: the way to do without them. @param shots those that have one. */
export function sayHowToWithdraw(session: Session, shots: readonly string[]): void {
  const [only] = shots;
  if (only === undefined) return;
  session.say(`To do without the retake of ${listed(shots)}: directorstudio retake ${shots.length === 1 ? only : 'SHOT'} --withdraw`);
}
