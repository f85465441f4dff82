import { cutOrder } from '../film/index.ts';
import type { Edit, Project, ProjectPrompt } from '../store/index.ts';
import { count, listed, printable } from './printable.ts';
import type { Session } from './session.ts';

const names = (prompts: readonly ProjectPrompt[]) => prompts.map(({ name }) => name);

/** Whose order and trims the film has, what that does to the script's shots, and how it is given up. */
export function sayEdit(session: Session, project: Pick<Project, 'name'>, edit: Edit, prompts: readonly ProjectPrompt[]): void {
  const { pieces, edited, leftOut, added, outrun } = cutOrder(prompts, edit);
  const readAt = new Date(edit.readAtMs).toISOString();
  const source = printable(edit.source);
  if (!edited) session.say(`Cut: as the script has it. The edit of ${source} has none of its shots any more.`);
  else {
    const shots = pieces.filter((piece) => 'prompt' in piece);
    const repeats = shots.length - new Set(shots.map(({ prompt }) => prompt.id)).size;
    const black = pieces.length - shots.length;
    const facts = [count(shots.length, 'part'), ...(repeats > 0 ? [`${repeats} of them repeated`] : []), ...(black > 0 ? [count(black, 'black part')] : [])];
    session.say(`Cut: as in ${source}, read ${readAt.slice(0, 16).replace('T', ' ')} (${facts.join(', ')}), not as the script has it.`);
    if (leftOut.length > 0) session.say(`  Left out there: ${listed(names(leftOut))}.`);
    if (added.length > 0) session.say(`  New in the script since, each behind the shot before it: ${listed(names(added))}.`);
    if (outrun.length > 0) session.say(session.colours.yellow(`  Shorter now than its trim there, so shown to the clip's end: ${listed(names(outrun))}.`));
  }
  session.say('  Back to the script: directorstudio handoff --script-order');
  session.emit('edit', { project: project.name, source: edit.source, readAt, inForce: edited, parts: pieces.map((piece) => ('prompt' in piece ? { shot: piece.prompt.name, inS: piece.inS, outS: piece.outS ?? null } : piece)), leftOut: names(leftOut), added: names(added), outrun: names(outrun) });
}
