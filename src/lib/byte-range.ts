/** One range of bytes, both ends included. Undefined, the whole file: none asked for, several, or one nobody can read. */
export function readRange(header: string | undefined, sizeBytes: number): { first: number; last: number } | 'outside' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const first = Math.max(0, sizeBytes - Number(to));
    return first < sizeBytes ? { first, last: sizeBytes - 1 } : 'outside';
  }
  if (to !== '' && Number(to) < Number(from)) return undefined;
  if (Number(from) >= sizeBytes) return 'outside';
  return { first: Number(from), last: to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1) };
}
