import { openProject } from './choose-project.ts';
import { projectTitle } from '../project/index.ts';
import type { GenerateOptions } from './film-options.ts';
import { prepareProject } from './project-engine.ts';
import { agreeOnCost, chosenShots, runShots, type Shots } from './run-shots.ts';
import { sayReport, sayStopped } from './say-report.ts';
import { withStoppableStudio, type CommandResult, type Session } from './session.ts';
import type { Studio } from '../studio.ts';

/** `generate`: the shots of a planned film, without a cut. */
export async function generateCommand(session: Session, options: GenerateOptions): Promise<CommandResult> {
  return await withStoppableStudio(session, async (studio) => {
    if (options.sandbox !== true) await studio.askAhead();
    const found = await openProject(session, studio, options.project);
    const chosen = chosenShots(found.prompts, options.shots);
    const { project, engine } = prepareProject(studio, found.project, options);
    session.useEngine(engine);
    session.say(`Film: ${projectTitle(project)}`);
    return await bringIn(session, studio, { project, engine, ...chosen }, options);
  });
}

/** Agrees on the cost, brings the shots in, says what came of it. */
export async function bringIn(session: Session, studio: Studio, shots: Shots, options: GenerateOptions): Promise<CommandResult> {
  await agreeOnCost(session, studio, shots, options);
  const report = await runShots(session, studio, shots, options);
  sayReport(session, shots.engine, report);
  const { summary } = report;
  if (report.stopped) {
    sayStopped(session, report);
    return { exit: 130, summary };
  }
  return { exit: summary.failed > 0 || summary.waiting > 0 ? 1 : 0, summary };
}
