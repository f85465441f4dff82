import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readFdx } from '../src/script/fdx/read-fdx.ts';
import { screenplayToFdx } from '../src/script/fdx/write-fdx.ts';
import { readFountain } from '../src/script/fountain/read-fountain.ts';
import { plainLine } from '../src/script/screenplay/emphasis.ts';
import type { Screenplay, ScreenplayElement } from '../src/script/screenplay/screenplay.ts';
import { speechesOf } from '../src/script/screenplay/speeches.ts';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'screenplays');
const read = (...parts: string[]) => readFileSync(join(fixtures, ...parts), 'utf8');
const filesIn = (folder: string, ending: string) => readdirSync(join(fixtures, folder)).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
/** Text without its breaks and runs of blanks, which two notations may set otherwise. */
const flat = (text: string) => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();

const GOLD_KINDS: Record<string, string> = { heading: 'scene', parenthetical: 'paren', 'page-break': 'pagebreak' };

interface GoldSpeech {
  speaker: string;
  extensions: string[];
  contd: boolean;
  dual: string | null;
  parentheticals: string[];
  text: string;
}

function speechesAsGold({ elements }: Screenplay): GoldSpeech[] {
  return speechesOf(elements).map(({ character, extensions, continued, side, parentheticals, text }) => ({ speaker: character, extensions, contd: continued, dual: side ?? null, parentheticals, text: flat(text) }));
}

describe('Fountain at its edges', () => {
  it.each(filesIn('own/fountain', '.fountain'))('%s: every line is what it is, every speech has every field', (name) => {
    const gold = JSON.parse(read('own/fountain', `${name}.gold.json`)) as { lines: Record<string, string>; dialogue: (GoldSpeech & { line: number })[] };
    const { titlePage, elements } = readFountain(read('own/fountain', `${name}.fountain`));
    const lines: Record<string, string> = {};
    for (const { source } of titlePage) for (let line = source.startLine; line <= source.endLine; line += 1) lines[line] = 'title';
    const hidden = ({ kind }: ScreenplayElement) => kind === 'note' || kind === 'boneyard';
    for (const element of [...elements.filter(hidden), ...elements.filter((one) => !hidden(one))]) for (const line of element.lines) lines[line] = GOLD_KINDS[element.kind] ?? element.kind;
    // The gold names no lines without words inside what is cut out.
    expect(Object.fromEntries(Object.keys(gold.lines).map((line) => [line, lines[line]]))).toEqual(gold.lines);
    expect(speechesAsGold({ titlePage, elements })).toEqual(gold.dialogue.map(({ line: _line, ...speech }) => ({ ...speech, text: flat(speech.text) })));
    expect(speechesOf(elements).map((speech) => speech.lines[0])).toEqual(gold.dialogue.map(({ line }) => line));
  });
});

describe("what other parsers' own tests expect of Fountain", () => {
  /** We keep to the published syntax where a parser does not. */
  const OTHERWISE: Record<string, { theirs: string; ours: string; why: string }> = {
    Character: { theirs: 'ACTION: 3CPO Not work.', ours: 'CHARACTER: 3CPO | DIALOGUE: Not work.', why: 'a name needs one letter; where it stands is not said' },
    Parenthetical: { theirs: 'PARENTHETICAL: loudly | DIALOGUE: (bouncy) Also', ours: 'PARENTHETICAL: loudly | PARENTHETICAL: bouncy | DIALOGUE: Also', why: 'two directions below each other are directions, not words to speak' },
    Sections: { theirs: 'TITLEENTRY: CUT TO: | SECTION', ours: 'TRANSITION: CUT TO: | SECTION', why: 'a transition at the top of a page is no title page' },
  };
  const WORDS: Record<string, string> = { heading: 'HEADING', 'page-break': 'PAGEBREAK', lyrics: 'LYRIC', centered: 'ACTION' };

  it.each(filesIn('public/screenplay-tools', '.txt'))('%s', (name) => {
    const theirs: string[] = [];
    for (const { 1: kind, 2: first, 3: second } of read('public/screenplay-tools', `${name}.txt`).matchAll(/^([A-Z]+):"([\s\S]*?)"(?::"([\s\S]*?)")?(?: .*)?$/gm)) {
      theirs.push(`${kind}: ${plain(kind === 'TITLEENTRY' ? `${first}: ${second}` : (first ?? ''))}`);
    }
    const { titlePage, elements } = readFountain(read('public/screenplay-tools', `${name}.fountain`));
    const ours = [
      ...titlePage.map(({ key, values }) => `TITLEENTRY: ${plain(`${key}: ${values.join(' ')}`)}`),
      ...elements.map((element) => `${WORDS[element.kind] ?? element.kind.toUpperCase()}: ${flat(element.kind === 'character' ? element.name : element.text)}`),
    ];
    const { theirs: from = '', ours: to = '' } = OTHERWISE[name] ?? {};
    expect(joined(ours)).toBe(joined(theirs).replace(from, to));
  });

  /** Paragraphs of action are one there; so they are here. */
  function joined(said: readonly string[]): string {
    return said.filter((one) => one !== 'ACTION: ').join(' | ').replaceAll(/(?<=ACTION: [^|]*) \| ACTION: /g, ' ');
  }
  function plain(text: string): string {
    return flat(text.split('\n').map((line) => plainLine(line).text).join('\n'));
  }
});

describe('Final Draft at its edges', () => {
  const asGold = (screenplay: Screenplay) => screenplay.elements.map((element) => [GOLD_KINDS[element.kind] ?? element.kind, flat(element.kind === 'parenthetical' ? `(${element.text})` : element.text)]);

  it.each(filesIn('own/fdx', '.fdx'))('%s: every paragraph and every field of every speech, and again when written anew', (name) => {
    const gold = JSON.parse(read('own/fdx', `${name}.gold.json`)) as { paragraphs: [string, string][]; dialogue: GoldSpeech[] };
    const once = readFdx(read('own/fdx', `${name}.fdx`));
    for (const screenplay of [once, readFdx(screenplayToFdx(once))]) {
      expect(asGold(screenplay)).toEqual(gold.paragraphs);
      expect(speechesAsGold(screenplay)).toEqual(gold.dialogue);
    }
  });
});

describe('one film as Fountain and as FDX', () => {
  const both = [
    ...filesIn('public/screenplain', '.fdx').map((name) => ['public/screenplain', name] as const),
    ...filesIn('public/screenplay-tools', '.fdx').map((name) => ['public/screenplay-tools', name] as const),
  ];
  // Each paragraph of a speech is one there, and the lines of one here.
  const joined = ({ elements }: Screenplay) => elements.map(({ kind, text }) => `${kind}: ${flat(text)}`).join(' | ').replaceAll(' | dialogue: ', ' / ').replaceAll(/(?<=\| character: [^|/]*) \/ /g, ' | dialogue: ');

  it.each(both)('%s/%s is the same film', (folder, name) => {
    const fountain = readFountain(read(folder, `${name}.fountain`));
    const fdx = readFdx(read(folder, `${name}.fdx`));
    expect(joined(fdx).replaceAll(/ \/ |\n/g, ' ')).toBe(joined(fountain).replaceAll(/ \/ |\n/g, ' '));
    expect(speechesAsGold(fdx)).toEqual(speechesAsGold(fountain));
  });
});
