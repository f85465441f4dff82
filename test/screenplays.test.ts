import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { flat, goldScreenplays, linesAsGold, paragraphsAsGold, speechesAsGold } from '../bench/score/gold-screenplays.ts';
import { readFdx } from '../src/script/fdx/read-fdx.ts';
import { screenplayToFdx } from '../src/script/fdx/write-fdx.ts';
import { readFountain } from '../src/script/fountain/read-fountain.ts';
import { plainLine } from '../src/script/screenplay/emphasis.ts';
import type { Screenplay } from '../src/script/screenplay/screenplay.ts';
import { speechesOf } from '../src/script/screenplay/speeches.ts';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'screenplays');
const read = (...parts: string[]) => readFileSync(join(fixtures, ...parts), 'utf8');
const filesIn = (folder: string, ending: string) => readdirSync(join(fixtures, folder)).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));

describe('Fountain at its edges', () => {
  it.each(goldScreenplays('fountain'))('$name: every line is what it is, every speech has every field', ({ text, gold }) => {
    const screenplay = readFountain(text);
    const lines = linesAsGold(screenplay);
    // The gold names no lines without words inside what is cut out.
    const wanted = gold.lines ?? {};
    expect(Object.fromEntries(Object.keys(wanted).map((line) => [line, lines.get(Number(line))]))).toEqual(wanted);
    expect(speechesAsGold(screenplay)).toEqual(gold.dialogue);
  });

  it('knows the line of every cue', () => {
    for (const { name, text } of goldScreenplays('fountain')) {
      const { dialogue } = JSON.parse(read('own/fountain', `${name}.gold.json`)) as { dialogue: { line: number }[] };
      expect(speechesOf(readFountain(text).elements).map((speech) => speech.lines[0]), name).toEqual(dialogue.map(({ line }) => line));
    }
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
  it.each(goldScreenplays('fdx'))('$name: every paragraph and every field of every speech, and again when written anew', ({ text, gold }) => {
    const once = readFdx(text);
    for (const screenplay of [once, readFdx(screenplayToFdx(once))]) {
      expect(paragraphsAsGold(screenplay)).toEqual(gold.paragraphs);
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
