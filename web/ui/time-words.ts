/** `42 s`, `3 min 5 s`, `1 h 20 min`: a length of film or of waiting. */
export function durationWords(durationS: number): string {
  const wholeS = Math.round(durationS);
  if (durationS < 60) return `${Number.isInteger(durationS) || durationS >= 20 ? wholeS : Number(durationS.toFixed(1))} s`;
  const minutes = Math.floor(wholeS / 60);
  if (minutes < 60) return wholeS % 60 === 0 ? `${minutes} min` : `${minutes} min ${wholeS % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What is left, told no finer than it is known: `about 40 s`, `about 3 min`, `a moment`. */
export function timeLeftWords(leftMs: number): string {
  const leftS = leftMs / 1000;
  if (leftS <= 3) return 'a moment';
  if (leftS < 60) return `about ${Math.ceil(leftS / 5) * 5} s`;
  if (leftS < 3600) return `about ${Math.ceil(leftS / 60)} min`;
  return `about ${Math.floor(leftS / 3600)} h ${Math.ceil((leftS % 3600) / 60)} min`;
}

/** Film time: `1:05.2`. */
export function filmTime(atS: number): string {
  const tenths = Math.round(atS * 10);
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
}

/** `just now`, `12 min ago`, `yesterday`, then the date. */
export function agoWords(at: string, nowMs: number): string {
  const minutes = Math.floor((nowMs - Date.parse(at)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  if (minutes < 48 * 60) return 'yesterday';
  return new Date(at).toLocaleDateString(undefined, { year: 'numeric', month: 'short', day: 'numeric' });
}
