import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { openPageLab, PHONE, type PageLab } from './page-lab.ts';
import { LIGHTHOUSE, pageFilm } from './page-film.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** A film on its script screen. */
async function openScript(studio: PageLab, options: { text?: string; fileName?: string } = {}): Promise<{ page: Page; projectId: string; scriptOf: () => Promise<string> }> {
  const projectId = await pageFilm(studio.lab, options);
  await studio.page.goto(`${studio.lab.server.url}/films/${projectId}/script`);
  await box(studio.page).waitFor();
  return { page: studio.page, projectId, scriptOf: async () => ((await studio.lab.ask('GET', `/api/projects/${projectId}/script`)).json() as { text: string }).text };
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Script', exact: true });
const rowOf = (page: Page, slate: string) => page.locator(`[data-shot="${slate}"]`);
const shown = (page: Page, slate: string) => page.locator(`[data-shot="${slate}"][aria-current=true]`);

describe('the script', () => {
  it('is bound to its shots both ways: the cursor marks a shot, a shot shows its lines', async () => {
    await using studio = await openPageLab(browser, '/settings');
    const { page } = await openScript(studio);
    await shown(page, 'S01_SH01').waitFor();
    await box(page).focus();
    await page.keyboard.press('Control+End');
    await shown(page, 'S01_SH04').waitFor();
    await rowOf(page, 'S01_SH02').click();
    await shown(page, 'S01_SH02').waitFor();
    expect(await page.locator('.script-shot').first().textContent()).toContain('climbs the spiral stairs');
  });

  it('tells what a draft becomes while it is written, keeps it over a reload, and saves it by key', async () => {
    await using studio = await openPageLab(browser, '/settings');
    const { page, scriptOf } = await openScript(studio);
    await box(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nA gull lands on the rail of the gallery.');
    await rowOf(page, 'S01_SH05').filter({ hasText: 'A gull lands' }).waitFor();
    await page.getByText('not saved', { exact: true }).waitFor();
    expect(await scriptOf(), 'nothing is saved before somebody says so').toBe(LIGHTHOUSE);
    await page.reload();
    await page.getByText('What you wrote last time and did not save is here again.').waitFor();
    await box(page).focus();
    await page.keyboard.press('Control+s');
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await scriptOf()).toBe(`${LIGHTHOUSE}\nA gull lands on the rail of the gallery.`);
    expect(await page.evaluate('Object.keys(localStorage).filter((key) => key.includes("draft"))'), 'what is saved is no draft').toEqual([]);
  });

  it('goes to problems by key, and puts a fix into the text in one press, with a way back', async () => {
    await using studio = await openPageLab(browser, '/settings');
    const { page } = await openScript(studio, { text: 'A gull lands on a rail.\n\nClose-up: her hand on the brass\ndoor handle.\n\nA red chair in an empty room.\n' });
    await box(page).focus();
    await page.keyboard.press('F7');
    await page.locator('#script-problem', { hasText: '“her” is nobody yet' }).waitFor();
    await page.keyboard.press('F7');
    await page.locator('#script-problem', { hasText: 'nothing moves' }).waitFor();
    await page.keyboard.press('Shift+F7');
    await page.locator('#script-problem', { hasText: '“her” is nobody yet' }).waitFor();
    await page.keyboard.press('Control+.');
    await expect.poll(async () => await box(page).inputValue()).toContain('woman’s hand on the brass\ndoor handle');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => await box(page).inputValue()).toContain('Close-up: her hand on');
  });

  it('that two people write at once is written over by neither before somebody looked at both', async () => {
    await using studio = await openPageLab(browser, '/settings');
    const { page, projectId, scriptOf } = await openScript(studio);
    await box(page).focus();
    await page.keyboard.type('Mine. ');
    const theirs = `${LIGHTHOUSE}\nTheirs, at the end.\n`;
    await studio.lab.ask('PUT', `/api/projects/${projectId}/script`, { body: { script: { fileName: 'lighthouse.txt', text: theirs } } });
    await page.getByRole('button', { name: 'Look at both' }).click();
    await page.locator('mark', { hasText: 'Theirs, at the end.' }).waitFor();
    expect(await scriptOf()).toBe(theirs);
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await scriptOf()).toBe(`Mine. ${LIGHTHOUSE}`);
  });

  it('shows text or shots on a phone, and a shot leads back to its lines', async () => {
    await using studio = await openPageLab(browser, '/settings', { context: { viewport: PHONE } });
    const { page } = await openScript(studio);
    await page.getByRole('button', { name: 'Shots (4)' }).click();
    await rowOf(page, 'S01_SH03').click();
    await page.getByRole('button', { name: 'Its lines' }).click();
    await page.locator('.script-shot', { hasText: 'brass door handle' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), 'nothing sticks out').toBe(true);
  });
});

