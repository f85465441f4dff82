import { pictureOfExternalTaskId } from '../../src/generation/fingerprint.ts';
import type { Box } from './box/box.ts';
import { recoverAll } from './finish.ts';

/** A last recovery finds every clip that was ever paid for here, whether a take still asks for it or not. */
export async function checkRecovered(box: Box): Promise<void> {
  const { recovered, refused } = await recoverAll(box);
  const open = (recovered?.clips ?? []).filter(({ how }) => how !== 'here' && how !== 'failed' && how !== 'fetched');
  if (!recovered || open.length > 0) box.violations.push({ check: 'not-delivered', what: `the last recovery ended with ${refused?.message ?? JSON.stringify(open)}` });
  for (const { status, externalTaskId } of box.kling.tasks()) {
    const picture = status === 'succeed' && externalTaskId !== undefined ? pictureOfExternalTaskId(externalTaskId) : undefined;
    if (picture && !(await box.clock.until(box.cache.find(picture.fingerprint)))) box.violations.push({ check: 'not-delivered', what: `${externalTaskId} is paid for, and after a recovery its clip is not here` });
  }
}

