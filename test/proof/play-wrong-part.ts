import type { Spoil } from './box/errand.ts';
import { CLOCK_STORIES } from './clock-stories.ts';
import { momentsOfStory, playCell, type Cell } from './exhaustive.ts';
import { LOST_HOMES } from './recover-stories.ts';
import { PEACE, STORIES } from './stories.ts';
import type { Story } from './story.ts';
import { WITHDRAW_STORIES } from './withdraw-stories.ts';
import type { WrongPart } from './wrong-parts.ts';

/** What became of the runs with a wrong part in place. */
export interface WrongPartResult {
  cells: number;
  /** Cells in which the named promise was seen broken. */
  red: number;
  /** The same cells with the right part: must be none. */
  redWithTheRightPart: number;
  /** Whether the part works as long as nothing happens: else it is broken, not wrong. */
  worksInPeace: boolean;
  example: string | undefined;
}

/** @param everyNth plays only every n-th cell. */
export async function playWrongPart(part: WrongPart, everyNth = 1): Promise<WrongPartResult> {
  const result: WrongPartResult = { cells: 0, red: 0, redWithTheRightPart: 0, worksInPeace: true, example: undefined };
  const broken = async (cell: Cell, spoil?: Spoil) => (await playCell(cell, spoil ? { spoil } : {})).violations.find(({ check }) => check === part.mustBreak);
  for (const name of part.stories) {
    const found = [...STORIES, ...CLOCK_STORIES, ...LOST_HOMES, ...WITHDRAW_STORIES].find((each) => each.name === name);
    if (!found) throw new Error(`there is no story “${name}”`);
    const story: Story = { ...found, options: { ...found.options, ...part.options } };
    const moments = await momentsOfStory(story);
    for (const moment of moments.filter((_, index) => index % everyNth === 0)) {
      const cell: Cell = { story, moment, setting: part.setting };
      result.cells += 1;
      const violation = await broken(cell, part.spoil);
      if (violation) result.red += 1;
      result.example ??= violation && `${moment.point} (${moment.occurrence}): ${violation.what}`;
      if (await broken(cell)) result.redWithTheRightPart += 1;
    }
  }
  const peace = STORIES.find((each) => each.name === PEACE)!;
  if (await broken({ story: peace, moment: undefined, setting: 'after' }, part.spoil)) result.worksInPeace = false;
  return result;
}