describe('a shot', () => {
  it('is changed with its price first, and changed back', async () => {
    await using studio = await openPageLab(browser, '/settings');
    const { page, projectId } = await openScript(studio);
    const takesWanted = async () => ((await studio.lab.ask('GET', `/api/projects/${projectId}/shots`)).json() as { items: { takesWanted: number }[] }).items[1]?.takesWanted;
    await rowOf(page, 'S01_SH02').click();
    await page.getByLabel('Takes', { exact: true }).fill('3');
    await page.getByText('3 clips, when you ask for it').waitFor();
    expect(await takesWanted()).toBe(1);
    await page.getByRole('button', { name: 'Change the shot' }).click();
    await page.getByText('S01_SH02 is changed.').first().waitFor();
    expect(await takesWanted()).toBe(3);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(takesWanted).toBe(1);
  });

  it('has a card for what is said in it, which can be taken out of the subtitles', async () => {
    await using studio = await openPageLab(browser, '/settings');
    const { page, projectId } = await openScript(studio);
    await rowOf(page, 'S01_SH04').click();
    const cards = page.getByRole('region', { name: 'Dialogue of S01_SH04' });
    await cards.getByText('You are late.').waitFor();
    await cards.getByRole('button', { name: 'Take out “You are late.”' }).click();
    await cards.getByText('You are late.').waitFor({ state: 'detached' });
    const { items } = (await studio.lab.ask('GET', `/api/projects/${projectId}/shots`)).json() as { items: { line?: string }[] };
    expect(items[3]?.line).toBeUndefined();
  });

  it('is filmed with the advised model in one click, after what that makes anew was shown', async () => {
    await using studio = await openPageLab(browser, '/settings');
    const { page, projectId } = await openScript(studio);
    await page.getByRole('button', { name: /^Advised/ }).click();
    await page.getByRole('button', { name: 'Film all with it' }).first().click();
    await page.getByText('4 shots get new pictures.').waitFor();
    await page.getByRole('button', { name: 'Change the plan' }).click();
    await page.getByText('4 shots are filmed with').first().waitFor();
    const { items } = (await studio.lab.ask('GET', `/api/projects/${projectId}/shots`)).json() as { items: { settings: { modelWord: string } }[] };
    expect(new Set(items.map(({ settings }) => settings.modelWord)).size).toBe(1);
  });
});

it('cast and look are priced before they are saved, and survive a reload until then', async () => {
  await using studio = await openPageLab(browser, '/settings');
  const projectId = await pageFilm(studio.lab);
  const { page } = studio;
  const castNow = async () => ((await studio.lab.ask('GET', `/api/projects/${projectId}/cast`)).json() as { castAndLook: { cast: unknown[]; look: object } }).castAndLook;
  await page.goto(`${studio.lab.server.url}/films/${projectId}/cast`);
  await page.getByRole('button', { name: /^Tom/ }).click();
  await page.getByLabel('How they look').fill('an old keeper with a white beard');
  await page.getByText('S01_SH04 gets other words.').waitFor();
  await page.reload();
  await page.getByLabel('How they look').waitFor();
  await page.getByLabel('Palette').fill('teal and amber');
  await page.getByText('All 4 shots get other words.').waitFor();
  expect((await castNow()).cast).toEqual([]);
  await page.keyboard.press('Control+s');
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await castNow()).toMatchObject({ cast: [{ name: 'Tom', words: 'an old keeper with a white beard' }], look: { palette: 'teal and amber' } });
});
