import type { Clock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';

/** One API key (works everywhere), or the older pair (classic calls and `/account/costs` only). */
export type KlingCredentials = { apiKey: string } | { accessKey: string; secretKey: string };

/** Life of a token: the vendor's sample says 1800 s. */
const TOKEN_LIFE_S = 1800;
/** How far a token's start lies back. The vendor's sample has 5 s, which refuses every clock that is 6 s ahead. */
const START_MARGIN_S = 60;
/** A token is signed anew when less of its life is left. */
const RENEW_BEFORE_S = 300;

export interface Authorization {
  readonly kind: 'api-key' | 'jwt';
  /** Value of the `Authorization` header. */
  header(): Promise<string>;
  /** Drops the token; with Kling's clock known, the next one is made for that clock. */
  renew(serverTimeMs: number | undefined): void;
  /** Everything that must never be shown, for {@link createRedact}. */
  secrets(): readonly string[];
}

/** Loaded only for a pair of keys: every start of the program would pay for it. */
let jose: Promise<typeof import('jose')> | undefined;

/** @throws StudioError KLING_CREDENTIALS_INVALID, which never holds any part of them. */
export function createAuthorization(credentials: KlingCredentials, clock: Clock): Authorization {
  if ('apiKey' in credentials) {
    const apiKey = checkedSecret(credentials.apiKey, 'API key');
    return { kind: 'api-key', header: async () => `Bearer ${apiKey}`, renew: () => undefined, secrets: () => [apiKey] };
  }
  const accessKey = checkedSecret(credentials.accessKey, 'access key');
  const secretKey = checkedSecret(credentials.secretKey, 'secret key');
  const tokens = createTokens(accessKey, secretKey, clock);
  return {
    kind: 'jwt',
    header: async () => `Bearer ${await tokens.current()}`,
    renew: (serverTimeMs) => tokens.renew(serverTimeMs),
    secrets: () => [accessKey, secretKey, ...tokens.issued()],
  };
}

/** Outer blanks fall away (keys are pasted); anything a header can't carry is refused before it lands in an error. */
function checkedSecret(value: string, name: string): string {
  const secret = value.trim();
  if (/^[\x21-\x7e]{1,4096}$/.test(secret)) return secret;
  throw new StudioError('KLING_CREDENTIALS_INVALID', `The Kling ${name} is ${secret === '' ? 'empty' : 'no single word of plain characters'}.`, {
    next: 'Copy it again from Kling’s console.',
  });
}

function createTokens(accessKey: string, secretKey: string, clock: Clock) {
  // The secret key signs as the text it is; it is not base64.
  const key = new TextEncoder().encode(secretKey);
  let skewMs = 0;
  let token: { text: string; expiresAtS: number } | undefined;
  let previous: string | undefined;

  return {
    async current(): Promise<string> {
      const nowS = Math.floor((clock.now() + skewMs) / 1000);
      // A clock set back by more than a life would keep an old token for ever, hence the second bound.
      if (token !== undefined && token.expiresAtS - nowS >= RENEW_BEFORE_S && token.expiresAtS - nowS <= TOKEN_LIFE_S) return token.text;
      const expiresAtS = nowS + TOKEN_LIFE_S;
      const { SignJWT } = await (jose ??= import('jose'));
      const text = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(accessKey)
        .setExpirationTime(expiresAtS)
        .setNotBefore(nowS - START_MARGIN_S)
        .sign(key);
      previous = token?.text;
      token = { text, expiresAtS };
      return text;
    },
    renew(serverTimeMs: number | undefined): void {
      if (serverTimeMs !== undefined) skewMs = serverTimeMs - clock.now();
      previous = token?.text ?? previous;
      token = undefined;
    },
    issued: (): string[] => [token?.text, previous].filter((text) => text !== undefined),
  };
}
