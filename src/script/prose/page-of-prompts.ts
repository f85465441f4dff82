import { linesOf } from '../line-of.ts';
import type { ScriptShot } from '../script-shot.ts';
import { ITEM, listItemsOf, NUMBERED_ITEM } from './list-items.ts';
import type { Prose } from './prose.ts';

/** Words that tell how a picture is taken. Who writes them into nearly every paragraph writes prompts, and no story. */
const TAKEN_LIKE = new RegExp(
  [
    String.raw`\b(?:close[\s-]?ups?|(?:wide|medium|full|long|establishing|tracking|dolly|crane|drone|aerial|macro|static|handheld|overhead|low[\s-]angle|high[\s-]angle|slow[\s-]motion|two)[\s-](?:shots?|angle|view|footage|camera|lens))\b`,
    String.raw`\b(?:camera|bokeh|depth of field|slow[\s-]motion|slow-mo|time-?lapse|hyperlapse|cinematic|photo-?realistic|hyper-?realistic|film grain|lens flare|anamorphic|golden hour|rim light|backlit|backlight|volumetric|telephoto|wide-angle|macro|POV|FPV|4k|8k|\d{2,3}\s?mm)\b`,
    String.raw`\b(?:kamera|nahaufnahme|großaufnahme|totale|halbtotale|zeitlupe|kamerafahrt|gegenlicht)\b`,
    String.raw`\b(?:gros plan|plan large|plan moyen|plan serré|travelling|caméra|ralenti|contre-jour)(?![\p{L}])`,
    String.raw`\b(?:primer plano|plano (?:medio|general|detalle|americano|cenital)|cámara|a cámara lenta|contraluz|primo piano|campo lungo|inquadratura|telecamera|rallentatore|plano aberto|plano fechado|câmera)(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:крупный план|общий план|средний план|камера|замедленная съёмка)(?![\p{L}])`,
    '特写|近景|远景|全景|中景|镜头|航拍|慢动作|景深|逆光|カメラ|クローズアップ|スローモーション|俯瞰',
  ].join('|'),
  'giu',
);
/** Of a page's paragraphs, so many say it. */
const MOST = 0.6;

/** Whether a text is prompts, one a paragraph. A single paragraph has to say it twice. */
export function isPageOfPrompts({ text, paragraphs }: Prose): boolean {
  const signs = paragraphs.map(({ start, end }) => [...text.slice(start, end).matchAll(TAKEN_LIKE)].length);
  if (signs.length === 1) return (signs[0] ?? 0) > 1;
  return signs.filter((count) => count > 0).length >= Math.max(2, signs.length * MOST);
}

/** `, 4 seconds.` behind the words: how long the shot is seen. */
const SECONDS_BEHIND = /[\s,;(–—-]+(?<seconds>\d{1,2}(?:[.,]\d)?)\s?(?:s|secs?|seconds?|sekunden|secondes|segundos|secondi)\)?\.?$/iu;
/** A longer one is no time on screen of one clip. */
const LONGEST_S = 10;

/** A shot a paragraph or an item of a list, its words as they are but for numbers of the list and a time behind them. A heading or a line of stars begins a scene. */
export function shotsOfPrompts({ text, paragraphs, divisions }: Prose): ScriptShot[] {
  const lineOf = linesOf(text);
  const shots: ScriptShot[] = [];
  let [next, scene] = [0, 0];
  let sceneHeading: string | undefined;
  const isNumbered = paragraphs.filter(({ start, end }) => NUMBERED_ITEM.test(text.slice(start, end))).length > 1;
  for (const { start, end } of paragraphs) {
    let begins = shots.length === 0;
    for (let division = divisions[next]; division !== undefined && division.start < start; division = divisions[next]) {
      next += 1;
      begins = true;
      sceneHeading = division.kind === 'heading' ? text.slice(division.start, division.end).replaceAll(/\s+/g, ' ') : sceneHeading;
    }
    if (begins) scene += 1;
    const items = listItemsOf(text.slice(start, end));
    for (const [from, to] of items?.map(([first, last]) => [start + first, start + last] as const) ?? [[start, end] as const]) {
      const words = text.slice(from, to).replaceAll(/\s+/g, ' ');
      const bare = items === undefined ? (isNumbered ? words.replace(NUMBERED_ITEM, '') : words) : words.replace(ITEM, '');
      const outS = Number(SECONDS_BEHIND.exec(bare)?.groups?.seconds?.replace(',', '.') ?? 0);
      const isTimed = outS >= 1 && outS <= LONGEST_S;
      const prompt = isTimed ? `${bare.replace(SECONDS_BEHIND, '').replace(/[.,;:]+$/u, '')}.` : bare;
      shots.push({ scene, ...(sceneHeading === undefined ? {} : { sceneHeading }), prompt, ...(isTimed ? { outS } : {}), source: { start: from, end: to, startLine: lineOf(from).line, endLine: lineOf(to - 1).line }, text: prompt });
    }
  }
  return shots;
}
