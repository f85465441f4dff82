import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { vi } from 'vitest';
import { openServerLab, type ServerLab } from '../../src/server/server-under-test.ts';

// A bound for what hangs: a real browser without a graphics card on a small machine, beside the tests of other files.
// Scripts that only look at the page open it as well, and have no tests to wait for.
if (process.env['VITEST'] !== undefined) vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type LabOptions = Parameters<typeof openServerLab>[0];

/** The studio as people have it: its server over a new home with the sandbox, and its built page in a real browser. */
export interface PageLab extends AsyncDisposable {
  lab: ServerLab;
  page: Page;
  /** Another tab or another person's browser on the same studio. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page>;
}

const pageFolder = fileURLToPath(new URL('../../dist/page', import.meta.url));
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** @param path where the first tab begins. */
export async function openPageLab(browser: Browser, path = '/', options: { studio?: LabOptions; context?: BrowserContextOptions } = {}): Promise<PageLab> {
  if (!existsSync(pageFolder)) throw new Error('The page is not built: npm run build.');
  const lab = await openServerLab({ pageFolder, ...options.studio });
  const faults: string[] = [];
  const contexts: { close(): Promise<void> }[] = [];
  const open = async (at = '/', contextOptions: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', acceptDownloads: true, ...options.context, ...contextOptions });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    // What the browser itself complains of (a broken rule of the content security policy, an error nobody caught) is a fault of ours.
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource|ERR_CONNECTION|ERR_INCOMPLETE/.test(message.text())) faults.push(message.text());
    });
    await page.goto(`${lab.server.url}${at}`);
    return page;
  };
  const page = await open(path);
  return {
    lab,
    page,
    open,
    async [Symbol.asyncDispose]() {
      for (const context of contexts) await context.close();
      await lab[Symbol.asyncDispose]();
      if (faults.length > 0) throw new Error(`The page complained:\n${faults.join('\n')}`);
    },
  };
}
