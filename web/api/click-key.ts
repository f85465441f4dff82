/** Names one click, so that the same click sent twice begins nothing twice. `randomUUID` is not there where the page comes over plain http. */
export function clickKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
