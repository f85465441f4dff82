/** What somebody wrote and did not save, kept in this browser: it survives a reload, and is bounded. */
const PREFIX = 'directorstudio.draft.';
const MOST_DRAFTS = 20;
const MOST_LETTERS = 2_000_000;

interface Kept {
  at: number;
  value: unknown;
}

/** @param kind what is written: `script`, `cast`. @param isWanted whether what lies there is what this version keeps. */
export function readDraft<Value>(kind: string, projectId: string, isWanted: (value: unknown) => value is Value): Value | undefined {
  const kept = read(`${PREFIX}${kind}.${projectId}`);
  return kept !== undefined && isWanted(kept.value) ? kept.value : undefined;
}

/** Keeps a draft; `undefined` forgets it. One that is too long, or finds no room, is only on the screen. */
export function keepDraft(kind: string, projectId: string, value: unknown): void {
  const key = `${PREFIX}${kind}.${projectId}`;
  if (value === undefined) return localStorage.removeItem(key);
  const text = JSON.stringify({ at: Date.now(), value } satisfies Kept);
  if (text.length > MOST_LETTERS) return localStorage.removeItem(key);
  try {
    localStorage.setItem(key, text);
  } catch {
    return; // no room: what is on the screen is not lost by it
  }
  for (const old of keys().toSorted((one, other) => (read(other)?.at ?? 0) - (read(one)?.at ?? 0)).slice(MOST_DRAFTS)) localStorage.removeItem(old);
}

function keys(): string[] {
  return Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '').filter((key) => key.startsWith(PREFIX));
}

function read(key: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return typeof kept === 'object' && kept !== null && 'at' in kept && typeof kept.at === 'number' && 'value' in kept ? { at: kept.at, value: kept.value } : undefined;
  } catch {
    return undefined;
  }
}
