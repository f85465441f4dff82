import type { CastRecord, Look } from '../protocol/cast-and-look.ts';
import { foldedName } from '../script/index.ts';

/** Who is in a shot, and whose words go with it. */
export interface ShotCast {
  /** Names, as their records spell them: those the script gives first, then those found in the words. */
  names: string[];
  /** Records with words of their own. */
  carried: CastRecord[];
}

/** Whom a line only calls or speaks of need not be there. */
const SPOKEN = /“[^”]*”|"[^"]*"|«[^»]*»|„[^“”]*[“”]|「[^」]*」/gu;

/** Who is in a shot: whom its `cast` names, and every character whose name stands in its words; of a shot that says its cast or its line, in those outside of quotation marks. */
export function whoIsIn(shot: { prompt: string; cast?: readonly string[]; line?: string }, records: readonly CastRecord[]): ShotCast {
  const known = knownIn(records);
  const found = new Map((shot.cast ?? []).map((name) => [foldedName(name), name]));
  const all = shot.prompt.normalize('NFC');
  const words = shot.cast === undefined && shot.line === undefined ? all : all.replaceAll(SPOKEN, ' ');
  const present = known.filter(({ record, folded, isIn }) => {
    if (!found.has(folded) && !isIn(words)) return false;
    found.set(folded, record.name);
    return true;
  });
  return { names: [...found.values()], carried: present.map(({ record }) => record).filter((record) => record.words !== undefined) };
}

/**
 * What is sent to Kling for a shot: its own words, then the fixed words of its characters, then those of the look. The
 * wording and the order decide which clip is found again, so they never change: characters go by name, whatever order they
 * were written in. With nothing to add it is the shot's own words, letter for letter.
 */
export function composePrompt(own: string, { carried }: Pick<ShotCast, 'carried'>, look: Look): string {
  const cast = castPart(carried);
  const style = lookPart(look);
  return [own, ...(cast === '' && style === '' ? [] : ['']), ...(cast === '' ? [] : [cast]), ...(style === '' ? [] : [style])].join('\n');
}

/** Whose words a composed prompt has: `Anna`, `Ben`, `look`. */
export function sentWith({ carried }: Pick<ShotCast, 'carried'>, look: Look): string[] {
  return [...carried.map(({ name }) => name), ...(lookPart(look) === '' ? [] : ['look'])];
}

/** `Anna: a woman of forty in a green coat.`, a line each. */
function castPart(carried: readonly CastRecord[]): string {
  const byName = carried.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return byName.map(({ name, words }) => `${name}: ${sentence(words ?? '')}`).join('\n');
}

/** `Style: noir. Lens: 35 mm.` */
function lookPart({ style, lens, light, palette }: Look): string {
  return [['Style', style], ['Lens', lens], ['Light', light], ['Palette', palette]].flatMap(([label, words]) => (words === undefined ? [] : [`${label}: ${sentence(words)}`])).join(' ');
}

function sentence(words: string): string {
  return /[.!?…。！？]$/u.test(words) ? words : `${words}.`;
}

/** Scripts that put no blanks between words, so that a name has none around it either. */
const WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A record, made ready once: a long film asks each of its shots for each of its people. */
interface Known {
  record: CastRecord;
  folded: string;
  /** Whether its name stands in a text (NFC) as words of their own, as it is spelled or in capitals; `rose` is not Rose. */
  isIn: (text: string) => boolean;
}

const ready = new WeakMap<readonly CastRecord[], Known[]>();

function knownIn(records: readonly CastRecord[]): Known[] {
  const known = ready.get(records) ?? records.map((record) => ({ record, folded: foldedName(record.name), isIn: finderOf(record.name) }));
  ready.set(records, known);
  return known;
}

function finderOf(name: string): Known['isIn'] {
  const spelled = name.normalize('NFC').trim();
  const spellings = [...new Set([spelled, spelled.toUpperCase()])];
  const patterns = spellings.map((spelling) => {
    const pattern = spelling.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`);
    return WITHOUT_BLANKS.test(spelling) ? pattern : String.raw`(?<![\p{L}\p{M}\p{N}_])${pattern}(?![\p{L}\p{M}\p{N}_])`;
  });
  const found = new RegExp(patterns.join('|'), 'u');
  // Most shots have few of the people: the first word of a name is looked for faster than the whole pattern.
  const beginnings = spellings.map((spelling) => spelling.split(/\s/)[0] ?? '');
  return (text) => beginnings.some((word) => text.includes(word)) && found.test(text);
}
