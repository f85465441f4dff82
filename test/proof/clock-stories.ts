import type { FaultKind } from '../../src/sandbox/index.ts';
import { HOME, ONE, PEACE, STORIES } from './stories.ts';
import type { Story } from './story.ts';

/**
 * Films in which something waits. Kling takes repeated ids here and shows a task seven seconds late: only the wait before a
 * second POST keeps it from being a second payment, and the wait must be as long whatever the wall clock says.
 */
const LATE_TASKS: readonly Story[] = (['create-reset-after', 'create-502-after', 'create-reset-before'] as const satisfies readonly FaultKind[]).map((kind) => ({
  name: `repeated ids accepted, ${kind}, and a task that shows up after seven seconds`,
  shots: ONE,
  options: { sandbox: { repeatedIds: 'accepted' } },
  prepare: (box) => {
    if (kind.endsWith('after')) box.kling.failNext('create-hidden', { ms: 7_000 });
    box.kling.failNext(kind);
  },
  expected: HOME,
  sparesDisk: true,
}));

/** The sender dies with the answer under way, and who comes after it finds the row that says `sending`. */
const DEAD_SENDERS: readonly Story[] = ['fetch create / after', 'commit lost / after'].map((point) => ({
  name: `repeated ids accepted, a task that shows up after seven seconds, and a death at: ${point}`,
  shots: ONE,
  options: { sandbox: { repeatedIds: 'accepted' } },
  prepareEarlier: (box) => {
    box.kling.failNext('create-hidden', { ms: 7_000 });
    if (point.startsWith('commit')) box.kling.failNext('create-reset-after');
  },
  firstDiesAt: point,
  earlier: () => {},
  expected: HOME,
  sparesDisk: true,
}));

/** Waits of every other kind. */
const WAITS = [
  PEACE,
  'nothing goes wrong, with a pair of keys',
  'one slot for two shots',
  'fault create-slow-before',
  'fault create-reset-before × 2',
  'fault create-reset-after × 2',
  'fault create-hidden',
  'fault status-1302',
  'fault status-1303',
  'fault poll-slow',
  'fault download-slow',
  'a clip that cannot be had in all tries of a run',
  'an id that stays reserved without a task',
  'a task that nobody can see for twenty minutes',
];

export const CLOCK_STORIES: readonly Story[] = [...LATE_TASKS, ...DEAD_SENDERS, ...STORIES.filter(({ name }) => WAITS.includes(name)).map((story) => ({ ...story, sparesDisk: true }))];
