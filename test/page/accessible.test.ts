import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { DESKTOP, openPageLab, PHONE } from './page-lab.ts';
import { pageFilm } from './page-film.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** Every screen, by its address; FILM stands for a film with clips. */
const SCREENS: Readonly<Record<string, string>> = {
  films: '/',
  'a new film': '/?new=true',
  'script & shots': '/films/FILM/script',
  'cast & look': '/films/FILM/cast',
  generate: '/films/FILM/generate',
  cut: '/films/FILM/cut',
  settings: '/settings',
};

// Two viewports of a browser on a busy machine take their time.
describe.each(['dark', 'light'])('axe finds nothing in the %s theme', (theme) => {
  it.each(Object.keys(SCREENS))('on %s, wide and on a phone', async (name) => {
    await using studio = await openPageLab(browser, '/settings');
    const projectId = await pageFilm(studio.lab, { made: true });
    const { page } = studio;
    await page.evaluate(`localStorage.setItem('directorstudio.theme', '${theme}')`);
    const found: string[] = [];
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      await page.goto(`${studio.lab.server.url}${SCREENS[name]!.replace('FILM', projectId)}`);
      await page.locator('main :is(h1, h2, ul, form, textarea)').first().waitFor();
      await page.evaluate('document.fonts.ready.then(() => true)');
      const { violations } = await new AxeBuilder({ page }).analyze();
      found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${viewport.width} px: ${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`)));
    }
    expect(found).toEqual([]);
  });
});
