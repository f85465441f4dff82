/** Where keys of Kling are made; a key belongs to one of them. `baseUrl` is missing for the usual one. */
export const REGIONS: readonly { name: string; words: string; baseUrl?: string }[] = [
  { name: 'international', words: 'International (Singapore)' },
  { name: 'china', words: 'Mainland China (Beijing)', baseUrl: 'https://api-beijing.klingai.com' },
];

/** The region of an address, in words; the address itself where it is another one. */
export function regionWords(baseUrl: string): string {
  if (/\/\/api-singapore\./.test(baseUrl)) return 'International (Singapore)';
  if (/\/\/api-beijing\./.test(baseUrl)) return 'Mainland China (Beijing)';
  return baseUrl;
}
