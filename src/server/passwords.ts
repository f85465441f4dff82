import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { HttpError } from './errors.ts';

const COOKIE = 'directorstudio';
/** Wrong ones in a minute, from whoever; a person types fewer. */
const MOST_WRONG_A_MINUTE = 10;
/** Browsers that are logged in at once; the one that logged in first goes. */
const MOST_SESSIONS = 100;

/** The password of a studio that listens beyond its machine, and who has given it. Forgotten with the process. */
export class Passwords {
  private readonly digest: Buffer;
  private readonly nowMs: () => number;
  private readonly sessions = new Set<string>();
  private wrong: number[] = [];

  constructor(password: string, nowMs: () => number) {
    this.digest = digestOf(password);
    this.nowMs = nowMs;
  }

  /** @returns the cookie to set. @throws HttpError PASSWORD_WRONG, LOGIN_TOO_OFTEN. */
  logIn(password: string): string {
    const nowMs = this.nowMs();
    this.wrong = this.wrong.filter((atMs) => nowMs - atMs < 60_000);
    if (this.wrong.length >= MOST_WRONG_A_MINUTE) throw new HttpError(429, 'LOGIN_TOO_OFTEN', 'Too many wrong passwords in the last minute.', { next: 'Wait a minute.' });
    if (!this.isPassword(password)) {
      this.wrong.push(nowMs);
      throw new HttpError(403, 'PASSWORD_WRONG', 'That is not the password of this studio.', { next: 'It was given, or printed, where the studio was started.' });
    }
    const session = randomBytes(32).toString('base64url');
    this.sessions.add(session);
    const [oldest] = this.sessions;
    if (this.sessions.size > MOST_SESSIONS && oldest !== undefined) this.sessions.delete(oldest);
    return `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** @returns the cookie that takes it away. */
  logOut(headers: IncomingHttpHeaders): string {
    this.sessions.delete(cookieOf(headers));
    return `${COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
  }

  /** By the cookie of a log-in, or `authorization: Bearer` with the password, for programs. */
  isKnown(headers: IncomingHttpHeaders): boolean {
    if (this.sessions.has(cookieOf(headers))) return true;
    const [, token] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
    return token !== undefined && this.isPassword(token);
  }

  private isPassword(given: string): boolean {
    return timingSafeEqual(digestOf(given), this.digest);
  }
}

function digestOf(password: string): Buffer {
  return createHash('sha256').update(password, 'utf8').digest();
}

function cookieOf(headers: IncomingHttpHeaders): string {
  const pair = (headers.cookie ?? '').split(/; */).find((each) => each.startsWith(`${COOKIE}=`));
  return pair?.slice(COOKIE.length + 1) ?? '';
}
