import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cut, ProjectDetail } from '../../src/protocol/api/index.ts';
import { silence, type ServerLab } from '../../src/server/server-under-test.ts';
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

/** A film with clips, opened in its cut. */
async function openCut(options: { made?: boolean; atKlingsPace?: boolean } = {}) {
  const studio = await openPageLab(browser, '/settings', options.atKlingsPace === true ? { studio: { config: { sandbox: { clips: 'tiny', speed: 1 } } } } : {});
  const projectId = await pageFilm(studio.lab, { made: options.made ?? true });
  await studio.page.goto(`${studio.lab.server.url}/films/${projectId}/cut`);
  await studio.page.getByRole('option').first().waitFor();
  return { studio, projectId, page: studio.page, lab: studio.lab, [Symbol.asyncDispose]: async () => await studio[Symbol.asyncDispose]() };
}

const cutOf = async (lab: ServerLab, projectId: string) => (await lab.ask('GET', `/api/projects/${projectId}/cut`)).json() as Cut;
const shotsOf = ({ parts }: Cut) => parts.flatMap((part) => ('shotId' in part ? [part] : []));
const orderOf = (cut: Cut) => cut.parts.map((part) => ('shotId' in part ? part.name.slice(-2) : 'black'));
const trims = async (lab: ServerLab, projectId: string) => shotsOf(await cutOf(lab, projectId)).map(({ inS, outS }) => [inS, outS]);
/** The names on the timeline, in order. */
const seenOrder = async (page: Page) => await page.getByRole('option').evaluateAll((parts) => (parts as { getAttribute(name: string): string | null }[]).map((part) => (part.getAttribute('aria-label') ?? '').split(',')[0]!.slice(-2)));
const saved = async (page: Page) => await page.locator('[data-saved=true]').waitFor({ state: 'attached' });
const option = (page: Page, position: number) => page.locator(`[data-part="${position}"]`);

describe('the film as it stands', () => {
  it('plays from part to part with a picture in every frame, over the drawing of a shot that is not filmed, and ends', async () => {
    await using open = await openCut();
    const { page, lab, projectId } = open;
    const [one, two, three] = shotsOf(await cutOf(lab, projectId));
    await lab.ask('PUT', `/api/projects/${projectId}/cut`, { body: { parts: [{ shotId: one!.shotId, inS: 0, outS: 0.6 }, { shotId: two!.shotId, inS: 1, outS: 1.6 }, { blackS: 0.3 }, { shotId: three!.shotId, inS: 2, outS: 2.6 }] } });
    await page.getByText('4 parts').waitFor();
    // Not waitForFunction: it builds its question out of a string in the page, which the page's content security policy refuses.
    await page.evaluate(`new Promise((ready) => { (function look() {
      if (document.querySelector('video[data-seen]')?.readyState >= 2) ready(true);
      else requestAnimationFrame(look);
    })(); })`);
    // What every frame shows: which clip, whether it has a picture.
    await page.evaluate(`window.frames_ = []; (function look() {
      const seen = document.querySelector('video[data-seen]');
      window.frames_.push({ part: document.querySelector('[aria-selected=true]')?.dataset.part, ready: seen?.readyState ?? 'none', at: seen?.currentTime });
      requestAnimationFrame(look);
    })()`);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.locator('[data-film-time]', { hasText: '0:02.1' }).waitFor();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    const frames = await page.evaluate<{ part: string; ready: number | 'none'; at?: number }[]>('window.frames_');
    expect([...new Set(frames.map(({ part }) => part))]).toEqual(['1', '2', '3', '4']);
    const withClip = frames.filter(({ part }) => part !== '3');
    expect(withClip.filter(({ ready }) => ready === 'none' || ready < 2)).toEqual([]);
    expect(frames.filter(({ part }) => part === '3').every(({ ready }) => ready === 'none')).toBe(true);
    // No frame before the in point, none behind the out point.
    expect(withClip.filter(({ part, at }) => part === '2' && (at! < 0.95 || at! > 1.75))).toEqual([]);
    await lab.ask('DELETE', `/api/projects/${projectId}/cut`);
  });

  it('shows drawings for what is not filmed, says which, and what they cost', async () => {
    await using open = await openCut({ made: false });
    const { page } = open;
    await page.getByRole('img', { name: 'Drawing of S01_SH01' }).waitFor();
    await page.getByText('4 shots have no clip').waitFor();
    await page.getByRole('button', { name: 'Make them' }).click();
    await page.getByRole('dialog').getByText('4 clips to make').waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: /^Make (it|them) for/ }).isEnabled()).toBe(true);
  });

  it('offers to make only what is not being made', async () => {
    await using open = await openCut({ made: false, atKlingsPace: true });
    const { page } = open;
    await page.getByText('Not filmed yet: its drawing stands in.').waitFor();
    await page.getByRole('button', { name: 'Make it', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: /^Make it for/ }).click();
    await page.getByText('Being made now: its drawing stands in.').waitFor();
    expect(await page.getByRole('button', { name: 'Make it', exact: true }).count()).toBe(0);
    await page.getByText('1 of them being made now.').waitFor();
    await page.getByRole('button', { name: 'Make the others' }).click();
    await page.getByRole('dialog').getByText('3 clips to make').waitFor();
  });

  it('is steered by the keys that editors know', async () => {
    await using open = await openCut();
    const { page } = open;
    const time = async (words: string) => await page.locator('[data-film-time]', { hasText: words }).waitFor();
    await page.keyboard.press('ArrowDown');
    await time('0:05.0');
    for (let frames = 0; frames < 12; frames++) await page.keyboard.press('ArrowRight');
    await time('0:05.5');
    await page.keyboard.press('ArrowUp');
    await time('0:00.0');
    await page.keyboard.press('l');
    await page.keyboard.press('l');
    await page.getByText('2×').waitFor();
    await page.keyboard.press('k');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.keyboard.press('m');
    expect(await page.locator('video').evaluateAll((videos) => (videos as unknown as { muted: boolean }[]).map(({ muted }) => muted))).toEqual([true, true]);
  });
});

