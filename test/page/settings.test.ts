import { afterAll, beforeAll, expect, it } from 'vitest';
import { noKeychain } from '../../src/credentials/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { openBrowser } from './browser.ts';
import { pageFilm } from './page-film.ts';
import { openPageLab } from './page-lab.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

it('a key goes in, is checked with its account, and is neither shown nor sent back; removed, films are made in the sandbox again', async () => {
  const apiKey = 'api-key-kling-0123456789abcdefghijklmnopqrstuvwxyz0123c3f1';
  await using account = await startSandbox({ tasksIn: 'memory', clips: 'tiny', apiKey });
  await using studio = await openPageLab(browser, '/settings', { studio: { keychain: noKeychain('none in a test'), config: { keychain: noKeychain('none in a test') } } });
  const { page } = studio;
  const answers: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/') && !response.url().includes('/api/events')) answers.push(response.text().catch(() => ''));
  });
  await page.getByRole('button', { name: 'Put in a key' }).click();
  const form = page.getByRole('form', { name: 'Put in a key' });
  await form.getByLabel('API key', { exact: true }).fill(apiKey);
  await form.getByLabel('Region').selectOption('Another address');
  await form.getByLabel('Address').fill(account.baseUrl);
  await form.getByRole('button', { name: 'Keep and check it' }).click();
  await page.getByText('Kling takes this key.').waitFor();
  await page.getByText('in use', { exact: true }).waitFor();
  await page.getByRole('banner').getByText('Kling', { exact: true }).waitFor();
  expect(await form.count()).toBe(0);
  expect(await page.content()).not.toContain(apiKey);
  expect((await Promise.all(answers)).join('\n')).not.toContain(apiKey);
  await page.getByRole('button', { name: 'Remove the kept key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No key is kept.').waitFor();
  await page.getByRole('banner').getByText('Sandbox').waitFor();
});

it('a key that was pasted wrong is refused with what is wrong, and stays in the form', async () => {
  await using studio = await openPageLab(browser, '/settings', { studio: { keychain: noKeychain('none in a test'), config: { keychain: noKeychain('none in a test') } } });
  const { page } = studio;
  await page.getByRole('button', { name: 'Put in a key' }).click();
  const form = page.getByRole('form', { name: 'Put in a key' });
  await form.getByLabel('API key', { exact: true }).fill('Bearer abcdefghijklmnopqrstuvwxyz');
  await form.getByRole('button', { name: 'Keep and check it' }).click();
  await form.getByRole('alert').filter({ hasText: 'Bearer' }).waitFor();
  expect(await form.getByLabel('API key', { exact: true }).inputValue()).toContain('Bearer');
});

it('what new films begin with is kept by itself and is the same in another tab', async () => {
  await using studio = await openPageLab(browser, '/settings');
  const { page, lab } = studio;
  const other = await studio.open('/settings');
  await other.getByLabel('Takes of each shot').waitFor();
  await page.getByLabel('Takes of each shot').fill('3');
  await page.getByLabel('Cap, in units').fill('40');
  await page.getByText('The film never spends more than $5.60').waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
  await expect.poll(async () => await other.getByLabel('Takes of each shot').inputValue()).toBe('3');
  await page.getByRole('button', { name: 'New films with 2.6' }).click();
  await expect.poll(async () => (await lab.ask('GET', '/api/preferences')).json()).toEqual({ model: '2.6', takes: 3, capUnits: 40 });
});

it('clips are read with what came of it, and room is made only of what was told before', async () => {
  await using studio = await openPageLab(browser, '/settings');
  const { page, lab } = studio;
  const projectId = await pageFilm(lab, { made: true });
  await page.reload();
  await page.getByText('4 clips, ').first().waitFor();
  await page.getByRole('button', { name: 'Read every clip' }).click();
  await page.getByText('4 clips are sound.').first().waitFor();
  await page.getByLabel('Make room: remove').selectOption('Everything that no film uses');
  await page.getByText('4 clips stay: films use them.').waitFor();
  await lab.ask('DELETE', `/api/projects/${projectId}`);
  await page.getByRole('button', { name: /^Remove 4 clips, free/ }).click();
  await page.getByText(/^0 clips/).waitFor();
  expect((await lab.ask('GET', '/api/cache')).json()).toMatchObject({ clips: 0 });
});

it('diagnostics are copied, the theme is chosen for every tab', async () => {
  await using studio = await openPageLab(browser, '/settings', { context: { permissions: ['clipboard-read', 'clipboard-write'] } });
  const { page } = studio;
  await page.getByText('H.264 works').waitFor();
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied.').first().waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^DirectorStudio 0\.0\.0.*\nBrowser: [^]*GOOD Node: /);
  await page.getByLabel('Light').check();
  expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('light');
});

it('a studio that wants a password lets nobody in without it, says when it is wrong, and leads on to where one was going', async () => {
  await using studio = await openPageLab(browser, '/settings', { studio: { password: 'reeds and herons' } });
  const { page } = studio;
  await page.getByLabel('Password').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('That is not the password of this studio.').waitFor();
  await page.getByLabel('Password').fill('reeds and herons');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByLabel('Password').waitFor();
  expect(await page.getByRole('heading', { name: 'Settings' }).count()).toBe(0);
});
