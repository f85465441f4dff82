/**
 * JSON, but a whole number that a double can't hold comes back as a string of its digits: Kling's ids have 18 digits,
 * and one day one may be sent without quotes.
 * @throws SyntaxError as JSON.parse does.
 */
export function parseJsonLosslessly(text: string): unknown {
  // Parsed as it is first: whatever is done to the text below, it was valid JSON.
  const plain: unknown = JSON.parse(text);
  if (!/\d{16}/.test(text)) return plain;
  const quoted = text.replace(STRING_OR_NUMBER, (token) => (/^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token));
  return quoted === text ? plain : JSON.parse(quoted);
}

/** Whole strings are matched too, so that digits inside them are passed over. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
