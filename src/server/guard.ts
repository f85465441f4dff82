import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { HttpError } from './errors.ts';
import type { Passwords } from './passwords.ts';

/** Who may call: names and ports under which this server answers. */
export interface GuardOptions {
  port: number;
  /** Names beside `localhost` and plain addresses under which people open the page. */
  hostNames: readonly string[];
  /** It listens beyond this machine. */
  isWide: boolean;
  passwords: Passwords | undefined;
}

/** Files of the page and of the log-in need no password; everything below /api does but these. */
const OPEN_PATHS = ['/api/login', '/api/logout'];

/**
 * Refuses what no page of ours sends. A web site that makes its name mean this machine (DNS rebinding) gives itself away by
 * the Host; a form or script of another site by Origin and Sec-Fetch-Site, which it cannot change.
 * @throws HttpError HOST_REFUSED, ORIGIN_REFUSED, LOGIN_NEEDED.
 */
export function guardRequest({ method = 'GET', url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, options: GuardOptions): void {
  const host = headers.host ?? '';
  if (!isOurHost(host, options)) {
    throw new HttpError(421, 'HOST_REFUSED', `This studio does not answer to the name ${JSON.stringify(host.slice(0, 100))}.`, { next: `Open it as http://localhost:${options.port}, or name that host with --allow-host.` });
  }
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) throw foreign(`a page of ${JSON.stringify(origin.slice(0, 100))}`);
  const site = headers['sec-fetch-site'];
  const isNavigation = method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document' && !url.startsWith('/api/');
  // A link on another site may open the page; nothing else may come from there.
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation) throw foreign('another site');
  const path = url.split('?')[0] ?? '';
  if (options.passwords && path.startsWith('/api/') && !OPEN_PATHS.includes(path) && !options.passwords.isKnown(headers)) {
    throw new HttpError(401, 'LOGIN_NEEDED', 'This studio listens beyond its machine and wants a password.', { next: 'Log in with the password it was started with.' });
  }
}

function isOurHost(host: string, { port, hostNames, isWide }: GuardOptions): boolean {
  const parts = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d+))?$/i.exec(host);
  if (!parts) return false;
  const [, name = '', saidPort] = parts;
  // Behind a proxy people come through another port; on this machine only ours is us.
  if (!isWide && Number(saidPort ?? 80) !== port) return false;
  const bare = name.replace(/^\[|\]$/g, '').toLowerCase();
  if (bare === 'localhost' || hostNames.includes(bare)) return true;
  // An address is no name, so no other site can take it over.
  return isWide ? isIP(bare) !== 0 : bare === '127.0.0.1' || bare === '::1';
}

function foreign(who: string): HttpError {
  return new HttpError(403, 'ORIGIN_REFUSED', `This request comes from ${who}, not from the studio's own page.`, { next: 'Open the studio itself.' });
}
