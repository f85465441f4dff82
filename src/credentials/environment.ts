import { StudioError } from '../lib/errors.ts';
import { nearestWord } from '../lib/nearest-word.ts';
import { checkBaseUrl } from './base-url.ts';
import { checkKey } from './check-key.ts';
import type { KlingCredentials } from './kling-credentials.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const KNOWN_NAMES = ['KLING_API_KEY', 'KLING_ACCESS_KEY', 'KLING_SECRET_KEY', 'KLING_BASE_URL'] as const;

/**
 * What the environment says about keys; an empty variable is as good as none, and the API key wins over the pair.
 * @throws StudioError ENV_UNKNOWN_NAME (a KLING_ variable nobody reads is a slip that would end in a wrong account or the sandbox),
 *   KEY_PAIR_HALF, KEY_MALFORMED, BASE_URL_INVALID.
 */
export function readEnvironment(env: Environment): { credentials?: KlingCredentials; baseUrl?: string } {
  const set = Object.entries(env).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [name]));
  for (const name of set) {
    if (!/^kling_/i.test(name) || KNOWN_NAMES.some((known) => known === name)) continue;
    const nearest = nearestWord(name, KNOWN_NAMES);
    throw new StudioError('ENV_UNKNOWN_NAME', `The environment variable ${name} is set, but no such name is known${nearest === undefined ? '' : `; did you mean ${nearest}?`}`, {
      next: `Rename or unset it. Known: ${KNOWN_NAMES.join(', ')}.`,
      detail: { name },
    });
  }
  const apiKey = valueOf(env, 'KLING_API_KEY');
  const accessKey = valueOf(env, 'KLING_ACCESS_KEY');
  const secretKey = valueOf(env, 'KLING_SECRET_KEY');
  if ((accessKey === undefined) !== (secretKey === undefined)) {
    const [there, missing] = secretKey === undefined ? ['KLING_ACCESS_KEY', 'KLING_SECRET_KEY'] : ['KLING_SECRET_KEY', 'KLING_ACCESS_KEY'];
    throw new StudioError('KEY_PAIR_HALF', `${there} is set but ${missing} is not; the two only work together.`, { next: `Set ${missing} as well, or unset ${there}${apiKey === undefined ? ' and use KLING_API_KEY' : ''}.` });
  }
  const baseUrl = env['KLING_BASE_URL'] ? checkBaseUrl(env['KLING_BASE_URL'], 'KLING_BASE_URL') : undefined;
  const credentials = apiKey !== undefined ? { apiKey } : accessKey !== undefined && secretKey !== undefined ? { accessKey, secretKey } : undefined;
  return { ...(credentials === undefined ? {} : { credentials }), ...(baseUrl === undefined ? {} : { baseUrl }) };
}

function valueOf(env: Environment, name: (typeof KNOWN_NAMES)[number]): string | undefined {
  const value = env[name];
  return value === undefined || value === '' ? undefined : checkKey(value, name);
}
