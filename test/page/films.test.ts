import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { LIGHTHOUSE, pageFilm } from './page-film.ts';
import { openPageLab } from './page-lab.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

const card = (page: Page, title: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
const newFilm = (page: Page) => page.getByRole('dialog', { name: 'New film' });

/** Drops a file on the page, as a hand would. */
async function drop(page: Page, file: { name: string; text: string }): Promise<void> {
  const held = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([${JSON.stringify(file.text)}], ${JSON.stringify(file.name)}));
    return transfer;
  })()`);
  await page.dispatchEvent('main', 'dragover', { dataTransfer: held });
  await page.dispatchEvent('main', 'drop', { dataTransfer: held });
}

it('somebody who comes for the first time is in an example after one click, also where the browser has no network', async () => {
  await using studio = await openPageLab(browser);
  const { page } = studio;
  await page.evaluate('window.dispatchEvent(new Event("offline"))');
  await page.getByRole('button', { name: /^Brass Key/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Brass Key' }).waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/films\/[\w-]+\/script$/);
});

it('pasted words are a film after its price was seen', async () => {
  await using studio = await openPageLab(browser, '/?new=true');
  const { page, lab } = studio;
  await newFilm(page).getByLabel('Script', { exact: true }).fill(`# Night Light\n\n${LIGHTHOUSE}`);
  await page.getByRole('region', { name: 'What it becomes' }).getByText('$1.05 play money').first().waitFor();
  expect(await newFilm(page).getByLabel('Title').getAttribute('placeholder')).toBe('Night Light');
  expect((await lab.ask('GET', '/api/projects')).json()).toMatchObject({ total: 0 });
  await newFilm(page).getByLabel('Script', { exact: true }).press('Control+Enter');
  await page.getByRole('heading', { level: 1, name: 'Night Light' }).waitFor();
  await page.getByRole('link', { name: 'DirectorStudio' }).click();
  await card(page, 'Night Light').getByText('5 shots, nothing spent').waitFor();
  expect(await page.getByText('You began a film').count()).toBe(0);
});

it('what is written of a new film outlives a slip of the hand, a reload and the closed window', async () => {
  await using studio = await openPageLab(browser, '/?new=true');
  const { page } = studio;
  const words = newFilm(page).getByLabel('Script', { exact: true });
  await words.fill(LIGHTHOUSE);
  await newFilm(page).getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.reload();
  await expect.poll(async () => await words.inputValue()).toBe(LIGHTHOUSE);
  await newFilm(page).getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(async () => await words.inputValue()).toBe(LIGHTHOUSE);
});

it('a text that looks like a screenplay is read as the person says', async () => {
  await using studio = await openPageLab(browser, '/?new=true');
  const { page } = studio;
  await newFilm(page).getByLabel('Script', { exact: true }).fill('INT. WORKSHOP - NIGHT\n\nMARA files a brass key.\n\nMARA\nNot now.\n\nEXT. YARD - NIGHT\n\nTOM waits in the rain.');
  await page.getByRole('button', { name: 'Read it as a screenplay' }).click();
  await page.getByText('INT. WORKSHOP - NIGHT').last().waitFor();
  expect(await newFilm(page).getByLabel('Read as').inputValue()).toBe('screenplay');
});

it('a script dropped anywhere begins a film called as the file is; what is no script is refused before it is sent', async () => {
  await using studio = await openPageLab(browser);
  const { page } = studio;
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
  });
  await page.getByRole('heading', { name: 'From a script to a film, shot by shot' }).waitFor();
  await drop(page, { name: 'holiday.mov', text: 'no words' });
  await page.getByText('holiday.mov is no script.').first().waitFor();
  await drop(page, { name: 'letter.doc', text: 'old words' });
  await page.getByText('Save it as .docx.').first().waitFor();
  expect(sent).toEqual([]);
  await drop(page, { name: 'the_last-lighthouse.md', text: LIGHTHOUSE });
  await newFilm(page).getByText('the_last-lighthouse.md').waitFor();
  expect(await newFilm(page).getByLabel('Title').getAttribute('placeholder')).toBe('The last lighthouse');
  await newFilm(page).getByRole('list', { name: 'Its shots' }).getByText('S01_SH01').waitFor();
  await newFilm(page).getByRole('button', { name: 'Begin this film' }).click();
  await page.getByRole('heading', { level: 1, name: 'The last lighthouse' }).waitFor();
});

it('a film that was removed comes back with Undo, and later from what was removed', async () => {
  await using studio = await openPageLab(browser, '/settings');
  await pageFilm(studio.lab);
  const { page } = studio;
  await page.goto(studio.lab.server.url);
  await page.getByRole('button', { name: 'What to do with The Lighthouse' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await card(page, 'The Lighthouse').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await card(page, 'The Lighthouse').waitFor();
  await page.locator('[data-film]').focus();
  await page.keyboard.press('Delete');
  await card(page, 'The Lighthouse').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Removed' }).click();
  await page.getByRole('menuitem', { name: 'Bring back The Lighthouse' }).click();
  await card(page, 'The Lighthouse').waitFor();
  expect((await studio.lab.ask('GET', '/api/trash')).json()).toMatchObject({ total: 0 });
});

it('by keyboard alone a film is copied, renamed and opened; the other tab sees it at once', async () => {
  await using studio = await openPageLab(browser, '/settings');
  await pageFilm(studio.lab);
  const { page } = studio;
  const other = await studio.open('/');
  await card(other, 'The Lighthouse').waitFor();
  await page.goto(studio.lab.server.url);
  await card(page, 'The Lighthouse').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('d');
  await card(other, 'The Lighthouse (2)').waitFor();
  await expect.poll(async () => await page.evaluate('document.activeElement?.textContent')).toContain('The Lighthouse (2)');
  await page.keyboard.press('F2');
  await page.getByRole('dialog', { name: 'Another title' }).getByLabel('Title').fill('The Keeper');
  await page.keyboard.press('Enter');
  await card(other, 'The Keeper').waitFor();
  await card(page, 'The Keeper').waitFor();
  await expect.poll(async () => await page.evaluate('document.activeElement?.textContent')).toContain('The Keeper');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'The Lighthouse' }).waitFor();
});

it('an exported film is one more film when its file is chosen again', async () => {
  await using studio = await openPageLab(browser, '/settings');
  await pageFilm(studio.lab);
  const { page } = studio;
  await page.goto(studio.lab.server.url);
  await page.getByRole('button', { name: 'What to do with The Lighthouse' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export' }).click()]);
  expect(download.suggestedFilename()).toBe('The Lighthouse.directorstudio.json');
  const bytes = await readFile(await download.path());
  await page.getByLabel('Import a file').setInputFiles({ name: download.suggestedFilename(), mimeType: 'application/json', buffer: bytes });
  await card(page, 'The Lighthouse (2)').getByText('4 shots').waitFor();
});

it('through the picture of a film one looks at its shots with the mouse', async () => {
  await using studio = await openPageLab(browser, '/settings');
  await pageFilm(studio.lab);
  const { page } = studio;
  await page.goto(studio.lab.server.url);
  const box = await page.locator('[data-film] img').first().boundingBox();
  if (!box) throw new Error('The film has no picture.');
  await page.mouse.move(box.x + 5, box.y + 20);
  await page.getByText('S01_SH01').waitFor();
  await page.mouse.move(box.x + box.width - 5, box.y + 20);
  await page.getByText('S01_SH04').waitFor();
  expect(await page.getByText('S01_SH01').count()).toBe(0);
});
