/** What every API key of Kling begins with: it tells the kind of a key and nothing of the key. */
const KNOWN_BEGINNING = 'api-key-kling-';
const SHORTEST_SHOWN = 20;
const SHOWN_END = 4;

/** A secret for the eye: `api-key-kling-…c3f1`. Its last 4 characters show only when at least 20 make up the secret part; otherwise nothing does. */
export function maskSecret(secret: string): string {
  const beginning = secret.startsWith(KNOWN_BEGINNING) ? KNOWN_BEGINNING : '';
  const rest = secret.slice(beginning.length);
  return `${beginning}…${rest.length >= SHORTEST_SHOWN ? rest.slice(-SHOWN_END) : ''}`;
}
