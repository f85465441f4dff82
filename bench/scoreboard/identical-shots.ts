import { startSandboxProcess } from '../sandbox-process.ts';
import { chargedInTheEnd, contest, type Contestant } from './contest.ts';
import { promptOf } from './durations.ts';
import { installRivals } from './rivals.ts';
import type { Row } from './score.ts';
import { workFolder } from './work-folder.ts';

const SHOTS = 15;

/** The same shot, asked for many times at once: a double click, a script that repeats itself. */
export const identicalShots: Row = async ({ seed, tell }) => {
  const rivalsFolder = await installRivals();
  tell(`${SHOTS} identical shots at once`);
  const measure = async (contestant: Contestant) => {
    await using folder = await workFolder();
    await using kling = await startSandboxProcess({ dataFolder: await folder.sub('sandbox'), clips: 'tiny', slots: SHOTS, seed, durations: { kind: 'fixed', ms: 1_000 } });
    const prompts = Array.from({ length: SHOTS }, () => promptOf(1));
    const { delivered } = await contest({ contestant, folder: await folder.sub('work'), rivalsFolder, prompts, limit: SHOTS }, kling);
    return { delivered, charged: await chargedInTheEnd(kling) };
  };
  const [ours, klingApi, loop] = await Promise.all([measure('ours'), measure('kling-api'), measure('fetch loop')]);
  const said = ({ charged, delivered }: { charged: number; delivered: number }) => `${charged} charged, ${delivered} delivered`;
  return [
    {
      what: `${SHOTS} identical shots at once`,
      ours: said(ours),
      limit: '1 charged',
      kept: ours.charged === 1 && ours.delivered === SHOTS,
      rivals: { 'kling-api': said(klingApi), 'fetch loop': said(loop) },
      ratio: `${(ours.charged / Math.min(klingApi.charged, loop.charged)).toFixed(2)} of the rivals' money`,
    },
  ];
};
