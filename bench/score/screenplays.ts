import { readFdx, readFountain, screenplayToFdx, type Screenplay } from '../../src/index.ts';
import { goldScreenplays, linesAsGold, paragraphsAsGold, speechesAsGold, type GoldScreenplay } from './gold-screenplays.ts';
import { percent, type ScoreRow } from './score-row.ts';

function rightSpeeches(screenplay: Screenplay, { dialogue }: GoldScreenplay): { right: number; all: boolean } {
  const found = speechesAsGold(screenplay).map((speech) => JSON.stringify(speech));
  const right = dialogue.filter((speech, index) => found[index] === JSON.stringify(speech)).length;
  return { right, all: right === dialogue.length && found.length === right };
}

export function fountainAtItsEdges(): ScoreRow[] {
  const total = { lines: 0, rightLines: 0, speeches: 0, rightSpeeches: 0, files: 0, rightFiles: 0 };
  for (const { text, gold } of goldScreenplays('fountain')) {
    const screenplay = readFountain(text);
    const found = linesAsGold(screenplay);
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

export function finalDraftAtItsEdges(): ScoreRow[] {
  const files = goldScreenplays('fdx');
  const isRight = (screenplay: Screenplay, gold: GoldScreenplay): boolean => JSON.stringify(paragraphsAsGold(screenplay)) === JSON.stringify(gold.paragraphs) && rightSpeeches(screenplay, gold).all;
  const read = files.filter(({ text, gold }) => isRight(readFdx(text), gold)).length;
  const written = files.filter(({ text, gold }) => isRight(readFdx(screenplayToFdx(readFdx(text))), gold)).length;
  const row = { set: 'screenplay: Final Draft edges', target: files.length, floor: files.length, unit: ` of ${files.length}` };
  return [
    { ...row, measure: 'files wholly right', ours: read, bestPublic: 0 },
    { ...row, measure: 'files right when written anew', ours: written },
  ];
}
