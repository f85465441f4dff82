import { StudioError } from '../lib/errors.ts';

export interface ShotProblem {
  /** `shot 3`, `row 4`, `defaults`, `cast, Anna`. */
  where: string;
  /** As written in the list. */
  field: string;
  message: string;
}

const SHOWN_PROBLEMS = 10;

/** A value for a message, at most 60 characters of it. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** A shot list with something wrong in it: the first ten things in words, all in `detail.problems`. */
export function shotsInvalid(problems: readonly ShotProblem[], name: string): StudioError {
  return new StudioError('SCRIPT_SHOTS_INVALID', `${name} has ${inWords(problems)}`, {
    next: 'Correct the list and run the command again; nothing was done. docs/shot-lists.md lists every field.',
    detail: { name, problems },
  });
}

/** The same for a file of cast and look. */
export function castInvalid(problems: readonly ShotProblem[], name: string): StudioError {
  return new StudioError('CAST_INVALID', `${name} has ${inWords(problems)}`, {
    next: 'Correct the file and run the command again; nothing was done. docs/cast-and-look.md has examples.',
    detail: { name, problems },
  });
}

function inWords(problems: readonly ShotProblem[]): string {
  const distinct = alikeTogether(problems);
  const lines = distinct.slice(0, SHOWN_PROBLEMS).map(({ places, field, message }) => `  ${placesWords(places)}, ${field}: ${message}`);
  if (distinct.length > SHOWN_PROBLEMS) lines.push(`  ... and ${distinct.length - SHOWN_PROBLEMS} more`);
  const count = distinct.length === 1 ? 'one thing' : `${distinct.length} things`;
  return `${count} to put right:\n${lines.join('\n')}`;
}

/** A wrong column of a table is one mistake, not one of every row. */
function alikeTogether(problems: readonly ShotProblem[]): { places: Set<string>; field: string; message: string }[] {
  const distinct = new Map<string, { places: Set<string>; field: string; message: string }>();
  for (const { where, field, message } of problems) {
    const key = JSON.stringify([nounOf(where), field, message]);
    const same = distinct.get(key);
    if (same === undefined) distinct.set(key, { places: new Set([where]), field, message });
    else same.places.add(where);
  }
  return [...distinct.values()];
}

/** `row 4`, `row 4 and 17 more rows`. */
function placesWords(places: ReadonlySet<string>): string {
  const [first = ''] = places;
  const more = places.size - 1;
  return more === 0 ? first : `${first} and ${more} more ${nounOf(first)}${more === 1 ? '' : 's'}`;
}

/** `row` of `row 4`. */
function nounOf(where: string): string {
  return where.replace(/ \d+$/, '');
}
