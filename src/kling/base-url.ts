import { isPortBlocked } from '../lib/blocked-ports.ts';
import { StudioError } from '../lib/errors.ts';

/**
 * The address all paths are put behind, without a slash at the end. A path of its own is kept (a gateway's prefix).
 * @throws StudioError KLING_BASE_URL_INVALID unless it is https, or http on this machine, without user, query or hash, on a
 * port that fetch calls.
 */
export function checkedBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const reason = url === undefined ? 'is no address' : reasonAgainst(url);
  if (url === undefined || reason !== undefined) {
    throw new StudioError('KLING_BASE_URL_INVALID', `The Kling base URL ${reason ?? 'is no address'}.`, {
      next: 'Use https://api-singapore.klingai.com, https://api-beijing.klingai.com, or http on 127.0.0.1.',
    });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function reasonAgainst(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (url.search !== '' || url.hash !== '') return 'must not hold a ? or #';
  if (isPortBlocked(url.port)) return `must not name port ${url.port}, which fetch never calls: it belongs to another protocol`;
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return `must begin with https, not ${url.protocol.slice(0, -1)}`;
  return isLoopback(url.hostname) ? undefined : 'must begin with https: the key would travel in the open';
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
