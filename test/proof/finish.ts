import type { GenerateRequest } from '../../src/generation/index.ts';
import type { Box, Running } from './box/box.ts';

/** After so many runs a person would give up. */
const MOST_RUNS = 20;

/**
 * The person starts the program again, and again, until every take is in or nothing changes any more. Nothing dies now.
 * @param request what is allowed, such as new attempts that may cost.
 */
export async function finish(box: Box, request: Partial<GenerateRequest> = {}, mostRuns = MOST_RUNS): Promise<void> {
  let before = '';
  for (let run = 0; run < mostRuns; run += 1) {
    const strikes = box.kling.faultStrikes().length;
    const running = box.start(request);
    await box.wait([running]);
    const now = box.home.database.ask<{ row: string }>(`select group_concat(external_task_id || ' ' || status, '; ') as row from generations`)[0]?.row ?? '';
    if (running.report && running.report.summary.completed === running.report.summary.shots) return;
    // Where nothing went wrong and nothing changed, the next run changes nothing either.
    if (running.report && now === before && box.kling.faultStrikes().length === strikes) return;
    before = now;
    // A coffee later.
    await box.pass(90_000);
  }
}

/** The person recovers again until it comes to its end: Kling may refuse it, or not have made everything yet. */
export async function recoverAll(box: Box): Promise<Running> {
  for (let run = 1; ; run += 1) {
    const running = box.startRecover();
    await box.wait([running]);
    const open = running.recovered === undefined || running.recovered.clips.some(({ how }) => how === 'atKling' || how === 'gone' || how === 'busy');
    if (!open || run >= MOST_RUNS) return running;
    await box.pass(90_000);
  }
}
