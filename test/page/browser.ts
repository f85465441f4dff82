import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Flags of the packaged Chromium that would make it another browser than people have. */
const UNWANTED = ['--single-process', '--disable-web-security', '--no-zygote'];

/**
 * A real Chromium: on Linux the one from the npm registry, which needs nothing of the system; elsewhere the Chrome or Edge
 * that is installed.
 */
export async function openBrowser(): Promise<Browser & AsyncDisposable> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return await chromium.launch({ channel: 'chrome' }).catch(async () => await chromium.launch({ channel: 'msedge' }));
  }
  // Unpacked for this file alone: two that unpack into one folder would start each other's half-written program.
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-chromium-'));
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder;
  // It brings the system libraries that it needs only where it believes to run as a function of a cloud.
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs20.x';
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    const executablePath = await packaged.executablePath();
    // Its own settings name the usual temporary folder. Without a font to fall back to, words that wait for theirs are not there.
    const fonts = join(folder, 'fonts.conf');
    await writeFile(fonts, `<?xml version="1.0"?><fontconfig><dir>${join(folder, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`);
    const browser = await chromium.launch({ executablePath, args: packaged.args.filter((flag) => !UNWANTED.includes(flag)), env: { ...withoutUndefined(process.env), FONTCONFIG_FILE: fonts } });
    browser.on('disconnected', () => void rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    return browser;
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  }
}

function withoutUndefined(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
