/** Ranks and offices: `Detective Ruiz` is Ruiz. */
const RANK = /^(?:detective|det|inspector|superintendent|sergeant|sgt|officer|constable|deputy|sheriff|marshal|captain|capt|commander|cmdr|lieutenant|lt|colonel|col|major|general|gen|corporal|private|admiral|agent|chief|special|doctor|dr|professor|prof|nurse|chef|coach|judge|reverend|rev|senator|governor|president|mayor|count|baron|lord|sir|monsieur|señor|herr)$/;
/** Tell one member of a family from another: `Mr. Keller` is not Tommy Keller. */
const FAMILY = /^(?:mr|mrs|ms|miss|lady|madame|mademoiselle|señora|señorita|frau|father|mother|brother|sister|aunt|uncle|grandpa|grandma|king|queen|prince|princess)$/;
/** The same name at another age is somebody else to draw. */
const AGE = /^(?:young|younger|old|older|elder|little|baby|teen|teenage|adult|kid|future|late|dead|fake)$/;

interface NameParts {
  name: string;
  ranks: readonly string[];
  family: readonly string[];
  own: readonly string[];
}

/** One person's names, the first of them the one that prompts use. */
export interface OnePerson {
  name: string;
  others: readonly string[];
}

/**
 * Names that mean one person, put together: `Ruiz`, `Detective Ruiz` and `Elena Ruiz`. A name that two people may bear
 * (`Keller`, where there are Tommy Keller and Mrs. Keller) stays by itself.
 * @param names the one to be used before its others.
 */
export function onePersonNames(names: readonly string[], isCommon: (word: string) => boolean): OnePerson[] {
  const parts = names.map((name) => partsOf(name));
  const longer = parts.map((one) => parts.filter((other) => other !== one && isPartOf(one, other, isCommon)));
  const groupOf = new Map<string, string>();
  const first = (name: string): string => {
    const before = groupOf.get(name);
    return before === undefined || before === name ? name : first(before);
  };
  for (const [index, others] of longer.entries()) {
    const one = parts[index];
    const agree = others.every((a) => others.every((b) => a === b || isPartOf(a, b, isCommon) || isPartOf(b, a, isCommon)));
    if (one === undefined || !agree) continue;
    for (const other of others) {
      const [a, b] = [first(one.name), first(other.name)];
      // The one that stands first in the list names them all.
      if (a !== b) groupOf.set(names.indexOf(a) < names.indexOf(b) ? b : a, names.indexOf(a) < names.indexOf(b) ? a : b);
    }
  }
  return names.filter((name) => first(name) === name).map((name) => ({ name, others: names.filter((other) => other !== name && first(other) === name) }));
}

function partsOf(name: string): NameParts {
  const words = name.toLowerCase().replaceAll('.', '').split(/\s+/);
  const isTitle = (word: string) => RANK.test(word) || FAMILY.test(word);
  // The last word is a name, whatever else it means.
  const titles = words.slice(0, -1).filter((word) => isTitle(word));
  return { name, ranks: titles.filter((word) => RANK.test(word)), family: titles.filter((word) => FAMILY.test(word)), own: words.filter((word, index) => index === words.length - 1 || !isTitle(word)) };
}

function isPartOf(one: NameParts, other: NameParts, isCommon: (word: string) => boolean): boolean {
  // `Man` is not Old Man, and `Officer` not the Officer Reyes who has a name.
  if (one.own.every((word) => isCommon(word) || RANK.test(word)) || !one.own.every((word) => other.own.includes(word))) return false;
  if (other.own.some((word) => !one.own.includes(word) && (AGE.test(word) || /['’]s$|^#?\d+$/.test(word) || isCommon(word)))) return false;
  const same = one.own.length === other.own.length;
  if (one.family.length > 0 && !one.family.every((title) => other.family.includes(title)) && !(same && other.family.length + other.ranks.length === 0)) return false;
  if (one.family.length === 0 && other.family.length > 0 && one.ranks.length > 0) return false;
  return !same || one.name.length < other.name.length || one.ranks.length + one.family.length < other.ranks.length + other.family.length;
}
