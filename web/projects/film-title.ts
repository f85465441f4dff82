/** A title for a film of this file: `the_brass-key.fountain` is `The brass key`. */
export function titleOfFile(fileName: string): string {
  return shaped(fileName.replace(/\.[^.]+$/, '').replaceAll(/[-_]+/g, ' '));
}

/** The title page of a screenplay, the first heading, or a first line that is short enough to be one. */
export function titleOfText(text: string): string {
  const beginning = text.slice(0, 4000);
  const titled = /^\s*title:[ \t]*\n?[ \t]*(\S.*)$/im.exec(beginning)?.[1] ?? /^\s{0,3}#{1,3}\s+(\S.*)$/m.exec(beginning)?.[1];
  const [firstLine = ''] = beginning.trim().split('\n');
  return shaped(titled ?? (firstLine.length <= 60 && !/[.,;:"”]$/.test(firstLine.trim()) ? firstLine : ''));
}

/** A title that no film has yet. */
export function freeTitle(wanted: string, taken: readonly string[]): string {
  const base = wanted === '' ? 'Untitled film' : wanted;
  for (let number = 1; ; number += 1) {
    const title = number === 1 ? base : `${base} (${number})`;
    if (!taken.includes(title)) return title;
  }
}

function shaped(words: string): string {
  const clean = words.replaceAll(/[*_#`]/g, ' ').replaceAll(/[\p{Cc}\s]+/gu, ' ').trim().slice(0, 120);
  return clean.charAt(0).toUpperCase() + clean.slice(1);
}
