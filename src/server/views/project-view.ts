import { roundedMoney } from '../../lib/money-words.ts';
import { projectTitle } from '../../project/index.ts';
import type { ProjectSummary, ShotCard } from '../../protocol/api/index.ts';
import type { Project } from '../../store/index.ts';

/** A film in few words, counted from its cards. */
export function summaryOf(project: Project, cards: Iterable<ShotCard>, spentUnits: number): ProjectSummary {
  const { id, name, engine, capUnits, createdAtMs, updatedAtMs } = project;
  const all = [...cards];
  const shotsThat = (is: (card: ShotCard) => boolean) => all.filter(is).length;
  // A run selects takes at its end; a clip that has come is there before.
  const unready = (card: ShotCard) => card.readyTakes === 0;
  return {
    projectId: id,
    title: projectTitle(project),
    name,
    engine,
    shots: all.length,
    ready: shotsThat((card) => !unready(card)),
    failed: shotsThat((card) => unready(card) && card.status === 'failed'),
    underWay: shotsThat((card) => unready(card) && card.status !== 'failed' && card.status !== 'notMade'),
    notMade: shotsThat((card) => unready(card) && card.status === 'notMade'),
    screenS: Math.round(all.reduce((sum, { onScreenS }) => sum + onScreenS, 0) * 1000) / 1000,
    spentUnits: roundedMoney(spentUnits),
    ...(capUnits === undefined ? {} : { capUnits }),
    atWork: all.some(({ atWork }) => atWork),
    ...(all[0] ? { pictureUrl: all[0].pictureUrl } : {}),
    createdAt: new Date(createdAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
  };
}
