import { createHash, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { REFUSALS, type Refusal } from './refusals.ts';

export interface AcceptedCredentials {
  apiKeys: readonly string[];
  accessKey: string;
  secretKey: string;
}

/**
 * Checks an Authorization header as Kling's video endpoints and `/account/costs` do.
 * @returns the refusal, or undefined when the caller may pass.
 */
export async function authorize(header: string | undefined, accepted: AcceptedCredentials, nowMs: number): Promise<Refusal | undefined> {
  const token = tokenOf(header);
  if (token === '') return REFUSALS.authorizationEmpty;
  if (isApiKey(token, accepted)) return undefined;
  if (looksLikeApiKey(token)) return REFUSALS.apiKeyNotFound;
  const dots = token.split('.').length - 1;
  if (dots !== 2) return REFUSALS.tokenParts(dots === 0 ? 0 : dots + 1);
  return await authorizeJwt(token, accepted, nowMs);
}

/** The new-standard endpoints take API keys only and answer anything else with one text. */
export function authorizeApiKeyOnly(header: string | undefined, accepted: AcceptedCredentials): Refusal | undefined {
  const token = tokenOf(header);
  if (token === '') return REFUSALS.authorizationEmpty;
  if (isApiKey(token, accepted)) return undefined;
  return looksLikeApiKey(token) ? REFUSALS.apiKeyNotFound : REFUSALS.apiKeyOnly;
}

async function authorizeJwt(token: string, accepted: AcceptedCredentials, nowMs: number): Promise<Refusal | undefined> {
  try {
    await jwtVerify(token, new TextEncoder().encode(accepted.secretKey), {
      algorithms: ['HS256'],
      issuer: accepted.accessKey,
      requiredClaims: ['iss', 'exp'],
      currentDate: new Date(nowMs),
    });
    return undefined;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return REFUSALS.tokenExpired;
    if (error instanceof errors.JWTClaimValidationFailed) {
      return error.claim === 'nbf' ? REFUSALS.tokenNotYetValid : REFUSALS.accessKeyNotFound;
    }
    return REFUSALS.signature;
  }
}

function tokenOf(header: string | undefined): string {
  return (header ?? '').replace(/^Bearer\s*/i, '').trim();
}

function looksLikeApiKey(token: string): boolean {
  return token.startsWith('api-key-');
}

/** Compares hashes, so that neither length nor content shows in the time it takes. */
function isApiKey(token: string, accepted: AcceptedCredentials): boolean {
  const given = createHash('sha256').update(token).digest();
  return accepted.apiKeys.some((key) => timingSafeEqual(given, createHash('sha256').update(key).digest()));
}
