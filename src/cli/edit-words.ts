import { cutOrder, type ShotToPlace } from '../film/index.ts';
import type { FilmPlan } from '../project/index.ts';
import type { Edit, Project } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { count, listed, printable } from './printable.ts';
import type { Session } from './session.ts';

type NamedShot = ShotToPlace & { name: string };

const names = (prompts: readonly NamedShot[]) => prompts.map(({ name }) => name);

/** The same for a script that is only planned: an edit in force decides its cut, and what the edit left out would be paid for and not seen. */
export async function sayEditOfPlan(session: Session, studio: Studio, { project, shots }: FilmPlan): Promise<void> {
  const edit = project && (await studio.store.edits.find(project.id));
  // A shot that is new has no id yet, and no edit knows it.
  if (edit) sayEdit(session, project, edit, shots.map((shot) => ({ ...shot, id: shot.id ?? `new ${shot.name}` })));
}

/** Whose order and trims the film has, what that does to the script's shots, and how it is given up. */
export function sayEdit(session: Session, project: Pick<Project, 'name'>, edit: Edit, prompts: readonly NamedShot[]): void {
  const { pieces, edited, leftOut, added, outrun } = cutOrder(prompts, edit);
  const readAt = new Date(edit.readAtMs).toISOString();
  const source = printable(edit.source);
  if (!edited) session.say(`Cut: as the script has it. The edit of ${source} has none of its shots any more.`);
  else {
    const shots = pieces.filter((piece) => 'prompt' in piece);
    const repeats = shots.length - new Set(shots.map(({ prompt }) => prompt.id)).size;
    const black = pieces.length - shots.length;
    const lengthS = pieces.reduce((sum, piece) => sum + ('blackS' in piece ? piece.blackS : (piece.outS ?? piece.prompt.settings.durationS) - piece.inS), 0);
    const facts = [count(shots.length, 'part'), ...(repeats > 0 ? [`${repeats} of them repeated`] : []), ...(black > 0 ? [count(black, 'black part')] : []), `${Math.round(lengthS * 100) / 100} s`];
    session.say(`Cut: as in ${source}, read ${readAt.slice(0, 16).replace('T', ' ')} (${facts.join(', ')}), not as the script has it.`);
    if (leftOut.length > 0) session.say(`  Left out there: ${listed(names(leftOut))}.`);
    if (added.length > 0) session.say(`  New in the script since, each behind the shot before it: ${listed(names(added))}.`);
    if (outrun.length > 0) session.say(session.colours.yellow(`  Shorter now than its trim there, so shown to the clip's end: ${listed(names(outrun))}.`));
  }
  session.say('  Back to the script: directorstudio handoff --script-order');
  session.emit('edit', { project: project.name, source: edit.source, readAt, inForce: edited, parts: pieces.map((piece) => ('prompt' in piece ? { shot: piece.prompt.name, inS: piece.inS, outS: piece.outS ?? null } : piece)), leftOut: names(leftOut), added: names(added), outrun: names(outrun) });
}
