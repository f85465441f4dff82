import type { Draft } from './draft.ts';

/** Adds whom a shot shows, and sees whether its view is still that of the shot before. */
export function show(draft: Draft, people: readonly string[]): void {
  const { before } = draft;
  draft.seen = [...new Set([...draft.seen, ...people])];
  draft.continues = before !== undefined && goesOn(before, draft);
  draft.view = draft.continues ? [...new Set([...draft.seen, ...(before?.view ?? [])])] : draft.seen;
}

/** Whether the view is unbroken: the one who acts or speaks was just seen, and nothing says that the camera is elsewhere. */
function goesOn(before: Draft, next: Draft): boolean {
  if (next.newView || next.reverse || before.elsewhere) return false;
  const [line] = next.lines;
  const wasSeen = (who: string) => before.view.includes(who);
  if (line !== undefined && next.pieces[0]?.said !== false) {
    const spoke = before.lines.findLast(({ unseen }) => !unseen)?.speaker;
    const [leads] = next.subjects;
    return leads !== undefined && wasSeen(leads) && (spoke === undefined || spoke === leads);
  }
  if (next.subjects.length > 0) return next.subjects.every((who) => wasSeen(who));
  const [first] = next.seen;
  if (first !== undefined) return wasSeen(first);
  if (line !== undefined) return true;
  return !(before.newView && before.view.length === 0) && sharesThing(before, next);
}

/** `The lamp flickers`, and a lamp was just seen. */
function sharesThing(before: Draft, next: Draft): boolean {
  const seen = new Set(before.pieces.flatMap(({ words }) => words.toLowerCase().match(/[\p{L}-]+/gu) ?? []));
  return next.pieces.some(({ words }) => [...words.toLowerCase().matchAll(/\b(?:the|its|his|her|their)\s([\p{L}-]{3,})(?:\s([\p{L}-]{3,}))?/gu)].some(([, ...nouns]) => nouns.some((noun) => noun !== undefined && (seen.has(noun) || seen.has(noun.replace(/s$/, ''))))));
}
