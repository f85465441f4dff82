import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openPageLab } from './page-lab.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

it('opens under the strict content security policy, and hears the studio', async () => {
  await using studio = await openPageLab(browser, '/settings');
  await studio.page.getByText('Sandbox').first().waitFor();
  expect(await studio.page.title()).toBe('DirectorStudio');
});
