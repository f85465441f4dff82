import { readdirSync } from 'node:fs';
import { fixturePath, readFixture } from './score/fixtures.ts';

interface GoldQuotes {
  quotes: readonly { spans: readonly (readonly [start: number, end: number])[]; speaker: string }[];
}

/** As screenplays are printed. */
const PAGE_LINES = 55;
const ACTION_LETTERS = 60;
const SPOKEN_LETTERS = 35;
const LONGEST_SPEECH = 220;
/** A paragraph of action and the lines behind it, before the next scene. */
const EXCHANGES_OF_A_SCENE = 5;
/** A film has fewer people than fifty novels: each of theirs is played by one of these. */
const CAST = ['Ada', 'Barnaby', 'Clara', 'Mrs. Dunn', 'Edgar', 'Fanny', 'Captain Grey', 'Hester', 'Ivan', 'Judge Kemp', 'Lucy', 'Mr. Moss', 'Nell', 'Oscar', 'Phoebe', 'Old Quint', 'Ruth', 'Silas', 'Tess', 'Uncle Rob', 'Vera', 'Walter', 'Yvette', 'Zachary'];
const HEADINGS = ['INT. PARLOUR - NIGHT', 'EXT. HARBOUR - DAWN', 'INT. STAIRS - CONTINUOUS', 'EXT. MOOR - DAY', 'INT. OFFICE - LATER', 'EXT. ROAD - DUSK', 'INT. INN - EVENING'];

/** A screenplay of so many printed pages, made of novels in the public domain: a paragraph of action, three lines of who says them there. */
export function longScreenplay(pages: number): string {
  const played = new Map<string, string>();
  const novels = readdirSync(fixturePath('dialogue', 'litbank', 'excerpts')).map((name) => partsOfNovel(name.replace(/\.txt$/, ''), played));
  const [actions, speeches] = [novels.flatMap(({ action }) => action), novels.flatMap(({ lines }) => lines)];
  const written: string[] = [];
  let lines = 0;
  const write = (block: string, letters: number): void => {
    written.push(block);
    lines += 1 + block.split('\n').reduce((sum, line) => sum + Math.ceil(line.length / letters), 0);
  };
  for (let exchange = 0; lines < pages * PAGE_LINES; exchange += 1) {
    if (exchange % EXCHANGES_OF_A_SCENE === 0) write(HEADINGS[(exchange / EXCHANGES_OF_A_SCENE) % HEADINGS.length] ?? '', ACTION_LETTERS);
    write(actions[exchange % actions.length] ?? '', ACTION_LETTERS);
    for (const line of [0, 1, 2]) write(speeches[(exchange * 3 + line) % speeches.length] ?? '', SPOKEN_LETTERS);
  }
  return `${written.join('\n\n')}\n`;
}

/** What is told, two sentences in a paragraph, and what is said, with its cue. */
function partsOfNovel(name: string, played: Map<string, string>): { action: string[]; lines: string[] } {
  const text = readFixture('dialogue', 'litbank', 'excerpts', `${name}.txt`);
  const { quotes } = JSON.parse(readFixture('dialogue', 'litbank', 'gold', `${name}.json`)) as GoldQuotes;
  const lines = quotes.flatMap(({ spans, speaker }) => {
    const line = onOneLine(spans.map((span) => text.slice(...span)).join(' ')).replaceAll(/["“”]/g, '').trim();
    if (line === '' || line.length > LONGEST_SPEECH || speaker === '') return [];
    const who = `${name}: ${speaker}`;
    if (!played.has(who)) played.set(who, CAST[played.size % CAST.length] ?? '');
    return [`${played.get(who)?.toUpperCase()}\n${line}`];
  });
  let told = '';
  let at = 0;
  for (const [start, end] of quotes.flatMap(({ spans }) => spans)) {
    told += text.slice(at, Math.max(at, start));
    at = Math.max(at, end);
  }
  const sentences = onOneLine(told + text.slice(at)).match(/[A-Z][^.!?"“”]{20,130}[.!?](?=\s|$)/g) ?? [];
  return { action: Array.from({ length: Math.ceil(sentences.length / 2) }, (_, pair) => sentences.slice(pair * 2, pair * 2 + 2).join(' ')), lines };
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
