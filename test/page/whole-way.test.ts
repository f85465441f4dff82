import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { LIGHTHOUSE } from './page-film.ts';
import { openPageLab } from './page-lab.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** Presses what gives a file, and reads it. */
async function downloaded(page: Page, press: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

it('a film maker goes from a pasted script to the film, the subtitles and the hand-off without leaving the page', async () => {
  await using studio = await openPageLab(browser, '/');
  const { page } = studio;
  await page.getByRole('button', { name: 'New film' }).first().click();
  await page.getByRole('textbox', { name: 'Script' }).fill(LIGHTHOUSE);
  await page.getByRole('textbox', { name: 'Title' }).fill('The Lighthouse');
  await page.getByRole('button', { name: 'Begin this film' }).click();
  await page.waitForURL('**/films/*/script');
  await page.getByRole('link', { name: 'Generate', exact: true }).click();

  // The price first, then the clips.
  await page.getByRole('button', { name: 'Make 4 clips' }).click();
  await page.getByRole('dialog').getByText('4 clips to make').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: /^Make (it|them) for/ }).click();
  await page.getByText('4 of 4 ready').waitFor();

  // A better take of one of them.
  await page.getByRole('button', { name: 'One more take of S01_SH03' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Make (it|them) for/ }).click();
  await page.getByText('2 takes').waitFor();

  // The cut: another order, a shorter shot.
  await page.getByRole('link', { name: 'Cut', exact: true }).click();
  await page.getByRole('option', { name: /^S01_SH02/ }).click();
  await page.getByRole('button', { name: 'Earlier' }).click();
  await page.getByRole('textbox', { name: 'Length' }).fill('2');
  await page.getByRole('textbox', { name: 'Length' }).press('Enter');
  await page.getByText('in your own order, saved').waitFor();

  await page.getByRole('button', { name: 'Render the film' }).click();
  await page.getByText('Shows the film as it stands.').waitFor();
  const film = await downloaded(page, page.getByRole('link', { name: 'Film', exact: true }));
  expect([film.name, film.bytes.subarray(4, 8).toString()]).toEqual(['The Lighthouse.mp4', 'ftyp']);
  const subtitles = await downloaded(page, page.getByRole('link', { name: 'Subtitles .srt' }));
  expect([subtitles.name, subtitles.bytes.toString()]).toEqual(['The Lighthouse.srt', expect.stringContaining('You are late.')]);
  const handOff = await downloaded(page, page.getByRole('button', { name: 'Hand-off' }));
  expect(handOff.name).toBe('The Lighthouse.handoff.zip');
  for (const inside of ['The Lighthouse.handoff/The Lighthouse.otio', 'S01_SH03_T02.mp4']) expect(handOff.bytes.includes(inside), inside).toBe(true);
  const clips = await downloaded(page, page.getByRole('link', { name: 'Clips' }));
  expect(clips.bytes.includes('S01_SH02_T01.mp4')).toBe(true);

  // A change makes the file old, and says so.
  await page.keyboard.press('Control+z');
  await page.getByText('Of an earlier cut').waitFor();
});
