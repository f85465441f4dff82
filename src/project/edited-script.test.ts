import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, run, type Lab } from '../../test/money/lab.ts';
import type { Studio } from '../studio.ts';
import type { FilmPlan } from './plan-project.ts';

const SCRIPT = fileURLToPath(new URL('../../test/fixtures/segment/skerry-light.fountain', import.meta.url));

let lab: Lab;
let studio: Studio;
let written: string;
let filmed: FilmPlan;
beforeAll(async () => {
  lab = await openLab();
  studio = await lab.studio();
  await mkdir(join(lab.folder, 'script'));
  written = await readFile(SCRIPT, 'utf8');
  filmed = await plan(written);
  const { project } = await studio.savePlan(filmed, 'kling');
  await run(studio, project.id);
}, 120_000);
afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

async function plan(text: string): Promise<FilmPlan> {
  return await studio.plan({ script: { name: 'skerry-light.fountain', path: join(lab.folder, 'script', 'skerry-light.fountain'), bytes: Buffer.from(text) } });
}

/** What is different in a plan: shots whose words or facts are new, and those that start from the last picture of one that is filmed anew. */
function changedIn({ shots }: FilmPlan): { own: string[]; bought: string[] } {
  const own = shots.filter(({ change }) => change !== 'kept').map(({ name }) => name);
  const bought: string[] = [];
  for (const [index, { name, settings }] of shots.entries()) {
    if (own.includes(name) || (settings.startFrame !== undefined && bought.includes(shots[index - 1]?.name ?? ''))) bought.push(name);
  }
  return { own, bought };
}

const replace = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from);
  return text.replace(from, () => to);
};

/** Each with how many shots have other words or facts behind it than before. */
const EDITS: readonly [what: string, own: number, edit: (text: string) => string][] = [
  ['nothing', 0, (text) => text],
  ['blank lines and the title page', 0, (text) => text.replace('Title: Skerry Light', 'Title: The Light').replace('\n\nEXT. SEA - DAY', '\n\n\n\nEXT. SEA - DAY')],
  ['a note of the writer', 0, replace('Rain sweeps across', '[[How much rain?]]\n\nRain sweeps across')],
  ['a word of action in scene 1', 1, replace('Gulls circle over', 'Gulls scream over')],
  ['a word in a line', 1, replace("You're late for supper.", "You're late for breakfast.")],
  ['a manner of speaking', 1, replace('AUGUST\nNot today.', 'AUGUST\n(quietly)\nNot today.')],
  ['a new shot in the middle of a scene', 1, replace('The engine coughs', 'A wave breaks over the stern.\n\nThe engine coughs')],
  ['a new first shot of a scene', 1, replace('EXT. SEA - NIGHT\n\n', 'EXT. SEA - NIGHT\n\nStars between the clouds.\n\n')],
  ['a new last shot of the film', 1, (text) => `${text.trimEnd()}\n\nThe sea lies still.\n`],
  ['a new line between two others', 1, replace("FINN\nI can't see the light.", 'NORA\nHold on.\n\nFINN\nI can\'t see the light.')],
  ['a shot taken out', 0, replace('The engine coughs and dies.\n\n', '')],
  ['a line taken out', 0, replace('FINN\nWe read the compass.\n\n', '')],
  ['a whole scene taken out', 0, (text) => text.replace(/INT\. LIGHTHOUSE - STAIRS[^]*?(?=INT\. LIGHTHOUSE - KITCHEN)/u, '')],
  ['a new scene at the top', 1, replace('EXT. HARBOUR - DAWN', 'EXT. VILLAGE - NIGHT\n\nA dog barks at the moon.\n\nEXT. HARBOUR - DAWN')],
  ['a new scene in the middle', 2, replace('INT. LIGHTHOUSE - STAIRS', 'EXT. CLIFF - DAY\n\nSheep huddle in the rain.\n\nA shepherd looks out at the sea.\n\nINT. LIGHTHOUSE - STAIRS')],
  ['two scenes in the other order', 0, (text) => text.replace(/(EXT\. SEA - NIGHT[^]*?)(EXT\. LIGHTHOUSE - DOOR - )LATER([^]*)$/u, (_all, sea: string, door: string, rest: string) => `${door}LATER${rest.trimEnd()}\n\n${sea.trimEnd()}\n`)],
  ['the time of day of a scene', 9, replace('EXT. SEA - DUSK', 'EXT. SEA - DAWN')],
  ['how somebody is introduced', 0, replace('a patched blue sweater', 'a patched green sweater')],
  ['a name that is only heard', 1, replace("It isn't, Mum. Look.", "It isn't, Nora. Look.")],
  ['a paragraph parted in two', 2, replace('Nora turns. The light', 'Nora turns.\n\nThe light')],
];

describe('a film of 60 shots whose screenplay is edited', () => {
  it('has 60 shots, and nothing to buy once it is filmed', async () => {
    expect(filmed.shots.length).toBeGreaterThanOrEqual(60);
    expect(lab.kling.charges()).toHaveLength(filmed.shots.length);
    expect((await studio.forecastPlan(await plan(written), 'kling')).toMake).toEqual([]);
    expect(EDITS).toHaveLength(20);
  });

  it.each(EDITS)('buys only what changed: %s', async (what, own, edit) => {
    const planned = await plan(edit(written));
    const changed = changedIn(planned);
    const { toMake } = await studio.forecastPlan(planned, 'kling');
    const reworded = what === 'how somebody is introduced' ? planned.shots.filter(({ cast }) => cast?.includes('August') === true).map(({ name }) => name) : [];
    expect({ own: changed.own.filter((name) => !reworded.includes(name)).length, toMake: toMake.map(({ shot }) => shot) }).toEqual({ own, toMake: what === 'how somebody is introduced' ? expect.arrayContaining(reworded) as unknown : changed.bought });
  });
});
