/** A take as a file's name: `S02_SH05_T01`; without a take a slate that stands in for the shot. */
export function takeName(slate: string, take: number | undefined): string {
  return `${slate}_${take === undefined ? 'SLATE' : `T${String(take).padStart(2, '0')}`}`;
}

/** The shot and take that an address, a path or a name speaks of; nothing for what is none of ours. */
export function readTakeName(written: string): { slate: string; take?: number } | undefined {
  const file = decoded(written.trim()).split(/[/\\]/).at(-1) ?? '';
  const [, slate, take] = /^(S\d{2,}_SH\d{2,})(?:_(?:T(\d{2,})|SLATE))?(?:\.[a-z\d]{2,5})?$/i.exec(file) ?? [];
  return slate === undefined ? undefined : { slate: slate.toUpperCase(), ...(take === undefined ? {} : { take: Number(take) }) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
