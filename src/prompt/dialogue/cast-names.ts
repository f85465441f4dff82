export interface CastMember {
  name: string;
  aliases?: readonly string[] | undefined;
  gender?: 'female' | 'male' | undefined;
}

/** A name as it is looked up: in small letters, without full stops, apostrophes and a leading article. */
export const keyOf = (name: string): string => name.toLowerCase().replaceAll(/[.’']/g, '').replaceAll(/\s+/g, ' ').replace(/^(?:the|a|an) /, '').trim();

/**
 * Every form of the names of a cast: names and aliases, and the first and last word of a name where only one person has it
 * (of two Lindens neither is Linden).
 */
export function castForms(cast: readonly CastMember[]): Map<string, CastMember> {
  const forms = new Map<string, CastMember>();
  for (const member of cast) for (const form of [member.name, ...(member.aliases ?? [])]) if (!forms.has(keyOf(form))) forms.set(keyOf(form), member);
  const parts = new Map<string, CastMember | undefined>();
  for (const member of cast) {
    const words = member.name.split(/\s+/).map(keyOf);
    if (words.length < 2) continue;
    for (const word of new Set([words[0] ?? '', words.at(-1) ?? ''])) parts.set(word, parts.has(word) ? undefined : member);
  }
  for (const [word, member] of parts) if (member !== undefined && word !== '' && !forms.has(word)) forms.set(word, member);
  return forms;
}

/** The cast as it may be given: a name alone, or more. */
export const castOf = (given: readonly (string | CastMember)[] | undefined): CastMember[] => (given ?? []).map((member) => (typeof member === 'string' ? { name: member } : member));

/** How somebody is named: as the cast has them, else as written. */
export function castNamer(given: readonly (string | CastMember)[] | undefined): (written: string) => string {
  const forms = castForms(castOf(given));
  return (written) => forms.get(keyOf(written))?.name ?? written;
}
