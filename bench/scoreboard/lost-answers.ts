import type { FaultKind } from '../../src/sandbox/index.ts';
import { startSandboxProcess } from '../sandbox-process.ts';
import { chargedInTheEnd, contest, type Contestant } from './contest.ts';
import { promptOf } from './durations.ts';
import { installRivals } from './rivals.ts';
import type { Row, ScoreRow } from './score.ts';
import { workFolder } from './work-folder.ts';

const SHOTS = 10;
const LOSSES: readonly { kind: FaultKind; words: string }[] = [
  { kind: 'create-reset-after', words: 'connection reset' },
  { kind: 'create-502-after', words: '502 with a web page' },
];

/** Each shot's first POST is accepted and its answer lost; later ones are answered. */
export const lostAnswers: Row = async ({ seed, tell }) => {
  const rivalsFolder = await installRivals();
  const rows: ScoreRow[] = [];
  for (const { kind, words } of LOSSES) {
    tell(`${SHOTS} shots, each first answer lost: ${words}`);
    const measure = async (contestant: Contestant) => {
      await using folder = await workFolder();
      await using kling = await startSandboxProcess({ dataFolder: await folder.sub('sandbox'), clips: 'tiny', slots: 2 * SHOTS, seed, durations: { kind: 'fixed', ms: 1_000 } });
      const prompts = Array.from({ length: SHOTS }, (_, index) => promptOf(index + 1));
      for (const prompt of prompts) await kling.failNext(kind, { prompt, times: 1 });
      const { delivered } = await contest({ contestant, folder: await folder.sub('work'), rivalsFolder, prompts, limit: 5 }, kling);
      return { delivered, charged: await chargedInTheEnd(kling) };
    };
    const [ours, klingApi, loop] = await Promise.all([measure('ours'), measure('kling-api'), measure('fetch loop')]);
    const said = ({ charged, delivered }: { charged: number; delivered: number }) => `${charged} charged, ${delivered} delivered`;
    // Money for what one has in the end; nothing delivered has no price.
    const price = ({ charged, delivered }: { charged: number; delivered: number }) => (delivered === 0 ? '∞' : (charged / delivered).toFixed(1));
    rows.push({
      what: `${SHOTS} shots, each first answer accepted, then lost (${words})`,
      ours: said(ours),
      limit: `${SHOTS} charged, ${SHOTS} delivered`,
      kept: ours.charged === SHOTS && ours.delivered === SHOTS,
      rivals: { 'kling-api': said(klingApi), 'fetch loop': said(loop) },
      ratio: `clips paid per clip delivered ${price(ours)} : ${price(klingApi)} : ${price(loop)}`,
    });
  }
  return rows;
};
