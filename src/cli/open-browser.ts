import { spawn } from 'node:child_process';

/** The program that opens an address as a click on a link would. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = { darwin: ['open'], win32: ['explorer.exe'], linux: ['xdg-open'] };

/** Opens an address in the browser of the person who sits at this machine; where none sits there, nothing happens. */
export function openBrowser(url: string, env: Readonly<Record<string, string | undefined>> = process.env, platform: NodeJS.Platform = process.platform): void {
  const [program, ...args] = OPENERS[platform] ?? [];
  const hasDesktop = platform !== 'linux' || (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') !== '';
  if (program === undefined || !hasDesktop || (env['SSH_CONNECTION'] ?? '') !== '') return;
  const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore' });
  // The address stands in the terminal: whoever has no such program opens it by hand.
  child.on('error', () => {});
  child.unref();
}
