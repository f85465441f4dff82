import type { Person } from './mention.ts';
import type { Turn } from './turns.ts';

/** What a name in a tag is worth, and so a turn that is counted from such a name on either side. */
const SURE = 0.8;
const CONFIRMED = 0.82;
/** Less than this, and a pronoun was given to whoever was at hand. */
const GUESSED = 0.6;

interface KnownPeople {
  isNamed: (person: Person) => boolean;
  /** The one who says I in the narration. */
  teller: Person | undefined;
}

/**
 * In a row of turns by two people, one after the other, each named somewhere in it, the turns between the first and the last
 * naming are counted from both ends: they are sure, where either end alone could be one off.
 */
export function confirmRows(turns: readonly Turn[], isNear: (a: Turn, b: Turn) => boolean, known: KnownPeople): void {
  let row: Turn[] = [];
  for (const turn of turns) {
    if (goesOn(row, turn, isNear)) {
      row.push(turn);
      continue;
    }
    confirm(row, known);
    const last = row.at(-1);
    row = last !== undefined && goesOn([last], turn, isNear) ? [last, turn] : [turn];
  }
  confirm(row, known);
}

function goesOn(row: readonly Turn[], turn: Turn, isNear: (a: Turn, b: Turn) => boolean): boolean {
  const [last, beyond] = [row.at(-1), row.at(-2)];
  const person = turn.given?.person;
  if (last === undefined || person === undefined || last.given?.person === undefined) return false;
  return person !== last.given.person && (beyond === undefined || beyond.given?.person === person) && isNear(last, turn);
}

function confirm(row: readonly Turn[], known: KnownPeople): void {
  const [one, other] = [row[0]?.given?.person, row[1]?.given?.person];
  // Somebody spoken of long ago, who may be no he or she at all, makes no row sure.
  if (row.some(({ given }) => given?.source === 'pronoun' && given.confidence < GUESSED)) return;
  if (row.length < 3 || one === undefined || other === undefined || !known.isNamed(one) || !known.isNamed(other)) return;
  const genders = new Set([one.gender, other.gender]);
  // He and she, or he and I.
  const byPronoun = (genders.has('male') && genders.has('female')) || one === known.teller || other === known.teller;
  const namings = row.flatMap(({ given }, at) => (isNaming(given) || (byPronoun && given?.source === 'pronoun') ? [at] : []));
  // Each of the two is named once by name; where pronouns tell them apart, one is enough.
  const named = new Set(row.flatMap(({ given }) => (isNaming(given) ? [given?.person] : [])));
  if (named.size < (byPronoun ? 1 : 2)) return;
  for (const { given } of row.slice(namings[0], (namings.at(-1) ?? 0) + 1)) {
    if (given === undefined || given.confidence >= CONFIRMED) continue;
    given.confidence = CONFIRMED;
    given.evidence += '; counted from both ends of the talk';
  }
}

const isNaming = (given: Turn['given']): boolean => given !== undefined && given.confidence >= SURE && given.source !== 'alternation';
