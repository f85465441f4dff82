import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProjectSummary, Take } from '../../src/protocol/api/index.ts';
import { startStudioServer } from '../../src/server/index.ts';
import type { ServerLab } from '../../src/server/server-under-test.ts';
import { openBrowser } from './browser.ts';
import { pageFilm } from './page-film.ts';
import { openPageLab, PHONE } from './page-lab.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** Of the first four clips that are asked for one fails, free of charge; the fifth does not. */
const ONE_FAILS = { config: { sandbox: { faults: { seed: 2, rates: { 'task-failed-free': 0.25 } }, clips: 'tiny', speed: Number.POSITIVE_INFINITY } } } as const;

const summaryOf = async (lab: ServerLab, projectId: string) => (await lab.ask('GET', `/api/projects/${projectId}`)).json() as ProjectSummary;
const cards = (page: Page) => page.getByRole('list', { name: 'Shots' }).getByRole('listitem');

/** Another server over the same studio, as after a start anew. */
async function serve({ studio }: ServerLab, port: number) {
  return await startStudioServer({ studio, port, env: {}, version: '0.0.0', pageFolder: fileURLToPath(new URL('../../dist/page', import.meta.url)), examplesFolder: fileURLToPath(new URL('../../examples', import.meta.url)), onBug: () => {} });
}

describe('when something goes wrong', () => {
  it('a clip that failed says why and what to do, and one click with its price makes it again', async () => {
    await using studio = await openPageLab(browser, '/settings', { studio: ONE_FAILS });
    const { page, lab } = studio;
    const projectId = await pageFilm(lab, { made: true });
    await page.goto(`${lab.server.url}/films/${projectId}/generate`);
    await page.getByText('3 of 4 ready').waitFor();
    await page.getByRole('button', { name: /^Failed 1$/ }).click();
    expect(await cards(page).count()).toBe(1);
    await cards(page).getByText('Kling could not make this clip: Internal error').waitFor();
    await cards(page).getByRole('button', { name: /^Try S01_SH0\d again$/ }).click();
    await page.getByRole('dialog').getByText('1 clip to make').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: /^Make (it|them) for/ }).click();
    await page.getByText('4 of 4 ready').waitFor();
    expect(await summaryOf(lab, projectId)).toMatchObject({ ready: 4, failed: 0, spentUnits: 6 });
  });

  it('a studio that is gone is said to be gone; back again, the page has what happened meanwhile, each thing once', async () => {
    await using studio = await openPageLab(browser, '/settings');
    const { page, lab } = studio;
    const projectId = await pageFilm(lab);
    await page.goto(`${lab.server.url}/films/${projectId}/generate`);
    await page.getByText('0 of 4 ready').waitFor();
    const port = Number(new URL(lab.server.url).port);
    await lab.server.close();
    await page.getByText('The studio does not answer').waitFor();
    await (await lab.studio.orchestrator('sandbox')).generateAll({ projectId });
    expect(await page.getByText('0 of 4 ready').isVisible()).toBe(true);
    const again = await serve(lab, port);
    try {
      await page.getByText('4 of 4 ready').waitFor();
      await page.getByText('The studio does not answer').waitFor({ state: 'detached' });
      expect(await cards(page).count()).toBe(4);
      expect(await cards(page).getByText('Ready').count()).toBe(4);
    } finally {
      await page.goto('about:blank');
      await again.close();
    }
  });
});

describe('two tabs', () => {
  it('agree on clips, on the pause and on the take that is shown', async () => {
    await using studio = await openPageLab(browser, '/settings');
    const { page, lab } = studio;
    const projectId = await pageFilm(lab, { made: true });
    const board = `/films/${projectId}/generate`;
    const other = await studio.open(board);
    await page.goto(`${lab.server.url}${board}`);
    await page.getByRole('button', { name: 'One more take of S01_SH02' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /^Make (it|them) for/ }).click();
    await cards(other).filter({ hasText: 'S01_SH02' }).getByText('2 takes').waitFor();
    await cards(page).filter({ hasText: 'S01_SH02' }).getByText(', take 2').waitFor();
    await other.getByRole('button', { name: 'Pause all' }).click();
    await page.getByText('Paused: nothing new is sent.').first().waitFor();
    await page.getByRole('button', { name: 'Go on sending' }).click();
    await other.getByRole('button', { name: 'Pause all' }).waitFor();
    expect(await summaryOf(lab, projectId)).toMatchObject({ ready: 4, spentUnits: 7.5 });
  });
});

describe('with the keyboard alone', () => {
  it('a film maker goes from the board into a shot, makes a take, compares and selects', async () => {
    await using studio = await openPageLab(browser, '/settings');
    const { page, lab } = studio;
    const projectId = await pageFilm(lab, { made: true });
    await page.goto(`${lab.server.url}/films/${projectId}/generate`);
    await page.getByText('4 of 4 ready').waitFor();
    await tabTo(page, 'S01_SH01, Ready');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Takes of S01_SH02' }).waitFor();
    await page.keyboard.press('n');
    await page.getByText('1 clip to make').waitFor();
    await tabTo(page, 'Make it for');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^T02.*in the film/ }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('s');
    await page.getByRole('button', { name: /^T01.*in the film/ }).waitFor();
    const shots = (await lab.ask('GET', `/api/projects/${projectId}/shots`)).json() as { items: { shotId: string }[] };
    const takes = (await lab.ask('GET', `/api/projects/${projectId}/shots/${shots.items[1]!.shotId}/takes`)).json() as { items: Take[] };
    expect(takes.items.find(({ selected }) => selected)?.number).toBe(1);
    // The words that tell of the change go first, then the window.
    while (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape');
    await page.keyboard.press('4');
    await page.getByRole('heading', { name: 'Cut' }).waitFor();
  });
});

describe('on a phone', () => {
  it('every screen fits, and the film can be made, played and cut', async () => {
    await using studio = await openPageLab(browser, '/settings', { context: { viewport: { ...PHONE, width: 360 }, hasTouch: true, isMobile: true } });
    const { page, lab } = studio;
    const projectId = await pageFilm(lab);
    await page.goto(`${lab.server.url}/films/${projectId}/generate`);
    await page.getByRole('button', { name: 'Make 4 clips' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: /^Make (it|them) for/ }).tap();
    await page.getByText('4 of 4 ready').waitFor();
    await page.getByRole('link', { name: 'Cut', exact: true }).tap();
    await page.getByRole('button', { name: 'Play', exact: true }).tap();
    await page.getByRole('button', { name: 'Pause', exact: true }).tap();
    await page.getByRole('button', { name: 'Later' }).tap();
    await page.getByText('in your own order, saved').waitFor();
    const wide: string[] = [];
    for (const path of ['/', `/films/${projectId}/script`, `/films/${projectId}/cast`, `/films/${projectId}/generate`, `/films/${projectId}/cut`, '/settings']) {
      await page.goto(`${lab.server.url}${path}`);
      await page.locator('main :is(h1, h2, ul, form, textarea)').first().waitFor();
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (width > 360) wide.push(`${path}: ${width} px`);
    }
    expect(wide).toEqual([]);
  });
});

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const focused = await page.evaluate<string>(`document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''`);
    if (focused.startsWith(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Nothing that is called ${name} can be reached with Tab.`);
}
