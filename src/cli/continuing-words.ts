import type { RunForecast } from '../generation/index.ts';
import { formatMoney, listPriceUnits, sumUnits } from '../kling/index.ts';
import { StudioError } from '../lib/errors.ts';
import { isLastFrame, type Engine } from '../protocol/shot-settings.ts';
import type { Project, ProjectPrompt } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { listed } from './printable.ts';
import type { Session } from './session.ts';

/** After a shot shows another take: which shots continue it, and what it costs that the next film makes them again. */
export async function sayContinuing(session: Session, studio: Studio, { project, engine }: { project: Project; engine: Engine }, shot: Pick<ProjectPrompt, 'id'>): Promise<void> {
  const prompts = await studio.store.projects.loadPromptList(project.id);
  const chain = chainAfter(prompts, shot);
  if (chain.length === 0) return;
  const again = remade(await studio.forecast(engine, { projectId: project.id, shotIds: chain.map(({ id }) => id) }));
  if (again !== undefined) session.say(`${again.shots} ${again.many ? 'continue' : 'continues'} it: the next film makes ${again.many ? 'them' : 'it'} again, ${moneyOf(engine, again.units)}. Selecting the old take again costs nothing.`);
}

/**
 * Before a shot is taken again: which shots continue it, and what they add to the price, because the next film makes them
 * again. Nothing where none of them was made.
 */
export async function sayPriceOfContinuing(session: Session, studio: Studio, { project, engine }: { project: Project; engine: Engine }, shot: ProjectPrompt): Promise<void> {
  const chain = chainAfter(await studio.store.projects.loadPromptList(project.id), shot);
  if (chain.length === 0) return;
  const outlook = new Map((await studio.forecast(engine, { projectId: project.id, shotIds: chain.map(({ id }) => id) })).shots.map((each) => [each.shot, each]));
  const made = chain.flatMap(({ name, takesWanted, settings }) => {
    const { ready = 0, atKling = 0 } = outlook.get(name) ?? {};
    const takes = Math.min(takesWanted, ready + atKling);
    return takes === 0 ? [] : [{ name, units: takes * listPriceUnits(settings) }];
  });
  if (made.length === 0) return;
  const moreUnits = sumUnits(made.map(({ units }) => units));
  const inAllUnits = sumUnits([moreUnits, listPriceUnits(shot.settings)]);
  const many = made.length > 1;
  session.say(`${listed(made.map(({ name }) => name))} ${many ? 'continue' : 'continues'} it: once it shows the new take, the next film makes ${many ? 'them' : 'it'} again, ${moneyOf(engine, moreUnits)} more; with the retake ${moneyOf(engine, inAllUnits)} in all. Selecting the old take again costs nothing.`);
  session.emit('continuing', { project: project.name, engine, shot: shot.name, shots: made.map(({ name }) => name), estimateUnits: moreUnits, withRetakeUnits: inAllUnits });
}

function chainAfter(prompts: readonly ProjectPrompt[], shot: Pick<ProjectPrompt, 'id'>): ProjectPrompt[] {
  const after = prompts.slice(prompts.findIndex(({ id }) => id === shot.id) + 1);
  const end = after.findIndex(({ settings: { startFrame } }) => !isLastFrame(startFrame));
  return end < 0 ? after : after.slice(0, end);
}

/** Shots that cannot be made as they were chosen, because they continue others that have no clip. */
export function sayNeeds(session: Session, engine: Engine, forecast: RunForecast): void {
  const words = needsWords(engine, forecast);
  if (words !== undefined) session.say(session.colours.yellow(`${words.what} ${words.next}`));
}

/** The same for shots that a person chose: nothing is begun that could not be finished. @throws StudioError SHOT_BEFORE_MISSING. */
export function refuseWithoutNeeds(engine: Engine, forecast: RunForecast): void {
  const words = needsWords(engine, forecast);
  if (words === undefined) return;
  throw new StudioError('SHOT_BEFORE_MISSING', `${words.what} Nothing was sent or spent.`, { next: words.next, detail: { shots: forecast.withNeeds?.shots } });
}

function needsWords(engine: Engine, { shots, withNeeds }: RunForecast): { what: string; next: string } | undefined {
  const lacking = shots.flatMap(({ shot, needs }) => (needs === undefined ? [] : [{ shot, needs }]));
  if (lacking.length === 0 || withNeeds === undefined) return undefined;
  const what = lacking.slice(0, MOST_LACKING).map(({ shot, needs }) => `${shot} continues ${listed(needs)}, which ${needs.length === 1 ? 'has' : 'have'} no clip yet.`);
  if (lacking.length > MOST_LACKING) what.push(`So ${lacking.length === MOST_LACKING + 1 ? 'does' : 'do'} ${lacking.length - MOST_LACKING} more.`);
  return { what: what.join(' '), next: `To make what is needed as well: --shots ${withNeeds.shots.join(',')}, ${moneyOf(engine, withNeeds.estimateUnits)} in all.` };
}

const MOST_LACKING = 5;

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

/** As `spend.ts` says it, which says what stands here. */
function moneyOf(engine: Engine, units: number): string {
  return formatMoney(units, { play: engine === 'sandbox' });
}
