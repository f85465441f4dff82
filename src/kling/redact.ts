/** What stands in place of a secret. */
export const REDACTED = '[secret removed]';

export type Redact = (text: string) => string;

/**
 * A function that takes secrets out of text: those given, as they are and as URLs, JSON and base64 spell them, and
 * whatever looks like a bearer token or a JWT. A server or proxy may echo what we sent, so everything that came from
 * outside goes through it.
 */
export function createRedact(secrets: () => readonly string[]): Redact {
  return (text) => {
    let clean = text;
    for (const secret of secrets()) {
      if (secret === '') continue;
      for (const spelling of spellingsOf(secret)) clean = clean.replaceAll(spelling, REDACTED);
    }
    return clean.replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED).replace(/\b(bearer)\s+[^\s"',;\\]+/gi, `$1 ${REDACTED}`);
  };
}

function spellingsOf(secret: string): Set<string> {
  const base64 = Buffer.from(secret).toString('base64');
  return new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64, base64.replace(/=+$/, '')]);
}

/** A copy of an error and its causes with only names, codes and clean messages, so that nothing hides in a field. */
export function redactedCause(error: unknown, redact: Redact, depth = 0): Error | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  const copy = new Error(redact(error.message), { cause: redactedCause(error.cause, redact, depth + 1) });
  copy.name = error.name;
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code === 'string') Object.assign(copy, { code });
  copy.stack = `${copy.name}: ${copy.message}`;
  return copy;
}
