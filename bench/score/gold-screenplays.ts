import { readdirSync } from 'node:fs';
import { speechesOf, type Screenplay, type ScreenplayElement } from '../../src/index.ts';
import { fixturePath, readFixture } from './fixtures.ts';

/** A speech as the gold of the screenplay sets writes it. */
export interface GoldSpeech {
  speaker: string;
  extensions: string[];
  contd: boolean;
  dual: string | null;
  parentheticals: string[];
  text: string;
}

/** What a file of the sets must be read as. */
export interface GoldScreenplay {
  /** Of Fountain: the kind of each line, by its number. */
  lines?: Record<string, string>;
  /** Of Final Draft: the kind and the words of each paragraph. */
  paragraphs?: [string, string][];
  dialogue: GoldSpeech[];
}

/** Kinds that the gold calls by another name. */
const GOLD_KINDS: Partial<Record<ScreenplayElement['kind'], string>> = { heading: 'scene', parenthetical: 'paren', 'page-break': 'pagebreak' };

/** Text without its breaks and runs of blanks, which two notations may set otherwise. */
export const flat = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();

/** Our own files at the edges of a format, each with what it must be read as. */
export function goldScreenplays(format: 'fountain' | 'fdx', folder: 'own' | 'further' | 'second' = 'own'): { name: string; text: string; gold: GoldScreenplay }[] {
  const names = readdirSync(fixturePath('screenplays', folder, format)).filter((file) => file.endsWith(`.${format}`)).map((file) => file.slice(0, -format.length - 1));
  return names.map((name) => {
    const gold = JSON.parse(readFixture('screenplays', folder, format, `${name}.gold.json`)) as GoldScreenplay;
    const dialogue = gold.dialogue.map(({ speaker, extensions, contd, dual, parentheticals, text }) => ({ speaker, extensions, contd, dual, parentheticals, text: flat(text) }));
    return { name, text: readFixture('screenplays', folder, format, `${name}.${format}`), gold: { ...gold, dialogue } };
  });
}

export function speechesAsGold({ elements }: Screenplay): GoldSpeech[] {
  return speechesOf(elements).map(({ character, extensions, continued, side, parentheticals, text }) => ({ speaker: character, extensions, contd: continued, dual: side ?? null, parentheticals, text: flat(text) }));
}

/** The kind of every line that has one, as the gold calls it. */
export function linesAsGold({ titlePage, elements }: Screenplay): Map<number, string> {
  const lines = new Map<number, string>();
  for (const { source } of titlePage) for (let line = source.startLine; line <= source.endLine; line += 1) lines.set(line, 'title');
  // Words win over a remark on the same line.
  const isHidden = ({ kind }: ScreenplayElement): boolean => kind === 'note' || kind === 'boneyard';
  for (const element of [...elements.filter(isHidden), ...elements.filter((one) => !isHidden(one))]) for (const line of element.lines) lines.set(line, GOLD_KINDS[element.kind] ?? element.kind);
  return lines;
}

export function paragraphsAsGold({ elements }: Screenplay): [string, string][] {
  return elements.map(({ kind, text }) => [GOLD_KINDS[kind] ?? kind, flat(kind === 'parenthetical' ? `(${text})` : text)]);
}
