import { nearestWord } from '../lib/nearest-word.ts';
import { isPicturePath, isShowable } from './shot-fields.ts';
import { shown, type ShotProblem } from './shot-problem.ts';
import { LOOK_FIELDS, type WrittenCast, type WrittenCharacter } from './written-cast.ts';

const CHARACTER_FIELDS = ['words', 'pictures', 'colour'] as const;
export const MOST_CHARACTERS = 50;
const MOST_PICTURES = 7;
const LONGEST_NAME = 60;
const LONGEST_WORDS = 1_000;
const LONGEST_LOOK = 300;

/** How names are compared: `ANNA` and `Anna` are one. */
export function foldedName(name: string): string {
  return name.normalize('NFC').trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

/**
 * Checks `cast` and `look` of a JSON object and puts everything that is wrong into `problems`.
 * @param given values as JSON.parse gives them; what is missing says nothing.
 */
export function castOf(given: { cast?: unknown; look?: unknown }, problems: ShotProblem[]): WrittenCast {
  return { cast: given.cast === undefined ? [] : charactersOf(given.cast, problems), look: given.look === undefined ? {} : lookOf(given.look, problems) };
}

function charactersOf(value: unknown, problems: ShotProblem[]): WrittenCharacter[] {
  if (!isObject(value)) {
    problems.push({ where: 'cast', field: 'records', message: `got ${shown(value)}, takes {"Anna": {"words": "..."}, ...}` });
    return [];
  }
  const entries = Object.entries(value);
  if (entries.length > MOST_CHARACTERS) problems.push({ where: 'cast', field: 'records', message: `has ${entries.length} characters; a film has at most ${MOST_CHARACTERS}` });
  const known = new Map<string, string>();
  return entries.slice(0, MOST_CHARACTERS).map(([written, record]) => {
    const name = written.trim();
    const twin = known.get(foldedName(name));
    if (twin !== undefined) problems.push({ where: 'cast', field: shown(written), message: `is the same name as ${shown(twin)}; give one of them` });
    known.set(foldedName(name), written);
    if (!/[\p{L}\p{N}]/u.test(name) || name.length > LONGEST_NAME || /[,;\n\r]/.test(name) || !isShowable(name)) {
      problems.push({ where: 'cast', field: shown(written), message: `is no name: it takes a letter or figure, at most ${LONGEST_NAME} characters, and no comma, semicolon or line end, which part names in a list` });
    }
    return { name, ...characterOf(record, `cast, ${name}`, problems) };
  });
}

/** The record of one character; its words alone may stand for it. */
function characterOf(value: unknown, where: string, problems: ShotProblem[]): Omit<WrittenCharacter, 'name'> {
  if (typeof value === 'string') return characterOf({ words: value }, where, problems);
  if (!isObject(value)) {
    problems.push({ where, field: 'record', message: `got ${shown(value)}, takes {"words": "...", "pictures": ["..."], "colour": "#cc3333"}` });
    return {};
  }
  refuseStrangers(value, [...CHARACTER_FIELDS, 'color'], where, problems);
  if (value['colour'] !== undefined && value['color'] !== undefined) problems.push({ where, field: 'color', message: 'says the same as "colour"; give one of them' });
  const words = wordsOf(value['words'], 'words', LONGEST_WORDS, where, problems);
  const colour = colourOf(value['colour'] ?? value['color'], where, problems);
  const pictures = picturesOf(value['pictures'], where, problems);
  return { ...(words === undefined ? {} : { words }), ...(colour === undefined ? {} : { colour }), ...(pictures === undefined ? {} : { pictures }) };
}

function lookOf(value: unknown, problems: ShotProblem[]): WrittenCast['look'] {
  if (!isObject(value)) {
    problems.push({ where: 'look', field: 'words', message: `got ${shown(value)}, takes {"style": "...", "lens": "...", "light": "...", "palette": "..."}` });
    return {};
  }
  refuseStrangers(value, LOOK_FIELDS, 'look', problems);
  return Object.fromEntries(
    LOOK_FIELDS.flatMap((field) => {
      const words = wordsOf(value[field], field, LONGEST_LOOK, 'look', problems);
      return words === undefined ? [] : [[field, words] as const];
    }),
  );
}

function wordsOf(value: unknown, field: string, longest: number, where: string, problems: ShotProblem[]): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.trim() !== '' && value.length <= longest && isShowable(value)) return value.trim();
  problems.push({ where, field, message: `got ${shown(value)}, takes words, at most ${longest} characters` });
  return undefined;
}

function colourOf(value: unknown, where: string, problems: ShotProblem[]): string | undefined {
  if (value === undefined) return undefined;
  const digits = typeof value === 'string' ? /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value.trim())?.[1]?.toLowerCase() : undefined;
  if (digits !== undefined) return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`;
  problems.push({ where, field: 'colour', message: `got ${shown(value)}, takes a colour such as "#cc3333"` });
  return undefined;
}

function picturesOf(value: unknown, where: string, problems: ShotProblem[]): string[] | undefined {
  if (value === undefined) return undefined;
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > 0 && list.length <= MOST_PICTURES && list.every((path) => typeof path === 'string' && isPicturePath(path))) return list.map((path) => String(path).trim());
  problems.push({ where, field: 'pictures', message: `got ${shown(value)}, takes 1 to ${MOST_PICTURES} pictures: paths, from this file's folder, or https addresses` });
  return undefined;
}

function refuseStrangers(value: Record<string, unknown>, known: readonly string[], where: string, problems: ShotProblem[]): void {
  for (const field of Object.keys(value)) {
    if (known.includes(field)) continue;
    const nearest = nearestWord(field, known);
    problems.push({ where, field: shown(field), message: `is not known here${nearest === undefined ? `; known are ${known.filter((name) => name !== 'color').join(', ')}` : `; did you mean "${nearest}"?`}` });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
