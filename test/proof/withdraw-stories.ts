import type { Box } from './box/box.ts';
import { WITHDRAWAL_SETTINGS } from './exhaustive.ts';
import { HOME, ONE, PRICE } from './stories.ts';
import type { Story } from './story.ts';

export const WITHDRAWN_ON_ITS_WAY = 'a retake withdrawn on its way';

/** A retake of every shot that has no room under the cap: it waits, and was never sent. */
async function retakeThatWaits(box: Box, shots: number): Promise<void> {
  await box.setCap(shots * PRICE);
  await box.wait([box.start({ newTake: true })]);
}

const withoutCap = async (box: Box) => await box.setCap(null);

/** A person gives up retakes. One that was withdrawn is never charged; one that was sent is delivered all the same. */
export const WITHDRAW_STORIES: readonly Story[] = [
  {
    name: 'a retake that waits, withdrawn',
    shots: ONE,
    earlier: async (box) => await retakeThatWaits(box, 1),
    mortal: 'withdraw',
    mortalIs: 3,
    repair: withoutCap,
    expected: HOME,
  },
  {
    name: 'a retake that waits, withdrawn while there is room for it again',
    shots: ONE,
    earlier: async (box) => await retakeThatWaits(box, 1),
    prepare: withoutCap,
    mortal: 'withdraw',
    mortalIs: 3,
    expected: HOME,
  },
  {
    name: 'a retake of two shots that are alike, withdrawn',
    shots: [...ONE, ...ONE],
    earlier: async (box) => await retakeThatWaits(box, 1),
    mortal: 'withdraw',
    mortalIs: 3,
    repair: withoutCap,
    expected: HOME,
  },
  {
    name: WITHDRAWN_ON_ITS_WAY,
    shots: ONE,
    earlier: () => {},
    request: { newTake: true },
    settings: WITHDRAWAL_SETTINGS,
    sparesDisk: true,
    expected: HOME,
  },
  {
    name: 'a retake whose answer was lost, withdrawn on its way',
    shots: ONE,
    earlier: () => {},
    prepare: (box) => box.kling.failNext('create-reset-after'),
    request: { newTake: true },
    settings: WITHDRAWAL_SETTINGS,
    sparesDisk: true,
    expected: HOME,
  },
  {
    name: 'a retake that waits for a slot, withdrawn on its way',
    shots: ONE,
    earlier: () => {},
    prepare: (box) => box.kling.failNext('status-1303', { times: 2 }),
    request: { newTake: true },
    settings: WITHDRAWAL_SETTINGS,
    sparesDisk: true,
    expected: HOME,
  },
];
