import type { CastRecord, Look } from '../protocol/cast-and-look.ts';
import { foldedName } from '../script/index.ts';

/** Who is in a shot, and whose words go with it. */
export interface ShotCast {
  /** Names, as their records spell them: those the script gives first, then those found in the words. */
  names: string[];
  /** Records with words of their own. */
  carried: CastRecord[];
}

/** Who is in a shot: whom its `cast` names, and every character whose name stands in its words. */
export function castOfShot(shot: { prompt: string; cast?: readonly string[] }, records: readonly CastRecord[]): ShotCast {
  const recordOf = new Map(records.map((record) => [foldedName(record.name), record]));
  const found = new Map<string, string>();
  for (const name of shot.cast ?? []) found.set(foldedName(name), recordOf.get(foldedName(name))?.name ?? name);
  for (const { name } of records) if (occurs(name, shot.prompt)) found.set(foldedName(name), name);
  return { names: [...found.values()], carried: records.filter(({ name, words }) => words !== undefined && found.has(foldedName(name))) };
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

/** Whether a name stands in a text as a word of its own, as it is spelled or in capitals; `rose` is not Rose. */
function occurs(name: string, text: string): boolean {
  const [spelled, words] = [name.normalize('NFC'), text.normalize('NFC')];
  return [...new Set([spelled, spelled.toUpperCase()])].some((spelling) => {
    if (WITHOUT_BLANKS.test(spelling)) return words.includes(spelling);
    const pattern = spelling.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`);
    return new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}_])${pattern}(?![\p{L}\p{M}\p{N}_])`, 'u').test(words);
  });
}