describe('the cut', () => {
  it('is put in another order by keyboard and by drag, saved at once, taken back and done again', async () => {
    await using open = await openCut();
    const { page, lab, projectId, studio } = open;
    const other = await studio.open(`/films/${projectId}/cut`);
    await other.getByRole('option').first().waitFor();
    await page.getByRole('option', { name: /^S01_SH01/ }).focus();
    await page.keyboard.press('Alt+ArrowRight');
    expect(await seenOrder(page)).toEqual(['02', '01', '03', '04']);
    await page.getByText('S01_SH01 is part 2 of 4 now.').waitFor({ state: 'attached' });
    await saved(page);
    expect(orderOf(await cutOf(lab, projectId))).toEqual(['02', '01', '03', '04']);
    await other.locator('[data-part="1"][aria-label^="S01_SH02"]').waitFor();

    const from = (await option(page, 4).boundingBox())!;
    const to = (await option(page, 1).boundingBox())!;
    await page.mouse.move(from.x + 40, from.y + 40);
    await page.mouse.down();
    await page.mouse.move(from.x, from.y + 40, { steps: 3 });
    await page.mouse.move(to.x + 5, to.y + 40, { steps: 5 });
    await page.locator('[data-drop]').waitFor();
    await page.mouse.up();
    expect(await seenOrder(page)).toEqual(['04', '02', '01', '03']);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect(await page.getByText('as in the script').isVisible()).toBe(true);
    await saved(page);
    expect(await cutOf(lab, projectId)).toMatchObject({ edited: false });
    await page.keyboard.press('Control+Shift+z');
    expect(await seenOrder(page)).toEqual(['02', '01', '03', '04']);
    await saved(page);
    await page.getByRole('button', { name: 'Script’s order' }).click();
    await page.locator('[data-part="1"][aria-label^="S01_SH01"]').waitFor();
  });

  it('is trimmed by keys at the playhead, by number and by the edges, never beyond the clip', async () => {
    await using open = await openCut();
    const { page, lab, projectId } = open;
    for (let frames = 0; frames < 24; frames++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('i');
    await saved(page);
    expect((await trims(lab, projectId))[0]).toEqual([1, undefined]);
    for (let frames = 0; frames < 23; frames++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('o');
    await saved(page);
    expect((await trims(lab, projectId))[0]).toEqual([1, 2]);
    const out = page.getByRole('textbox', { name: 'Out' });
    await out.fill('99');
    await page.getByText('1.1 s to 5 s').waitFor();
    await out.press('Enter');
    expect(await out.inputValue()).toBe('2');
    await page.getByRole('textbox', { name: 'Length' }).fill('3');
    await page.getByRole('textbox', { name: 'Length' }).press('Enter');
    await saved(page);
    expect((await trims(lab, projectId))[0]).toEqual([1, 4]);
    const edge = (await page.getByRole('slider', { name: 'In of S01_SH01' }).boundingBox())!;
    await page.mouse.move(edge.x + 5, edge.y + 10);
    await page.mouse.down();
    await page.mouse.move(edge.x - 400, edge.y + 10, { steps: 4 });
    await page.mouse.up();
    await saved(page);
    expect((await trims(lab, projectId))[0]).toEqual([0, 4]);
    await page.getByRole('slider', { name: 'Out of S01_SH01' }).press('ArrowLeft');
    await saved(page);
    expect((await trims(lab, projectId))[0]).toEqual([0, 3.958]);
  });

  it('loses a part and gets it back where it was, gets black, and keeps its last shot', async () => {
    await using open = await openCut();
    const { page, lab, projectId } = open;
    await page.getByRole('option', { name: /^S01_SH03/ }).click();
    await page.keyboard.press('Delete');
    await page.getByText('S01_SH03 is out of the film').waitFor({ state: 'attached' });
    expect(await seenOrder(page)).toEqual(['01', '02', '04']);
    await page.getByRole('button', { name: 'Put S01_SH03 back' }).click();
    expect(await seenOrder(page)).toEqual(['01', '02', '03', '04']);
    await page.keyboard.press('b');
    await page.getByRole('textbox', { name: 'Length in seconds' }).fill('2,5');
    await page.getByRole('textbox', { name: 'Length in seconds' }).press('Enter');
    await saved(page);
    expect((await cutOf(lab, projectId)).parts[3]).toMatchObject({ blackS: 2.5 });
    for (const position of [5, 4, 3, 2]) {
      await option(page, position).click();
      await page.keyboard.press('Delete');
    }
    await page.keyboard.press('Delete');
    await page.getByText('A film needs a shot').first().waitFor();
    await saved(page);
    expect(orderOf(await cutOf(lab, projectId))).toEqual(['01']);
  });

  it('has a voice or music under it, as loud as one likes, and without it again', async () => {
    await using open = await openCut({ made: false });
    const { page, lab, projectId } = open;
    const sound = async () => ((await lab.ask('GET', `/api/projects/${projectId}`)).json() as ProjectDetail).sound;
    await page.getByLabel('A sound file').setInputFiles({ name: 'wind.wav', mimeType: 'audio/wav', buffer: silence() });
    await page.getByText('wind.wav').waitFor();
    await page.getByRole('slider', { name: 'Loudness' }).press('ArrowLeft');
    await page.getByRole('button', { name: 'Usual' }).waitFor();
    expect(await sound()).toMatchObject({ fileName: 'wind.wav', gainDb: -13 });
    await page.getByRole('button', { name: 'Take the sound away' }).click();
    await page.getByText('wind.wav').waitFor({ state: 'detached' });
    expect(await sound()).toBeUndefined();
  });

  it('is read back from an editor’s file, with what it says, and taken back', async () => {
    await using open = await openCut();
    const { page, lab, projectId } = open;
    const edl = 'TITLE: X\n1 S01_SH03_T01 V C 00:00:01:00 00:00:02:00 00:00:00:00 00:00:01:00\n2 S01_SH01_T01 V C 00:00:00:00 00:00:02:00 00:00:01:00 00:00:03:00';
    await page.getByLabel('An editor’s file').setInputFiles({ name: 'mine.edl', mimeType: 'text/plain', buffer: Buffer.from(edl) });
    await page.getByRole('dialog').getByText('2 parts, 3 s').waitFor();
    await page.getByRole('button', { name: 'Good' }).click();
    await page.getByText('as in mine.edl').waitFor();
    expect(await seenOrder(page)).toEqual(['03', '01']);
    await page.keyboard.press('Control+z');
    await page.getByText('as in the script').waitFor();
    await saved(page);
    expect(await cutOf(lab, projectId)).toMatchObject({ edited: false });
  });
});
