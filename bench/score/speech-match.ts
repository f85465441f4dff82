export type Stretch = readonly [start: number, end: number];

/** What surrounds speech and differs from book to book: blanks, quote marks, dashes, the comma before a tag. */
const AROUND = /[\s\u00a0\u202f"'“”„‟‘’‚‛«»‹›「」『』–—―\-_*,;:]/;

export function trimmed(text: string, [from, to]: Stretch): Stretch {
  let [start, end] = [from, to];
  while (start < end && AROUND.test(text.charAt(start))) start += 1;
  while (end > start && (AROUND.test(text.charAt(end - 1)) || text.charAt(end - 1) === '.')) end -= 1;
  return [start, end];
}

const lettersOf = (name: string): string => name.toLowerCase().normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '').replaceAll(/[^a-z0-9 ]+/g, ' ').replaceAll(/\s+/g, ' ').trim();
const withoutTitles = (name: string): string => name.replace(/^(?:(?:mr|mrs|miss|ms|dr|sir|lady|lord|the|captain|colonel|m|mme|madame|monsieur|madam|aunt|uncle|old|young|poor|dear|little) )+/, '');

/** LitBank names a person by one of many mentions: the same last word, or the same name without titles, is the same person. */
export function isSameSpeaker(found: string | undefined, wanted: string): boolean {
  const [ours, theirs] = [lettersOf(found ?? ''), lettersOf(wanted)];
  if (ours === '') return false;
  return ours.split(' ').at(-1) === theirs.split(' ').at(-1) || withoutTitles(ours) === withoutTitles(theirs);
}
