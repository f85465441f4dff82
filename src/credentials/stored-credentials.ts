import * as z from 'zod';
import { checkBaseUrl } from './base-url.ts';
import { checkKey } from './check-key.ts';
import type { KlingCredentials, StoredCredentials } from './kling-credentials.ts';

const storedSchema = z.object({
  version: z.literal(1),
  kling: z.union([z.object({ apiKey: z.string() }), z.object({ accessKey: z.string(), secretKey: z.string() })]),
  baseUrl: z.string().optional(),
});

/** One text for the keychain and the file. */
export function formatStored({ credentials, baseUrl }: StoredCredentials): string {
  return `${JSON.stringify({ version: 1, kling: credentials, ...(baseUrl === undefined ? {} : { baseUrl }) })}\n`;
}

/** `undefined` when the text is something else, which a message must not quote: it may be a key. */
export function parseStored(text: string): StoredCredentials | undefined {
  try {
    const { kling, baseUrl } = storedSchema.parse(JSON.parse(text));
    return checkStored({ credentials: kling, ...(baseUrl === undefined ? {} : { baseUrl }) });
  } catch {
    return undefined;
  }
}

/** @throws StudioError KEY_MALFORMED, BASE_URL_INVALID */
export function checkStored({ credentials, baseUrl }: StoredCredentials): StoredCredentials {
  const checked: KlingCredentials =
    'apiKey' in credentials
      ? { apiKey: checkKey(credentials.apiKey, 'The API key') }
      : { accessKey: checkKey(credentials.accessKey, 'The access key'), secretKey: checkKey(credentials.secretKey, 'The secret key') };
  return { credentials: checked, ...(baseUrl === undefined ? {} : { baseUrl: checkBaseUrl(baseUrl, 'The base URL') }) };
}
