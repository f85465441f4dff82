import { isPortBlocked } from '../lib/blocked-ports.ts';
import { StudioError } from '../lib/errors.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address that keys are sent to: https, or plain http on this machine only. Without a trailing slash.
 * @throws StudioError BASE_URL_INVALID
 */
export function checkBaseUrl(text: string, origin: string): string {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw invalid(origin, 'is no web address');
  }
  if (url.username !== '' || url.password !== '') throw invalid(origin, 'holds a user name or password');
  if (url.search !== '' || url.hash !== '') throw invalid(origin, 'holds a "?" or "#"');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    throw invalid(origin, url.protocol === 'http:' ? 'is plain http, which would show the key to everybody on the way' : `begins with ${url.protocol}`);
  }
  if (isPortBlocked(url.port)) throw invalid(origin, `names port ${url.port}, which no web client calls: it belongs to another protocol`);
  return url.href.replace(/\/+$/, '');
}

/** The address itself stays out of the message: it may hold a password. */
function invalid(origin: string, problem: string): StudioError {
  return new StudioError('BASE_URL_INVALID', `${origin} ${problem}.`, {
    next: 'Give an https address such as https://api-singapore.klingai.com (http only for this machine, such as http://127.0.0.1:8787).',
    detail: { origin },
  });
}
