import { readdirSync } from 'node:fs';
import { readFdx, readFountain, screenplayToFdx, speechesOf, type Screenplay, type ScreenplayElement } from '../../src/index.ts';
import { fixturePath, readFixture } from './fixtures.ts';
import { percent, type ScoreRow } from './score-row.ts';

interface GoldSpeech {
  speaker: string;
  extensions: string[];
  contd: boolean;
  dual: string | null;
  parentheticals: string[];
  text: string;
}

interface Gold {
  lines?: Record<string, string>;
  paragraphs?: [string, string][];
  dialogue: GoldSpeech[];
}

const KINDS: Partial<Record<ScreenplayElement['kind'], string>> = { heading: 'scene', parenthetical: 'paren', 'page-break': 'pagebreak' };
const flat = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
const kindOf = ({ kind }: ScreenplayElement): string => KINDS[kind] ?? kind;

function filesOf(kind: 'fountain' | 'fdx'): { text: string; gold: Gold }[] {
  const names = readdirSync(fixturePath('screenplays', 'own', kind)).filter((name) => name.endsWith(`.${kind}`));
  return names.map((name) => ({ text: readFixture('screenplays', 'own', kind, name), gold: JSON.parse(readFixture('screenplays', 'own', kind, name.replace(`.${kind}`, '.gold.json'))) as Gold }));
}

/** Every field of a speech, as one text. */
const speechKey = ({ speaker, extensions, contd, dual, parentheticals, text }: GoldSpeech): string => JSON.stringify([speaker, extensions, contd, dual, parentheticals, flat(text)]);

function rightSpeeches({ elements }: Screenplay, { dialogue }: Gold): { right: number; all: boolean } {
  const found = speechesOf(elements).map(({ character, extensions, continued, side, parentheticals, text }) => speechKey({ speaker: character, extensions, contd: continued, dual: side ?? null, parentheticals, text }));
  const right = dialogue.filter((speech, index) => found[index] === speechKey(speech)).length;
  return { right, all: right === dialogue.length && found.length === right };
}

export function fountainAtItsEdges(): ScoreRow[] {
  const total = { lines: 0, rightLines: 0, speeches: 0, rightSpeeches: 0, files: 0, rightFiles: 0 };
  for (const { text, gold } of filesOf('fountain')) {
    const screenplay = readFountain(text);
    const found = linesOf(screenplay);
    const wanted = Object.entries(gold.lines ?? {});
    const right = wanted.filter(([line, kind]) => found.get(Number(line)) === kind).length;
    const speeches = rightSpeeches(screenplay, gold);
    total.lines += wanted.length;
    total.rightLines += right;
    total.speeches += gold.dialogue.length;
    total.rightSpeeches += speeches.right;
    total.files += 1;
    if (right === wanted.length && speeches.all) total.rightFiles += 1;
  }
  const set = 'screenplay: Fountain edges';
  return [
    { set, measure: 'lines', ours: percent(total.rightLines, total.lines), bestPublic: 97.6, target: 100, floor: 100 },
    { set, measure: 'speeches, every field', ours: percent(total.rightSpeeches, total.speeches), target: 100, floor: 100 },
    { set, measure: 'files wholly right', ours: total.rightFiles, bestPublic: 10, target: total.files, floor: total.files, unit: ` of ${total.files}` },
  ];
}

function linesOf({ titlePage, elements }: Screenplay): Map<number, string> {
  const lines = new Map<number, string>();
  for (const { source } of titlePage) for (let line = source.startLine; line <= source.endLine; line += 1) lines.set(line, 'title');
  // Words win over a remark on the same line.
  const isHidden = ({ kind }: ScreenplayElement): boolean => kind === 'note' || kind === 'boneyard';
  for (const element of [...elements.filter(isHidden), ...elements.filter((one) => !isHidden(one))]) for (const line of element.lines) lines.set(line, kindOf(element));
  return lines;
}

export function finalDraftAtItsEdges(): ScoreRow[] {
  const files = filesOf('fdx');
  const isRight = (screenplay: Screenplay, gold: Gold): boolean => {
    const found = screenplay.elements.map((element) => [kindOf(element), flat(element.kind === 'parenthetical' ? `(${element.text})` : element.text)]);
    return JSON.stringify(found) === JSON.stringify(gold.paragraphs) && rightSpeeches(screenplay, gold).all;
  };
  const read = files.filter(({ text, gold }) => isRight(readFdx(text), gold)).length;
  const written = files.filter(({ text, gold }) => isRight(readFdx(screenplayToFdx(readFdx(text))), gold)).length;
  const row = { set: 'screenplay: Final Draft edges', target: files.length, floor: files.length, unit: ` of ${files.length}` };
  return [
    { ...row, measure: 'files wholly right', ours: read, bestPublic: 0 },
    { ...row, measure: 'files right when written anew', ours: written },
  ];
}
