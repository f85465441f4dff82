import type { RunForecast } from '../generation/index.ts';
import { formatMoney } from '../kling/index.ts';
import { isLastFrame, type Engine } from '../protocol/shot-settings.ts';
import type { Project, ProjectPrompt } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { listed } from './printable.ts';
import type { Session } from './session.ts';

/** After a shot shows another take: which shots continue it, and what it costs that the next film makes them again. */
export async function sayContinuing(session: Session, studio: Studio, { project, engine }: { project: Project; engine: Engine }, shot: Pick<ProjectPrompt, 'id'>): Promise<void> {
  const prompts = await studio.store.projects.loadPromptList(project.id);
  const after = prompts.slice(prompts.findIndex(({ id }) => id === shot.id) + 1);
  const end = after.findIndex(({ settings: { startFrame } }) => !isLastFrame(startFrame));
  const chain = end < 0 ? after : after.slice(0, end);
  if (chain.length === 0) return;
  const again = remade(await studio.forecast(engine, { projectId: project.id, shotIds: chain.map(({ id }) => id) }));
  if (again !== undefined) session.say(`${again.shots} ${again.many ? 'continue' : 'continues'} it: the next film makes ${again.many ? 'them' : 'it'} again, ${formatMoney(again.units, { play: engine === 'sandbox' })}. Selecting the old take again costs nothing.`);
}

/** Said before money is agreed on: shots that were made, and are made again because the shot before them shows another take. */
export function sayRemade(session: Session, forecast: RunForecast): void {
  const again = remade(forecast);
  if (again !== undefined) session.say(`Of these, ${again.shots} ${again.many ? 'are' : 'is'} made again: the shot before shows another take, and ${again.many ? 'they continue' : 'it continues'} that.`);
}

function remade({ toMake }: RunForecast): { shots: string; many: boolean; units: number } | undefined {
  const again = toMake.filter(({ continuesAnotherTake }) => continuesAnotherTake === true);
  const names = [...new Set(again.map(({ shot }) => shot))];
  if (names.length === 0) return undefined;
  return { shots: listed(names), many: names.length > 1, units: again.reduce((sum, { estimateUnits }) => sum + estimateUnits, 0) };
}
